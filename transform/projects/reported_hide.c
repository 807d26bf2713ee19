/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/codes.h"
#include "transform/hide_counts.h"
#include "transform/reported.h"

#define SHOWN_FROM 5 /* persons; of 0 there is nothing to hide */
#define PARTS_MOST 16

/* One figure of one project: its versions, by day. */
typedef struct figure {
    const kt_reported *is; /* the oldest one */
    size_t first, versions;
} figure;

/* The figures of one project and measure on their way into a table of counts. */
typedef struct table {
    const kt_reported_rules *rules;
    const kt_reported *at; /* the project's; cell i is version i */
    size_t count;          /* of versions; behind them stand sums */
    bool target;
    figure *figures; /* in their order */
    size_t figure_count;
    kt_hidden_counts counts;
    size_t cell_room, margin_room;
    kt_codes *known; /* margins that stand there */
    kt_codes *sums;  /* that have a cell: sum i is cell count + i */
    int64_t day;     /* the reports up to this one are known */
    kt_arena *arena;
} table;

static bool is_small(double value)
{
    return value > 0.0 && value < SHOWN_FROM;
}

static int by_figure(const void *a, const void *b)
{
    const figure *x = a, *y = b;
    return kt_reported_compare(x->is, y->is);
}

static const figure *find_figure(const table *of, const char *code, const char *period,
                                 kt_indicator_sex sex)
{
    const kt_reported wanted = {.project = of->at[0].project,
                                .code = code,
                                .period = period,
                                .sex = sex,
                                .target = of->target};
    const figure key = {.is = &wanted};
    return of->figure_count == 0
               ? NULL
               : bsearch(&key, of->figures, of->figure_count, sizeof key, by_figure);
}

/* The version that is known on the day of the table; SIZE_MAX if nothing was reported by then. */
static size_t version_of(const table *of, const figure *which)
{
    size_t found = SIZE_MAX;
    for (size_t i = 0; which != NULL && i < which->versions; i++) {
        found = of->at[which->first + i].snapshot_day <= of->day ? which->first + i : found;
    }
    return found;
}

static size_t cell_of(const table *of, const char *code, const char *period, kt_indicator_sex sex)
{
    return version_of(of, find_figure(of, code, period, sex));
}

static void add_cell(table *of, kt_hidden_count cell)
{
    kt_hidden_counts *counts = &of->counts;
    counts->at =
        kt_arena_grow(of->arena, counts->at, counts->count, &of->cell_room, sizeof *counts->at);
    counts->at[counts->count++] = cell;
}

static double sum_of(const table *of, const size_t *parts, size_t count)
{
    double sum = 0.0;
    for (size_t i = 0; i < count; i++) {
        sum += of->counts.at[parts[i]].value;
    }
    return sum;
}

static bool is_known_margin(table *of, kt_margin_kind kind, size_t total, const size_t *parts,
                            size_t count)
{
    const char *key = kt_arena_print(of->arena, "%d %zu", (int)kind, total);
    for (size_t i = 0; i < count; i++) {
        key = kt_arena_print(of->arena, "%s %zu", key, parts[i]);
    }
    const size_t known = kt_codes_count(of->known);
    return kt_codes_intern(of->known, key) < known;
}

/* Only what is true of the figures: of others a reader computes what nobody reported. */
static void add_margin(table *of, kt_margin_kind kind, size_t total, const size_t *parts,
                       size_t count)
{
    const double sum = sum_of(of, parts, count), whole = of->counts.at[total].value;
    if (sum > whole) {
        return;
    }
    kind = sum < whole ? KT_PARTS_WITHIN_TOTAL : kind;
    if (count == 0 || is_known_margin(of, kind, total, parts, count)) {
        return;
    }
    size_t *own = kt_arena_array(of->arena, size_t, count);
    memcpy(own, parts, count * sizeof *own);
    of->counts.margins = kt_arena_grow(of->arena, of->counts.margins, of->counts.margin_count,
                                       &of->margin_room, sizeof *of->counts.margins);
    of->counts.margins[of->counts.margin_count++] =
        (kt_margin){.kind = kind, .total = total, .part_count = count, .parts = own};
}

/* The cells of codes that are reported; how many. */
static size_t gather(const table *of, const char *const *codes, size_t count,
                     const kt_reported *like, size_t *out)
{
    size_t found = 0;
    for (size_t i = 0; i < count && found < PARTS_MOST; i++) {
        const size_t cell = cell_of(of, codes[i], like->period, like->sex);
        if (cell != SIZE_MAX) {
            out[found++] = cell;
        }
    }
    return found;
}

/* A sum of cells as a cell that nobody shows; one cell is its own sum. */
static size_t sum_cell(table *of, const size_t *parts, size_t count)
{
    if (count == 1) {
        return parts[0];
    }
    const char *key = "";
    for (size_t i = 0; i < count; i++) {
        key = kt_arena_print(of->arena, "%s %zu", key, parts[i]);
    }
    const size_t cell = of->count + kt_codes_intern(of->sums, key);
    if (cell == of->counts.count) {
        add_cell(of, (kt_hidden_count){.value = sum_of(of, parts, count), .sum = true});
        add_margin(of, KT_PARTS_MAKE_TOTAL, cell, parts, count);
    }
    return cell;
}

/* Where the first of the left side is reported. */
static void tie_by_check(table *of, const kt_reported *is, const kt_indicator_check *check)
{
    size_t left[PARTS_MOST], right[PARTS_MOST];
    if (strcmp(check->left[0], is->code) != 0) {
        return;
    }
    const size_t left_count = gather(of, check->left, check->left_count, is, left);
    const size_t right_count = gather(of, check->right, check->right_count, is, right);
    if (right_count < check->right_count || left_count == 0) {
        return;
    }
    const bool equal = check->relation == KT_CHECK_EQUAL && left_count == check->left_count;
    add_margin(of, equal ? KT_PARTS_MAKE_TOTAL : KT_PARTS_WITHIN_TOTAL,
               sum_cell(of, right, right_count), left, left_count);
}

static void tie_by_catalogue(table *of, const kt_reported *is)
{
    const kt_indicators *all = of->rules->indicators;
    const kt_indicator *one = kt_indicator_find(all, is->code);
    for (size_t i = 0; i < all->check_count; i++) {
        tie_by_check(of, is, &all->checks[i]);
    }
    if (one != NULL && one->parent_count > 0) {
        const kt_indicator_check within = {.left = &one->code,
                                           .left_count = 1,
                                           .right = one->parents,
                                           .right_count = one->parent_count,
                                           .relation = KT_CHECK_AT_MOST};
        tie_by_check(of, is, &within);
    }
}

static void tie_sexes(table *of, const kt_reported *is, size_t total)
{
    size_t parts[KT_SEXES], count = 0;
    for (int sex = KT_SEX_F; sex < KT_SEXES; sex++) {
        const size_t cell = cell_of(of, is->code, is->period, (kt_indicator_sex)sex);
        if (cell != SIZE_MAX) {
            parts[count++] = cell;
        }
    }
    add_margin(of, KT_PARTS_MAKE_TOTAL, total, parts, count);
}

/* A period that ends before the next one has at most what that has. */
static void tie_periods(table *of, const kt_reported *is, size_t cell)
{
    int64_t nearest = KT_NO_DAY;
    size_t next = SIZE_MAX;
    for (size_t i = 0; i < of->figure_count; i++) {
        const kt_reported *other = of->figures[i].is;
        if (other->sex != is->sex || strcmp(other->code, is->code) != 0) {
            continue;
        }
        const int64_t end = kt_report_period_end(other->period);
        const size_t later = version_of(of, &of->figures[i]);
        if (later != SIZE_MAX && end > kt_report_period_end(is->period) &&
            (next == SIZE_MAX || end < nearest)) {
            nearest = end;
            next = later;
        }
    }
    if (next != SIZE_MAX) {
        add_margin(of, KT_PARTS_WITHIN_TOTAL, next, &cell, 1);
    }
}

/* What ties the figures that were known on a day. */
static void tie(table *of)
{
    for (size_t i = 0; i < of->figure_count; i++) {
        const kt_reported *is = of->figures[i].is;
        const size_t cell = version_of(of, &of->figures[i]);
        if (cell == SIZE_MAX) {
            continue;
        }
        if (is->sex == KT_SEX_ALL) {
            tie_sexes(of, is, cell);
        }
        tie_by_catalogue(of, is);
        if (of->rules->cumulative && !of->target) {
            tie_periods(of, is, cell);
        }
    }
}

static bool total_is_positive(const table *of, const kt_reported *is)
{
    const figure *all = find_figure(of, is->code, is->period, KT_SEX_ALL);
    bool positive = false;
    for (size_t i = 0; all != NULL && i < all->versions; i++) {
        positive = positive || of->at[all->first + i].value > 0.0;
    }
    return positive;
}

/* What is old goes first, then a sex, then what others are part of. */
static int rank_of(const kt_reported *is, const kt_indicator *one)
{
    if (!is->current) {
        return 0;
    }
    if (is->sex != KT_SEX_ALL) {
        return 1;
    }
    return one != NULL && one->parent_count > 0 ? 2 : 3;
}

static void place(table *of, size_t at)
{
    const kt_reported *is = &of->at[at];
    const kt_indicator *one = kt_indicator_find(of->rules->indicators, is->code);
    const bool sensitive = one != NULL && one->sensitive;
    const bool other = is->sex == KT_SEX_NB;
    add_cell(of, (kt_hidden_count){.value = is->value,
                                   .hidden = is_small(is->value) || sensitive || other,
                                   .secret_zero = other && !sensitive && total_is_positive(of, is),
                                   .rank = rank_of(is, one)});
}

static void find_figures(table *of)
{
    of->figures = kt_arena_array(of->arena, figure, of->count + 1);
    for (size_t i = 0; i < of->count; i++) {
        figure *last = of->figure_count == 0 ? NULL : &of->figures[of->figure_count - 1];
        if (of->at[i].target != of->target) {
            continue;
        }
        if (last != NULL && kt_reported_compare(last->is, &of->at[i]) == 0) {
            last->versions++;
        } else {
            of->figures[of->figure_count++] = (figure){&of->at[i], i, 1};
        }
    }
}

static int by_day(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void tie_all_days(table *of)
{
    int64_t *days = kt_arena_array(of->arena, int64_t, of->count + 1);
    for (size_t i = 0; i < of->count; i++) {
        days[i] = of->at[i].snapshot_day;
    }
    qsort(days, of->count, sizeof *days, by_day);
    for (size_t i = 0; i < of->count; i++) {
        if (i == 0 || days[i] != days[i - 1]) {
            of->day = days[i];
            tie(of);
        }
    }
}

/* The latest protection holds for what older reports said. */
static void hide_older(table *of)
{
    for (size_t i = 0; i < of->figure_count; i++) {
        const figure *one = &of->figures[i];
        for (size_t j = one->versions; j-- > 1;) {
            kt_hidden_count *newer = &of->counts.at[one->first + j], *older = newer - 1;
            older->hidden = older->hidden || newer->hidden;
        }
    }
}

/* Those of one project and measure. */
static kt_status hide_figures(const kt_reported *at, size_t count, const kt_reported_rules *rules,
                              bool target, bool *hidden, kt_error *err)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("figures of a project to hide", 0);
    table of = {.rules = rules, .at = at, .count = count, .target = target, .arena = scratch};
    of.known = kt_codes_new(scratch);
    of.sums = kt_codes_new(scratch);
    find_figures(&of);
    for (size_t i = 0; i < count; i++) {
        place(&of, i);
    }
    tie_all_days(&of);
    hide_older(&of);
    KT_TRY(kt_counts_hide(&of.counts, scratch, err));
    for (size_t i = 0; i < count; i++) {
        hidden[i] = at[i].target == target ? of.counts.at[i].hidden : hidden[i];
    }
    return KT_OK;
}

kt_status kt_reported_hide(const kt_reported_list *list, const kt_reported_rules *rules,
                           kt_arena *arena, bool **hidden, kt_error *err)
{
    bool *out = kt_arena_array(arena, bool, list->count + 1);
    for (size_t i = 0, next = 0; i < list->count; i = next) {
        while (next < list->count && strcmp(list->at[next].project, list->at[i].project) == 0) {
            next++;
        }
        KT_TRY(hide_figures(&list->at[i], next - i, rules, false, &out[i], err));
        KT_TRY(hide_figures(&list->at[i], next - i, rules, true, &out[i], err));
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
        if (beside && is_small(fabs(at[i].persons - is->persons))) {
            return false;
        }
    }
    return !is_small(is->persons);
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
