/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_HISTORY_H
#define KT_PIPELINE_HISTORY_H

#include "revision_log.h"
#include "verdict.h"

/**
 * The history of a table while its campaigns are judged one after another: what the good ones so
 * far left known, and the log of what each changed.
 */
typedef struct kt_history {
    const kt_workshop *shop;
    const kt_campaign *campaigns;
    kt_revision_log *log;
    kt_known known;
    bool recalled; /* known is that of the log's last note */
} kt_history;

/**
 * Takes up the log that an earlier night left, for these verdicts; false if it does not fit them.
 * Without verdicts a new log begins. Close with kt_history_close.
 */
bool kt_history_open(const kt_workshop *shop, const kt_campaign *campaigns, const kt_table *table,
                     size_t standing, kt_arena *arena, kt_history *out);

/**
 * Compares a good campaign with what was known, logs it, learns it. raw is what it says before
 * points and corrections. Its verdict is then noted, unless it brought nothing that was not there.
 */
kt_status kt_history_take(kt_history *history, size_t campaign, kt_verdict *verdicts,
                          const kt_cube *raw, kt_national_change national,
                          kt_error *err) KT_MUST_CHECK;

void kt_history_close(kt_history *history);

static inline void kt_auto_history(kt_history *history)
{
    kt_history_close(history);
}

#endif
