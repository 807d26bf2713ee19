/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/indicators.h"

#include <stdlib.h>
#include <string.h>

#include "core/file.h"
#include "sheet.h"

enum {
    CODE,
    PERIOD,
    KIND,
    LEVEL,
    UNIT,
    PARENTS,
    SENSITIVE,
    SUCCESSORS,
    COMPARABILITY,
    NAME_FI,
    NAME_SV,
    NAME_EN,
    COLUMNS
};

static const char *const columns[COLUMNS] = {"code",          "period",  "kind",      "level",
                                             "unit",          "parents", "sensitive", "successors",
                                             "comparability", "name_fi", "name_sv",   "name_en"};

enum { CHECK_ID, CHECK_PERIOD, CHECK_LEFT, CHECK_RELATION, CHECK_RIGHT, CHECK_COLUMNS };

static const char *const check_columns[CHECK_COLUMNS] = {"id", "period", "left", "relation",
                                                         "right"};

static const char *const periods[] = {"2007-2013", "2014-2020", "2021-2027", NULL};
static const char *const kinds[] = {"output", "result_immediate", "result_longer_term", "theme",
                                    NULL};
static const char *const levels[] = {"participants", "entities", "projects", "score", NULL};
static const char *const answers[] = {"yes", "no", NULL};
static const char *const comparabilities[] = {"",     "equal",          "near", "split",
                                              "none", "not_comparable", NULL};
static const char *const relations[] = {"equal", "at_most", NULL};

/* A file on its way in. */
typedef struct reading {
    sheet in;
    kt_indicators *to;
} reading;

static kt_indicator read_indicator(const reading *of, size_t row)
{
    kt_indicator made = {
        .code = sheet_cell(&of->in, row, CODE),
        .period = sheet_choose(&of->in, row, PERIOD, periods),
        .kind = sheet_choose(&of->in, row, KIND, kinds),
        .level = sheet_choose(&of->in, row, LEVEL, levels),
        .unit = sheet_cell(&of->in, row, UNIT),
        .sensitive = strcmp(sheet_choose(&of->in, row, SENSITIVE, answers), "yes") == 0,
        .comparability = sheet_choose(&of->in, row, COMPARABILITY, comparabilities),
        .name = {.fi = sheet_cell(&of->in, row, NAME_FI),
                 .sv = sheet_cell(&of->in, row, NAME_SV),
                 .en = sheet_cell(&of->in, row, NAME_EN)}};
    made.parent_count = sheet_split(&of->in, sheet_cell(&of->in, row, PARENTS), '+', &made.parents);
    made.successor_count =
        sheet_split(&of->in, sheet_cell(&of->in, row, SUCCESSORS), '+', &made.successors);
    for (size_t column = CODE; column < COLUMNS; column++) {
        const bool needed = column == CODE || column == UNIT || column >= NAME_FI;
        if (needed && sheet_cell(&of->in, row, column)[0] == '\0') {
            sheet_wrong(&of->in, row, column, "some text");
        }
    }
    return made;
}

static int by_period_and_code(const void *a, const void *b)
{
    const kt_indicator *x = a, *y = b;
    const int order = strcmp(x->period, y->period);
    return order != 0 ? order : strcmp(x->code, y->code);
}

const kt_indicator *kt_indicator_find(const kt_indicators *all, const char *code)
{
    for (size_t i = 0; i < all->count; i++) {
        if (strcmp(all->at[i].code, code) == 0) {
            return &all->at[i];
        }
    }
    return NULL;
}

/* Every code that stands in a list is one of the catalogue. */
static void check_codes(const reading *of, size_t row, size_t column, const char *const *codes,
                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (kt_indicator_find(of->to, codes[i]) == NULL) {
            sheet_wrong(&of->in, row, column, "codes of indicators.csv, joined by +");
            return;
        }
    }
}

static void take_indicators(const reading *of)
{
    const size_t count = of->in.table->row_count;
    kt_indicator *list = kt_arena_array(of->in.arena, kt_indicator, count + 1);
    for (size_t row = 0; row < count; row++) {
        list[row] = read_indicator(of, row);
    }
    of->to->at = list;
    of->to->count = count;
    for (size_t row = 0; row < count; row++) {
        if (kt_indicator_find(of->to, list[row].code) != &list[row]) {
            sheet_wrong(&of->in, row, CODE, "each code once");
        }
        check_codes(of, row, PARENTS, list[row].parents, list[row].parent_count);
        check_codes(of, row, SUCCESSORS, list[row].successors, list[row].successor_count);
    }
    qsort(list, count, sizeof *list, by_period_and_code);
}

static void take_checks(const reading *of)
{
    const size_t count = of->in.table->row_count;
    kt_indicator_check *list = kt_arena_array(of->in.arena, kt_indicator_check, count + 1);
    for (size_t row = 0; row < count; row++) {
        kt_indicator_check *check = &list[row];
        const char *relation = sheet_choose(&of->in, row, CHECK_RELATION, relations);
        *check = (kt_indicator_check){
            .id = sheet_cell(&of->in, row, CHECK_ID),
            .period = sheet_choose(&of->in, row, CHECK_PERIOD, periods),
            .relation = strcmp(relation, "equal") == 0 ? KT_CHECK_EQUAL : KT_CHECK_AT_MOST};
        check->left_count =
            sheet_split(&of->in, sheet_cell(&of->in, row, CHECK_LEFT), '+', &check->left);
        check->right_count =
            sheet_split(&of->in, sheet_cell(&of->in, row, CHECK_RIGHT), '+', &check->right);
        check_codes(of, row, CHECK_LEFT, check->left, check->left_count);
        check_codes(of, row, CHECK_RIGHT, check->right, check->right_count);
        if (check->left_count == 0 || check->right_count == 0 || check->id[0] == '\0') {
            sheet_wrong(&of->in, row, CHECK_ID, "a name, and codes on both sides");
        }
    }
    of->to->checks = list;
    of->to->check_count = count;
}

const kt_indicators *kt_indicators_load(const char *folder, kt_arena *arena, kt_problems *problems)
{
    const size_t before = kt_problems_count(problems);
    kt_indicators *made = kt_arena_new(arena, kt_indicators);
    reading of = {.to = made};
    if (!sheet_open(kt_path_join(arena, folder, "indicators.csv"),
                    (sheet_columns){columns, COLUMNS}, arena, problems, &of.in)) {
        return NULL;
    }
    take_indicators(&of);
    if (sheet_open(kt_path_join(arena, folder, "indicator_checks.csv"),
                   (sheet_columns){check_columns, CHECK_COLUMNS}, arena, problems, &of.in)) {
        take_checks(&of);
    }
    return kt_problems_count(problems) == before ? made : NULL;
}
