/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "errand.h"

#include <string.h>

#include "question.h"
#include "url.h"

kt_status kt_errand_init(kt_errand *errand, kt_archive *archive, const kt_fetch_options *options,
                         kt_arena *arena, kt_error *err)
{
    *errand = (kt_errand){.archive = archive,
                          .kept = archive,
                          .options = options,
                          .arena = arena,
                          .clock = kt_clock_of_system(),
                          .retries_left = options->retry_budget};
    KT_TRY(kt_archive_receipts(archive, arena, &errand->receipts, &errand->receipt_count, err));
    errand->receipt_room = errand->receipt_count;
    errand->dice = errand->receipt_count;
    return KT_OK;
}

void kt_errand_init_look(kt_errand *errand, kt_look_past past, const kt_fetch_options *options,
                         kt_arena *arena)
{
    *errand = (kt_errand){.kept = past.archive,
                          .options = options,
                          .arena = arena,
                          .clock = kt_clock_of_system(),
                          .receipts = kt_arena_array(arena, kt_receipt, past.count + 1),
                          .receipt_count = past.count,
                          .receipt_room = past.count,
                          .retries_left = options->retry_budget,
                          .dice = past.count};
    if (past.count > 0) {
        memcpy(errand->receipts, past.receipts, past.count * sizeof *past.receipts);
    }
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
    KT_TRY(errand->archive == NULL ? KT_OK : kt_archive_receipt(errand->archive, receipt, err));
    add_receipt(errand, receipt);
    if (errand->options->exchanged == NULL) {
        return KT_OK;
    }
    return errand->options->exchanged(errand->options->context, receipt, err);
}

static kt_status check_limits(void *context, kt_question *question, const kt_answer *answer,
                              kt_error *err)
{
    (void)question;
    kt_service *service = context;
    return service->protocol->read_limits(answer, &service->told, err);
}

static kt_status read_limits(kt_errand *errand, kt_service *service, const kt_source *source,
                             kt_error *err)
{
    if (service->protocol->limits == NULL) {
        return KT_OK;
    }
    const kt_request request = service->protocol->limits(source, errand->arena);
    kt_question question = {.about = {.source = service->host,
                                      .purpose = KT_PURPOSE_CONFIG,
                                      .method = request.method,
                                      .url = request.url,
                                      .request = request.body},
                            .context = service,
                            .check = check_limits};
    KT_TRY(kt_question_ask(errand, service, &question, err));
    if (kt_question_verdict(&question, &service->failure) != KT_OK) {
        service->told = (kt_service_limits){0};
    }
    return KT_OK;
}

/* Where the service tells its limits is one place for all of its tables. */
static const char *key_of(const kt_errand *errand, const kt_protocol *protocol,
                          const kt_source *source)
{
    return protocol->limits == NULL ? kt_arena_print(errand->arena, "%s %s", protocol->id,
                                                     kt_url_host(source->base_url, errand->arena))
                                    : protocol->limits(source, errand->arena).url;
}

/* The limiter of a host that we speak to already, or a new one. */
static kt_status share_limiter(kt_errand *errand, kt_service *service, kt_error *err)
{
    for (const kt_service *other = errand->services; other != NULL; other = other->next) {
        if (other->limiter != NULL && strcmp(other->sent_to, service->sent_to) == 0) {
            service->limiter = other->limiter;
            return KT_OK;
        }
    }
    return kt_limiter_open(errand->options->limiter_folder, service->sent_to, errand->clock,
                           errand->arena, &service->limiter, err);
}

static kt_status fill_service(kt_errand *errand, kt_service *service, const kt_source *source,
                              kt_error *err)
{
    const kt_fetch_options *options = errand->options;
    const char *sent_to = kt_url_redirect(source->base_url, options->redirects,
                                          options->redirect_count, errand->arena);
    service->host = kt_url_host(source->base_url, errand->arena);
    service->sent_to = kt_url_host(sent_to, errand->arena);
    if (service->host == NULL || service->sent_to == NULL) {
        return kt_fail(&service->failure, KT_ERR_CONFIG, "%s is no address of a service", sent_to);
    }
    KT_TRY(share_limiter(errand, service, err));
    return read_limits(errand, service, source, err);
}

/* A service that has no limits for us, or no address, is remembered with its failure. */
static kt_status add_service(kt_errand *errand, const kt_protocol *protocol,
                             const kt_source *source, kt_service **out, kt_error *err)
{
    kt_service *service = kt_arena_new(errand->arena, kt_service);
    service->key = key_of(errand, protocol, source);
    service->protocol = protocol;
    const kt_status status = fill_service(errand, service, source, err);
    service->silence = errand->silence;
    if (status != KT_OK && service->failure.status == KT_OK) {
        errand->broken = true;
        return status;
    }
    service->next = errand->services;
    errand->services = service;
    *out = service;
    return KT_OK;
}

static kt_service *find_service(const kt_errand *errand, const kt_protocol *protocol,
                                const kt_source *source)
{
    const char *key = key_of(errand, protocol, source);
    kt_service *service = errand->services;
    while (service != NULL && (service->protocol != protocol || strcmp(service->key, key) != 0)) {
        service = service->next;
    }
    return service;
}

/* We leave some of what a service allows to others, and for the call that arrives late. */
static void set_limits(const kt_errand *errand, kt_service *service, const kt_source *source)
{
    service->limits = kt_protocol_limits(service->protocol, source, service->told);
    const size_t calls = service->limits.calls;
    const size_t reserve = service->told.calls > 0 ? errand->options->calls_reserve : 0;
    kt_limiter_set(service->limiter, calls > reserve ? calls - reserve : 1,
                   service->limits.window_s);
}

kt_status kt_errand_speak(kt_errand *errand, const kt_protocol *protocol, const kt_source *source,
                          kt_service **out, kt_error *err)
{
    kt_service *service = find_service(errand, protocol, source);
    KT_TRY(service == NULL ? add_service(errand, protocol, source, &service, err) : KT_OK);
    if (service->failure.status != KT_OK) {
        errand->silence = service->silence;
        return kt_fail(err, service->failure.status, "%s: %s", source->id,
                       service->failure.message);
    }
    set_limits(errand, service, source);
    *out = service;
    return KT_OK;
}

kt_status kt_errand_service(kt_errand *errand, const kt_source *source, kt_service **out,
                            kt_error *err)
{
    const kt_protocol *protocol = kt_protocol_find(source->protocol);
    return protocol != NULL ? kt_errand_speak(errand, protocol, source, out, err)
                            : kt_fail(err, KT_ERR_CONFIG, "%s: no protocol is called %s",
                                      source->id, source->protocol);
}
