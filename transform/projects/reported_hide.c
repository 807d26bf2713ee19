/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/reported.h"

#include <math.h>
#include <string.h>

#include "core/cleanup.h"
#include "reported_equations.h"

static bool total_is_positive(const reported_table *of, const kt_reported *is)
{
    const figure *all = reported_find(of, is->code, is->period, KT_SEX_ALL);
    bool positive = false;
    for (size_t i = 0; all != NULL && i < all->versions; i++) {
        positive = positive || of->at[all->first + i].value > 0.0;
    }
    return positive;
}

/* No later period has the figure. */
static bool is_newest(const reported_table *of, const kt_reported *is)
{
    const int64_t end = kt_report_period_end(is->period);
    for (size_t i = 0; i < of->figure_count; i++) {
        const kt_reported *other = of->figures[i].is;
        if (other->sex == is->sex && strcmp(other->code, is->code) == 0 &&
            kt_report_period_end(other->period) > end) {
            return false;
        }
    }
    return true;
}

/* What was said before goes first, then an earlier period: the newest figures are those that are
 * held against targets and make sums. Of these a sex goes first, then what others are part of. */
static int rank_of(const reported_table *of, const kt_reported *is, const kt_indicator *one)
{
    enum { OLD, SEX, PART, WHOLE, NEWEST };
    if (!is->current) {
        return OLD;
    }
    const int newest = is_newest(of, is) ? NEWEST : OLD;
    if (is->sex != KT_SEX_ALL) {
        return newest + SEX;
    }
    return newest + (one != NULL && one->parent_count > 0 ? PART : WHOLE);
}

static kt_hidden_count cell_of(const reported_table *of, const kt_reported *is)
{
    const kt_indicator *one = kt_indicator_find(of->rules->indicators, is->code);
    const bool never = is->sex == KT_SEX_NB || (one != NULL && one->sensitive);
    const bool small = reported_is_small(is->value);
    const bool zero = is->sex == KT_SEX_NB && (one == NULL || !one->sensitive);
    kt_hidden_count cell = {.value = is->value, .high = INFINITY, .rank = rank_of(of, is, one)};
    if (is->target != of->target) {
        return cell;
    }
    cell.hidden = small || never;
    cell.secret_zero = zero && total_is_positive(of, is);
    if (small && !never) {
        cell.low = 1.0;
        cell.high = 4.0;
    }
    return cell;
}

/* The latest protection holds for what older reports said. */
static void hide_older(reported_table *of)
{
    for (size_t i = 0; i < of->figure_count; i++) {
        const figure *one = &of->figures[i];
        for (size_t j = one->versions; j-- > 1;) {
            kt_hidden_count *newer = &of->cells[one->first + j], *older = newer - 1;
            older->hidden = older->hidden || newer->hidden;
        }
    }
}

/* Those of one project and measure. */
static kt_status hide_figures(reported_table of, bool *hidden, kt_error *err)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("figures of a project to hide", 0);
    of.arena = scratch;
    of.cells = kt_arena_array(scratch, kt_hidden_count, of.count + 1);
    reported_table_open(&of);
    for (size_t i = 0; i < of.count; i++) {
        of.cells[i] = cell_of(&of, &of.at[i]);
    }
    hide_older(&of);
    kt_hidden_counts counts = reported_tie(&of);
    KT_TRY(kt_counts_hide(&counts, scratch, err));
    for (size_t i = 0; i < of.count; i++) {
        hidden[i] = of.at[i].target == of.target ? of.cells[i].hidden : hidden[i];
    }
    return KT_OK;
}

kt_status kt_reported_hide(const kt_reported_list *list, const kt_reported_rules *rules,
                           kt_arena *arena, bool **hidden, kt_error *err)
{
    bool *out = kt_arena_array(arena, bool, list->count + 1);
    const kt_indicator_families families = kt_indicator_families_of(rules->indicators, arena);
    for (size_t i = 0, next = 0; i < list->count; i = next) {
        while (next < list->count && strcmp(list->at[next].project, list->at[i].project) == 0) {
            next++;
        }
        reported_table of = {
            .rules = rules, .families = &families, .at = &list->at[i], .count = next - i};
        KT_TRY(hide_figures(of, &out[i], err));
        of.target = true;
        KT_TRY(hide_figures(of, &out[i], err));
    }
    *hidden = out;
    return KT_OK;
}

/* What can be shown beside those of the scale that are shown already. */
static bool may_show(const kt_reported *at, const bool *hidden, const bool *settled, size_t count,
                     const kt_reported *is)
{
    for (size_t i = 0; i < count; i++) {
        const bool beside = settled[i] && !hidden[i] && at[i].stage == is->stage;
        if (beside && reported_is_small(fabs(at[i].persons - is->persons))) {
            return false;
        }
    }
    return !reported_is_small(is->persons);
}

/* Newer before older: current ones, then by day, then the later period. */
static bool comes_first(const kt_reported *a, const kt_reported *b)
{
    if (a->current != b->current) {
        return a->current;
    }
    if (a->snapshot_day != b->snapshot_day) {
        return a->snapshot_day > b->snapshot_day;
    }
    return kt_report_period_end(a->period) > kt_report_period_end(b->period);
}

/* Those of one project and scale. */
static void hide_scores(const kt_reported *at, size_t count, bool *settled, bool *hidden)
{
    for (size_t round = 0; round < count; round++) {
        size_t best = SIZE_MAX;
        for (size_t i = 0; i < count; i++) {
            const bool better = !settled[i] && (best == SIZE_MAX || comes_first(&at[i], &at[best]));
            best = better ? i : best;
        }
        hidden[best] = !may_show(at, hidden, settled, count, &at[best]);
        settled[best] = true;
    }
}

void kt_scores_hide(const kt_reported_list *list, kt_arena *arena, bool **hidden)
{
    bool *out = kt_arena_array(arena, bool, list->count + 1);
    bool *settled = kt_arena_array(arena, bool, list->count + 1);
    for (size_t i = 0, next = 0; i < list->count; i = next) {
        while (next < list->count && strcmp(list->at[next].project, list->at[i].project) == 0 &&
               strcmp(list->at[next].code, list->at[i].code) == 0) {
            next++;
        }
        hide_scores(&list->at[i], next - i, &settled[i], &out[i]);
    }
    *hidden = out;
}
