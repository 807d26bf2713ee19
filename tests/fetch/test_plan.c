/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan.h"

#include "fetch/support.h"

/* A selection of variables "v0", "v1" ... with codes "c0", "c1" ... */
static kt_wanted *wanted_of(void *state, const size_t *sizes, size_t count)
{
    static const char *const names[] = {"v0", "v1", "v2", "v3"};
    kt_arena *arena = arena_of(state);
    kt_wanted *wanted = kt_arena_new(arena, kt_wanted);
    wanted->variable_count = count;
    for (size_t v = 0; v < count; v++) {
        const char **codes = kt_arena_array(arena, const char *, sizes[v] + 1);
        for (size_t i = 0; i < sizes[v]; i++) {
            codes[i] = kt_arena_print(arena, "c%zu", i);
        }
        wanted->variables[v] =
            (kt_wanted_variable){.name = names[v], .codes = codes, .count = sizes[v]};
    }
    return wanted;
}

/*
 * Fewest parts by enumeration of all numbers of parts per variable, for example in R:
 *   g <- expand.grid(1:20, 1:433, 1:214, 1:2); min(apply(g, 1, prod)[apply(ceiling(t(c(20, 433,
 * 214, 2) / t(g))), 1, prod) <= 120000]). The largest part is the smallest product of ceilings
 * among those.
 */
static const struct {
    size_t sizes[4], count, limit, calls, largest;
} plans[] = {
    {{414, 214, 3}, 3, 120000, 3, 88596},       /* contents one by one */
    {{20, 433, 214, 2}, 4, 120000, 31, 119840}, /* occupations in runs of 14 */
    {{20, 433, 3, 2}, 4, 120000, 1, 51960},
    {{1, 1, 1}, 3, 1, 1, 1},
    {{7}, 1, 3, 3, 3},
    {{10, 10}, 2, 1, 100, 1},
    {{3, 3}, 2, 4, 3, 3}, /* 3 x 1, not 2 x 2 */
    {{5, 7}, 2, 10, 4, 10},
};

typedef struct made_plan {
    const kt_wanted *wanted;
    kt_part *parts;
    size_t count;
} made_plan;

static made_plan make(void *state, const size_t *sizes, size_t count, size_t limit)
{
    kt_error err = {0};
    made_plan made = {.wanted = wanted_of(state, sizes, count)};
    assert_ok(kt_plan_parts(made.wanted, limit, arena_of(state), &made.parts, &made.count, &err));
    assert_ok(kt_plan_prove(made.wanted, made.parts, made.count, &err));
    return made;
}

static size_t largest_of(const made_plan *made)
{
    size_t largest = 0;
    for (size_t i = 0; i < made->count; i++) {
        const size_t cells = kt_part_cells(&made->parts[i], made->wanted->variable_count);
        largest = cells > largest ? cells : largest;
    }
    return largest;
}

static void a_plan_has_the_fewest_parts_and_the_smallest_largest(void **state)
{
    for (size_t i = 0; i < COUNT_OF(plans); i++) {
        const made_plan made = make(*state, plans[i].sizes, plans[i].count, plans[i].limit);
        assert_int_equal(made.count, plans[i].calls);
        assert_int_equal(largest_of(&made), plans[i].largest);
    }
}

/* All numbers of parts of two variables, the slow way. */
static size_t fewest_by_trying(size_t a, size_t b, size_t limit)
{
    size_t fewest = a * b;
    for (size_t i = 0; i < a * b; i++) {
        const size_t p = i / b + 1;
        const size_t q = i % b + 1;
        const bool fits = ((a + p - 1) / p) * ((b + q - 1) / q) <= limit;
        fewest = fits && p * q < fewest ? p * q : fewest;
    }
    return fewest;
}

static void the_search_agrees_with_trying_everything(void **state)
{
    for (size_t i = 0; i < (size_t)144 * 14; i++) {
        const size_t sizes[] = {i % 12 + 1, i / 12 % 12 + 1};
        const size_t limit = 1 + 3 * (i / 144);
        assert_int_equal(make(*state, sizes, 2, limit).count,
                         fewest_by_trying(sizes[0], sizes[1], limit));
    }
}

static void parts_stand_in_row_major_order(void **state)
{
    const made_plan made = make(*state, (size_t[]){3, 4}, 2, 2);
    assert_int_equal(made.count, 6);
    assert_int_equal(made.parts[1].start[0], 0);
    assert_int_equal(made.parts[1].start[1], 2);
    assert_int_equal(made.parts[2].start[0], 1);
    assert_int_equal(made.parts[2].start[1], 0);
}

static void a_limit_below_one_cell_is_an_error(void **state)
{
    kt_error err = {0};
    kt_part *parts = NULL;
    size_t count = 0;
    const kt_wanted *wanted = wanted_of(*state, (size_t[]){3}, 1);
    assert_int_equal(kt_plan_parts(wanted, 0, arena_of(*state), &parts, &count, &err),
                     KT_ERR_CONFIG);
    assert_says(&err, "a limit of 0 cells");
}

static void a_selection_past_the_cubes_limit_is_an_error(void **state)
{
    kt_error err = {0};
    kt_part *parts = NULL;
    size_t count = 0;
    const kt_wanted *wanted = wanted_of(*state, (size_t[]){2000, 2000, 2000}, 3);
    assert_int_equal(kt_plan_parts(wanted, 100, arena_of(*state), &parts, &count, &err),
                     KT_ERR_DATA);
    assert_says(&err, "more cells are wanted");
}

static void a_refused_part_is_halved_along_its_longest_variable(void **state)
{
    (void)state;
    const kt_part part = {.start = {2, 10, 0}, .count = {3, 7, 2}};
    kt_part halves[2];
    assert_true(kt_part_split(&part, 3, halves));
    assert_int_equal(halves[0].start[1], 10);
    assert_int_equal(halves[0].count[1], 4);
    assert_int_equal(halves[1].start[1], 14);
    assert_int_equal(halves[1].count[1], 3);
    assert_int_equal(halves[1].start[0], 2);
    assert_int_equal(halves[1].count[0], 3);
}

static void a_single_cell_cannot_be_halved(void **state)
{
    (void)state;
    const kt_part part = {.start = {2, 10}, .count = {1, 1}};
    kt_part halves[2];
    assert_false(kt_part_split(&part, 2, halves));
}

static void missing_cells_are_named_by_their_codes(void **state)
{
    kt_error err = {0};
    const kt_part parts[] = {{.start = {0, 0}, .count = {2, 3}},
                             {.start = {2, 0}, .count = {1, 2}}};
    const kt_wanted *wanted = wanted_of(*state, (size_t[]){3, 3}, 2);
    assert_int_equal(kt_plan_prove(wanted, parts, 2, &err), KT_ERR_DATA);
    assert_says(&err, "1 of 9 wanted cells are in no part, the first is v0=c2 v1=c2");
}

static void double_cells_are_named_by_their_codes(void **state)
{
    kt_error err = {0};
    const kt_part parts[] = {{.start = {0, 0}, .count = {2, 3}},
                             {.start = {1, 1}, .count = {2, 2}}};
    const kt_wanted *wanted = wanted_of(*state, (size_t[]){3, 3}, 2);
    assert_int_equal(kt_plan_prove(wanted, parts, 2, &err), KT_ERR_DATA);
    assert_says(&err, "2 of 9 wanted cells are in more than one part, the first is v0=c1 v1=c1");
}

static void a_part_outside_the_selection_is_refused(void **state)
{
    kt_error err = {0};
    const kt_part part = {.start = {0, 2}, .count = {3, 2}};
    const kt_wanted *wanted = wanted_of(*state, (size_t[]){3, 3}, 2);
    assert_int_equal(kt_plan_prove(wanted, &part, 1, &err), KT_ERR_DATA);
    assert_says(&err, "code 4 of v1, which has 3");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(a_plan_has_the_fewest_parts_and_the_smallest_largest),
        in_bench(the_search_agrees_with_trying_everything),
        in_bench(parts_stand_in_row_major_order),
        in_bench(a_limit_below_one_cell_is_an_error),
        in_bench(a_selection_past_the_cubes_limit_is_an_error),
        cmocka_unit_test(a_refused_part_is_halved_along_its_longest_variable),
        cmocka_unit_test(a_single_cell_cannot_be_halved),
        in_bench(missing_cells_are_named_by_their_codes),
        in_bench(double_cells_are_named_by_their_codes),
        in_bench(a_part_outside_the_selection_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
