/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "check_rows.h"
#include "core/cleanup.h"
#include "core/number.h"
#include "core/text.h"
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

/* From one address of the table to the next. */
typedef struct seam {
    const kt_revision_view *view;
    const kt_breaks *breaks;
    size_t note;         /* the first of the newer address */
    const char *earlier; /* address */
    kt_codes *told;      /* subjects of seams so far */
    kt_rows *rows;
    kt_arena *arena;
} seam;

/* The address before it, if it is another one and nobody can compare the two. */
static const char *without_overlap(const kt_revision_log *log, size_t note)
{
    if (note == 0 || log->notes[note].overlap.earlier != NULL) {
        return NULL;
    }
    const char *before = log->notes[note - 1].address;
    return strcmp(before, log->notes[note].address) == 0 ? NULL : before;
}

static kt_status add_gap(const seam *of, kt_error *err)
{
    const kt_campaign_note *note = &of->view->log->notes[of->note];
    const kt_codes *periods = note->codes[KT_ROLE_PERIOD];
    const char *subject = kt_arena_print(of->arena, "%s: %s, then %s", of->view->source->id,
                                         of->earlier, note->address);
    if (kt_codes_add(of->told, subject, NULL) == KT_NO_CODE) {
        return KT_OK;
    }
    return kt_check_row_add(
        of->rows,
        (kt_check_row){.check = "chain_overlap",
                       .subject = subject,
                       .severity = "note",
                       .result = "absent",
                       .measured = 0.0,
                       .threshold = NAN,
                       .examples = kt_arena_print(
                           of->arena, "no period that both have, the newer has %s to %s",
                           kt_codes_at(periods, 0),
                           kt_codes_at(periods, kt_codes_count(periods) - 1))},
        err);
}

/* 12r5 and statfin_tyonv_pxt_12r5 are one table under its names of before and after June 2026. */
static bool is_one_table(const char *a, const char *b)
{
    const char *a_end = strrchr(a, '_');
    const char *b_end = strrchr(b, '_');
    return strcmp(a_end == NULL ? a : a_end + 1, b_end == NULL ? b : b_end + 1) == 0;
}

static const char *declared_break(const seam *of)
{
    const kt_codes *periods = of->view->log->notes[of->note].codes[KT_ROLE_PERIOD];
    const char *first = kt_codes_at(periods, 0);
    const char *last = kt_codes_at(periods, kt_codes_count(periods) - 1);
    for (size_t i = 0; of->breaks != NULL && i < of->breaks->count; i++) {
        if (kt_break_is_within(&of->breaks->at[i], of->view->source->id, first, last)) {
            return of->breaks->at[i].id;
        }
    }
    return NULL;
}

/* Two tables hardly count the same: between them a break is to be declared. */
static kt_status add_break(const seam *of, kt_error *err)
{
    const char *before = kt_address_table(of->earlier, of->arena);
    const char *now = kt_address_table(of->view->log->notes[of->note].address, of->arena);
    const char *subject =
        kt_arena_print(of->arena, "%s: %s, then %s", of->view->source->id, before, now);
    if (is_one_table(before, now) || kt_codes_add(of->told, subject, NULL) == KT_NO_CODE) {
        return KT_OK;
    }
    const char *declared = declared_break(of);
    return kt_check_row_add(
        of->rows,
        (kt_check_row){.check = "chain_break",
                       .subject = subject,
                       .severity = "note",
                       .result = declared == NULL ? "failed" : "passed",
                       .measured = NAN,
                       .threshold = NAN,
                       .examples = declared == NULL ? "another table took over, expected an active "
                                                      "break of the registry from that day"
                                                    : declared},
        err);
}

/* An address of the source file as the files that it stands for are called: "file:*.px". */
static const char *pattern_of(const kt_source *source, const char *path, kt_arena *arena)
{
    char *pattern = source->folder != NULL ? kt_arena_print(arena, "file:%s", path)
                                           : kt_arena_print(arena, "%s/%s", source->base_url, path);
    char *to = pattern;
    for (const char *at = pattern; *at != '\0'; at++) {
        const char *close = *at == '{' ? strchr(at, '}') : NULL;
        *to++ = (char)(close == NULL ? *at : '*');
        at = close == NULL ? at : close;
    }
    *to = '\0';
    return pattern;
}

/* Which address of the source file that is; their count if it is none of today's. */
static size_t number_of(const kt_source *source, const char *address, kt_arena *arena)
{
    size_t i = 0;
    while (i < source->address_count &&
           !kt_text_matches(address, pattern_of(source, source->addresses[i].path, arena))) {
        i++;
    }
    return i;
}

/* May.px and June.px of one pattern are one place, as those of a date in an address are. */
static bool is_one_place(const seam *of, const char *a, const char *b)
{
    const kt_source *source = of->view->source;
    const size_t number = number_of(source, a, of->arena);
    return number < source->address_count && number == number_of(source, b, of->arena);
}

/* Where a note follows figures of another address: over a gap, or with periods that both have. */
static kt_status add_seam(seam *of, kt_error *err)
{
    const kt_revision_log *log = of->view->log;
    const char *overlapped = log->notes[of->note].overlap.earlier;
    const char *before = without_overlap(log, of->note);
    of->earlier = before == NULL ? overlapped : before;
    if (of->earlier == NULL || is_one_place(of, of->earlier, log->notes[of->note].address)) {
        return KT_OK;
    }
    if (before != NULL) {
        KT_TRY(add_gap(of, err));
    }
    if (overlapped != NULL && !is_told(log, of->note)) {
        KT_TRY(add_link(of->view, of->note, of->rows, of->arena, err));
    }
    return add_break(of, err);
}

static kt_status add_links(const kt_revision_view *view, const kt_breaks *breaks, kt_rows *rows,
                           kt_arena *arena, kt_error *err)
{
    seam of = {
        .view = view, .breaks = breaks, .told = kt_codes_new(arena), .rows = rows, .arena = arena};
    for (of.note = 0; of.note < view->log->note_count; of.note++) {
        KT_TRY(add_seam(&of, err));
    }
    return KT_OK;
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
    return add_links(&view, job->night->config->breaks, rows, arena, err);
}
