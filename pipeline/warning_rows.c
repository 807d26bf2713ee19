/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "warning_rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/codes.h"
#include "core/text.h"

#define MOST_COUNT 4e9 /* a sum above it is none of people or posts */

const char *kt_warning_reason_word(kt_warning_reason reason)
{
    static const char *const words[] = {
        [KT_WARNING_WEIGHED] = NULL,          [KT_WARNING_NOT_COLLECTED] = "not_collected",
        [KT_WARNING_MISSING] = "missing",     [KT_WARNING_IMPOSSIBLE] = "impossible",
        [KT_WARNING_PROTECTED] = "protected", [KT_WARNING_BREAK] = "break",
    };
    return words[reason];
}

static kt_warning_reason reason_of(kt_obs obs)
{
    switch (obs) {
    case KT_OBS_NOT_COLLECTED:
        return KT_WARNING_NOT_COLLECTED;
    case KT_OBS_MISSING:
        return KT_WARNING_MISSING;
    case KT_OBS_IMPOSSIBLE:
        return KT_WARNING_IMPOSSIBLE;
    default:
        return KT_WARNING_PROTECTED;
    }
}

/* The months of one window; its sum is NAN where one of them has no figure. */
typedef struct window {
    double sum;
    kt_obs obs, absent; /* the worst of all, of those without a figure */
    bool broken;        /* a new basis begins behind its first month */
} window;

static window gather(const kt_figure_series *series, int last, size_t months)
{
    window of = {.obs = KT_OBS_OBSERVED, .absent = KT_OBS_OBSERVED};
    for (int i = last - (int)months + 1; i <= last; i++) {
        const kt_published_figure absent = {{NAN, NAN, NAN}, KT_OBS_NOT_COLLECTED};
        const bool inside = i >= 0 && (size_t)i < series->count;
        const kt_published_figure figure = inside ? series->at[i] : absent;
        const bool has = kt_obs_has_value(figure.obs) && !isnan(figure.is.value);
        of.sum += has ? figure.is.value : NAN;
        of.obs = kt_obs_worse(of.obs, figure.obs);
        of.absent = has ? of.absent : kt_obs_worse(of.absent, figure.obs);
        of.broken = of.broken || (i > last - (int)months + 1 && figure.obs == KT_OBS_BREAK);
    }
    if (!(of.sum >= 0.0 && of.sum < MOST_COUNT) && !isnan(of.sum)) {
        of.sum = NAN; /* what is below zero is no count */
        of.absent = KT_OBS_IMPOSSIBLE;
    }
    return of;
}

static bool is_broken(const kt_figure_series *series, int first, int last)
{
    for (int i = first < 0 ? 0 : first + 1; i <= last; i++) {
        if (series->at[i].obs == KT_OBS_BREAK) {
            return true;
        }
    }
    return false;
}

kt_warning_row kt_warning_row_at(const kt_warning_plan *plan, const kt_figure_series *series,
                                 size_t at)
{
    const int year = (int)series->first.frequency;
    const window now = gather(series, (int)at, plan->months);
    kt_warning_row row = {.now = now.sum, .obs = isnan(now.sum) ? now.absent : now.obs};
    kt_obs absent = now.absent;
    for (int i = 0; i < KT_WARNING_YEARS; i++) {
        const window then = gather(series, (int)at - (i + 1) * year, plan->months);
        row.before[i] = then.sum;
        absent = kt_obs_worse(absent, then.absent);
    }
    const int first = (int)at - KT_WARNING_YEARS * year - (int)plan->months + 1;
    if (!kt_obs_has_value(absent)) {
        row.reason = reason_of(absent);
    } else if (is_broken(series, first, (int)at)) {
        row.reason = KT_WARNING_BREAK;
    }
    if (now.broken && !isnan(row.now)) {
        row.now = NAN; /* there is no sum of two bases */
        row.obs = KT_OBS_IMPOSSIBLE;
    }
    return row;
}

typedef struct making {
    const kt_warning_plan *plan;
    kt_arena *arena;
    kt_warning_series *series;
    size_t count, room;
} making;

/* What is left over at a level is no region. */
static bool is_wanted(const kt_figure_series *series)
{
    return series->first.frequency == KT_MONTHLY &&
           !kt_text_starts(series->word[KT_SERIES_REGION_CODE], "_X");
}

static size_t family_of(const making *of, kt_codes *families, const kt_figure_series *series)
{
    return kt_codes_intern(families, kt_arena_print(of->arena, "%s %s %s",
                                                    series->word[KT_SERIES_REGION_LEVEL],
                                                    series->word[KT_SERIES_SECTOR_LEVEL],
                                                    series->word[KT_SERIES_OCCUPATION_LEVEL]));
}

static kt_status add_signal(making *of, const kt_contract *contract, size_t signal,
                            const kt_panel_place *place, kt_error *err)
{
    const kt_series_settings asks = {.asks = of->plan->signals[signal].asks,
                                     .ask_count = of->plan->signals[signal].ask_count};
    kt_codes *families = kt_codes_new(of->arena);
    kt_figure_series_list list = {0};
    KT_TRY(kt_figure_series_read(contract, &asks, place, of->arena, &list, err));
    for (size_t i = 0; i < list.count; i++) {
        if (is_wanted(&list.at[i])) {
            of->series =
                kt_arena_grow(of->arena, of->series, of->count, &of->room, sizeof *of->series);
            of->series[of->count++] =
                (kt_warning_series){.is = &list.at[i],
                                    .signal = signal,
                                    .name = of->plan->signals[signal].name,
                                    .family = family_of(of, families, &list.at[i])};
        }
    }
    return KT_OK;
}

static int compare_cells(const kt_warning_series *a, const kt_warning_series *b)
{
    int order = 0;
    for (int i = KT_SERIES_REGION_LEVEL; order == 0 && i < KT_SERIES_INDICATOR; i++) {
        order = strcmp(a->is->word[i], b->is->word[i]);
    }
    return order != 0 ? order : strcmp(a->name, b->name);
}

static int by_cell(const void *a, const void *b)
{
    const kt_warning_series *left = a, *right = b;
    const int order = compare_cells(left, right);
    return order != 0 ? order : (left->is > right->is) - (left->is < right->is);
}

/* Of two figures of one cell the first one of their list stands. */
static void keep_each_once(making *of)
{
    size_t kept = 0;
    if (of->count > 0) {
        qsort(of->series, of->count, sizeof *of->series, by_cell);
    }
    for (size_t i = 0; i < of->count; i++) {
        if (kept == 0 || compare_cells(&of->series[i], &of->series[kept - 1]) != 0) {
            of->series[kept++] = of->series[i];
        }
    }
    of->count = kept;
}

/* The newest months that the table has: all its series end with them. */
static void fill(const making *of, kt_warning_series *one)
{
    const kt_figure_series *is = one->is;
    one->count = is->count < of->plan->shown ? is->count : of->plan->shown;
    const size_t skipped = is->count - one->count;
    one->first = kt_period_after(is->first, skipped);
    one->at = kt_arena_array(of->arena, kt_warning_row, one->count + 1);
    for (size_t i = 0; i < one->count; i++) {
        one->at[i] = kt_warning_row_at(of->plan, is, skipped + i);
    }
}

static kt_period_list periods_of(const making *of)
{
    kt_stretches stretches = {.arena = of->arena};
    for (size_t i = 0; i < of->count; i++) {
        kt_stretches_add(&stretches, of->series[i].first, of->series[i].count);
    }
    return kt_stretches_list(&stretches);
}

kt_status kt_warnings_make(const kt_contract *contract, const kt_warning_plan *plan,
                           const kt_panel_place *place, kt_arena *arena, kt_warnings *out,
                           kt_error *err)
{
    making of = {.plan = plan, .arena = arena};
    for (size_t i = 0; i < plan->signal_count; i++) {
        KT_TRY(add_signal(&of, contract, i, place, err));
    }
    keep_each_once(&of);
    for (size_t i = 0; i < of.count; i++) {
        fill(&of, &of.series[i]);
    }
    *out = (kt_warnings){
        .plan = plan, .series = of.series, .series_count = of.count, .periods = periods_of(&of)};
    return KT_OK;
}

const kt_warning_row *kt_warning_find(const kt_warning_series *series, kt_period period)
{
    const size_t at = kt_period_place(series->first, series->count, period);
    const size_t newest = kt_period_place(series->is->first, series->is->count, period);
    const bool shown = at != KT_NO_PERIOD && newest != KT_NO_PERIOD &&
                       series->is->at[newest].obs != KT_OBS_NOT_COLLECTED;
    return shown ? &series->at[at] : NULL;
}

static void weigh_signal(const kt_warnings *all, size_t signal, kt_period period, kt_arena *arena,
                         kt_warning *out)
{
    kt_warning_cell *cells = kt_arena_array(arena, kt_warning_cell, all->series_count + 1);
    size_t *places = kt_arena_array(arena, size_t, all->series_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < all->series_count; i++) {
        const kt_warning_series *series = &all->series[i];
        const kt_warning_row *row =
            series->signal == signal ? kt_warning_find(series, period) : NULL;
        if (row == NULL || row->reason != KT_WARNING_WEIGHED) {
            continue;
        }
        kt_warning_cell *cell = &cells[count];
        places[count++] = i;
        *cell = (kt_warning_cell){.now = row->now, .family = series->family};
        memcpy(cell->before, row->before, sizeof cell->before);
    }
    kt_warning *found = kt_arena_array(arena, kt_warning, count + 1);
    kt_early_warning(&all->plan->rules, cells, count, arena, found);
    for (size_t i = 0; i < count; i++) {
        out[places[i]] = found[i];
    }
}

void kt_warnings_weigh(const kt_warnings *all, kt_period period, kt_arena *arena, kt_warning *out)
{
    for (size_t signal = 0; signal < all->plan->signal_count; signal++) {
        weigh_signal(all, signal, period, arena, out);
    }
}

double kt_warning_shown(const kt_warnings *all, const kt_warning_series *series, double sum)
{
    return all->plan->signals[series->signal].as_mean ? sum / (double)all->plan->months : sum;
}
