/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "question.h"

#include <math.h>
#include <string.h>

#include "complaint.h"
#include "core/text.h"
#include "retry.h"
#include "url.h"

#define MOST_FAILURES 6 /* of one question; the budget of the run is for all of them */
#define MOST_SILENCES 3 /* the same, of a host that is not found or takes no connection */
#define MOST_REFUSALS 5 /* waits for a service that refuses us, without a good reply between */
#define MOST_HOPS     3
#define SHOWN_QUERY   100 /* of an address in a message */
#define TICK_S        0.2 /* how soon a signal is noticed */

#define HTTP_OK           200
#define HTTP_BAD_REQUEST  400
#define HTTP_FORBIDDEN    403
#define HTTP_NOT_FOUND    404
#define HTTP_TIMEOUT      408
#define HTTP_TOO_LARGE    413
#define HTTP_TOO_MANY     429
#define HTTP_SERVER_ERROR 500

/* What is to be done after an exchange. */
typedef enum verdict {
    GOOD,
    HOP,   /* follow the redirect */
    AGAIN, /* ask again after a while, within the budget */
    WAIT,  /* the service refused us for now */
    SPLIT,
    OUTDATED,
    HOPELESS,
} verdict;

void kt_batch_add(kt_batch *batch, kt_question *question, kt_arena *arena)
{
    batch->questions =
        kt_arena_grow(arena, batch->questions, batch->count, &batch->room, sizeof(kt_question *));
    batch->questions[batch->count++] = question;
}

static const char *content_of(const kt_text *text)
{
    return text->bytes == NULL ? "" : text->bytes;
}

static kt_answer answer_of(const kt_question *question)
{
    const kt_exchange *exchange = &question->exchange;
    return (kt_answer){
        .status = exchange->status,
        .headers = exchange->headers.bytes,
        .body = {question->about.source, content_of(&exchange->content), exchange->content.length},
    };
}

static verdict judge_status(const kt_question *question)
{
    switch (question->exchange.status) {
    case HTTP_BAD_REQUEST:
    case HTTP_NOT_FOUND:
        return OUTDATED;
    case HTTP_FORBIDDEN:
    case HTTP_TOO_LARGE:
        return question->about.purpose == KT_PURPOSE_DATA ? SPLIT : HOPELESS;
    case HTTP_TOO_MANY:
        return WAIT;
    case HTTP_TIMEOUT:
        return AGAIN;
    default:
        return question->exchange.status >= HTTP_SERVER_ERROR ? AGAIN : HOPELESS;
    }
}

static verdict judge_redirect(kt_errand *errand, kt_question *question)
{
    const char *to = content_of(&question->exchange.location);
    if (!kt_url_same_host(question->exchange.url, to)) {
        question->about.fault = kt_arena_print(
            errand->arena, "HTTP %ld: a redirect to %s, which is another host or scheme",
            question->exchange.status, to);
        return HOPELESS;
    }
    if (question->hops == MOST_HOPS) {
        question->about.fault =
            kt_arena_print(errand->arena, "HTTP %ld: redirected more than %d times",
                           question->exchange.status, MOST_HOPS);
        return HOPELESS;
    }
    question->hops++;
    question->hop_url = kt_arena_copy(errand->arena, to);
    return HOP;
}

static verdict judge_body(kt_errand *errand, kt_question *question, const kt_answer *answer)
{
    kt_error why = {0};
    const kt_status status = question->check(question->context, question, answer, &why);
    if (status == KT_OK) {
        return GOOD;
    }
    question->about.fault = kt_arena_copy(errand->arena, why.message);
    question->failure.status = status;
    return question->final ? HOPELESS : AGAIN;
}

/* What the protocol knows better than the status says. */
static verdict judge_meaning(const kt_question *question, kt_meaning meaning)
{
    const bool is_data = question->about.purpose == KT_PURPOSE_DATA;
    switch (meaning) {
    case KT_MEANS_TOO_LARGE:
        return is_data ? SPLIT : HOPELESS;
    case KT_MEANS_PUT_OFF:
        return is_data && !question->is_least ? SPLIT : AGAIN;
    case KT_MEANS_OUTDATED:
        return OUTDATED;
    case KT_MEANS_NOTHING:
        return HOPELESS;
    default:
        return judge_status(question);
    }
}

/* Reads what came back; sets the fault of all that is not good. */
static verdict judge(kt_errand *errand, const kt_service *service, kt_question *question)
{
    const kt_exchange *exchange = &question->exchange;
    question->about.fault = NULL;
    question->failure.status = exchange->status == 0 ? KT_ERR_UNREACHED : KT_ERR_HTTP;
    if (exchange->fault.length > 0) {
        question->about.fault = kt_arena_copy(errand->arena, exchange->fault.bytes);
        errand->silence = exchange->silence;
        return AGAIN;
    }
    if (exchange->location.length > 0) {
        return judge_redirect(errand, question);
    }
    const kt_answer answer = answer_of(question);
    const kt_protocol *protocol = service->protocol;
    const kt_meaning meaning =
        protocol->meaning == NULL ? KT_MEANS_ITS_STATUS : protocol->meaning(&answer);
    if (exchange->status == HTTP_OK && meaning == KT_MEANS_ITS_STATUS) {
        return judge_body(errand, question, &answer);
    }
    const char *words = kt_complaint(&answer, errand->arena);
    question->about.fault = kt_arena_print(
        errand->arena, "%sHTTP %ld%s%s%s",
        meaning == KT_MEANS_NOTHING ? "the selection has no figures: " : "", exchange->status,
        words[0] == '\0' ? "" : " (", words, words[0] == '\0' ? "" : ")");
    return judge_meaning(question, meaning);
}

static const char *copy_or_null(kt_arena *arena, const kt_text *text)
{
    return text->length == 0 ? NULL : kt_arena_copy_n(arena, text->bytes, text->length);
}

static kt_status record(kt_errand *errand, kt_question *question, verdict judged, kt_error *err)
{
    const kt_exchange *exchange = &question->exchange;
    kt_receipt *about = &question->about;
    about->time = exchange->time;
    about->status = exchange->status;
    about->content_type = copy_or_null(errand->arena, &exchange->type);
    about->headers = copy_or_null(errand->arena, &exchange->headers);
    about->bytes = exchange->content.length;
    about->sha256[0] = '\0';
    about->too_large = judged == SPLIT;
    if (exchange->status != 0 && errand->archive != NULL) {
        KT_TRY(kt_archive_store(errand->archive, content_of(&exchange->content), about->bytes,
                                about->sha256, err));
    }
    return kt_errand_record(errand, about, err);
}

/* A long query is cut: what is wrong stands behind it. */
static size_t shown_length(const char *url)
{
    const size_t length = strlen(url);
    const size_t most = strcspn(url, "?") + SHOWN_QUERY;
    return length > most ? most : length;
}

static bool is_away(const kt_question *question)
{
    const kt_silence silence = question->exchange.silence;
    return silence == KT_SILENCE_NAME || silence == KT_SILENCE_REFUSED || silence == KT_SILENCE_TLS;
}

/* "12ti: POST https://...: HTTP 503, after several tries". A fault may name the source already.
 * Where nobody is there it is the host alone: the same words for all its tables, told once. */
static void give_up(kt_question *question, kt_outcome outcome, const char *why)
{
    const kt_receipt *about = &question->about;
    const size_t shown = shown_length(about->url);
    const char *fault = kt_text_unnamed(about->fault, about->source);
    question->outcome = outcome;
    if (is_away(question)) {
        const char *host = strstr(about->url, "://") + strlen("://");
        (void)kt_fail(&question->failure, question->failure.status, "%s: %.*s: %s", about->source,
                      (int)strcspn(host, "/?#"), host, fault);
        return;
    }
    (void)kt_fail(&question->failure, question->failure.status, "%s: %s %.*s%s: %s%s",
                  about->source, about->method, (int)shown, about->url,
                  about->url[shown] == '\0' ? "" : "...", fault, why);
}

/* Back to the start: after a redirect too the next try begins at the original address. */
static void reopen(kt_question *question)
{
    question->outcome = KT_QUESTION_OPEN;
    question->hops = 0;
    question->hop_url = NULL;
}

/* A host that was away a moment ago is asked once for each further table. */
static unsigned most_tries(const kt_service *service, const kt_question *question)
{
    if (!is_away(question)) {
        return MOST_FAILURES;
    }
    return service->is_away ? 1 : MOST_SILENCES;
}

static void ask_again(kt_errand *errand, kt_service *service, kt_question *question)
{
    question->failures++;
    if (question->failures >= most_tries(service, question)) {
        service->is_away = service->is_away || is_away(question);
        give_up(question, KT_QUESTION_FAILED,
                question->failures == 1 ? "" : ", after several tries");
        return;
    }
    if (errand->retries_left == 0) {
        give_up(question, KT_QUESTION_FAILED, ", and no retries are left for this run");
        return;
    }
    errand->retries_left--;
    reopen(question);
    const double asked = kt_retry_after(question->about.headers, question->about.time);
    const double wait = kt_backoff(errand->options->backoff_s, question->failures, &errand->dice);
    question->not_before = kt_errand_now(errand) + fmax(wait, asked);
}

/* Calls that were under way together are refused together: that is one wait, not several. */
static kt_status wait_for(kt_errand *errand, kt_service *service, kt_question *question,
                          kt_error *err)
{
    const double now = kt_errand_now(errand);
    if (now >= service->refused_until) {
        service->refusals++;
    }
    if (service->refusals > MOST_REFUSALS) {
        give_up(question, KT_QUESTION_FAILED, ", after several waits");
        return KT_OK;
    }
    const double asked = kt_retry_after(question->about.headers, question->about.time);
    const double window_s = service->limits.window_s > 0.0 ? service->limits.window_s : 60.0;
    const double wait = fmax(asked < 0.0 ? window_s : asked, errand->options->backoff_s);
    service->refused_until = now + wait;
    reopen(question);
    return kt_limiter_block(service->limiter, wait, err);
}

static kt_status act(kt_errand *errand, kt_service *service, kt_question *question, verdict judged,
                     kt_error *err)
{
    switch (judged) {
    case GOOD:
        service->refusals = 0;
        service->is_away = false;
        question->outcome = KT_QUESTION_GOOD;
        question->failure.status = KT_OK;
        return KT_OK;
    case AGAIN:
        ask_again(errand, service, question);
        return KT_OK;
    case WAIT:
        return wait_for(errand, service, question, err);
    case SPLIT:
        give_up(question, KT_QUESTION_TOO_LARGE, "");
        return KT_OK;
    case OUTDATED:
        give_up(question, KT_QUESTION_OUTDATED, "");
        return KT_OK;
    default:
        give_up(question, KT_QUESTION_FAILED, "");
        return KT_OK;
    }
}

static kt_status settle(kt_errand *errand, kt_service *service, kt_batch *batch,
                        kt_question *question, kt_error *err)
{
    const verdict judged = judge(errand, service, question);
    if (judged == HOP) {
        question->outcome = KT_QUESTION_OPEN;
        return KT_OK;
    }
    KT_TRY(record(errand, question, judged, err));
    KT_TRY(act(errand, service, question, judged, err));
    kt_exchange_clear(&question->exchange);
    const bool is_settled = question->outcome != KT_QUESTION_OPEN;
    return is_settled && batch->settled != NULL
               ? batch->settled(batch->context, batch, question, err)
               : KT_OK;
}

static kt_status send(kt_errand *errand, kt_service *service, kt_question *question, kt_error *err)
{
    const kt_fetch_options *options = errand->options;
    const kt_receipt *about = &question->about;
    question->exchange.method = about->method;
    question->exchange.body = about->request;
    question->exchange.url = question->hop_url;
    if (question->hop_url == NULL) {
        question->exchange.url =
            kt_url_redirect(about->url, options->redirects, options->redirect_count, errand->arena);
    }
    KT_TRY(kt_limiter_count(service->limiter, err));
    KT_TRY(kt_transfer_start(errand->transfer, &question->exchange, err));
    errand->calls++;
    question->outcome = KT_QUESTION_FLYING;
    return KT_OK;
}

static bool may_fly(const kt_errand *errand)
{
    const unsigned parallel = errand->options->parallel;
    return kt_transfer_running(errand->transfer) < (parallel == 0 ? 1 : parallel);
}

/* Sends the question, or lowers *wait_s to the time until it may be sent. */
static kt_status send_in_time(kt_errand *errand, kt_service *service, kt_question *question,
                              double *wait_s, kt_error *err)
{
    const double delay = question->not_before - kt_errand_now(errand);
    const double wait = fmax(delay, kt_limiter_wait(service->limiter));
    if (wait > 0.0) {
        *wait_s = fmin(*wait_s, wait);
        return KT_OK;
    }
    return send(errand, service, question, err);
}

static kt_status send_open(kt_errand *errand, kt_service *service, kt_batch *batch, double *wait_s,
                           kt_error *err)
{
    for (size_t i = 0; !batch->stop && i < batch->count && may_fly(errand); i++) {
        kt_question *question = batch->questions[i];
        const bool is_open = question->outcome == KT_QUESTION_OPEN;
        KT_TRY(is_open ? send_in_time(errand, service, question, wait_s, err) : KT_OK);
    }
    return KT_OK;
}

static kt_question *owner_of(const kt_batch *batch, const kt_exchange *exchange)
{
    for (size_t i = 0; i < batch->count; i++) {
        if (&batch->questions[i]->exchange == exchange) {
            return batch->questions[i];
        }
    }
    return NULL;
}

static kt_status check_cancelled(const kt_errand *errand, kt_error *err)
{
    const atomic_int *cancelled = errand->options->cancelled;
    if (cancelled != NULL && atomic_load(cancelled) != 0) {
        return kt_fail(err, KT_ERR_CANCELLED, "fetching was stopped; what came so far is kept");
    }
    return KT_OK;
}

/* Sends what may be sent and settles what has come. *done if nothing is left to wait for. */
static kt_status step(kt_errand *errand, kt_service *service, kt_batch *batch, bool *done,
                      kt_error *err)
{
    double wait_s = HUGE_VAL;
    kt_exchange *finished = NULL;
    KT_TRY(check_cancelled(errand, err));
    KT_TRY(send_open(errand, service, batch, &wait_s, err));
    *done = kt_transfer_running(errand->transfer) == 0 && wait_s == HUGE_VAL;
    if (*done) {
        return KT_OK;
    }
    KT_TRY(kt_transfer_wait(errand->transfer, fmin(wait_s, TICK_S), &finished, err));
    return finished == NULL ? KT_OK
                            : settle(errand, service, batch, owner_of(batch, finished), err);
}

static kt_status run(kt_errand *errand, kt_service *service, kt_batch *batch, kt_error *err)
{
    bool done = false;
    while (!done) {
        KT_TRY(step(errand, service, batch, &done, err));
    }
    return KT_OK;
}

kt_status kt_batch_run(kt_errand *errand, kt_service *service, kt_batch *batch, kt_error *err)
{
    const kt_status status = run(errand, service, batch, err);
    kt_transfer_break_off(errand->transfer);
    for (size_t i = 0; i < batch->count; i++) {
        kt_exchange_clear(&batch->questions[i]->exchange);
    }
    errand->broken = errand->broken || status != KT_OK;
    return status;
}

kt_status kt_question_ask(kt_errand *errand, kt_service *service, kt_question *question,
                          kt_error *err)
{
    kt_question *only[] = {question};
    kt_batch batch = {.questions = only, .count = 1, .room = 1};
    return kt_batch_run(errand, service, &batch, err);
}

kt_status kt_question_verdict(const kt_question *question, kt_error *err)
{
    if (question->outcome == KT_QUESTION_GOOD) {
        return KT_OK;
    }
    return kt_fail(err, question->failure.status, "%s", question->failure.message);
}
