/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "change_series.h"

#include "pipeline/publish_support.h"
#include "transform/sample.h"

#define MONTHS 60
#define AFTER  6 /* months in which posts have lost their region */

/* Posts of the country, MK01, MK02 and those without a region, before and after. */
static const int posts_before[] = {1000, 600, 340, 60};
static const int posts_after[] = {1000, 440, 250, 310};
static const int seekers[] = {5000, 3000, 2000, 0};

/* Five years up to December 2025 in which nothing changes but where posts are known to be. */
static const char *reply_of(bench *made)
{
    KT_AUTO(text) kt_text months = {0};
    KT_AUTO(text) kt_text cells = {0};
    for (int i = 0; i < MONTHS; i++) {
        kt_text_print(&months, " %dM%02d", 2021 + i / 12, i % 12 + 1);
    }
    for (size_t region = 0; region < COUNT_OF(seekers); region++) {
        for (int i = 0; i < MONTHS; i++) {
            const int *posts = i >= MONTHS - AFTER ? posts_after : posts_before;
            kt_text_print(&cells, "%d %d ", seekers[region], posts[region]);
        }
    }
    const char *shape = kt_arena_print(
        made->arena, "Alue: SSS MK01 MK02 MKJO | timeperiod_m:%s | contentscode: U V",
        months.bytes);
    return sample_reply(made->arena, NULL, shape, cells.bytes);
}

static kt_change_panel *panel_of(bench *made, const kt_breaks *breaks, size_t count)
{
    kt_source *source = sample_source(made->arena, NULL);
    kt_change_source of = {.source = source, .breaks = breaks};
    of.cube = sample_cube(source, reply_of(made), made->arena);
    of.rollup = sample_rollup(of.cube, source, sample_classes(made->arena), made->arena);
    kt_change_panel *panel = NULL;
    kt_error err = {0};
    assert_int_equal(kt_change_panel_make(&of, count, made->arena, &panel, &err), KT_OK);
    return panel;
}

static const kt_change_indicator *indicator_of(const char *id)
{
    const kt_change_indicator *one = kt_change_indicator_find(id);
    assert_non_null(one);
    return one;
}

static size_t line_of(const kt_change_panel *panel, const char *code)
{
    size_t at = 0;
    while (at < panel->line_count && strcmp(panel->lines[at].code, code) != 0) {
        at++;
    }
    assert_true(at < panel->line_count);
    return at;
}

/* The points of a region's indicator; *change becomes that of the newest. */
static kt_change_point *points_of(bench *made, const kt_change_panel *panel, const char *id,
                                  const char *code, double step, kt_year_change *change)
{
    kt_change_point *points = kt_arena_array(made->arena, kt_change_point, panel->count);
    const kt_change_indicator *indicator = indicator_of(id);
    kt_change_points(panel, indicator, line_of(panel, code), points);
    const kt_change_series series = {.at = points,
                                     .count = panel->count,
                                     .first = panel->newest.index - (int)panel->count + 1,
                                     .year = 12,
                                     .step = step,
                                     .kind = indicator->kind};
    *change = kt_change_at(&series, panel->count - 1);
    return points;
}

static void from_6_to_31_percent_without_a_region_nothing_is_told(void **state)
{
    bench *made = *state;
    const kt_change_panel *panel = panel_of(made, NULL, MONTHS);
    static const char *const ids[] = {"vacancies", "tightness"};
    for (size_t i = 0; i < COUNT_OF(ids); i++) {
        kt_year_change change;
        const kt_change_point *points = points_of(made, panel, ids[i], "MK01", 0.05, &change);
        assert_close(points[MONTHS - 1].vacancies_allocated, 0.69, 1e-12);
        assert_close(points[MONTHS - 13].vacancies_allocated, 0.94, 1e-12);
        assert_int_equal(change.reason, KT_CHANGE_ALLOCATED_SHARE);
        assert_false(change.comparable);
        /* Whoever allows any step still hears nothing: all 310 may be the region's. */
        (void)points_of(made, panel, ids[i], "MK01", 1.0, &change);
        assert_int_equal(change.reason, KT_CHANGE_UNALLOCATED);
        assert_true(change.comparable);
    }
}

static void the_country_and_its_unemployed_can_be_compared_all_the_same(void **state)
{
    bench *made = *state;
    const kt_change_panel *panel = panel_of(made, NULL, MONTHS);
    kt_year_change change;
    (void)points_of(made, panel, "vacancies", "SSS", 0.05, &change);
    assert_true(change.comparable);
    assert_int_equal(change.reason, KT_CHANGE_USUAL);
    (void)points_of(made, panel, "unemployed", "MK01", 0.05, &change);
    assert_true(change.comparable);
}

static void every_place_of_unallocated_posts_is_inside(void **state)
{
    bench *made = *state;
    const kt_change_panel *panel = panel_of(made, NULL, MONTHS);
    kt_year_change change;
    const kt_change_point *posts = points_of(made, panel, "vacancies", "MK01", 0.05, &change);
    assert_close(posts[MONTHS - 1].figure.value, 440, 0);
    assert_close(posts[MONTHS - 1].placed.low, 440, 0);
    assert_close(posts[MONTHS - 1].placed.high, 750, 0);
    posts = points_of(made, panel, "tightness", "MK01", 0.05, &change);
    assert_close(posts[MONTHS - 1].placed.high, 0.25, 1e-12); /* 750 / 3000 */
    assert_close(change.mean_year, (6 * 600 + 6 * 440) / (12 * 3000.0), 1e-12);
    assert_close(change.year_to_date, change.mean_year, 1e-12); /* December */
    posts = points_of(made, panel, "vacancies", "SSS", 0.05, &change);
    assert_close(posts[MONTHS - 1].placed.high, 1000, 0);
}

static void seekers_of_a_vacancy_are_tightness_the_other_way_round(void **state)
{
    bench *made = *state;
    const kt_change_panel *panel = panel_of(made, NULL, MONTHS);
    kt_year_change change;
    const kt_change_point *points =
        points_of(made, panel, "job_seekers_per_vacancy", "MK01", 0.05, &change);
    assert_close(points[MONTHS - 1].figure.value, 3000.0 / 440.0, 1e-12);
    assert_close(points[MONTHS - 1].placed.low, 4.0, 1e-12); /* 3000 / 750 */
    assert_close(points[MONTHS - 1].placed.high, 3000.0 / 440.0, 1e-12);
    assert_close(change.last_year, 5.0, 1e-12); /* 3000 / 600 */
    assert_close(change.mean_year, 12 * 3000.0 / (6 * 600 + 6 * 440), 1e-12);
    assert_int_equal(change.reason, KT_CHANGE_ALLOCATED_SHARE);
    /* posts without a region have no seekers: 0 is a figure */
    points = points_of(made, panel, "job_seekers_per_vacancy", "_X", 0.05, &change);
    assert_close(points[MONTHS - 1].figure.value, 0.0, 0);
}

static void months_before_the_table_began_have_no_figure(void **state)
{
    bench *made = *state;
    const kt_change_panel *panel = panel_of(made, NULL, MONTHS + 3);
    kt_year_change change;
    const kt_change_point *points = points_of(made, panel, "vacancies", "MK01", 0.05, &change);
    assert_int_equal(points[2].obs, KT_OBS_NOT_COLLECTED);
    assert_true(isnan(points[2].figure.value));
    assert_close(points[3].figure.value, 600, 0);
}

static void a_break_of_either_part_is_one_of_the_ratio(void **state)
{
    bench *made = *state;
    const char *sources[] = {"t1"};
    const char *measures[] = {"unemployed"};
    kt_break one = {.id = "a",
                    .sources = {sources, 1},
                    .measures = {measures, 1},
                    .date = "2025-03-01",
                    .active = true};
    assert_true(kt_period_read("2025-03", &one.month));
    const kt_breaks breaks = {&one, 1};
    const kt_change_panel *panel = panel_of(made, &breaks, MONTHS);
    kt_year_change change;
    const kt_change_point *points = points_of(made, panel, "tightness", "MK01", 1.0, &change);
    assert_true(points[MONTHS - 10].begins);
    assert_int_equal(points[MONTHS - 10].obs, KT_OBS_BREAK);
    assert_int_equal(change.reason, KT_CHANGE_BREAK);
    points = points_of(made, panel, "vacancies", "MK01", 1.0, &change);
    assert_false(points[MONTHS - 10].begins);
    assert_int_equal(change.reason, KT_CHANGE_UNALLOCATED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(from_6_to_31_percent_without_a_region_nothing_is_told),
        in_bench(the_country_and_its_unemployed_can_be_compared_all_the_same),
        in_bench(every_place_of_unallocated_posts_is_inside),
        in_bench(seekers_of_a_vacancy_are_tightness_the_other_way_round),
        in_bench(months_before_the_table_began_have_no_figure),
        in_bench(a_break_of_either_part_is_one_of_the_ratio),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
