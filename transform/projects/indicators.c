/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/indicators.h"

#include <stdlib.h>
#include <string.h>

#include "core/csv.h"
#include "core/file.h"

#define FILE_LIMIT ((size_t)1 << 20)

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
    const kt_csv_table *table;
    kt_indicators *to;
    kt_arena *arena;
    kt_problems *problems;
} reading;

static const char *cell(const reading *of, size_t row, size_t column)
{
    return kt_csv_cell(of->table, row, column);
}

static void wrong(const reading *of, size_t row, size_t column, const char *expected)
{
    kt_problems_add_line(of->problems,
                         kt_arena_print(of->arena, "%s: row %zu, column %s: \"%s\", expected %s",
                                        of->table->path, row + 2, of->table->names[column],
                                        cell(of, row, column), expected));
}

static const char *choose(const reading *of, size_t row, size_t column, const char *const *words)
{
    const char *word = cell(of, row, column), *all = "";
    for (size_t i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], word) == 0) {
            return word;
        }
        all = kt_arena_print(of->arena, "%s%s%s", all, i == 0 ? "" : ", ",
                             words[i][0] == '\0' ? "nothing" : words[i]);
    }
    wrong(of, row, column, kt_arena_print(of->arena, "one of %s", all));
    return words[0];
}

/* "EECO02+EECO04" as two codes. */
static size_t split(const reading *of, const char *text, const char *const **out)
{
    size_t count = 0;
    const char **list = kt_arena_array(of->arena, const char *, strlen(text) / 2 + 2);
    for (const char *at = text; *at != '\0';) {
        const size_t length = strcspn(at, "+");
        list[count++] = kt_arena_copy_n(of->arena, at, length);
        at += length + (at[length] == '+' ? 1 : 0);
    }
    *out = list;
    return count;
}

static kt_indicator read_indicator(const reading *of, size_t row)
{
    kt_indicator made = {.code = cell(of, row, CODE),
                         .period = choose(of, row, PERIOD, periods),
                         .kind = choose(of, row, KIND, kinds),
                         .level = choose(of, row, LEVEL, levels),
                         .unit = cell(of, row, UNIT),
                         .sensitive = strcmp(choose(of, row, SENSITIVE, answers), "yes") == 0,
                         .comparability = choose(of, row, COMPARABILITY, comparabilities),
                         .name = {.fi = cell(of, row, NAME_FI),
                                  .sv = cell(of, row, NAME_SV),
                                  .en = cell(of, row, NAME_EN)}};
    made.parent_count = split(of, cell(of, row, PARENTS), &made.parents);
    made.successor_count = split(of, cell(of, row, SUCCESSORS), &made.successors);
    for (size_t column = CODE; column < COLUMNS; column++) {
        const bool needed = column == CODE || column == UNIT || column >= NAME_FI;
        if (needed && cell(of, row, column)[0] == '\0') {
            wrong(of, row, column, "some text");
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
            wrong(of, row, column, "codes of indicators.csv, joined by +");
            return;
        }
    }
}

static void take_indicators(const reading *of)
{
    const size_t count = of->table->row_count;
    kt_indicator *list = kt_arena_array(of->arena, kt_indicator, count + 1);
    for (size_t row = 0; row < count; row++) {
        list[row] = read_indicator(of, row);
    }
    of->to->at = list;
    of->to->count = count;
    for (size_t row = 0; row < count; row++) {
        if (kt_indicator_find(of->to, list[row].code) != &list[row]) {
            wrong(of, row, CODE, "each code once");
        }
        check_codes(of, row, PARENTS, list[row].parents, list[row].parent_count);
        check_codes(of, row, SUCCESSORS, list[row].successors, list[row].successor_count);
    }
    qsort(list, count, sizeof *list, by_period_and_code);
}

static void take_checks(const reading *of)
{
    const size_t count = of->table->row_count;
    kt_indicator_check *list = kt_arena_array(of->arena, kt_indicator_check, count + 1);
    for (size_t row = 0; row < count; row++) {
        kt_indicator_check *check = &list[row];
        const char *relation = choose(of, row, CHECK_RELATION, relations);
        *check = (kt_indicator_check){
            .id = cell(of, row, CHECK_ID),
            .period = choose(of, row, CHECK_PERIOD, periods),
            .relation = strcmp(relation, "equal") == 0 ? KT_CHECK_EQUAL : KT_CHECK_AT_MOST};
        check->left_count = split(of, cell(of, row, CHECK_LEFT), &check->left);
        check->right_count = split(of, cell(of, row, CHECK_RIGHT), &check->right);
        check_codes(of, row, CHECK_LEFT, check->left, check->left_count);
        check_codes(of, row, CHECK_RIGHT, check->right, check->right_count);
        if (check->left_count == 0 || check->right_count == 0 || check->id[0] == '\0') {
            wrong(of, row, CHECK_ID, "a name, and codes on both sides");
        }
    }
    of->to->checks = list;
    of->to->check_count = count;
}

/* NULL, and a problem, for a file that cannot be read or has other columns. */
static const kt_csv_table *load(const char *path, const char *const *names, size_t count,
                                kt_arena *arena, kt_problems *problems)
{
    kt_csv_table *table = NULL;
    kt_error why = {0};
    if (kt_csv_load(path, FILE_LIMIT, arena, &table, &why) != KT_OK) {
        kt_problems_add_line(problems, why.message);
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        if (table->column_count != count || strcmp(table->names[i], names[i]) != 0) {
            kt_problems_add_line(
                problems, kt_arena_print(arena, "%s: row 1: expected %zu columns, column %zu %s",
                                         path, count, i + 1, names[i]));
            return NULL;
        }
    }
    return table;
}

const kt_indicators *kt_indicators_load(const char *folder, kt_arena *arena, kt_problems *problems)
{
    const size_t before = kt_problems_count(problems);
    kt_indicators *made = kt_arena_new(arena, kt_indicators);
    reading of = {.to = made, .arena = arena, .problems = problems};
    of.table =
        load(kt_path_join(arena, folder, "indicators.csv"), columns, COLUMNS, arena, problems);
    if (of.table == NULL) {
        return NULL;
    }
    take_indicators(&of);
    of.table = load(kt_path_join(arena, folder, "indicator_checks.csv"), check_columns,
                    CHECK_COLUMNS, arena, problems);
    if (of.table != NULL) {
        take_checks(&of);
    }
    return kt_problems_count(problems) == before ? made : NULL;
}
