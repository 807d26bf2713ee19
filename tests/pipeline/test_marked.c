/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/marked.h"

#include "analysis_job.h"
#include "flow_rows.h"
#include "pipeline/publish_support.h"
#include "publish/rows.h"
#include "target_group_rows.h"
#include "transform/sample.h"

/*
 * TA01 is KU001 and KU003, TA02 the other four; a hidden figure is 2.5. Of TA02's unemployed 7.5 of
 * 9.5 are hidden, of its men 7.5 of 27.5, of those in services (2 in a trial, three hidden figures
 * of coaching) 7.5 of 9.5, of its flow 7.5 of 9.5; of TA01's unemployed 2.5 of 12.5.
 */
#define SHAPE                                                                    \
    "contentscode: U M T C F | Alue: SSS KU001 KU002 KU003 KU004 KU005 KU006 | " \
    "timeperiod_m: 2026M06"
#define CELLS                   \
    "70 10 2 ... ... ... ... "  \
    "70 10 20 ... ... ... ... " \
    "30 0 2 ... 0 0 0 "         \
    "30 0 ... 0 ... ... 0 "     \
    "70 10 2 ... ... ... ..."

static kt_marked_table table_of(double limit, const kt_breaks *breaks, kt_arena *arena)
{
    static const struct {
        const char *measure, *base, *group, *code, *unit;
    } counted[] = {
        {"unemployed", "unemployed", "_T", "U", "persons"},
        {"unemployed_men", "unemployed", "men", "M", "persons"},
        {"in_services_trial", "in_services", "trial", "T", "persons"},
        {"in_services_coaching", "in_services", "coaching", "C", "persons"},
        {"vacancies_new", "vacancies_new", "_T", "F", "posts"},
    };
    kt_source *source = sample_source(arena, NULL);
    source->measures = kt_arena_array(arena, kt_measure_spec, COUNT_OF(counted));
    source->measure_count = COUNT_OF(counted);
    for (size_t i = 0; i < COUNT_OF(counted); i++) {
        source->measures[i] = (kt_measure_spec){.measure = counted[i].measure,
                                                .base = counted[i].base,
                                                .group = counted[i].group,
                                                .code = counted[i].code,
                                                .unit = counted[i].unit,
                                                .scale = 1.0};
    }
    const kt_cube *cube = sample_cube(source, sample_reply(arena, "a", SHAPE, CELLS), arena);
    return (kt_marked_table){.source = source,
                             .cube = cube,
                             .rollup = sample_rollup(cube, source, sample_classes(arena), arena),
                             .breaks = breaks,
                             .protected_share_limit = limit};
}

/* One of the rows is, or begins, so. */
static void assert_row(const char *text, const char *row)
{
    if (strstr(text, row) == NULL) {
        const char *at = strstr(text, "tyollisyysalue,TA02");
        fail_msg("no row %s; there is %.*s", row, at == NULL ? 0 : 900, at == NULL ? "" : at);
    }
}

static const char *take_rows(bench *made, kt_rows *rows)
{
    const char *text = kt_arena_copy_n(made->arena, rows->bytes.bytes, rows->bytes.length);
    kt_rows_discard(rows);
    return text;
}

static kt_obs status_in(const kt_cube *slab, const char *measure, const char *region)
{
    return (kt_obs)slab->status[cell_at(slab, NULL, measure, region, NULL)];
}

static void a_break_marks_what_has_a_value_and_nothing_else(void **state)
{
    bench *made = *state;
    kt_break one = {
        .id = "b", .date = "2026-06-01", .month = {KT_MONTHLY, 2026 * 12 + 5}, .active = true};
    const kt_breaks breaks = {.at = &one, .count = 1};
    const kt_marked_table table = table_of(0.5, &breaks, made->arena);
    kt_cube *slab = NULL;
    kt_error err = {0};
    assert_int_equal(kt_marked_period(&table, 0, made->arena, &slab, &err), KT_OK);
    assert_int_equal(status_in(slab, "unemployed", "TA01"), KT_OBS_BREAK);
    assert_int_equal(status_in(slab, "unemployed", "TA02"), KT_OBS_UNASSESSED);
    assert_int_equal(status_in(slab, "unemployed", "KU003"), KT_OBS_PROTECTED);
}

static void observations_are_marked_so(void **state)
{
    bench *made = *state;
    const kt_marked_table table = table_of(0.5, NULL, made->arena);
    const kt_observation_source from = {.source = table.source,
                                        .cube = table.cube,
                                        .rollup = table.rollup,
                                        .protected_share_limit = 0.5};
    kt_cube *slab = NULL;
    kt_error err = {0};
    assert_int_equal(kt_observation_slab_make(&from, 0, made->arena, &slab, &err), KT_OK);
    assert_int_equal(status_in(slab, "unemployed", "TA01"), KT_OBS_ESTIMATED);
    assert_int_equal(status_in(slab, "unemployed", "TA02"), KT_OBS_UNASSESSED);
}

static const char *group_rows(bench *made, double limit)
{
    const kt_marked_table table = table_of(limit, NULL, made->arena);
    const kt_target_group_feed feed = {.source = table.source,
                                       .cube = table.cube,
                                       .rollup = table.rollup,
                                       .protected_share_limit = limit};
    const kt_schema *schema = kt_contract_find(tree_contract(made), "target_groups");
    kt_target_group_rows *all = NULL;
    kt_error err = {0};
    assert_int_equal(kt_target_group_rows_new(&feed, schema, made->arena, &all, &err), KT_OK);
    kt_rows *rows = kt_rows_open_part(schema);
    assert_int_equal(kt_target_group_rows_add(all, 0, rows, &err), KT_OK);
    return take_rows(made, rows);
}

#define AREAS "2026M06,2026-06-01,tyollisyysalue,"

static void a_group_of_mostly_hidden_figures_has_no_persons(void **state)
{
    const char *rows = group_rows(*state, 0.5);
    assert_row(rows, AREAS "TA02,unemployed,,5,14,,Q\n");
    assert_row(rows, AREAS "TA02,men,28,23,32,,E\n");
    assert_row(rows, AREAS "TA01,unemployed,13,11,14,1,E\n");
}

/* Its parts may be: a sum of those counts their points, and is judged by what it is made of. */
static void a_sum_of_groups_is_judged_by_all_its_parts(void **state)
{
    assert_row(group_rows(*state, 0.5), AREAS "TA02,in_services,,5,14,,Q\n");
    assert_row(group_rows(*state, 0.5), AREAS "TA02,in_services_coaching,,3,12,,Q\n");
    assert_row(group_rows(*state, 0.9), AREAS "TA02,in_services,10,5,14,,E\n");
    assert_row(group_rows(*state, 0.9), AREAS "TA02,in_services_coaching,,3,12,,Q\n");
    assert_row(group_rows(*state, 1.0), AREAS "TA02,in_services,10,5,14,,E\n");
    assert_row(group_rows(*state, 0.5), AREAS "TA01,in_services,,1,4,,Q\n");
}

/* `why` takes the figure from the same function, and says the share that decides. */
static void the_share_of_a_sum_of_groups_is_that_of_its_points(void **state)
{
    bench *made = *state;
    const kt_marked_table table = table_of(0.5, NULL, made->arena);
    const kt_target_group *services = kt_target_group_find("in_services");
    const kt_rollup_line *lines = NULL;
    const size_t count = kt_rollup_regions(table.rollup, &lines);
    const size_t area = kt_rollup_line_find(lines, count, "tyollisyysalue", "TA02");
    kt_marked_month month;
    kt_error err = {0};
    assert_int_equal(kt_marked_month_open(&table, 0, made->arena, &month, &err), KT_OK);
    assert_close(kt_target_group_share(services, &month, area), 7.5 / 9.5, 1e-15);
    assert_int_equal(kt_target_group_figure(services, &month, area).obs, KT_OBS_PROTECTED);
}

static void a_flow_of_mostly_hidden_figures_has_no_value(void **state)
{
    static const struct {
        double limit;
        const char *row;
    } cases[] = {{0.5, "TA02,_T,_T,vacancies_new,,5,14,"},
                 {1.0, "TA02,_T,_T,vacancies_new,10,5,14,"}};
    bench *made = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_marked_table table = table_of(cases[i].limit, NULL, made->arena);
        const kt_flow_feed feed = {table.source, table.cube, table.rollup};
        const kt_flow_job job = {.contract = tree_contract(made),
                                 .classifications = sample_classes(made->arena),
                                 .protected_share_limit = cases[i].limit,
                                 .feeds = &feed,
                                 .feed_count = 1};
        kt_flow_rows *all = NULL;
        kt_error err = {0};
        assert_int_equal(kt_flow_rows_new(&job, made->arena, &all, &err), KT_OK);
        kt_rows *rows = kt_rows_open_part(kt_contract_find(job.contract, "flows"));
        assert_int_equal(kt_flow_rows_add(all, 0, rows, &err), KT_OK);
        assert_row(take_rows(made, rows), cases[i].row);
    }
}

/* The table is set beside itself. */
static void a_register_of_mostly_hidden_figures_has_no_ratio(void **state)
{
    bench *made = *state;
    const kt_marked_table table = table_of(0.5, NULL, made->arena);
    const char *level = "tyollisyysalue";
    kt_source *source = sample_source(made->arena, NULL);
    *source = *table.source;
    kt_source_pair pair = {.indicator = "unemployed",
                           .counted = {.source = source->id, .measure = "unemployed"},
                           .asked = {.source = source->id, .measure = "unemployed"},
                           .levels = &level,
                           .level_count = 1,
                           .months = KT_MONTHS_MEAN};
    kt_contract *contract =
        kt_contract_load(KT_ROOT "/config/contract", made->arena, kt_problems_new(made->arena));
    const kt_config config = {.contract = contract,
                              .sources = &source,
                              .source_count = 1,
                              .pairs = {&pair, 1},
                              .analysis = {.protected_share_limit = 0.5}};
    kt_night night = {.config = &config};
    kt_cube *cube = sample_cube(source, sample_reply(made->arena, "a", SHAPE, CELLS), made->arena);
    kt_rollup *rollup = sample_rollup(cube, source, sample_classes(made->arena), made->arena);
    kt_analysis_job job = {.night = &night,
                           .arena = made->arena,
                           .findings = made->folder,
                           .cubes = &cube,
                           .rollups = &rollup};
    kt_error err = {0};
    if (kt_analyse_two_sources(&job, &err) != KT_OK) {
        fail_msg("%s", err.message);
    }
    const char *rows = read_words(made, path_of(made, "two_sources/two_sources.csv"));
    assert_row(rows, AREAS "TA01,unemployed,13,13,1,E\n");
    assert_row(rows, AREAS "TA02,unemployed,,,,Q\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(a_break_marks_what_has_a_value_and_nothing_else),
        in_bench(observations_are_marked_so),
        in_bench(a_group_of_mostly_hidden_figures_has_no_persons),
        in_bench(a_sum_of_groups_is_judged_by_all_its_parts),
        in_bench(the_share_of_a_sum_of_groups_is_that_of_its_points),
        in_bench(a_flow_of_mostly_hidden_figures_has_no_value),
        in_bench(a_register_of_mostly_hidden_figures_has_no_ratio),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
