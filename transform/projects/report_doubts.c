/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/codes.h"
#include "transform/indicator_report.h"

typedef struct doubting {
    const kt_indicator_report *report;
    const kt_codes *keys; /* of rows, in their order */
    kt_arena *arena;
    kt_list_warning *out;
    size_t most, count;
} doubting;

static void add(doubting *of, kt_list_warning line)
{
    if (of->count < of->most) {
        of->out[of->count] = line;
    }
    of->count++;
}

/* What was realised of another indicator where the row is; NAN if it is not reported. */
static double realised(const doubting *of, const kt_indicator_row *row, const char *indicator)
{
    kt_indicator_row other = *row;
    other.indicator = indicator;
    const size_t at = kt_codes_find(of->keys, kt_indicator_key(&other, of->arena));
    return at == KT_NO_CODE ? NAN : of->report->rows[at].realised;
}

/* "EECO02+EECO04", and their sum: NAN where one of them is not reported. */
static double sum_of(const doubting *of, const kt_indicator_row *row, const char *const *codes,
                     size_t count, const char **words)
{
    double sum = 0.0;
    *words = "";
    for (size_t i = 0; i < count; i++) {
        sum += realised(of, row, codes[i]);
        *words = kt_arena_print(of->arena, "%s%s%s", *words, i == 0 ? "" : "+", codes[i]);
    }
    return sum;
}

/* A check is made where the first of its left side stands. */
static void look_at_check(doubting *of, const kt_indicator_row *row,
                          const kt_indicator_check *check)
{
    const char *left_words, *right_words;
    if (strcmp(check->left[0], row->indicator) != 0) {
        return;
    }
    const double left = sum_of(of, row, check->left, check->left_count, &left_words);
    const double right = sum_of(of, row, check->right, check->right_count, &right_words);
    const bool equal = check->relation == KT_CHECK_EQUAL;
    if (isnan(left) || isnan(right) || (equal ? left == right : left <= right)) {
        return;
    }
    const char *relation = equal ? "equal to" : "at most";
    add(of, (kt_list_warning){
                kt_arena_print(
                    of->arena,
                    "row %zu, column toteuma: %s of %s in %s is %.0f, expected %s %.0f, %s (%s)",
                    row->line, left_words, row->project, row->period, left, relation, right,
                    right_words, check->id),
                kt_arena_print(of->arena, "row %zu, column toteuma: expected %s %s", row->line,
                               relation, right_words)});
}

static void add_far_above(doubting *of, const kt_indicator_row *row, double far_above)
{
    add(of, (kt_list_warning){
                kt_arena_print(of->arena,
                               "row %zu, column toteuma: %s of %s in %s is %.0f, expected at most "
                               "%g times the target of %.0f",
                               row->line, row->indicator, row->project, row->period, row->realised,
                               far_above, row->target),
                kt_arena_print(of->arena,
                               "row %zu, column toteuma: expected at most %g times the target",
                               row->line, far_above)});
}

size_t kt_indicator_report_doubts(const kt_indicator_report *report, const kt_indicators *all,
                                  double far_above, size_t most, kt_arena *arena,
                                  kt_list_warning *out)
{
    kt_codes *keys = kt_codes_new(arena);
    doubting of = {.report = report, .keys = keys, .arena = arena, .out = out, .most = most};
    for (size_t i = 0; i < report->row_count; i++) {
        (void)kt_codes_intern(keys, kt_indicator_key(&report->rows[i], arena));
    }
    for (size_t i = 0; i < report->row_count; i++) {
        const kt_indicator_row *row = &report->rows[i];
        for (size_t j = 0; j < all->check_count; j++) {
            look_at_check(&of, row, &all->checks[j]);
        }
        if (row->target > 0.0 && row->realised > far_above * row->target) {
            add_far_above(&of, row, far_above);
        }
    }
    return of.count;
}
