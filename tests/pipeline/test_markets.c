/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/support.h"

#include "allocated.h"
#include "markets.h"
#include "month_slab.h"

/* The live configuration, and the two tables of a month with figures that are easy to sum. */
typedef struct tables {
    const kt_config *config;
    kt_cube *areas, *occupations; /* of 12r5 and 12ti, maakunta alone */
    kt_market_table *at;          /* of each source; the others are not there */
    kt_markets markets;
} tables;

static kt_codes *codes_of(kt_arena *arena, const char *const *list, size_t count)
{
    kt_codes *codes = kt_codes_new(arena);
    for (size_t i = 0; i < count; i++) {
        (void)kt_codes_add(codes, list[i], NULL);
    }
    return codes;
}

/* SSS and every maakunta, in the order of the classification. */
static kt_codes *maakunta_codes(kt_arena *arena, const kt_classifications *all)
{
    kt_codes *codes = kt_codes_new(arena);
    (void)kt_codes_add(codes, "SSS", NULL);
    for (size_t i = 0; i < all->regions.item_count; i++) {
        if (strcmp(all->regions.items[i].level, "maakunta") == 0) {
            (void)kt_codes_add(codes, all->regions.items[i].code, NULL);
        }
    }
    return codes;
}

static kt_codes *occupation_codes(kt_arena *arena, const kt_classifications *all)
{
    kt_codes *codes = kt_codes_new(arena);
    (void)kt_codes_add(codes, "SSS", NULL);
    (void)kt_codes_add(codes, "X999", NULL);
    for (size_t i = 0; i < all->occupations.item_count; i++) {
        if (strcmp(all->occupations.items[i].level, "isco4") == 0) {
            (void)kt_codes_add(codes, all->occupations.items[i].code + strlen("ISCO-"), NULL);
        }
    }
    return codes;
}

/* Every maakunta has 10 and the country 1000 of each, whatever the occupation. */
static kt_cube *fill(kt_arena *arena, kt_codes *regions, kt_codes *occupations)
{
    static const char *const months[] = {"2023M10"};
    static const char *const measures[] = {"unemployed", "vacancies"};
    kt_codes *codes[KT_ROLES] = {[KT_ROLE_PERIOD] = codes_of(arena, months, 1),
                                 [KT_ROLE_MEASURE] = codes_of(arena, measures, 2),
                                 [KT_ROLE_REGION] = regions,
                                 [KT_ROLE_OCCUPATION] = occupations};
    kt_cube *cube = NULL;
    kt_error err = {0};
    assert_int_equal(kt_cube_new(arena, codes, &cube, &err), KT_OK);
    for (size_t i = 0; i < cube->cells; i++) {
        const size_t region = i / cube->stride[KT_ROLE_REGION] % cube->size[KT_ROLE_REGION];
        kt_cube_set(cube, i, region == 0 ? 1000.0 : 10.0, KT_OBS_OBSERVED);
    }
    return cube;
}

static void describe(tables *made, size_t at, const kt_cube *cube, kt_arena *arena)
{
    kt_rollup *rollup = NULL;
    kt_error err = {0};
    if (kt_rollup_new(cube, made->config->sources[at], made->config->classifications, arena,
                      &rollup, &err) != KT_OK) {
        fail_msg("%s", err.message);
    }
    made->at[at] = (kt_market_table){.source = made->config->sources[at], .rollup = rollup};
    kt_market_table_describe(&made->at[at], arena);
}

static tables place(void *state)
{
    const bench *bench_of = state;
    kt_arena *arena = bench_of->arena;
    tables made = {0};
    made.config = kt_config_load(KT_ROOT "/config/kohtaanto.json", arena, kt_problems_new(arena));
    assert_non_null(made.config);
    made.at = kt_arena_array(arena, kt_market_table, made.config->source_count);
    const kt_classifications *all = made.config->classifications;
    made.areas = fill(arena, maakunta_codes(arena, all), NULL);
    made.occupations = fill(arena, maakunta_codes(arena, all), occupation_codes(arena, all));
    describe(&made, 0, made.areas, arena);
    describe(&made, 1, made.occupations, arena);
    kt_markets_place(made.config, made.at, arena, &made.markets);
    return made;
}

static const kt_placed_market *find(const kt_markets *markets, const char *name, const char *scope)
{
    for (size_t i = 0; i < markets->count; i++) {
        const kt_market *market = &markets->at[i].market;
        if (strcmp(market->name, name) == 0 && strcmp(market->scope, scope) == 0) {
            return &markets->at[i];
        }
    }
    return NULL;
}

/* 0 if there is no such market. */
static size_t cells_of(const kt_markets *markets, const char *name, const char *scope)
{
    const kt_placed_market *found = find(markets, name, scope);
    return found == NULL ? 0 : found->market.cell_count;
}

static void a_market_has_the_cells_of_its_scope(void **state)
{
    static const struct {
        const char *market, *scope;
        size_t cells;
    } wanted[] = {
        {"maakunta", "SSS", 19},
        {"maakunta", "EVK09", 2}, /* Pohjois-Pohjanmaa and Kainuu */
        {"suuralue", "SSS", 5},
        {"isco1", "SSS", 10},
        {"isco1", "MK21", 10},
        {"isco1xmaakunta", "SSS", 190},
        {"isco1xmaakunta", "EVK06", 30}, /* three maakunta */
        {"isco1xsuuralue", "SSS", 50},
    };
    const tables made = place(*state);
    for (size_t i = 0; i < COUNT_OF(wanted); i++) {
        assert_int_equal(cells_of(&made.markets, wanted[i].market, wanted[i].scope),
                         wanted[i].cells);
    }
}

/* 19 maakunta and 10 occupations, one of each beside them for what is in none. */
static void what_is_not_allocated_is_a_region_and_an_occupation_more(void **state)
{
    const tables made = place(*state);
    const kt_placed_market *market = find(&made.markets, "isco1xmaakunta", "SSS");
    const kt_crossed_market *without = &market->crossed->without_unallocated;
    const kt_crossed_market *with = &market->crossed->with_unallocated;
    assert_int_equal(without->region_count, 19);
    assert_int_equal(without->occupation_count, 10);
    assert_memory_equal(without->market.region, market->market.region, 190 * sizeof(size_t));
    assert_memory_equal(without->market.occupation, market->market.occupation,
                        190 * sizeof(size_t));
    assert_int_equal(with->market.cell_count, 20 * 11);
    const kt_rollup_line *regions = NULL;
    const kt_rollup_line *occupations = NULL;
    (void)kt_rollup_regions(made.at[1].rollup, &regions);
    (void)kt_rollup_occupations(made.at[1].rollup, &occupations);
    assert_string_equal(regions[with->market.region[219]].level, "maakunta");
    assert_string_equal(regions[with->market.region[219]].code, "_X");
    assert_string_equal(occupations[with->market.occupation[219]].code, "_X");
    assert_int_equal(with->region[219], 19);
    assert_int_equal(with->occupation[219], 10);
}

static void what_is_crossed_is_of_the_country_and_of_both(void **state)
{
    const tables made = place(*state);
    assert_null(find(&made.markets, "maakunta", "SSS")->crossed);
    assert_null(find(&made.markets, "isco1", "SSS")->crossed);
    assert_null(find(&made.markets, "isco1xmaakunta", "EVK06")->crossed);
}

static void what_the_tables_cannot_give_is_named_and_not_made(void **state)
{
    static const struct {
        const char *market, *scope, *reason;
    } wanted[] = {
        {"kunta", "SSS", "12r5 cannot give the region level kunta"},
        {"tyollisyysalue", "SSS", "12r5 cannot give the region level tyollisyysalue"},
        {"maakunta", "EVK01", "one cell alone: it cannot be out of proportion"},
    };
    const tables made = place(*state);
    for (size_t i = 0; i < COUNT_OF(wanted); i++) {
        assert_null(find(&made.markets, wanted[i].market, wanted[i].scope));
        bool told = false;
        for (size_t j = 0; j < made.markets.gap_count; j++) {
            const kt_market_gap *gap = &made.markets.gaps[j];
            told = told || (strcmp(gap->market, wanted[i].market) == 0 &&
                            strcmp(gap->scope, wanted[i].scope) == 0 &&
                            strcmp(gap->reason, wanted[i].reason) == 0);
        }
        assert_true(told);
    }
}

/* SSS, the sections of TOL 2008 and those of an unknown industry. */
static kt_codes *section_codes(kt_arena *arena, const kt_classifications *all)
{
    const kt_classification *sectors = &all->sectors[KT_TOL2008];
    kt_codes *codes = kt_codes_new(arena);
    (void)kt_codes_add(codes, "SSS", NULL);
    (void)kt_codes_add(codes, "X", NULL);
    for (size_t i = 0; i < sectors->item_count; i++) {
        if (strcmp(sectors->items[i].level, "tol1") == 0) {
            (void)kt_codes_add(codes, sectors->items[i].code + strlen("TOL-"), NULL);
        }
    }
    return codes;
}

static const kt_market_gap *gap_of(const kt_markets *markets, const char *market)
{
    for (size_t i = 0; i < markets->gap_count; i++) {
        if (strcmp(markets->gaps[i].market, market) == 0) {
            return &markets->gaps[i];
        }
    }
    return NULL;
}

/* 12tw as it is, and as it would be if it counted job seekers too. */
static void sectors_are_markets_where_both_sides_are_by_sector(void **state)
{
    const bench *bench_of = *state;
    kt_arena *arena = bench_of->arena;
    tables made = place(*state);
    const kt_classifications *all = made.config->classifications;
    kt_cube *cube = fill(arena, maakunta_codes(arena, all), NULL);
    kt_codes *codes[KT_ROLES];
    kt_error err = {0};
    memcpy(codes, cube->codes, sizeof codes);
    codes[KT_ROLE_SECTOR] = section_codes(arena, all);
    assert_int_equal(kt_cube_new(arena, codes, &cube, &err), KT_OK);
    const size_t at = kt_config_source(made.config, "12tw");
    describe(&made, at, cube, arena);
    kt_markets_place(made.config, made.at, arena, &made.markets);
    assert_null(find(&made.markets, "tol1", "SSS"));
    assert_string_equal(gap_of(&made.markets, "tol1")->reason, "12tw has no unemployed by sector");

    static kt_measure_spec both[] = {{.measure = "unemployed", .unit = "persons"},
                                     {.measure = "vacancies", .unit = "posts"}};
    kt_source *with_both = kt_arena_new(arena, kt_source);
    *with_both = *made.config->sources[at];
    with_both->measures = both;
    with_both->measure_count = COUNT_OF(both);
    made.at[at].source = with_both;
    kt_markets_place(made.config, made.at, arena, &made.markets);
    assert_int_equal(cells_of(&made.markets, "tol1", "SSS"), 21);
    assert_int_equal(cells_of(&made.markets, "tol1xmaakunta", "SSS"), 21 * 19);
    const kt_placed_market *placed = find(&made.markets, "tol1", "SSS");
    assert_true(placed->has_sectors);
    assert_string_equal(placed->names[2], "TOL-C");
    assert_int_not_equal(placed->market.unknown_occupation, KT_NO_CODE);
    assert_string_equal(gap_of(&made.markets, "tol2")->reason,
                        "12tw cannot give the sector level tol2");
}

static void markets_stand_in_the_order_of_their_rows(void **state)
{
    const tables made = place(*state);
    for (size_t i = 1; i < made.markets.count; i++) {
        const kt_market *before = &made.markets.at[i - 1].market;
        const kt_market *after = &made.markets.at[i].market;
        const int by_name = strcmp(before->name, after->name);
        assert_true(by_name < 0 || (by_name == 0 && strcmp(before->scope, after->scope) < 0));
    }
}

static void the_country_is_the_sum_of_its_regions_and_never_its_own_row(void **state)
{
    const bench *made_of = *state;
    const tables made = place(*state);
    kt_error err = {0};
    kt_cube *slab = NULL;
    kt_cube *whole = NULL;
    assert_int_equal(
        kt_rollup_period(made.at[1].rollup, made.occupations, 0, made_of->arena, &slab, &err),
        KT_OK);
    assert_int_equal(kt_allocated_add(slab, &made.at[1], made_of->arena, &whole, &err), KT_OK);
    const kt_market *market = &find(&made.markets, "isco4", "SSS")->market;
    const size_t at[KT_ROLES] = {
        [KT_ROLE_REGION] = market->region[0], [KT_ROLE_OCCUPATION] = market->occupation[0]};
    assert_close(whole->value[kt_cube_at(whole, at)], 190.0, 0.0); /* 19 times 10, not 1000 */
    const size_t scope[KT_ROLES] = {
        [KT_ROLE_REGION] = market->scope_region, [KT_ROLE_OCCUPATION] = market->scope_occupation};
    assert_close(whole->value[kt_cube_at(whole, scope)], 1000.0, 0.0);
    assert_int_equal(market->margin_count, 1);
    assert_int_not_equal(market->unknown_occupation, KT_NO_CODE);
}

/* Of persons, in a cube without a variable of contents. */
static kt_measure_spec persons[] = {{.measure = KT_TOTAL, .unit = "persons"}};
static const kt_source counting = {.id = "t1", .measures = persons, .measure_count = 1};

/* Two regions and the sum of them, as one cell each. */
static kt_cube *sum_of(void *state, kt_obs first, kt_obs second, double figure)
{
    const bench *made = state;
    static const char *const regions[] = {"MK01", "MK02"};
    kt_codes *codes[KT_ROLES] = {[KT_ROLE_REGION] = codes_of(made->arena, regions, 2)};
    kt_cube *slab = NULL;
    kt_cube *out = NULL;
    kt_error err = {0};
    assert_int_equal(kt_cube_new(made->arena, codes, &slab, &err), KT_OK);
    const kt_obs statuses[] = {first, second};
    for (size_t i = 0; i < 2; i++) {
        if (statuses[i] == KT_OBS_PROTECTED) {
            kt_cube_protect(slab, i, 2.0, 1.0, 4.0);
        } else if (kt_obs_has_value(statuses[i])) {
            kt_cube_set(slab, i, figure, statuses[i]);
        } else {
            kt_cube_clear(slab, i, statuses[i]);
        }
    }
    const kt_market_table table = {.source = &counting, .finest_count = 2, .country = KT_NO_CODE};
    assert_int_equal(kt_allocated_add(slab, &table, made->arena, &out, &err), KT_OK);
    assert_int_equal(out->cells, 3);
    return out;
}

/* Three hidden regions of a country that has 1 to 4: 3 or 4 of them are in a region, and whoever
 * reads the sum's share, or its ends, reads the country. Inside indices the ends stay. */
static void the_sum_is_hidden_where_the_country_is(void **state)
{
    const bench *made = *state;
    static const char *const regions[] = {"SSS", "MK01", "MK02", "MK03"};
    kt_codes *codes[KT_ROLES] = {[KT_ROLE_REGION] = codes_of(made->arena, regions, 4)};
    const kt_market_table table = {
        .source = &counting, .finest_first = 1, .finest_count = 3, .country = 0};
    static const kt_obs hidden[] = {KT_OBS_PROTECTED, KT_OBS_WITHDRAWN, KT_OBS_WIDENED};
    for (size_t i = 0; i < COUNT_OF(hidden); i++) {
        kt_cube *slab = NULL;
        kt_cube *out = NULL;
        kt_error err = {0};
        assert_int_equal(kt_cube_new(made->arena, codes, &slab, &err), KT_OK);
        for (size_t cell = 0; cell < 4; cell++) {
            kt_cube_protect(slab, cell, 1.0, 1.0, 2.0);
        }
        slab->status[0] = (uint8_t)hidden[i];
        assert_int_equal(kt_allocated_add(slab, &table, made->arena, &out, &err), KT_OK);
        assert_int_equal(out->status[4], hidden[i]);
        assert_true(out->value[4] == 3.0 && out->low[4] == 3.0 && out->high[4] == 6.0);
        slab->status[0] = KT_OBS_OBSERVED;
        assert_int_equal(kt_allocated_add(slab, &table, made->arena, &out, &err), KT_OK);
        assert_int_equal(out->status[4], KT_OBS_ESTIMATED);
    }
}

static void the_sum_has_the_status_of_its_members(void **state)
{
    static const struct {
        kt_obs first, second, sum;
        double value, low, high;
    } cases[] = {
        {KT_OBS_OBSERVED, KT_OBS_OBSERVED, KT_OBS_OBSERVED, 20, 20, 20},
        {KT_OBS_OBSERVED, KT_OBS_PROTECTED, KT_OBS_ESTIMATED, 12, 11, 14},
        {KT_OBS_PROTECTED, KT_OBS_PROTECTED, KT_OBS_ESTIMATED, 4, 2, 8},
        {KT_OBS_OBSERVED, KT_OBS_IMPOSSIBLE, KT_OBS_OBSERVED, 10, 10, 10},
        {KT_OBS_OBSERVED, KT_OBS_MISSING, KT_OBS_MISSING, NAN, NAN, NAN},
        {KT_OBS_PROTECTED, KT_OBS_NOT_COLLECTED, KT_OBS_MISSING, NAN, NAN, NAN},
        {KT_OBS_MISSING, KT_OBS_PROTECTED, KT_OBS_MISSING, NAN, NAN, NAN},
        {KT_OBS_MISSING, KT_OBS_NOT_COLLECTED, KT_OBS_MISSING, NAN, NAN, NAN},
        {KT_OBS_NOT_COLLECTED, KT_OBS_NOT_COLLECTED, KT_OBS_NOT_COLLECTED, NAN, NAN, NAN},
        {KT_OBS_IMPOSSIBLE, KT_OBS_NOT_COLLECTED, KT_OBS_NOT_COLLECTED, NAN, NAN, NAN},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_cube *cube = sum_of(*state, cases[i].first, cases[i].second, 10.0);
        assert_int_equal(cube->status[2], cases[i].sum);
        if (isnan(cases[i].value)) {
            assert_true(isnan(cube->value[2]) && isnan(cube->low[2]) && isnan(cube->high[2]));
        } else {
            assert_close(cube->value[2], cases[i].value, 0.0);
            assert_close(cube->low[2], cases[i].low, 0.0);
            assert_close(cube->high[2], cases[i].high, 0.0);
        }
    }
}

static void a_protected_member_among_zeros_stays_protected(void **state)
{
    static const kt_obs zeros[] = {KT_OBS_OBSERVED, KT_OBS_PROVISIONAL, KT_OBS_BREAK};
    for (size_t i = 0; i < 2 * COUNT_OF(zeros); i++) {
        const kt_obs zero = zeros[i / 2];
        const kt_cube *cube = i % 2 == 0 ? sum_of(*state, zero, KT_OBS_PROTECTED, 0.0)
                                         : sum_of(*state, KT_OBS_PROTECTED, zero, 0.0);
        assert_int_equal(cube->status[2], KT_OBS_PROTECTED);
        assert_close(cube->low[2], 1.0, 0.0);
        assert_close(cube->high[2], 4.0, 0.0);
    }
}

static void a_rule_for_protected_figures_is_for_all_that_show_the_sources_limits(void **state)
{
    static const struct {
        kt_obs obs;
        double figure, wanted;
    } cells[] = {{KT_OBS_OBSERVED, 9, 9},  {KT_OBS_PROTECTED, 3, 1}, {KT_OBS_WITHDRAWN, 0, 1},
                 {KT_OBS_WITHDRAWN, 7, 1}, {KT_OBS_WIDENED, 5, 5},   {KT_OBS_COVERED, 2, 2}};
    static const char *const regions[] = {"MK01", "MK02", "MK04", "MK05", "MK06", "MK07"};
    const bench *made = *state;
    kt_codes *codes[KT_ROLES] = {[KT_ROLE_REGION] = codes_of(made->arena, regions, 6)};
    kt_cube *month = NULL;
    kt_error err = {0};
    assert_int_equal(kt_cube_new(made->arena, codes, &month, &err), KT_OK);
    for (size_t i = 0; i < COUNT_OF(cells); i++) {
        kt_cube_set(month, i, cells[i].figure, cells[i].obs);
    }
    kt_month_set_protected(month, 1.0);
    for (size_t i = 0; i < COUNT_OF(cells); i++) {
        assert_close(month->value[i], cells[i].wanted, 0.0);
        assert_int_equal(month->status[i],
                         cells[i].wanted == 1.0 ? KT_OBS_ESTIMATED : cells[i].obs);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(a_market_has_the_cells_of_its_scope),
        in_bench(what_is_not_allocated_is_a_region_and_an_occupation_more),
        in_bench(what_is_crossed_is_of_the_country_and_of_both),
        in_bench(what_the_tables_cannot_give_is_named_and_not_made),
        in_bench(sectors_are_markets_where_both_sides_are_by_sector),
        in_bench(markets_stand_in_the_order_of_their_rows),
        in_bench(the_country_is_the_sum_of_its_regions_and_never_its_own_row),
        in_bench(the_sum_is_hidden_where_the_country_is),
        in_bench(the_sum_has_the_status_of_its_members),
        in_bench(a_protected_member_among_zeros_stays_protected),
        in_bench(a_rule_for_protected_figures_is_for_all_that_show_the_sources_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
