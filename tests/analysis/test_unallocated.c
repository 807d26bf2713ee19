/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/unallocated.h"

#include "analysis/support.h"

#define SOME 2000 /* random markets */

static kt_unallocated range_of(const kt_unallocated_market *market, double alpha, kt_arena *arena)
{
    kt_unallocated found;
    kt_error error = {0};
    if (kt_unallocated_compute(market, alpha, arena, &found, &error) != KT_OK) {
        fail_msg("%s", error.message);
    }
    return found;
}

/* Job seekers and vacancies of the 19 maakunta in June 2026, table 12r5 of Statistics Finland. */
static const double june_u[] = {122804, 29414, 11844, 9222, 37076, 14529, 10153, 8021, 6556, 14287,
                                11075,  20087, 7718,  6678, 3175,  25982, 3423,  9137, 800};
static const double june_v[] = {5067, 1488, 700, 473, 2092, 380,  494, 253,  490, 649,
                                304,  739,  487, 457, 174,  1321, 329, 2515, 86};

/*
 * 26,641 vacancies of the country less 18,498 of the maakunta have no maakunta. Computed apart by,
 * in python3, with f = lambda u, v: math.sqrt(u * v), D = math.sqrt(sum(u) * 26641):
 *   for _ in range(8143): i = max(range(19), key=lambda i: f(u[i], v[i]+w[i]+1) - f(u[i],
 * v[i]+w[i])); w[i] += 1 1 - sum(f(u[i], v[i]+w[i]) for i in range(19)) / D 1 - (sum(map(f, u, v))
 * + min(f(a, b+8143) - f(a, b) for a, b in zip(u, v))) / D
 */
static void a_third_of_the_posts_without_a_maakunta_make_a_wide_range(void **state)
{
    const double posts[] = {8143};
    const kt_unallocated_market market = {19, june_u, june_v, NULL, 1, posts, false};
    const kt_unallocated found = range_of(&market, 0.5, *state);
    assert_close(found.low, 0.011508183910435399, 1e-12);
    assert_close(found.high, 0.16784137470466898, 1e-12);
    assert_close(found.posts, 8143.0, 0.0);
}

static void nothing_to_place_leaves_one_point(void **state)
{
    const double posts[] = {0};
    const kt_unallocated_market market = {19, june_u, june_v, NULL, 1, posts, false};
    const kt_unallocated found = range_of(&market, 0.5, *state);
    /* 1 - sum(map(f, u, v)) / math.sqrt(sum(u) * 18498) */
    assert_close(found.low, 0.02988401918960082, 1e-12);
    assert_close(found.high, found.low, 0.0);
}

static void posts_without_job_seekers_anywhere_in_their_occupation_match_nobody(void **state)
{
    /* Occupation 0 has 4 job seekers and 4 posts, occupation 1 nobody and 5 posts to place. At 1/2:
     * S = 4, V = 9, U = 4 wherever they are. */
    const double u[] = {4, 0, 0}, v[] = {4, 0, 0}, posts[] = {0, 5};
    const size_t group[] = {0, 1, 1};
    const kt_unallocated_market market = {3, u, v, group, 2, posts, false};
    const kt_unallocated found = range_of(&market, 0.5, *state);
    assert_close(found.low, 1.0 - 4.0 / 6.0, 1e-15);
    assert_close(found.high, 1.0 - 4.0 / 6.0, 1e-15);
}

static void posts_in_fractions_are_placed_in_fractions(void **state)
{
    /* 1 and 1 job seekers, no posts, 2.5 to place: 1.25 each, or all in one. */
    const double u[] = {1, 1}, v[] = {0, 0}, posts[] = {2.5};
    const kt_unallocated_market market = {2, u, v, NULL, 1, posts, false};
    const kt_unallocated found = range_of(&market, 0.5, *state);
    assert_close(found.low, 0.0, 1e-15);
    assert_close(found.high, 1.0 - sqrt(2.5) / sqrt(5.0), 1e-15);
}

#define CELLS  5
#define GROUPS 2

typedef struct small {
    double u[CELLS], v[CELLS], posts[GROUPS];
    size_t group[CELLS];
} small;

static small draw_small(uint64_t *seed)
{
    small made;
    for (size_t i = 0; i < CELLS; i++) {
        made.u[i] = random_below(seed, 8);
        made.v[i] = random_below(seed, 5);
        made.group[i] = random_below(seed, GROUPS);
    }
    made.u[0] += 1.0;
    made.v[0] += 1.0;
    made.group[0] = 0;
    made.group[1] = 1;
    for (size_t g = 0; g < GROUPS; g++) {
        made.posts[g] = random_below(seed, 5);
    }
    return made;
}

static double plain(const small *of, const double *v, double alpha)
{
    double matched = 0.0, total_u = 0.0, total_v = 0.0;
    for (size_t i = 0; i < CELLS; i++) {
        matched += pow(v[i], alpha) * pow(of->u[i], 1.0 - alpha);
        total_u += of->u[i];
        total_v += v[i];
    }
    return 1.0 - matched / (pow(total_v, alpha) * pow(total_u, 1.0 - alpha));
}

/* Tries every place of every post, those of one cell after those of the cell before: at[i] posts
 * more in cell i, an odometer that keeps what spends each group's posts exactly, or at most them.
 */
static void enumerate(const small *of, double alpha, bool up_to, double *least, double *most)
{
    double at[CELLS] = {0};
    *least = INFINITY;
    *most = -INFINITY;
    for (size_t i = 0; i < CELLS;) {
        double v[CELLS], spent[GROUPS] = {0};
        for (size_t k = 0; k < CELLS; k++) {
            v[k] = of->v[k] + at[k];
            spent[of->group[k]] += at[k];
        }
        const bool all = spent[0] == of->posts[0] && spent[1] == of->posts[1];
        const bool some = spent[0] <= of->posts[0] && spent[1] <= of->posts[1];
        if (up_to ? some : all) {
            *least = fmin(*least, plain(of, v, alpha));
            *most = fmax(*most, plain(of, v, alpha));
        }
        for (i = 0; i < CELLS && at[i] == of->posts[of->group[i]]; i++) {
            at[i] = 0.0;
        }
        if (i < CELLS) {
            at[i] += 1.0;
        }
    }
}

static void the_range_is_that_of_every_place_of_every_post(void **state)
{
    uint64_t seed = 2026;
    for (int round = 0; round < SOME; round++) {
        const small of = draw_small(&seed);
        const double alpha = 0.05 + 0.9 * random_below(&seed, 1000) / 1000.0;
        const kt_unallocated_market market = {CELLS, of.u, of.v, of.group, GROUPS, of.posts, false};
        const kt_unallocated found = range_of(&market, alpha, *state);
        double least, most;
        enumerate(&of, alpha, false, &least, &most);
        assert_close(found.low, fmax(0.0, least), 1e-14);
        assert_close(found.high, most, 1e-14);
    }
}

/* Placed in fractions, posts make a little more than whole ones, and a part of one group's beside
 * another's a little less. */
static void posts_that_may_lie_elsewhere_widen_it_to_any_number_of_them(void **state)
{
    uint64_t seed = 7;
    double spare_low = 0.0, spare_high = 0.0;
    for (int round = 0; round < SOME; round++) {
        small of = draw_small(&seed);
        const bool alone = round % 2 == 0;
        of.posts[1] = alone ? 0.0 : of.posts[1];
        const double alpha = 0.05 + 0.9 * random_below(&seed, 1000) / 1000.0;
        const kt_unallocated_market market = {CELLS, of.u, of.v, of.group, GROUPS, of.posts, true};
        const kt_unallocated found = range_of(&market, alpha, *state);
        double least, most;
        enumerate(&of, alpha, true, &least, &most);
        assert_true(found.low <= fmax(0.0, least) + 1e-14 && most <= found.high + 1e-14);
        spare_low += fmax(0.0, least) - found.low;
        spare_high += found.high - most;
        if (alone) {
            assert_close(found.high, most, 1e-14);
        }
    }
    assert_true(spare_low / SOME < 2e-3 && spare_high / SOME < 2e-3);
}

/* 1 and 3 job seekers, 1 post each, up to 8 more of one occupation, at 1/2. Two in the second cell
 * make v/u equal: 0. Eight in the first: S = 3 + sqrt(3), V = 10, U = 4. */
static void a_scope_can_be_in_proportion_with_some_of_the_posts(void **state)
{
    const double u[] = {1, 3}, v[] = {1, 1}, posts[] = {8};
    const kt_unallocated_market market = {2, u, v, NULL, 1, posts, true};
    const kt_unallocated found = range_of(&market, 0.5, *state);
    assert_close(found.low, 0.0, 1e-12);
    assert_close(found.high, 1.0 - (3.0 + sqrt(3.0)) / sqrt(40.0), 1e-15);
}

static void what_is_missing_or_cannot_be_is_said(void **state)
{
    const double u[] = {1, NAN}, v[] = {1, 1}, none[] = {0, 0};
    const double unknown[] = {NAN}, some[] = {3}, below[] = {-1};
    kt_unallocated_market market = {2, u, v, NULL, 1, unknown, false};
    assert_string_equal(range_of(&market, 0.5, *state).reason,
                        "vacancies without a region are not known");
    market.posts = some;
    assert_close(range_of(&market, 0.5, *state).low, 0.0, 1e-15); /* the cell without u is out */
    market.unemployed = none;
    assert_string_equal(range_of(&market, 0.5, *state).reason, "no job seekers in the cells used");
    market.posts = below;
    kt_unallocated found;
    kt_error error = {0};
    assert_int_equal(kt_unallocated_compute(&market, 0.5, *state, &found, &error), KT_ERR_DATA);
    assert_string_equal(error.message, "group 1: -1 vacancies without a region");
    market.vacancies = below;
    market.cell_count = 1;
    assert_int_equal(kt_unallocated_compute(&market, 0.5, *state, &found, &error), KT_ERR_DATA);
    assert_string_equal(error.message, "cell 1: 0 job seekers and -1 vacancies");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(a_third_of_the_posts_without_a_maakunta_make_a_wide_range),
        ARENA_TEST(nothing_to_place_leaves_one_point),
        ARENA_TEST(posts_without_job_seekers_anywhere_in_their_occupation_match_nobody),
        ARENA_TEST(posts_in_fractions_are_placed_in_fractions),
        ARENA_TEST(the_range_is_that_of_every_place_of_every_post),
        ARENA_TEST(posts_that_may_lie_elsewhere_widen_it_to_any_number_of_them),
        ARENA_TEST(a_scope_can_be_in_proportion_with_some_of_the_posts),
        ARENA_TEST(what_is_missing_or_cannot_be_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
