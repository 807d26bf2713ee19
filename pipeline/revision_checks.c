/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "check_rows.h"
#include "core/cleanup.h"
#include "core/number.h"
#include "revision_tables.h"

/* The change of the newest campaign that is largest of those that may be shown, in words. */
static const char *largest_shown(const kt_revision_view *view, size_t note, kt_arena *arena)
{
    kt_revision_row *rows = NULL;
    const kt_revision_row *largest = NULL;
    double most = 0.0;
    const size_t count = kt_revision_rows_make(view, arena, &rows);
    for (size_t i = 0; i < count; i++) {
        const double size = fabs(rows[i].value - rows[i].previous_value);
        if (rows[i].note == note && size > most) {
            largest = &rows[i];
            most = size;
        }
    }
    if (largest == NULL) {
        return NULL;
    }
    char before[KT_NUMBER_SIZE];
    char after[KT_NUMBER_SIZE];
    (void)kt_number_write(largest->previous_value, before);
    (void)kt_number_write(largest->value, after);
    return kt_arena_print(arena, "largest: %s %s %s %s, from %s to %s", largest->indicator,
                          largest->period, largest->region.code, largest->occupation.code, before,
                          after);
}

static kt_status add_newest(const kt_revision_view *view, kt_rows *rows, kt_arena *arena,
                            kt_error *err)
{
    const size_t note = view->log->note_count - 1;
    const kt_campaign_note *newest = &view->log->notes[note];
    return kt_check_row_add(rows,
                            (kt_check_row){.check = "cells_revised",
                                           .subject = view->source->id,
                                           .severity = "note",
                                           .result = "passed",
                                           .measured = (double)newest->compared,
                                           .threshold = NAN,
                                           .cells_failed = newest->changed,
                                           .examples = largest_shown(view, note, arena)},
                            err);
}

/* In strict mode the share would give the older figure away: only that it was large is told. */
static kt_status add_size(const kt_revision_view *view, kt_rows *rows, kt_arena *arena,
                          kt_error *err)
{
    const kt_national_change *change = &view->log->notes[view->log->note_count - 1].national;
    const double share = kt_national_share(change);
    const bool warned = share > view->source->warn_share;
    const bool shown = isfinite(share) && !view->strict;
    return kt_check_row_add(
        rows,
        (kt_check_row){.check = "revision_size",
                       .subject = view->source->id,
                       .severity = "note",
                       .result = warned ? "warn" : "passed",
                       .measured = shown ? share : NAN,
                       .threshold = view->source->warn_share,
                       .cells_failed = warned ? 1 : 0,
                       .examples =
                           warned ? kt_arena_print(arena, "%s of the whole country", change->figure)
                                  : NULL},
        err);
}

static bool same_link(const kt_campaign_note *a, const kt_campaign_note *b)
{
    return a->overlap.earlier != NULL && b->overlap.earlier != NULL &&
           strcmp(a->overlap.earlier, b->overlap.earlier) == 0 &&
           strcmp(a->address, b->address) == 0;
}

static bool is_told(const kt_revision_log *log, size_t note)
{
    for (size_t i = 0; i < note; i++) {
        if (same_link(&log->notes[i], &log->notes[note])) {
            return true;
        }
    }
    return false;
}

/* One row for each pair of addresses: a period passes from one to the other once. */
static kt_status add_link(const kt_revision_view *view, size_t first, kt_rows *rows,
                          kt_arena *arena, kt_error *err)
{
    const kt_revision_log *log = view->log;
    const kt_campaign_note *note = &log->notes[first];
    kt_chain_overlap sum = {.first = note->overlap.first, .last = note->overlap.last};
    for (size_t i = first; i < log->note_count; i++) {
        const kt_chain_overlap *one = &log->notes[i].overlap;
        if (!same_link(note, &log->notes[i])) {
            continue;
        }
        sum.first = strcmp(one->first, sum.first) < 0 ? one->first : sum.first;
        sum.last = strcmp(one->last, sum.last) > 0 ? one->last : sum.last;
        sum.periods += one->periods;
        sum.compared += one->compared;
        sum.changed += one->changed;
    }
    return kt_check_row_add(
        rows,
        (kt_check_row){
            .check = "chain_overlap",
            .subject = kt_arena_print(arena, "%s: %s, then %s", view->source->id,
                                      note->overlap.earlier, note->address),
            .severity = "note",
            .result = sum.changed == 0 ? "passed" : "failed",
            .measured = (double)sum.compared,
            .threshold = NAN,
            .cells_failed = sum.changed,
            .examples = kt_arena_print(arena, "%zu periods from %s to %s, the newer address counts",
                                       sum.periods, sum.first, sum.last)},
        err);
}

static kt_status add_links(const kt_revision_view *view, kt_rows *rows, kt_arena *arena,
                           kt_error *err)
{
    const kt_revision_log *log = view->log;
    kt_status status = KT_OK;
    for (size_t i = 0; status == KT_OK && i < log->note_count; i++) {
        const bool tell = log->notes[i].overlap.earlier != NULL && !is_told(log, i);
        status = tell ? add_link(view, i, rows, arena, err) : KT_OK;
    }
    return status;
}

kt_status kt_revision_checks(const kt_analysis_job *job, size_t table, kt_rows *rows, kt_error *err)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("checks of a history", 0);
    const kt_table *of = &job->night->tables[table];
    const kt_revision_log *log = NULL;
    KT_TRY(of->there ? kt_revision_log_of(job->night, of, arena, &log, err) : KT_OK);
    if (log == NULL || log->note_count == 0) {
        return KT_OK;
    }
    const kt_revision_view view = kt_revision_view_of(job->night, of, log, job->cubes[table]);
    KT_TRY(add_newest(&view, rows, arena, err));
    KT_TRY(add_size(&view, rows, arena, err));
    return add_links(&view, rows, arena, err);
}
