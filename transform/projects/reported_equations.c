/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reported_equations.h"

#include <stdlib.h>
#include <string.h>

#define SHOWN_FROM 5 /* persons; of 0 there is nothing to hide */
#define PARTS_MOST 16

bool reported_is_small(double value)
{
    return value > 0.0 && value < SHOWN_FROM;
}

static int by_figure(const void *a, const void *b)
{
    const figure *x = a, *y = b;
    return kt_reported_compare(x->is, y->is);
}

const figure *reported_find(const reported_table *of, const char *code, const char *period,
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
static size_t version_of(const reported_table *of, const figure *which)
{
    size_t found = SIZE_MAX;
    for (size_t i = 0; which != NULL && i < which->versions; i++) {
        found = of->at[which->first + i].snapshot_day <= of->day ? which->first + i : found;
    }
    return found;
}

static size_t cell_of(const reported_table *of, const char *code, const char *period,
                      kt_indicator_sex sex)
{
    return version_of(of, reported_find(of, code, period, sex));
}

void reported_table_open(reported_table *of)
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

void reported_add_cell(reported_table *of, kt_hidden_count cell)
{
    kt_hidden_counts *counts = &of->counts;
    counts->at =
        kt_arena_grow(of->arena, counts->at, counts->count, &of->cell_room, sizeof *counts->at);
    counts->at[counts->count++] = cell;
}

static double sum_of(const reported_table *of, const size_t *parts, size_t count)
{
    double sum = 0.0;
    for (size_t i = 0; i < count; i++) {
        sum += of->counts.at[parts[i]].value;
    }
    return sum;
}

static bool is_known_margin(reported_table *of, kt_margin_kind kind, size_t total,
                            const size_t *parts, size_t count)
{
    const char *key = kt_arena_print(of->arena, "%d %zu", (int)kind, total);
    for (size_t i = 0; i < count; i++) {
        key = kt_arena_print(of->arena, "%s %zu", key, parts[i]);
    }
    const size_t known = kt_codes_count(of->known);
    return kt_codes_intern(of->known, key) < known;
}

/* Only what is true of the figures: of others a reader computes what nobody reported. */
static void add_margin(reported_table *of, kt_margin_kind kind, size_t total, const size_t *parts,
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
static size_t gather(const reported_table *of, const char *const *codes, size_t count,
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

/* The cell of what is made of others and nobody shows; its number is that of its key. */
static size_t made_cell(reported_table *of, const char *key, kt_hidden_count cell, bool *is_new)
{
    const size_t at = of->count + kt_codes_intern(of->made, key);
    *is_new = at == of->counts.count;
    if (*is_new) {
        reported_add_cell(of, cell);
    }
    return at;
}

static const char *key_of(const reported_table *of, const char *key, const size_t *parts,
                          size_t count)
{
    for (size_t i = 0; i < count; i++) {
        key = kt_arena_print(of->arena, "%s %zu", key, parts[i]);
    }
    return key;
}

/* One cell is its own sum. */
static size_t sum_cell(reported_table *of, const size_t *parts, size_t count)
{
    if (count == 1) {
        return parts[0];
    }
    bool is_new = false;
    const kt_hidden_count sum = {.value = sum_of(of, parts, count), .sum = true};
    const size_t cell = made_cell(of, key_of(of, "", parts, count), sum, &is_new);
    if (is_new) {
        add_margin(of, KT_PARTS_MAKE_TOTAL, cell, parts, count);
    }
    return cell;
}

/* What is left of a total without these parts: whoever knows all of them has counted it. */
static void add_rest(reported_table *of, size_t total, const size_t *parts, size_t count,
                     bool always)
{
    size_t all[PARTS_MOST + 1];
    const double rest = of->counts.at[total].value - sum_of(of, parts, count);
    if (!(reported_is_small(rest) || (always && rest > 0.0))) {
        return;
    }
    bool is_new = false;
    const char *key = kt_arena_print(of->arena, "%zu less", total);
    const kt_hidden_count cell = {.value = rest, .sum = true, .hidden = true};
    memcpy(all, parts, count * sizeof *all);
    all[count] = made_cell(of, key_of(of, key, parts, count), cell, &is_new);
    if (is_new) {
        add_margin(of, KT_PARTS_MAKE_TOTAL, total, all, count + 1);
    }
}

/* A total without some of its parts, or all. What a part alone is left of is that part. */
static void add_rests(reported_table *of, size_t total, const size_t *parts, size_t count)
{
    const bool whole = sum_of(of, parts, count) == of->counts.at[total].value;
    for (size_t set = 1; set < (size_t)1 << count; set++) {
        size_t some[PARTS_MOST], found = 0;
        for (size_t i = 0; i < count; i++) {
            some[found] = parts[i];
            found += set >> i & 1;
        }
        if (found < count - 1 || !whole) {
            add_rest(of, total, some, found, false);
        }
    }
}

static void relate(reported_table *of, kt_margin_kind kind, size_t total, const size_t *parts,
                   size_t count)
{
    add_margin(of, kind, total, parts, count);
    add_rests(of, total, parts, count);
}

/* Where the first of the left side is reported. */
static void tie_by_check(reported_table *of, const kt_reported *is, const kt_indicator_check *check)
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
    relate(of, equal ? KT_PARTS_MAKE_TOTAL : KT_PARTS_WITHIN_TOTAL,
           sum_cell(of, right, right_count), left, left_count);
}

static void tie_by_catalogue(reported_table *of, const kt_reported *is)
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

/* Who is neither a woman nor a man is non-binary, where that is not reported. */
static void tie_sexes(reported_table *of, const kt_reported *is, size_t total)
{
    size_t parts[KT_SEXES], count = 0;
    bool other = false;
    for (int sex = KT_SEX_F; sex < KT_SEXES; sex++) {
        const size_t cell = cell_of(of, is->code, is->period, (kt_indicator_sex)sex);
        if (cell != SIZE_MAX) {
            parts[count++] = cell;
            other = other || sex == KT_SEX_NB;
        }
    }
    relate(of, KT_PARTS_MAKE_TOTAL, total, parts, count);
    if (!other && count == KT_SEX_NB - KT_SEX_F) {
        add_rest(of, total, parts, count, true);
    }
}

/* A period that ends before the next one has at most what that has. */
static void tie_periods(reported_table *of, const kt_reported *is, size_t cell)
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

/* Two figures that could be one another's earlier word: of one period, or of one that counts on. */
static bool follows(const reported_table *of, const kt_reported *a, const kt_reported *b)
{
    return a->sex == b->sex && a->target == of->target && b->target == of->target &&
           strcmp(a->code, b->code) == 0 &&
           ((of->rules->cumulative && !of->target) || strcmp(a->period, b->period) == 0);
}

/* By what a figure is more than another one that follows, or less. */
static void add_growth_to(reported_table *of, size_t to)
{
    const kt_reported *is = &of->at[to];
    for (size_t i = to; i-- > 0 && strcmp(of->at[i].code, is->code) == 0;) {
        const bool falls = is->value < of->at[i].value;
        const size_t more = falls ? i : to, less = falls ? to : i;
        if (follows(of, &of->at[i], is)) {
            add_rest(of, more, &less, 1, false);
        }
    }
}

/* From any period or report to another. */
static void add_growth(reported_table *of)
{
    for (size_t i = 0; i < of->count; i++) {
        add_growth_to(of, i);
    }
}

/* What ties the figures that were known on a day. */
static void tie(reported_table *of)
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

static int by_day(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void tie_all_days(reported_table *of)
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

void reported_tie(reported_table *of)
{
    of->known = kt_codes_new(of->arena);
    of->made = kt_codes_new(of->arena);
    tie_all_days(of);
    add_growth(of);
}
