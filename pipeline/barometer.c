/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barometer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "balance_rows.h"
#include "core/codes.h"
#include "core/csv.h"
#include "core/number.h"

#define FILE_LIMIT ((size_t)64 << 20)
#define MOST_TOLD  3

/* One row of the file. */
typedef struct reading {
    kt_period month;
    const char *cell; /* "MK01 ISCO-2512" */
    kt_balance_state state;
    int degree; /* 0: none */
} reading;

typedef struct readings {
    reading *at;
    size_t count;
} readings;

/* The cells of a month that both assess. */
typedef struct agreement {
    size_t cells, same, degrees, near; /* cells with both degrees, and within one of each other */
    size_t pairs[KT_NOT_ASSESSABLE][KT_NOT_ASSESSABLE]; /* ours, theirs */
} agreement;

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

static bool read_state(const char *word, kt_balance_state *out)
{
    for (kt_balance_state state = KT_BALANCED; state < KT_BALANCE_STATES; state++) {
        if (strcmp(kt_balance_word(state), word) == 0) {
            *out = state;
            return true;
        }
    }
    return false;
}

static bool read_degree(const char *text, int *out)
{
    double number = 0.0;
    *out = 0;
    if (text[0] == '\0') {
        return true;
    }
    const bool is_degree = kt_count_read(text, strlen(text), &number) && number >= 1.0 &&
                           number <= 1.0 + KT_BALANCE_STEPS;
    *out = is_degree ? (int)number : 0;
    return is_degree;
}

enum { TIME_PERIOD, REGION_CODE, OCCUPATION_CODE, STATE, DEGREE, COLUMNS };

static kt_status read_row(const kt_csv_table *table, size_t row, const size_t at[COLUMNS],
                          kt_arena *arena, reading *out, kt_error *err)
{
    const char *month = kt_csv_cell(table, row, at[TIME_PERIOD]);
    const char *state = kt_csv_cell(table, row, at[STATE]);
    const char *degree = kt_csv_cell(table, row, at[DEGREE]);
    const char *name = base_name(table->path);
    if (!kt_period_read(month, &out->month) || out->month.frequency != KT_MONTHLY) {
        return kt_fail(err, KT_ERR_FORMAT,
                       "%s: row %zu: time_period: expected a month as 2026M06, found '%s'", name,
                       row + 2, month);
    }
    if (!read_state(state, &out->state)) {
        return kt_fail(err, KT_ERR_FORMAT,
                       "%s: row %zu: state: expected balance, surplus, matching_problem, shortage "
                       "or not_assessable, found '%s'",
                       name, row + 2, state);
    }
    if (!read_degree(degree, &out->degree)) {
        return kt_fail(err, KT_ERR_FORMAT,
                       "%s: row %zu: degree: expected 1 to 5 or nothing, found '%s'", name, row + 2,
                       degree);
    }
    out->cell = kt_arena_print(arena, "%s %s", kt_csv_cell(table, row, at[REGION_CODE]),
                               kt_csv_cell(table, row, at[OCCUPATION_CODE]));
    return KT_OK;
}

static int by_place(const void *a, const void *b)
{
    const reading *left = a, *right = b;
    const int months = kt_period_compare(left->month, right->month);
    return months != 0 ? months : strcmp(left->cell, right->cell);
}

static kt_status read_file(const char *path, kt_arena *arena, readings *out, kt_error *err)
{
    static const char *const names[COLUMNS] = {"time_period", "region_code", "occupation_code",
                                               "state", "degree"};
    kt_csv_table *table = NULL;
    size_t at[COLUMNS];
    KT_TRY(kt_csv_load(path, FILE_LIMIT, arena, &table, err));
    for (size_t i = 0; i < COLUMNS; i++) {
        KT_TRY(kt_csv_column(table, names[i], &at[i], err));
    }
    out->at = kt_arena_array(arena, reading, table->row_count + 1);
    for (size_t row = 0; row < table->row_count; row++) {
        KT_TRY(read_row(table, row, at, arena, &out->at[row], err));
    }
    out->count = table->row_count;
    qsort(out->at, out->count, sizeof *out->at, by_place);
    for (size_t i = 1; i < out->count; i++) {
        if (by_place(&out->at[i - 1], &out->at[i]) == 0) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: %s stands twice in one month", base_name(path),
                           out->at[i].cell);
        }
    }
    return KT_OK;
}

/* The message without the folders of the machine. */
static const char *without_folder(const char *message, const char *path, kt_arena *arena)
{
    const char *at = strstr(message, path);
    const size_t before = at == NULL ? 0 : (size_t)(at - message);
    return at == NULL ? message
                      : kt_arena_print(arena, "%s%s%s", kt_arena_copy_n(arena, message, before),
                                       base_name(path), at + strlen(path));
}

/* The cells that we have, by their names. */
static const kt_codes *name_series(const kt_balances *all, kt_arena *arena)
{
    kt_codes *names = kt_codes_new(arena);
    for (size_t i = 0; i < all->series_count; i++) {
        (void)kt_codes_intern(names, kt_arena_print(arena, "%s %s", all->series[i].region_code.text,
                                                    all->series[i].occupation_code.text));
    }
    return names;
}

static const kt_balance_row *ours_of(const kt_balances *all, const kt_codes *names,
                                     const reading *one)
{
    const size_t at = kt_codes_find(names, one->cell);
    return at == KT_NO_CODE ? NULL : kt_balance_row_at(&all->series[at], one->month);
}

static void add_cell(const kt_balance_row *ours, const reading *theirs, agreement *out)
{
    if (ours == NULL || ours->state == KT_NOT_ASSESSABLE || theirs->state == KT_NOT_ASSESSABLE) {
        return;
    }
    out->cells++;
    out->same += ours->state == theirs->state ? 1 : 0;
    out->pairs[ours->state][theirs->state]++;
    if (theirs->degree != 0) {
        out->degrees++;
        out->near += abs(ours->degree - theirs->degree) <= 1 ? 1 : 0;
    }
}

/* The most common way to differ that is not told yet; false if there is none left. */
static bool take_largest(agreement *of, size_t *ours, size_t *theirs, size_t *count)
{
    *count = 0;
    for (size_t i = 0; i < (size_t)KT_NOT_ASSESSABLE * KT_NOT_ASSESSABLE; i++) {
        const size_t own = i / KT_NOT_ASSESSABLE, other = i % KT_NOT_ASSESSABLE;
        if (own != other && of->pairs[own][other] > *count) {
            *count = of->pairs[own][other];
            *ours = own;
            *theirs = other;
        }
    }
    if (*count > 0) {
        of->pairs[*ours][*theirs] = 0;
    }
    return *count > 0;
}

/* "38 of 40 degrees within one; ours surplus, theirs balance: 2" */
static const char *words_of(agreement of, kt_arena *arena)
{
    const char *words = of.degrees == 0 ? "no degrees"
                                        : kt_arena_print(arena, "%zu of %zu degrees within one",
                                                         of.near, of.degrees);
    size_t ours = 0, theirs = 0, count = 0;
    for (size_t i = 0; i < MOST_TOLD && take_largest(&of, &ours, &theirs, &count); i++) {
        words = kt_arena_print(arena, "%s; ours %s, theirs %s: %zu", words,
                               kt_balance_word((kt_balance_state)ours),
                               kt_balance_word((kt_balance_state)theirs), count);
    }
    return words;
}

static kt_status add_month(const kt_analysis_job *job, kt_period month, const agreement *of,
                           kt_rows *rows, kt_error *err)
{
    char name[KT_PERIOD_SIZE];
    if (of->cells == 0) {
        return KT_OK;
    }
    return kt_check_row_add(rows,
                            (kt_check_row){.check = KT_CHECK_BAROMETER_AGREEMENT,
                                           .subject = kt_period_write(month, name),
                                           .severity = "note",
                                           .result = "passed",
                                           .measured = (double)of->same / (double)of->cells,
                                           .threshold = NAN,
                                           .cells_failed = of->cells - of->same,
                                           .examples = words_of(*of, job->arena)},
                            err);
}

/* measured: rows of the file; cells_failed: those without a row of ours. */
static kt_status add_file(const kt_analysis_job *job, size_t count, size_t alone,
                          const char *failure, kt_rows *rows, kt_error *err)
{
    const char *words =
        alone == 0
            ? NULL
            : kt_arena_print(job->arena, "%zu of %zu rows are of no row of ours", alone, count);
    return kt_check_row_add(
        rows,
        (kt_check_row){.check = KT_CHECK_BAROMETER_READ,
                       .subject = base_name(job->night->config->barometer_path),
                       .severity = "note",
                       .result = failure != NULL ? "failed" : (alone > 0 ? "warn" : "passed"),
                       .measured = failure != NULL ? NAN : (double)count,
                       .threshold = NAN,
                       .cells_failed = alone,
                       .examples = failure != NULL ? failure : words},
        err);
}

kt_status kt_barometer_checks(const kt_analysis_job *job, kt_rows *rows, kt_error *err)
{
    const char *path = job->night->config->barometer_path;
    readings all = {0};
    kt_error why = {0};
    if (read_file(path, job->arena, &all, &why) != KT_OK) {
        return add_file(job, 0, 0, without_folder(why.message, path, job->arena), rows, err);
    }
    const kt_codes *names = name_series(job->balances, job->arena);
    size_t alone = 0;
    for (size_t i = 0; i < all.count; i++) {
        alone += ours_of(job->balances, names, &all.at[i]) == NULL ? 1 : 0;
    }
    KT_TRY(add_file(job, all.count, alone, NULL, rows, err));
    agreement of = {0};
    for (size_t i = 0; i < all.count; i++) {
        add_cell(ours_of(job->balances, names, &all.at[i]), &all.at[i], &of);
        const bool last =
            i + 1 == all.count || kt_period_compare(all.at[i].month, all.at[i + 1].month) != 0;
        KT_TRY(last ? add_month(job, all.at[i].month, &of, rows, err) : KT_OK);
        of = last ? (agreement){0} : of;
    }
    return KT_OK;
}
