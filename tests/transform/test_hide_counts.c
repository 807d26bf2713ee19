/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/hide_counts.h"

#include <math.h>

#include "support/arena.h"
#include "support/random.h"

/*
 * Small random tables, each tried against every other table that shows the same: what may not be
 * told is something else in one of them.
 */

#define TABLES 500
#define CELLS  5
#define RULES  6
#define GROUPS 2
#define MOST   6 /* of the counts that are drawn */
#define TRIED  5 /* by so much more or less a hidden count is tried */

typedef struct drawn {
    kt_hidden_count at[CELLS];
    kt_count_term terms[RULES + GROUPS][CELLS];
    kt_count_rule rules[RULES];
    kt_count_sum groups[GROUPS];
    bool own[CELLS]; /* hidden from the start */
    kt_hidden_counts counts;
} drawn;

static double sum_of(const kt_count_sum *sum, const double *values)
{
    double total = 0.0;
    for (size_t i = 0; i < sum->count; i++) {
        total += sum->terms[i].sign * values[sum->terms[i].cell];
    }
    return total;
}

static void take(const drawn *of, double *values)
{
    for (size_t i = 0; i < CELLS; i++) {
        values[i] = of->at[i].value;
    }
}

static kt_count_sum draw_sum(uint64_t *seed, kt_count_term *terms)
{
    size_t count = 0;
    for (size_t i = 0; i < CELLS; i++) {
        if (random_below(seed, 5) < 3) {
            terms[count++] = (kt_count_term){i, random_below(seed, 5) < 3 ? 1 : -1};
        }
    }
    return (kt_count_sum){terms, count};
}

/* A rule or a group, if the sum can be one. */
static void add(drawn *to, kt_count_sum sum, bool group)
{
    double truth[CELLS];
    take(to, truth);
    const double total = sum_of(&sum, truth);
    if (!group && sum.count > 1 && total >= 0.0) {
        to->rules[to->counts.rule_count++] = (kt_count_rule){sum, total == 0.0};
    } else if (group && total > 0.0 && total < 5.0) {
        to->groups[to->counts.group_count++] = sum;
    }
}

/* Some counts are the sum of those before them. */
static void draw_counts(uint64_t *seed, drawn *out)
{
    for (size_t i = 0; i < CELLS; i++) {
        const bool made = i > 1 && random_below(seed, 2) == 0;
        const double value =
            made ? out->at[i - 1].value + out->at[i - 2].value : random_below(seed, MOST + 1);
        const bool small = value > 0.0 && value < 5.0;
        out->own[i] = small;
        out->at[i] = (kt_hidden_count){.value = value,
                                       .low = small ? 1.0 : 0.0,
                                       .high = small ? 4.0 : INFINITY,
                                       .hidden = small,
                                       .rank = (int)random_below(seed, 2)};
    }
}

static void draw(uint64_t *seed, drawn *out)
{
    *out = (drawn){.counts.count = CELLS};
    draw_counts(seed, out);
    for (size_t i = 0; i + 2 < CELLS; i++) {
        out->terms[i][0] = (kt_count_term){i, 1};
        out->terms[i][1] = (kt_count_term){i + 1, 1};
        out->terms[i][2] = (kt_count_term){i + 2, -1};
        add(out, (kt_count_sum){out->terms[i], 3}, false);
    }
    for (size_t i = CELLS - 2; i < RULES + GROUPS; i++) {
        add(out, draw_sum(seed, out->terms[i]), i >= RULES);
    }
    out->counts.at = out->at;
    out->counts.rules = out->rules;
    out->counts.groups = out->groups;
}

static bool is_possible(const drawn *of, const double *values)
{
    for (size_t i = 0; i < of->counts.rule_count; i++) {
        const double total = sum_of(&of->rules[i].sum, values);
        if (of->rules[i].zero ? total != 0.0 : total < 0.0) {
            return false;
        }
    }
    return true;
}

static double least_of(const kt_hidden_count *is)
{
    return is->hidden ? fmax(is->low, is->value - TRIED) : is->value;
}

/* The next table in which only hidden counts differ; false after the last one. */
static bool next_table(const drawn *of, double *values)
{
    for (size_t i = 0; i < CELLS; i++) {
        const kt_hidden_count *is = &of->at[i];
        if (is->hidden && values[i] + 1.0 <= fmin(is->high, is->value + TRIED)) {
            values[i] += 1.0;
            return true;
        }
        values[i] = least_of(is);
    }
    return false;
}

/* Which counts, and behind them groups, are something else in some table. */
static void try_all(const drawn *of, bool *open)
{
    double truth[CELLS], values[CELLS];
    take(of, truth);
    for (size_t i = 0; i < CELLS; i++) {
        values[i] = least_of(&of->at[i]);
    }
    do {
        if (!is_possible(of, values)) {
            continue;
        }
        for (size_t i = 0; i < CELLS; i++) {
            open[i] = open[i] || values[i] != truth[i];
        }
        for (size_t i = 0; i < of->counts.group_count; i++) {
            open[CELLS + i] =
                open[CELLS + i] || sum_of(&of->groups[i], values) != sum_of(&of->groups[i], truth);
        }
    } while (next_table(of, values));
}

/* The same if nothing at all were shown. */
static void try_all_hidden(const drawn *of, bool *open)
{
    drawn dark = *of;
    for (size_t i = 0; i < CELLS; i++) {
        dark.at[i].hidden = true;
    }
    try_all(&dark, open);
}

/* What is told, and would not be if nothing were shown; a count that is zero is no secret. Where
 * some secret is told whatever is hidden, what is hidden for it may be told as well. */
static size_t count_told(const drawn *of)
{
    bool open[CELLS + GROUPS] = {false}, dark[CELLS + GROUPS] = {false};
    bool hopeless = false;
    size_t told = 0;
    try_all(of, open);
    try_all_hidden(of, dark);
    for (size_t i = 0; i < CELLS; i++) {
        hopeless = hopeless || (of->own[i] && !dark[i]);
    }
    for (size_t i = 0; i < CELLS; i++) {
        const bool secret = of->own[i] || (of->at[i].hidden && !hopeless);
        told += secret && of->at[i].value > 0.0 && !open[i] && dark[i];
    }
    for (size_t i = CELLS; i < CELLS + of->counts.group_count; i++) {
        told += !open[i] && dark[i];
    }
    return told;
}

static void nothing_secret_is_told(void **state)
{
    uint64_t seed = 2026;
    size_t before = 0, beside = 0, shown = 0;
    for (int round = 0; round < TABLES; round++) {
        drawn table;
        kt_error err = {0};
        kt_arena *arena = kt_arena_open("round", 0);
        draw(&seed, &table);
        before += count_told(&table);
        assert_int_equal(kt_counts_hide(&table.counts, arena, &err), KT_OK);
        kt_arena_free(arena);
        assert_int_equal(count_told(&table), 0);
        for (size_t i = 0; i < CELLS; i++) {
            beside += table.at[i].hidden && !table.own[i];
            shown += !table.at[i].hidden;
        }
    }
    assert_true(before > TABLES / 2 && beside > TABLES / 2 && shown > TABLES);
    (void)state;
}

static void what_is_no_count_is_refused(void **state)
{
    kt_hidden_count half = {.value = 2.5, .high = INFINITY};
    kt_hidden_counts counts = {.at = &half, .count = 1};
    kt_error err = {0};
    assert_int_equal(kt_counts_hide(&counts, *state, &err), KT_ERR_DATA);
    assert_string_equal(err.message, "count 0: 2.5 is no count");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_secret_is_told),
        ARENA_TEST(what_is_no_count_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
