/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/project_funding.h"

#include <math.h>
#include <string.h>

#include "core/support.h"
#include "support/arena.h"
#include "support/random.h"

#define ALL KT_FUNDING_ALL

/* Days since 1970: date -u -d 2021-01-01 +%s, by 86400. */
enum { Y2021 = 18628, Y2022 = 18993, Y2023 = 19358, Y2024 = 19723, Y2025 = 20089 };

static const kt_funding_span years[] = {
    {Y2021, Y2022 - 1}, {Y2022, Y2023 - 1}, {Y2023, Y2024 - 1}, {Y2024, Y2025 - 1}};

static const kt_money_share one_each[] = {{0, 1.0}};
static const kt_money_share halves[] = {{0, 0.5}, {1, 0.5}};
static const kt_money_share thirds[] = {{0, 1.0 / 3.0}, {1, 2.0 / 3.0}};

#define ONE         \
    {               \
        one_each, 1 \
    }
#define HALVES    \
    {             \
        halves, 2 \
    }
#define THIRDS    \
    {             \
        thirds, 2 \
    }

static kt_funding_question question_of(const kt_funded_project *projects, size_t count)
{
    return (kt_funding_question){.projects = projects,
                                 .count = count,
                                 .spans = years,
                                 .span_count = COUNT_OF(years),
                                 .places = 2,
                                 .themes = 2,
                                 .sectors = 1};
}

static int64_t granted(const kt_funding *funding, size_t span, size_t place, size_t theme)
{
    return kt_funding_sum(funding, KT_FUNDING_GRANTED, (kt_funding_slice){span, place, theme, ALL});
}

/* 730 days, 365 in each year; then 2,500.5 cents a place by largest rest, 2,501 in thirds. */
static void money_accrues_by_days_then_places_then_themes(void **state)
{
    const kt_funded_project project = {.granted = 10001,
                                       .realised = 7300,
                                       .start_day = Y2021,
                                       .end_day = Y2023 - 1,
                                       .seen_day = Y2021 + 199,
                                       .places = HALVES,
                                       .themes = THIRDS,
                                       .sectors = ONE,
                                       .counts = true};
    const kt_funding_question question = question_of(&project, 1);
    const kt_funding funding = kt_funding_make(&question, *state);
    assert_int_equal(granted(&funding, 0, ALL, ALL), 5001);
    assert_int_equal(granted(&funding, 1, ALL, ALL), 5000);
    assert_int_equal(granted(&funding, 0, 0, ALL), 2501);
    assert_int_equal(granted(&funding, 0, 1, ALL), 2500);
    assert_int_equal(granted(&funding, 0, 0, 0), 834);
    assert_int_equal(granted(&funding, 0, 0, 1), 1667);
    assert_int_equal(granted(&funding, 0, 1, 0), 833);
    assert_int_equal(granted(&funding, 0, 1, 1), 1667);
    /* What was realised by the 200th day was so in the first year. */
    const kt_funding_slice first = {0, ALL, ALL, ALL}, whole = {ALL, ALL, ALL, ALL};
    assert_int_equal(kt_funding_sum(&funding, KT_FUNDING_REALISED, first), 7300);
    assert_int_equal(kt_funding_sum(&funding, KT_FUNDING_REALISED, whole), 7300);
}

static const struct {
    int64_t start, end, by_year[5]; /* of 10,000 cents; the last: in no year */
} spread[] = {
    {Y2021, Y2021, {10000, 0, 0, 0, 0}},
    {Y2022 - 1, Y2022, {5000, 5000, 0, 0, 0}},
    {Y2023 + 364, Y2024 + 2, {0, 0, 2500, 7500, 0}},
    {Y2021 - 1, Y2021 + 2, {7500, 0, 0, 0, 2500}},
    {Y2025 - 1, Y2025 + 3, {0, 0, 0, 2000, 8000}},
    {KT_NO_DAY, Y2022, {0, 0, 0, 0, 10000}},
    {Y2022, KT_NO_DAY, {0, 0, 0, 0, 10000}},
    {Y2023, Y2022, {0, 0, 0, 0, 10000}},
};

static void each_day_counts_once_and_what_has_none_stands_apart(void **state)
{
    for (size_t i = 0; i < COUNT_OF(spread); i++) {
        const kt_funded_project project = {.granted = 10000,
                                           .realised = KT_NO_MONEY,
                                           .start_day = spread[i].start,
                                           .end_day = spread[i].end,
                                           .places = ONE,
                                           .themes = ONE,
                                           .sectors = ONE};
        const kt_funding_question question = question_of(&project, 1);
        const kt_funding funding = kt_funding_make(&question, *state);
        for (size_t year = 0; year < 5; year++) {
            assert_int_equal(granted(&funding, year, ALL, ALL), spread[i].by_year[year]);
        }
    }
}

static void a_parallel_project_is_one_with_its_sister_and_a_ghost_is_none(void **state)
{
    const kt_funded_project projects[] = {
        {.granted = 1,
         .start_day = Y2021,
         .end_day = Y2022 - 1,
         .places = HALVES,
         .themes = ONE,
         .sectors = ONE,
         .undertaking = 0,
         .counts = true},
        {.granted = 1,
         .start_day = Y2022,
         .end_day = Y2023 - 1,
         .places = ONE,
         .themes = THIRDS,
         .sectors = ONE,
         .undertaking = 0,
         .counts = true},
        {.granted = 1,
         .start_day = Y2021,
         .end_day = Y2022 - 1,
         .places = ONE,
         .themes = THIRDS,
         .sectors = ONE,
         .undertaking = 2,
         .counts = true},
        {.granted = 0,
         .start_day = Y2021,
         .end_day = Y2025 - 1,
         .places = HALVES,
         .themes = ONE,
         .sectors = ONE,
         .undertaking = 3,
         .counts = false},
        {.granted = 1,
         .start_day = KT_NO_DAY,
         .end_day = KT_NO_DAY,
         .places = HALVES,
         .themes = ONE,
         .sectors = ONE,
         .undertaking = 4,
         .counts = true},
    };
    static const struct {
        kt_funding_slice slice;
        size_t counts[2];
    } wanted[] = {{{ALL, 0, ALL, ALL}, {3, 2}}, {{0, 0, ALL, ALL}, {2, 1}},
                  {{1, 0, ALL, ALL}, {1, 0}},   {{0, 0, 1, ALL}, {1, 0}},
                  {{ALL, 0, 1, ALL}, {2, 0}},   {{ALL, 0, 7, ALL}, {0, 0}},
                  {{2, 0, ALL, 0}, {0, 0}}};
    static const size_t cell_of_place[] = {0, 1};
    const kt_funding_question question = question_of(projects, COUNT_OF(projects));
    for (size_t i = 0; i < COUNT_OF(wanted); i++) {
        size_t counts[2] = {9, 9};
        kt_funding_count(&question, cell_of_place, 2, wanted[i].slice, *state, counts);
        assert_int_equal(counts[0], wanted[i].counts[0]);
        assert_int_equal(counts[1], wanted[i].counts[1]);
    }
}

#define PLACES  9
#define THEMES  5
#define SECTORS 4
#define MOST    40

/* Some numbers below count with weights that sum to one. */
static kt_money_shares drawn_shares(uint64_t *seed, unsigned count, kt_arena *arena)
{
    const unsigned parts = 1 + random_below(seed, count < 4 ? count : 4);
    kt_money_share *shares = kt_arena_array(arena, kt_money_share, parts);
    const unsigned first = random_below(seed, count);
    double all = 0.0;
    for (unsigned i = 0; i < parts; i++) {
        shares[i] = (kt_money_share){(first + i) % count, 1.0 + random_below(seed, 7)};
        all += shares[i].weight;
    }
    for (unsigned i = 0; i < parts; i++) {
        shares[i].weight /= all;
    }
    return (kt_money_shares){shares, parts};
}

static kt_funded_project drawn_project(uint64_t *seed, kt_arena *arena)
{
    const int64_t start = Y2021 - 200 + random_below(seed, 1800);
    const bool dated = random_below(seed, 10) > 0, paid = random_below(seed, 10) > 0;
    return (kt_funded_project){.granted =
                                   paid ? (int64_t)random_below(seed, 100000000) : KT_NO_MONEY,
                               .realised = paid ? (int64_t)random_below(seed, 1000) : KT_NO_MONEY,
                               .start_day = dated ? start : KT_NO_DAY,
                               .end_day = start + random_below(seed, 1200),
                               .seen_day = Y2023,
                               .places = drawn_shares(seed, PLACES, arena),
                               .themes = drawn_shares(seed, THEMES, arena),
                               .sectors = drawn_shares(seed, SECTORS, arena)};
}

static int64_t money_of(const kt_funded_project *project, kt_funding_kind kind)
{
    const int64_t cents = kind == KT_FUNDING_GRANTED ? project->granted : project->realised;
    return cents == KT_NO_MONEY ? 0 : cents;
}

static kt_funding_question drawn_question(const kt_funded_project *projects, size_t count)
{
    kt_funding_question question = question_of(projects, count);
    question.places = PLACES;
    question.themes = THEMES;
    question.sectors = SECTORS;
    return question;
}

/* What every reading of the same money has to come to. */
static void check_conserved(const kt_funding *funding, const kt_funding *otherwise)
{
    for (kt_funding_kind kind = 0; kind < KT_FUNDING_KINDS; kind++) {
        int64_t listed = 0, by_cell = 0;
        for (size_t i = 0; i < funding->question->count; i++) {
            listed += money_of(&funding->question->projects[i], kind);
        }
        for (size_t i = 0; i < (COUNT_OF(years) + 1) * PLACES; i++) {
            const kt_funding_slice at = {i / PLACES, i % PLACES, ALL, ALL};
            const int64_t here = kt_funding_sum(funding, kind, at);
            assert_int_equal(here, kt_funding_sum(otherwise, kind, at));
            by_cell += here;
        }
        assert_int_equal(by_cell, listed);
    }
}

/* By the definition in floating point: what is split into whole cents is at most a cent off. */
static void check_years(const kt_funding *funding)
{
    for (size_t year = 0; year < COUNT_OF(years); year++) {
        double wanted = 0.0;
        for (size_t i = 0; i < funding->question->count; i++) {
            const kt_funded_project *is = &funding->question->projects[i];
            const double first = fmax((double)is->start_day, (double)years[year].first_day);
            const double last = fmin((double)is->end_day, (double)years[year].last_day);
            wanted += is->start_day == KT_NO_DAY || last < first
                          ? 0.0
                          : (double)money_of(is, KT_FUNDING_GRANTED) * (last - first + 1.0) /
                                ((double)(is->end_day - is->start_day) + 1.0);
        }
        const double got = (double)granted(funding, year, ALL, ALL);
        assert_true(fabs(got - wanted) <= (double)funding->question->count);
    }
}

static void no_cent_is_lost_or_made_however_money_is_read(void **state)
{
    uint64_t seed = 20261122;
    for (size_t round = 0; round < 300; round++) {
        kt_funded_project projects[MOST], others[MOST];
        const size_t count = 1 + random_below(&seed, MOST);
        for (size_t i = 0; i < count; i++) {
            projects[i] = drawn_project(&seed, *state);
            others[i] = projects[i];
            others[i].themes = drawn_shares(&seed, THEMES, *state);
            others[i].sectors = drawn_shares(&seed, SECTORS, *state);
        }
        const kt_funding_question question = drawn_question(projects, count);
        const kt_funding_question same_money = drawn_question(others, count);
        const kt_funding funding = kt_funding_make(&question, *state);
        const kt_funding otherwise = kt_funding_make(&same_money, *state);
        check_conserved(&funding, &otherwise);
        check_years(&funding);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(money_accrues_by_days_then_places_then_themes),
        ARENA_TEST(each_day_counts_once_and_what_has_none_stands_apart),
        ARENA_TEST(a_parallel_project_is_one_with_its_sister_and_a_ghost_is_none),
        ARENA_TEST(no_cent_is_lost_or_made_however_money_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
