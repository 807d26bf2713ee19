/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch/page.h"

#include "core/cleanup.h"
#include "errand.h"
#include "question.h"
#include "url.h"

/* Of a service that nobody has asked for its limits yet; a few calls at a time are no burden. */
static const kt_protocol plain = {.id = "page", .polite = {100000, 10, 10.0}};

/* Where what comes is put. */
typedef struct shelf {
    kt_arena *arena;
    kt_page page;
} shelf;

static kt_status keep(void *context, kt_question *question, const kt_answer *answer, kt_error *err)
{
    shelf *of = context;
    const kt_body body = answer->body;
    (void)question;
    (void)err;
    of->page = (kt_page){kt_arena_copy_n(of->arena, body.bytes, body.length), body.length};
    return KT_OK;
}

kt_status kt_fetch_page(const kt_fetch_options *options, const char *url, kt_arena *arena,
                        kt_page *out, kt_error *err)
{
    kt_errand errand;
    kt_service *service = NULL;
    shelf of = {.arena = arena};
    const char *host = kt_url_host(url, arena);
    const kt_source source = {.id = host == NULL ? url : host, .base_url = url};
    kt_errand_init_look(&errand, (kt_look_past){0}, options, arena);
    KT_AUTO(transfer) kt_transfer *transfer = NULL;
    KT_TRY(kt_transfer_open(options, &transfer, err));
    errand.transfer = transfer;
    KT_TRY(kt_errand_speak(&errand, &plain, &source, &service, err));
    kt_question question = {
        .about = {.source = source.id, .purpose = KT_PURPOSE_METADATA, .method = "GET", .url = url},
        .context = &of,
        .check = keep};
    KT_TRY(kt_question_ask(&errand, service, &question, err));
    KT_TRY(kt_question_verdict(&question, err));
    *out = of.page;
    return KT_OK;
}
