/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transfer.h"

#include <curl/curl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "url.h"

#define HEADER_LIMIT    ((size_t)64 << 10)
#define SLOWEST_BYTES_S 100L

/* One exchange under way. */
typedef struct slot {
    kt_exchange *exchange;
    CURL *easy;
    struct curl_slist *lines; /* of the request's header */
    size_t reply_limit;
    bool too_large;
    char error[CURL_ERROR_SIZE];
    struct slot *next;
} slot;

struct kt_transfer {
    const kt_fetch_options *options;
    CURLM *multi;
    slot *slots;
    size_t running;
    struct sigaction sigpipe; /* as it was before */
};

void kt_exchange_clear(kt_exchange *exchange)
{
    kt_text_free(&exchange->headers);
    kt_text_free(&exchange->content);
    kt_text_free(&exchange->type);
    kt_text_free(&exchange->location);
    kt_text_free(&exchange->fault);
    exchange->status = 0;
    exchange->time = 0;
    exchange->silence = KT_SILENCE_NONE;
}

kt_status kt_transfer_open(const kt_fetch_options *options, kt_transfer **out, kt_error *err)
{
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        return kt_fail(err, KT_ERR_BUG, "libcurl cannot be started");
    }
    kt_transfer *transfer = calloc(1, sizeof *transfer);
    CURLM *multi = curl_multi_init();
    if (transfer == NULL || multi == NULL) {
        free(transfer);
        (void)curl_multi_cleanup(multi);
        curl_global_cleanup();
        return kt_fail(err, KT_ERR_BUG, "libcurl cannot be started: no memory");
    }
    transfer->options = options;
    transfer->multi = multi;
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    (void)sigaction(SIGPIPE, &ignore, &transfer->sigpipe);
    *out = transfer;
    return KT_OK;
}

static void close_slot(kt_transfer *transfer, slot *done)
{
    slot **place = &transfer->slots;
    while (*place != done) {
        place = &(*place)->next;
    }
    *place = done->next;
    transfer->running--;
    (void)curl_multi_remove_handle(transfer->multi, done->easy);
    curl_easy_cleanup(done->easy);
    curl_slist_free_all(done->lines);
    free(done);
}

void kt_transfer_break_off(kt_transfer *transfer)
{
    while (transfer->slots != NULL) {
        close_slot(transfer, transfer->slots);
    }
}

void kt_transfer_close(kt_transfer *transfer)
{
    if (transfer == NULL) {
        return;
    }
    kt_transfer_break_off(transfer);
    (void)curl_multi_cleanup(transfer->multi);
    (void)sigaction(SIGPIPE, &transfer->sigpipe, NULL);
    free(transfer);
    curl_global_cleanup();
}

/* Bytes are counted after they were unpacked: that is what fills a machine. */
static size_t take_content(char *bytes, size_t size, size_t count, void *context)
{
    slot *of = context;
    of->exchange->content.limit = of->reply_limit;
    if (!kt_text_add(&of->exchange->content, bytes, size * count)) {
        of->too_large = true;
        return 0;
    }
    return size * count;
}

/* Each reply, also an interim one, begins with a status line: only the last block is kept. */
static size_t take_header(char *bytes, size_t size, size_t count, void *context)
{
    slot *of = context;
    kt_text *headers = &of->exchange->headers;
    if (size * count >= 5 && memcmp(bytes, "HTTP/", 5) == 0) {
        kt_text_clear(headers);
    }
    headers->limit = HEADER_LIMIT;
    if (!kt_text_add(headers, bytes, size * count)) {
        of->too_large = true;
        return 0;
    }
    return size * count;
}

static void set_limits(const kt_fetch_options *options, CURL *easy)
{
    (void)curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    (void)curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    (void)curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    (void)curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, options->connect_timeout_s);
    (void)curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, SLOWEST_BYTES_S);
    (void)curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, options->stall_timeout_s);
    (void)curl_easy_setopt(easy, CURLOPT_TIMEOUT, options->total_timeout_s);
    (void)curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)options->reply_limit_bytes);
    (void)curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
    (void)curl_easy_setopt(easy, CURLOPT_USERAGENT, options->user_agent);
}

static void set_question(slot *of)
{
    const kt_exchange *exchange = of->exchange;
    of->lines = curl_slist_append(NULL, "Accept: application/json");
    (void)curl_easy_setopt(of->easy, CURLOPT_URL, exchange->url);
    if (kt_url_is_loopback(exchange->url)) {
        (void)curl_easy_setopt(of->easy, CURLOPT_PROXY, "");
    }
    if (exchange->body != NULL) {
        of->lines = curl_slist_append(of->lines, "Content-Type: application/json");
        of->lines = curl_slist_append(of->lines, "Expect:");
        (void)curl_easy_setopt(of->easy, CURLOPT_POST, 1L);
        (void)curl_easy_setopt(of->easy, CURLOPT_POSTFIELDSIZE_LARGE,
                               (curl_off_t)strlen(exchange->body));
        (void)curl_easy_setopt(of->easy, CURLOPT_POSTFIELDS, exchange->body);
    }
    (void)curl_easy_setopt(of->easy, CURLOPT_HTTPHEADER, of->lines);
    (void)curl_easy_setopt(of->easy, CURLOPT_ERRORBUFFER, of->error);
    (void)curl_easy_setopt(of->easy, CURLOPT_PRIVATE, of);
    (void)curl_easy_setopt(of->easy, CURLOPT_WRITEFUNCTION, take_content);
    (void)curl_easy_setopt(of->easy, CURLOPT_WRITEDATA, of);
    (void)curl_easy_setopt(of->easy, CURLOPT_HEADERFUNCTION, take_header);
    (void)curl_easy_setopt(of->easy, CURLOPT_HEADERDATA, of);
}

kt_status kt_transfer_start(kt_transfer *transfer, kt_exchange *exchange, kt_error *err)
{
    slot *added = calloc(1, sizeof *added);
    CURL *easy = curl_easy_init();
    if (added == NULL || easy == NULL) {
        free(added);
        curl_easy_cleanup(easy);
        return kt_fail(err, KT_ERR_BUG, "%s: no memory for a call", exchange->url);
    }
    kt_exchange_clear(exchange);
    *added = (slot){.exchange = exchange,
                    .easy = easy,
                    .reply_limit = transfer->options->reply_limit_bytes,
                    .next = transfer->slots};
    transfer->slots = added;
    transfer->running++;
    set_limits(transfer->options, easy);
    set_question(added);
    const CURLMcode code = curl_multi_add_handle(transfer->multi, easy);
    if (code != CURLM_OK) {
        close_slot(transfer, added);
        return kt_fail(err, KT_ERR_BUG, "%s: %s", exchange->url, curl_multi_strerror(code));
    }
    return KT_OK;
}

size_t kt_transfer_running(const kt_transfer *transfer)
{
    return transfer->running;
}

static void describe_fault(const slot *of, CURLcode code)
{
    kt_text *fault = &of->exchange->fault;
    if (of->too_large || code == CURLE_FILESIZE_EXCEEDED) {
        kt_text_print(fault, "the reply is larger than the limit of %zu bytes", of->reply_limit);
    } else if (code != CURLE_OK) {
        kt_text_put(fault, of->error[0] != '\0' ? of->error : curl_easy_strerror(code));
    }
}

static kt_silence silence_of(CURLcode code)
{
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
        return KT_SILENCE_NAME;
    case CURLE_COULDNT_CONNECT:
        return KT_SILENCE_REFUSED;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
        return KT_SILENCE_TLS;
    case CURLE_OPERATION_TIMEDOUT:
        return KT_SILENCE_TIME;
    default:
        return KT_SILENCE_NONE;
    }
}

static kt_exchange *finish(kt_transfer *transfer, CURL *easy, CURLcode code)
{
    slot *done = NULL;
    const char *type = NULL;
    const char *location = NULL;
    (void)curl_easy_getinfo(easy, CURLINFO_PRIVATE, &done);
    kt_exchange *exchange = done->exchange;
    exchange->time = kt_instant_now();
    (void)curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &exchange->status);
    (void)curl_easy_getinfo(easy, CURLINFO_CONTENT_TYPE, &type);
    (void)curl_easy_getinfo(easy, CURLINFO_REDIRECT_URL, &location);
    kt_text_put(&exchange->type, type == NULL ? "" : type);
    kt_text_put(&exchange->location, location == NULL ? "" : location);
    exchange->silence = silence_of(code);
    describe_fault(done, code);
    close_slot(transfer, done);
    return exchange;
}

static kt_exchange *next_finished(kt_transfer *transfer)
{
    int left = 0;
    for (;;) {
        const CURLMsg *message = curl_multi_info_read(transfer->multi, &left);
        if (message == NULL) {
            return NULL;
        }
        if (message->msg == CURLMSG_DONE) {
            return finish(transfer, message->easy_handle, message->data.result);
        }
    }
}

static kt_status perform(kt_transfer *transfer, kt_exchange **finished, kt_error *err)
{
    int running = 0;
    const CURLMcode code = curl_multi_perform(transfer->multi, &running);
    if (code != CURLM_OK) {
        return kt_fail(err, KT_ERR_BUG, "libcurl: %s", curl_multi_strerror(code));
    }
    *finished = next_finished(transfer);
    return KT_OK;
}

kt_status kt_transfer_wait(kt_transfer *transfer, double most_s, kt_exchange **finished,
                           kt_error *err)
{
    KT_TRY(perform(transfer, finished, err));
    if (*finished != NULL) {
        return KT_OK;
    }
    const CURLMcode code =
        curl_multi_poll(transfer->multi, NULL, 0, (int)(most_s * 1000.0) + 1, NULL);
    if (code != CURLM_OK) {
        return kt_fail(err, KT_ERR_BUG, "libcurl: %s", curl_multi_strerror(code));
    }
    return perform(transfer, finished, err);
}
