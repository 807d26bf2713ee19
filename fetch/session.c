/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session.h"

#include <string.h>

#include "question.h"
#include "url.h"

kt_status kt_session_init(kt_session *session, kt_archive *archive, const kt_fetch_options *options,
                          kt_arena *arena, kt_error *err)
{
    *session = (kt_session){.archive = archive,
                            .options = options,
                            .arena = arena,
                            .clock = kt_clock_of_system(),
                            .retries_left = options->retry_budget};
    KT_TRY(kt_archive_receipts(archive, arena, &session->receipts, &session->receipt_count, err));
    session->receipt_room = session->receipt_count;
    session->dice = session->receipt_count;
    return KT_OK;
}

double kt_session_now(const kt_session *session)
{
    return session->clock.now(session->clock.context);
}

static void add_receipt(kt_session *session, const kt_receipt *receipt)
{
    if (session->receipt_count == session->receipt_room) {
        const size_t room = 2 * session->receipt_room + 64;
        kt_receipt *bigger = kt_arena_array(session->arena, kt_receipt, room);
        if (session->receipt_count > 0) {
            memcpy(bigger, session->receipts, session->receipt_count * sizeof *bigger);
        }
        session->receipts = bigger;
        session->receipt_room = room;
    }
    session->receipts[session->receipt_count++] = *receipt;
}

kt_status kt_session_record(kt_session *session, const kt_receipt *receipt, kt_error *err)
{
    KT_TRY(kt_archive_receipt(session->archive, receipt, err));
    add_receipt(session, receipt);
    if (session->options->exchanged == NULL) {
        return KT_OK;
    }
    return session->options->exchanged(session->options->context, receipt, err);
}

static kt_status check_config(void *context, kt_question *question, kt_body body, kt_error *err)
{
    (void)question;
    kt_service *service = context;
    return service->protocol->read_config(body, &service->limits, err);
}

/* We leave some of the window to others, and for the call that arrives late. */
static size_t our_calls(const kt_session *session, const kt_service *service)
{
    const size_t reserve = session->options->calls_reserve;
    return service->limits.calls > reserve ? service->limits.calls - reserve : 1;
}

static kt_status read_limits(kt_session *session, kt_service *service, kt_error *err)
{
    kt_question question = {.about = {.source = service->host,
                                      .purpose = KT_PURPOSE_CONFIG,
                                      .method = "GET",
                                      .url = service->config_url},
                            .context = service,
                            .check = check_config};
    KT_TRY(kt_question_ask(session, service, &question, err));
    if (kt_question_verdict(&question, &service->failure) == KT_OK) {
        kt_limiter_set(service->limiter, our_calls(session, service), service->limits.window_s);
    }
    return KT_OK;
}

static kt_status fill_service(kt_session *session, kt_service *service, kt_error *err)
{
    const kt_fetch_options *options = session->options;
    const char *sent_to = kt_url_redirect(service->config_url, options->redirects,
                                          options->redirect_count, session->arena);
    const char *sent_to_host = kt_url_host(sent_to, session->arena);
    service->host = kt_url_host(service->config_url, session->arena);
    if (service->host == NULL || sent_to_host == NULL) {
        return kt_fail(&service->failure, KT_ERR_CONFIG, "%s is no address of a service", sent_to);
    }
    KT_TRY(kt_limiter_open(options->limiter_folder, sent_to_host, session->clock, session->arena,
                           &service->limiter, err));
    return read_limits(session, service, err);
}

/* A service that has no limits for us, or no address, is remembered with its failure. */
static kt_status add_service(kt_session *session, const kt_protocol *protocol,
                             const char *config_url, kt_error *err)
{
    kt_service *service = kt_arena_new(session->arena, kt_service);
    service->config_url = config_url;
    service->protocol = protocol;
    const kt_status status = fill_service(session, service, err);
    if (status != KT_OK && service->failure.status == KT_OK) {
        session->broken = true;
        return status;
    }
    service->next = session->services;
    session->services = service;
    return KT_OK;
}

static kt_service *find_service(const kt_session *session, const char *config_url)
{
    kt_service *service = session->services;
    while (service != NULL && strcmp(service->config_url, config_url) != 0) {
        service = service->next;
    }
    return service;
}

kt_status kt_session_service(kt_session *session, const kt_source *source, kt_service **out,
                             kt_error *err)
{
    const kt_protocol *protocol = kt_protocol_find(source->protocol);
    if (protocol == NULL) {
        return kt_fail(err, KT_ERR_CONFIG, "%s: no protocol is called %s", source->id,
                       source->protocol);
    }
    const char *config_url = protocol->config_url(source->base_url, session->arena);
    if (find_service(session, config_url) == NULL) {
        KT_TRY(add_service(session, protocol, config_url, err));
    }
    kt_service *service = find_service(session, config_url);
    if (service == NULL || service->failure.status != KT_OK) {
        return kt_fail(err, service == NULL ? KT_ERR_BUG : service->failure.status, "%s: %s",
                       source->id, service == NULL ? "no service" : service->failure.message);
    }
    *out = service;
    return KT_OK;
}
