/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_FETCH_QUESTION_H
#define KT_FETCH_QUESTION_H

#include <stdbool.h>
#include <stddef.h>

#include "errand.h"
#include "fetch/archive.h"
#include "protocol.h"
#include "transfer.h"

/**
 * Questions to a service, asked until they are settled: within its limits, several at once, again
 * after a failure as far as the budget reaches. Each exchange is in the archive, good or bad,
 * before anybody acts on it.
 */
typedef enum kt_outcome {
    KT_QUESTION_OPEN,
    KT_QUESTION_FLYING,
    KT_QUESTION_GOOD,
    KT_QUESTION_TOO_LARGE, /* more cells than the service gives at once: data only */
    KT_QUESTION_OUTDATED,  /* the service does not know it */
    KT_QUESTION_FAILED,
} kt_outcome;

typedef struct kt_question {
    kt_receipt about; /* who asks fills source to request, and campaign to whole */
    void *context;
    /**
     * KT_OK if an answer with HTTP 200 is what was asked for. Else it is asked again, unless
     * `final` is set: the same answer would be as useless. May fill about.updated and the part's
     * numbers.
     */
    kt_status (*check)(void *context, struct kt_question *question, const kt_answer *answer,
                       kt_error *err);
    bool final;
    bool is_least; /* of data: it cannot be cut into smaller ones */

    kt_outcome outcome;
    kt_error failure; /* of an outcome that is not good: one line with source, address and fault */
    unsigned failures;
    unsigned hops; /* redirects followed */
    const char *hop_url;
    double not_before;
    kt_exchange exchange;
} kt_question;

typedef struct kt_batch {
    kt_question **questions;
    size_t count, room;
    bool stop; /* begin nothing more; what is under way ends */
    void *context;
    /** After a question is settled; may add questions and set stop. NULL if nobody cares. */
    kt_status (*settled)(void *context, struct kt_batch *batch, kt_question *question,
                         kt_error *err);
} kt_batch;

void kt_batch_add(kt_batch *batch, kt_question *question, kt_arena *arena);

/**
 * Asks until no question is open. KT_OK whatever the outcomes are; it fails, and the errand is
 * broken, only if the archive or the limiter cannot be written, or by cancellation.
 */
kt_status kt_batch_run(kt_errand *errand, kt_service *service, kt_batch *batch,
                       kt_error *err) KT_MUST_CHECK;

/** Asks one question; KT_OK as kt_batch_run. */
kt_status kt_question_ask(kt_errand *errand, kt_service *service, kt_question *question,
                          kt_error *err) KT_MUST_CHECK;

/** KT_OK if the outcome is good, else the failure. */
kt_status kt_question_verdict(const kt_question *question, kt_error *err) KT_MUST_CHECK;

#endif
