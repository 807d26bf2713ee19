/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/support.h"

#include "feeds.h"
#include "support/arena.h"

static kt_measure_spec measures[] = {{.measure = "unemployed"},
                                     {.measure = "unemployed_long_term"},
                                     {.measure = "vacancies"},
                                     {.measure = "unemployment_rate"}};

static kt_variable_spec variables[] = {{.role = KT_ROLE_REGION}, {.role = KT_ROLE_PERIOD}};
static kt_variable_spec by_sector[] = {{.role = KT_ROLE_REGION}, {.role = KT_ROLE_SECTOR}};
static kt_variable_spec by_group[] = {{.role = KT_ROLE_REGION}, {.role = KT_ROLE_GROUP}};

/* A source whose totals stand in `observations`. */
static kt_source source(void)
{
    return (kt_source){.id = "12r5",
                       .frequency = KT_MONTHLY,
                       .measures = measures,
                       .measure_count = 2,
                       .variables = variables,
                       .variable_count = COUNT_OF(variables),
                       .publishes_total = true};
}

static void stocks_of_months_by_region_and_occupation_stand_in_observations(void **state)
{
    (void)state;
    kt_source plain = source();
    kt_source quarterly = source(), rates = source(), groups = source(), silent = source();
    kt_source sectors = source(), grouped = source(), occupations = source();
    quarterly.frequency = KT_QUARTERLY;
    rates.measures = &measures[3];
    rates.measure_count = 1;
    groups.measures = &measures[1];
    groups.measure_count = 1;
    silent.publishes_total = false;
    sectors.variables = by_sector;
    grouped.variables = by_group;
    occupations.publishes_total = false;
    occupations.occupation_level = "isco4";
    const struct {
        const kt_source *source;
        bool feeds;
    } cases[] = {{&plain, true},   {&occupations, true}, {&quarterly, false}, {&rates, false},
                 {&groups, false}, {&silent, false},     {&sectors, false},   {&grouped, false}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(kt_feeds_observations(cases[i].source), cases[i].feeds);
    }
}

static void markets_take_the_source_that_they_name_if_it_has_both_sides(void **state)
{
    (void)state;
    kt_market_spec market = {.name = "maakunta", .source = "12r5"};
    const kt_config config = {.markets = &market, .market_count = 1};
    kt_source named = source(), other = source(), one_sided = source();
    named.measure_count = other.measure_count = 3;
    other.id = "12r6";
    assert_true(kt_feeds_markets(&config, &named));
    assert_false(kt_feeds_markets(&config, &one_sided));
    assert_false(kt_feeds_markets(&config, &other));
}

/* Two months of four figures in one region: 0 to 7 in the order of the cells. */
static kt_cube *fill(kt_arena *arena, size_t measure_count)
{
    static const char *const months[] = {"2023M09", "2023M10"};
    kt_codes *codes[KT_ROLES] = {
        [KT_ROLE_PERIOD] = kt_codes_new(arena), [KT_ROLE_MEASURE] = kt_codes_new(arena)};
    kt_cube *cube = NULL;
    kt_error err = {0};
    for (size_t i = 0; i < COUNT_OF(months); i++) {
        (void)kt_codes_add(codes[KT_ROLE_PERIOD], months[i], NULL);
    }
    for (size_t i = 0; i < measure_count; i++) {
        (void)kt_codes_add(codes[KT_ROLE_MEASURE], measures[i].measure, NULL);
    }
    assert_int_equal(kt_cube_new(arena, codes, &cube, &err), KT_OK);
    for (size_t i = 0; i < cube->cells; i++) {
        kt_cube_set(cube, i, (double)i, KT_OBS_OBSERVED);
    }
    return cube;
}

static void a_feed_has_the_figures_that_are_used_alone(void **state)
{
    static const double wanted[] = {0.0, 2.0, 4.0, 6.0};
    kt_arena *arena = *state;
    const kt_config config = {0};
    const kt_source own = source();
    kt_feed feed;
    kt_error err = {0};
    assert_int_equal(kt_feed_make(&config, &own, fill(arena, 4), arena, &feed, &err), KT_OK);
    assert_int_equal(feed.cube->cells, COUNT_OF(wanted));
    assert_string_equal(kt_codes_at(feed.cube->codes[KT_ROLE_MEASURE], 1), "vacancies");
    for (size_t i = 0; i < COUNT_OF(wanted); i++) {
        assert_close(feed.cube->value[i], wanted[i], 0.0);
        assert_int_equal(feed.cube->status[i], KT_OBS_OBSERVED);
    }
}

static void a_table_without_other_figures_is_not_copied(void **state)
{
    kt_arena *arena = *state;
    const kt_config config = {0};
    const kt_source own = source();
    kt_cube *cube = fill(arena, 1);
    kt_feed feed;
    kt_error err = {0};
    assert_int_equal(kt_feed_make(&config, &own, cube, arena, &feed, &err), KT_OK);
    assert_ptr_equal(feed.cube, cube);
}

static void a_table_that_feeds_nothing_has_no_feed(void **state)
{
    kt_arena *arena = *state;
    const kt_config config = {0};
    kt_source own = source();
    own.frequency = KT_QUARTERLY;
    kt_feed feed;
    kt_error err = {0};
    assert_int_equal(kt_feed_make(&config, &own, fill(arena, 4), arena, &feed, &err), KT_OK);
    assert_null(feed.cube);
    own.frequency = KT_MONTHLY;
    assert_int_equal(kt_feed_make(&config, &own, NULL, arena, &feed, &err), KT_OK);
    assert_null(feed.cube);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stocks_of_months_by_region_and_occupation_stand_in_observations),
        cmocka_unit_test(markets_take_the_source_that_they_name_if_it_has_both_sides),
        ARENA_TEST(a_feed_has_the_figures_that_are_used_alone),
        ARENA_TEST(a_table_without_other_figures_is_not_copied),
        ARENA_TEST(a_table_that_feeds_nothing_has_no_feed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
