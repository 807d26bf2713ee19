/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index_rows.h"

#include "core/codes.h"
#include "index_columns.h"
#include "index_sensitivity.h"
#include "pipeline/publish_support.h"
#include "publish/rows.h"

/*
 * Two regions: 10 job seekers, and 2 with two hidden figures of 2.5 beside them; 6 posts and 4.
 * Five of the 17 job seekers are hidden.
 */
enum { R1, R2, REGIONS };

static kt_cube *month_of(double second, double low, double high, kt_arena *arena)
{
    kt_codes *codes[KT_ROLES] = {
        [KT_ROLE_MEASURE] = kt_codes_new(arena), [KT_ROLE_REGION] = kt_codes_new(arena)};
    kt_codes_add(codes[KT_ROLE_MEASURE], "unemployed", NULL);
    kt_codes_add(codes[KT_ROLE_MEASURE], "vacancies", NULL);
    kt_codes_add(codes[KT_ROLE_REGION], "R1", NULL);
    kt_codes_add(codes[KT_ROLE_REGION], "R2", NULL);
    kt_cube *cube = NULL;
    kt_error err = {0};
    assert_int_equal(kt_cube_new(arena, codes, &cube, &err), KT_OK);
    kt_cube_set(cube, R1, 10, KT_OBS_OBSERVED);
    kt_cube_protect(cube, R2, second, low, high);
    cube->status[R2] = KT_OBS_ESTIMATED;
    kt_cube_set(cube, REGIONS + R1, 6, KT_OBS_OBSERVED);
    kt_cube_set(cube, REGIONS + R2, 4, KT_OBS_OBSERVED);
    return cube;
}

static kt_placed_market place(void)
{
    static const size_t regions[] = {R1, R2};
    static const size_t occupations[] = {0, 0};
    static const char *const names[] = {"R1", "R2"};
    static const kt_market_margins margins = {.country = KT_NO_CODE, .unplaced = KT_NO_CODE};
    return (kt_placed_market){.has_regions = true,
                              .scope_level = "country",
                              .names = names,
                              .margins = &margins,
                              .market = {.name = "maakunta",
                                         .scope = "SSS",
                                         .cell_count = REGIONS,
                                         .region = regions,
                                         .occupation = occupations,
                                         .scope_region = KT_NO_CODE,
                                         .unknown_occupation = KT_NO_CODE}};
}

/* The rows of that table, of a month with a limit, whose first region's posts have that status. */
static const char *rows_of(bench *made, kt_index_table table, double limit, kt_obs posts)
{
    double half = 0.5;
    kt_contract *contract =
        kt_contract_load(KT_ROOT "/config/contract", made->arena, kt_problems_new(made->arena));
    const kt_config config = {.contract = contract,
                              .analysis = {.alphas = &half,
                                           .alpha_count = 1,
                                           .range_alphas = &half,
                                           .range_alpha_count = 1,
                                           .contributions_alpha = 0.5,
                                           .null = {.draws = 200, .drawn_cells = 600, .seed = 1},
                                           .protected_share_limit = limit}};
    kt_index_plan plan;
    kt_error err = {0};
    assert_int_equal(kt_index_plan_make(&config, made->arena, &plan, &err), KT_OK);
    kt_cube *figures = month_of(7, 4, 10, made->arena);
    figures->status[REGIONS + R1] = (uint8_t)posts;
    const kt_market_slab slab = {.cube = figures, .unemployed = 0, .vacancies = 1};
    const kt_market_slab known = {
        .cube = month_of(2, 2, 2, made->arena), .unemployed = 0, .vacancies = 1};
    const kt_sensitivity rules = {{{"0", known}, {"1", known}, {"4", known}}};
    const kt_placed_market market = place();
    const kt_index_month month = {
        .plan = &plan,
        .market = &market,
        .slab = &slab,
        .known = &known,
        .sensitivity = &rules,
        .ranges = kt_known_ranges_load(path_of(made, "none"), made->arena),
        .period = {KT_MONTHLY, 2023 * 12},
        .arena = made->arena,
    };
    kt_rows *rows = kt_rows_open_unsorted_part(plan.schemas[table]);
    kt_index_rows wanted = {0};
    wanted.of[table] = rows;
    if (kt_index_rows_add(&month, &wanted, &err) != KT_OK || kt_rows_settle(rows, &err) != KT_OK) {
        fail_msg("%s", err.message);
    }
    const char *text = kt_arena_copy_n(made->arena, rows->bytes.bytes, rows->bytes.length);
    kt_rows_discard(rows);
    return text;
}

/* The cell of a column in the line that has the words; "" where it is empty. */
static const char *cell_in(bench *made, const char *rows, const char *words, size_t column)
{
    const char *at = strstr(rows, words);
    assert_non_null(at);
    while (at > rows && at[-1] != '\n') {
        at--;
    }
    for (size_t i = 0; i < column; i++) {
        at = strchr(at, ',') + 1;
    }
    return kt_arena_copy_n(made->arena, at, strcspn(at, ",\n"));
}

static void an_index_of_mostly_hidden_figures_is_withheld_over_a_break_too(void **state)
{
    static const struct {
        double limit;
        kt_obs posts;
        bool has_value;
        const char *letter;
    } cases[] = {
        {0.5, KT_OBS_OBSERVED, true, "E"},
        {0.5, KT_OBS_BREAK, true, "B"},
        {0.25, KT_OBS_OBSERVED, false, "Q"},
        {0.25, KT_OBS_BREAK, false, "Q"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        bench *made = *state;
        const char *rows = rows_of(made, KT_INDEX_MISMATCH, cases[i].limit, cases[i].posts);
        const char *value = cell_in(made, rows, ",mismatch,0.5,", KT_MISMATCH_VALUE);
        assert_int_equal(value[0] != '\0', cases[i].has_value);
        assert_string_equal(cell_in(made, rows, ",mismatch,0.5,", KT_MISMATCH_OBS_STATUS),
                            cases[i].letter);
        assert_string_not_equal(cell_in(made, rows, ",mismatch,0.5,", KT_MISMATCH_VALUE_HIGH), "");
    }
}

static void what_is_absent_says_so_before_what_is_withheld(void **state)
{
    (void)state;
    assert_int_equal(kt_index_withheld(KT_OBS_NOT_COLLECTED), KT_OBS_NOT_COLLECTED);
    assert_int_equal(kt_index_withheld(KT_OBS_MISSING), KT_OBS_MISSING);
    assert_int_equal(kt_index_withheld(KT_OBS_IMPOSSIBLE), KT_OBS_IMPOSSIBLE);
    assert_int_equal(kt_index_withheld(KT_OBS_BREAK), KT_OBS_UNASSESSED);
}

/* The rules say what hidden figures would make of it; what they are nobody says. */
static void a_value_that_mismatch_withholds_stands_in_no_row_of_sensitivity(void **state)
{
    bench *made = *state;
    const char *shown = rows_of(made, KT_INDEX_SENSITIVITY, 0.5, KT_OBS_OBSERVED);
    const char *withheld = rows_of(made, KT_INDEX_SENSITIVITY, 0.25, KT_OBS_BREAK);
    assert_string_not_equal(cell_in(made, shown, ",point,", KT_SENSITIVITY_VALUE), "");
    assert_string_equal(cell_in(made, shown, ",point,", KT_SENSITIVITY_OBS_STATUS), "E");
    assert_string_equal(cell_in(made, withheld, ",point,", KT_SENSITIVITY_VALUE), "");
    assert_string_equal(cell_in(made, withheld, ",point,", KT_SENSITIVITY_OBS_STATUS), "Q");
    assert_string_not_equal(cell_in(made, withheld, ",4,", KT_SENSITIVITY_VALUE), "");
}

/* 17 job seekers and 10 posts in two cells: (K-1)/8 (1/U + 1/V). 600 cells over 3 are 200 draws. */
static void the_sheet_has_what_mismatch_has_and_what_chance_alone_makes(void **state)
{
    bench *made = *state;
    const char *mismatch = rows_of(made, KT_INDEX_MISMATCH, 0.5, KT_OBS_OBSERVED);
    const char *rows = rows_of(made, KT_INDEX_SENSITIVITY, 0.5, KT_OBS_OBSERVED);
    const char *value = cell_in(made, mismatch, ",mismatch,0.5,", KT_MISMATCH_VALUE);
    const char *null = cell_in(made, mismatch, ",mismatch,0.5,", KT_MISMATCH_NULL_VALUE);
    static const char *const same[] = {"mismatch maakunta 0.5,alpha,0.5,",
                                       "mismatch SSS 0.5,market,maakunta,"};
    for (size_t i = 0; i < COUNT_OF(same); i++) {
        assert_string_equal(cell_in(made, rows, same[i], KT_SENSITIVITY_VALUE), value);
    }
    assert_string_equal(cell_in(made, rows, ",null,closed,", KT_SENSITIVITY_VALUE), null);
    assert_close(strtod(null, NULL), (1.0 / 17.0 + 1.0 / 10.0) / 8.0, 1e-15);
    const char *drawn = cell_in(made, rows, ",null,simulated,", KT_SENSITIVITY_VALUE);
    assert_close(strtod(drawn, NULL), strtod(null, NULL), 0.01);
    assert_non_null(strstr(cell_in(made, rows, ",null,simulated,", KT_SENSITIVITY_METHOD),
                           "granularity/1 cluster=1 draws=200 seed=1 "));
    const char *withheld = rows_of(made, KT_INDEX_SENSITIVITY, 0.25, KT_OBS_OBSERVED);
    static const char *const hidden[] = {",alpha,0.5,", ",market,maakunta,", ",null,closed,",
                                         ",null,simulated,"};
    for (size_t i = 0; i < COUNT_OF(hidden); i++) {
        assert_string_equal(cell_in(made, withheld, hidden[i], KT_SENSITIVITY_VALUE), "");
        assert_string_equal(cell_in(made, withheld, hidden[i], KT_SENSITIVITY_OBS_STATUS), "Q");
    }
}

/* 5 of 17 are hidden, and no post is. */
static void the_shares_of_job_seekers_and_posts_are_each_their_own(void **state)
{
    bench *made = *state;
    const kt_market_slab slab = {
        .cube = month_of(7, 4, 10, made->arena), .unemployed = 0, .vacancies = 1};
    const kt_market_slab known = {
        .cube = month_of(2, 2, 2, made->arena), .unemployed = 0, .vacancies = 1};
    const kt_placed_market market = place();
    kt_market_month found;
    kt_index_shares shares;
    kt_error err = {0};
    assert_int_equal(kt_market_gather(&market.market, &slab, made->arena, &found, &err), KT_OK);
    assert_int_equal(kt_index_shares_of(&market.market, &known, &found, made->arena, &shares, &err),
                     KT_OK);
    assert_close(shares.unemployed, 5.0 / 17.0, 1e-15);
    assert_close(shares.vacancies, 0.0, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(an_index_of_mostly_hidden_figures_is_withheld_over_a_break_too),
        cmocka_unit_test(what_is_absent_says_so_before_what_is_withheld),
        in_bench(a_value_that_mismatch_withholds_stands_in_no_row_of_sensitivity),
        in_bench(the_sheet_has_what_mismatch_has_and_what_chance_alone_makes),
        in_bench(the_shares_of_job_seekers_and_posts_are_each_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
