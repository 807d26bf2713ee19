/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "errand.h"

#include <string.h>

#include "question.h"
#include "url.h"

kt_status kt_errand_init(kt_errand *errand, kt_archive *archive, const kt_fetch_options *options,
                         kt_arena *arena, kt_error *err)
{
    *errand = (kt_errand){.archive = archive,
                          .options = options,
                          .arena = arena,
                          .clock = kt_clock_of_system(),
                          .retries_left = options->retry_budget};
    KT_TRY(kt_archive_receipts(archive, arena, &errand->receipts, &errand->receipt_count, err));
    errand->receipt_room = errand->receipt_count;
    errand->dice = errand->receipt_count;
    return KT_OK;
}

double kt_errand_now(const kt_errand *errand)
{
    return errand->clock.now(errand->clock.context);
}

static void add_receipt(kt_errand *errand, const kt_receipt *receipt)
{
    errand->receipts = kt_arena_grow(errand->arena, errand->receipts, errand->receipt_count,
                                     &errand->receipt_room, sizeof *errand->receipts);
    errand->receipts[errand->receipt_count++] = *receipt;
}

kt_status kt_errand_record(kt_errand *errand, const kt_receipt *receipt, kt_error *err)
{
    KT_TRY(kt_archive_receipt(errand->archive, receipt, err));
    add_receipt(errand, receipt);
    if (errand->options->exchanged == NULL) {
        return KT_OK;
    }
    return errand->options->exchanged(errand->options->context, receipt, err);
}

static kt_status check_config(void *context, kt_question *question, kt_body body, kt_error *err)
{
    (void)question;
    kt_service *service = context;
    return service->protocol->read_config(body, &service->limits, err);
}

/* We leave some of the window to others, and for the call that arrives late. */
static size_t our_calls(const kt_errand *errand, const kt_service *service)
{
    const size_t reserve = errand->options->calls_reserve;
    return service->limits.calls > reserve ? service->limits.calls - reserve : 1;
}

static kt_status read_limits(kt_errand *errand, kt_service *service, kt_error *err)
{
    kt_question question = {.about = {.source = service->host,
                                      .purpose = KT_PURPOSE_CONFIG,
                                      .method = "GET",
                                      .url = service->config_url},
                            .context = service,
                            .check = check_config};
    KT_TRY(kt_question_ask(errand, service, &question, err));
    if (kt_question_verdict(&question, &service->failure) == KT_OK) {
        kt_limiter_set(service->limiter, our_calls(errand, service), service->limits.window_s);
    }
    return KT_OK;
}

static kt_status fill_service(kt_errand *errand, kt_service *service, kt_error *err)
{
    const kt_fetch_options *options = errand->options;
    const char *sent_to = kt_url_redirect(service->config_url, options->redirects,
                                          options->redirect_count, errand->arena);
    const char *sent_to_host = kt_url_host(sent_to, errand->arena);
    service->host = kt_url_host(service->config_url, errand->arena);
    if (service->host == NULL || sent_to_host == NULL) {
        return kt_fail(&service->failure, KT_ERR_CONFIG, "%s is no address of a service", sent_to);
    }
    KT_TRY(kt_limiter_open(options->limiter_folder, sent_to_host, errand->clock, errand->arena,
                           &service->limiter, err));
    return read_limits(errand, service, err);
}

/* A service that has no limits for us, or no address, is remembered with its failure. */
static kt_status add_service(kt_errand *errand, const kt_protocol *protocol, const char *config_url,
                             kt_error *err)
{
    kt_service *service = kt_arena_new(errand->arena, kt_service);
    service->config_url = config_url;
    service->protocol = protocol;
    const kt_status status = fill_service(errand, service, err);
    if (status != KT_OK && service->failure.status == KT_OK) {
        errand->broken = true;
        return status;
    }
    service->next = errand->services;
    errand->services = service;
    return KT_OK;
}

static kt_service *find_service(const kt_errand *errand, const char *config_url)
{
    kt_service *service = errand->services;
    while (service != NULL && strcmp(service->config_url, config_url) != 0) {
        service = service->next;
    }
    return service;
}

kt_status kt_errand_service(kt_errand *errand, const kt_source *source, kt_service **out,
                            kt_error *err)
{
    const kt_protocol *protocol = kt_protocol_find(source->protocol);
    if (protocol == NULL) {
        return kt_fail(err, KT_ERR_CONFIG, "%s: no protocol is called %s", source->id,
                       source->protocol);
    }
    const char *config_url = protocol->config_url(source->base_url, errand->arena);
    if (find_service(errand, config_url) == NULL) {
        KT_TRY(add_service(errand, protocol, config_url, err));
    }
    kt_service *service = find_service(errand, config_url);
    if (service == NULL || service->failure.status != KT_OK) {
        return kt_fail(err, service == NULL ? KT_ERR_BUG : service->failure.status, "%s: %s",
                       source->id, service == NULL ? "no service" : service->failure.message);
    }
    *out = service;
    return KT_OK;
}
