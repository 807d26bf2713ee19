/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "server/sample/dice.h"
#include "server/sample/sample.h"
#include "support/arena.h"

static kt_sample make(kt_arena *arena, const kt_sample_options *changes)
{
    kt_sample_options options = *changes;
    options.config = KT_ROOT "/config";
    kt_sample sample;
    kt_error err = {0};
    const kt_status status = kt_sample_make(&options, arena, &sample, &err);
    if (status != KT_OK) {
        print_error("%s\n", err.message);
    }
    assert_int_equal(status, KT_OK);
    return sample;
}

#define JOB_AREAS (22 + 310) /* of 12ti: SSS, 19 + 2 maakunta, 308 + 2 municipalities */

#define CONTENTS 13 /* of 12r5: unemployed, vacancies, labour force, ten groups */

static bool is_level(const char *code, const char *level)
{
    return strncmp(code, level, strlen(level)) == 0;
}

/* The sum over the areas whose code begins so; at[0] is moved along. */
static double sum_of_level(const kt_served_table *table, const char *level,
                           size_t at[KT_SERVED_VARIABLES])
{
    double sum = 0;
    for (at[0] = 0; at[0] < table->variables[0].count; at[0]++) {
        if (is_level(table->variables[0].values[at[0]], level)) {
            sum += table->values[kt_served_table_at(table, at)];
        }
    }
    return sum;
}

static void areas_and_months_are_those_of_the_real_tables(void **state)
{
    const kt_sample sample = make(*state, &(kt_sample_options){0});
    /* As in June 2026: SSS, 308 + 2 municipalities, 69 + 2, 19 + 2, 16 + 2; 12r5 has 421 areas. */
    assert_int_equal(sample.by_region->variables[0].count, 421);
    assert_int_equal(sample.by_region->variables[1].count, 36);
    assert_int_equal(sample.by_occupation->variables[0].count, JOB_AREAS);
    assert_string_equal(sample.by_region->variables[1].values[0], "2021M01");
    assert_string_equal(sample.by_region->variables[1].values[35], "2023M12");
}

/* The levels of 12r5 in one month and one measure. */
static void check_levels(const kt_served_table *table, size_t month, size_t measure)
{
    static const char *const levels[] = {"KU", "SK", "MK", "ELY"};
    size_t at[KT_SERVED_VARIABLES] = {0, month, measure};
    const double country = table->values[kt_served_table_at(table, at)];
    const double first = sum_of_level(table, levels[0], at);
    for (size_t i = 1; i < 4; i++) {
        assert_close(sum_of_level(table, levels[i], at), first, 0);
    }
    assert_true(measure == 2 ? country == first
                             : country > first || (measure > 2 && country == first));
}

static void every_level_sums_to_the_same_and_the_country_has_more(void **state)
{
    const kt_sample sample = make(*state, &(kt_sample_options){0});
    for (size_t i = 0; i < (size_t)36 * CONTENTS; i++) {
        check_levels(sample.by_region, i / CONTENTS, i % CONTENTS);
    }
}

/* One area, month and measure of 12ti, and the same figure in 12r5. */
static void check_occupations(const kt_sample *sample, size_t area, size_t month, size_t measure)
{
    const kt_served_table *regions = sample->by_region;
    const kt_served_table *table = sample->by_occupation;
    size_t at[KT_SERVED_VARIABLES] = {area, 0, month, measure};
    const double total = table->values[kt_served_table_at(table, at)];
    double sum = 0;
    for (at[1] = 1; at[1] < table->variables[1].count; at[1]++) {
        sum += table->values[kt_served_table_at(table, at)];
    }
    assert_close(sum, total, 0);
    const char *code = table->variables[0].values[area];
    const size_t same[KT_SERVED_VARIABLES] = {kt_served_value_find(&regions->variables[0], code),
                                              month, measure};
    assert_close(regions->values[kt_served_table_at(regions, same)], total, 0);
}

static void occupations_sum_to_each_areas_total_in_both_tables(void **state)
{
    const kt_sample sample = make(*state, &(kt_sample_options){0});
    for (size_t i = 0; i < (size_t)JOB_AREAS * 36 * 2; i++) {
        check_occupations(&sample, i / 72, i / 2 % 36, i % 2);
    }
}

static void municipalities_sum_to_the_maakunta_in_every_occupation(void **state)
{
    const kt_sample sample = make(*state, &(kt_sample_options){0});
    const kt_served_table *table = sample.by_occupation;
    const size_t occupations = table->variables[1].count;
    for (size_t i = 0; i < occupations * 36 * 2; i++) {
        size_t at[KT_SERVED_VARIABLES] = {0, i / 72, i / 2 % 36, i % 2};
        assert_close(sum_of_level(table, "KU", at), sum_of_level(table, "MK", at), 0);
    }
}

static double figure(const kt_served_table *table, size_t area, size_t month, const char *content)
{
    const size_t at[KT_SERVED_VARIABLES] = {area, month,
                                            kt_served_value_find(&table->variables[2], content)};
    return table->values[kt_served_table_at(table, at)];
}

static void groups_are_parts_of_the_unemployed_and_of_the_job_seekers(void **state)
{
    const kt_sample sample = make(*state, &(kt_sample_options){0});
    const kt_served_table *table = sample.by_region;
    for (size_t i = 0; i < (size_t)421 * 36; i++) {
        const size_t area = i / 36, month = i % 36;
        const double unemployed = figure(table, area, month, "TYOTTOMATLOPUSSA");
        assert_close(figure(table, area, month, "TYOTTOMATMIEHET") +
                         figure(table, area, month, "TYOTTOMATNAISET"),
                     unemployed, 0);
        assert_true(figure(table, area, month, "TYOTTOMAT25") +
                        figure(table, area, month, "TYOTTOMAT50") <=
                    unemployed);
        assert_true(figure(table, area, month, "HAKIJALOPUSSA") >=
                    unemployed + figure(table, area, month, "LYHTYOVKO"));
    }
}

static void exactly_the_counts_from_one_to_four_are_protected(void **state)
{
    const kt_sample sample = make(*state, &(kt_sample_options){0});
    const kt_served_table *tables[] = {sample.by_region, sample.by_occupation};
    size_t hidden = 0;
    for (size_t t = 0; t < 2; t++) {
        for (size_t cell = 0; cell < tables[t]->cells; cell++) {
            const double figure = tables[t]->values[cell];
            const bool small = figure >= 1 && figure <= 4;
            assert_true(figure >= 0);
            assert_true((tables[t]->symbols[cell] == KT_SYMBOL_PROTECTED) == small);
            hidden += small;
        }
    }
    assert_true(hidden > 1000);
}

static void a_revision_changes_the_newest_three_months_alone(void **state)
{
    const kt_sample plain = make(*state, &(kt_sample_options){.last = "2023M10"});
    const kt_sample revised = make(*state, &(kt_sample_options){.last = "2023M10", .revision = 1});
    bool changed[36] = {false};
    const kt_served_table *a = plain.by_region;
    const kt_served_table *b = revised.by_region;
    for (size_t cell = 0; cell < a->cells; cell++) {
        changed[cell / CONTENTS % 36] |= a->values[cell] != b->values[cell];
    }
    for (size_t month = 0; month < 34; month++) {
        assert_true(changed[month] == (month >= 31));
    }
    assert_int_equal(b->updated - a->updated, 3600);
}

static void updated_follows_the_newest_month_that_is_served(void **state)
{
    const kt_sample sample = make(*state, &(kt_sample_options){.last = "2023M10"});
    assert_int_equal(sample.by_region->updated, 1700715600); /* date -d 2023-11-23T05:00Z +%s */
    assert_int_equal(sample.by_region->kept_count, 34);
}

static void a_cut_that_leaves_nothing_is_refused(void **state)
{
    const kt_sample_options options = {.config = KT_ROOT "/config", .first = "2024M01"};
    kt_sample sample;
    kt_error err = {0};
    assert_int_equal(kt_sample_make(&options, *state, &sample, &err), KT_ERR_USAGE);
}

static void the_dice_are_those_of_the_paper(void **state)
{
    (void)state;
    /* splitmix64 from state 1234567 gives 6457827717110365317 first; an even chance of that draw.
     */
    kt_dice dice = {.state = 1234567};
    const double first = 6457827717110365317.0 / 18446744073709551616.0;
    assert_close(kt_dice_around_one(&dice, 1.0), 2.0 * first, 1e-15);
}

static void shares_of_a_whole_number_sum_to_it(void **state)
{
    (void)state;
    static const struct {
        int64_t total;
        double weights[4];
        int64_t parts[4];
    } cases[] = {
        {10, {1, 1, 1, 0}, {4, 3, 3, 0}},
        {7, {5, 3, 1, 1}, {3, 2, 1, 1}}, /* 3.5 2.1 0.7 0.7: two are left, the 0.7s come first */
        {0, {1, 2, 3, 4}, {0, 0, 0, 0}},
        {5, {0, 0, 0, 0}, {5, 0, 0, 0}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t parts[4];
        kt_apportion(cases[i].total, cases[i].weights, 4, parts);
        assert_memory_equal(parts, cases[i].parts, sizeof parts);
    }
}

/* The second content from 2023M11 on: 34 months of the 36 stay as they are. */
static void a_content_that_is_stopped_is_zero_from_then_on(void **state)
{
    const kt_sample plain = make(*state, &(kt_sample_options){0});
    const kt_sample stopped =
        make(*state, &(kt_sample_options){.stopped = "AVPAIKATLOPUSSA", .stopped_from = "2023M11"});
    for (size_t month = 32; month < 36; month++) {
        for (size_t content = 0; content < 3; content++) {
            const size_t at[KT_SERVED_VARIABLES] = {0, month, content};
            const size_t cell = kt_served_table_at(plain.by_region, at);
            assert_true(plain.by_region->values[cell] > 0);
            assert_close(stopped.by_region->values[cell],
                         content == 1 && month >= 34 ? 0 : plain.by_region->values[cell], 0);
        }
        const size_t at[KT_SERVED_VARIABLES] = {0, 0, month, 1};
        const size_t cell = kt_served_table_at(plain.by_occupation, at);
        assert_close(stopped.by_occupation->values[cell],
                     month >= 34 ? 0 : plain.by_occupation->values[cell], 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(areas_and_months_are_those_of_the_real_tables),
        ARENA_TEST(every_level_sums_to_the_same_and_the_country_has_more),
        ARENA_TEST(occupations_sum_to_each_areas_total_in_both_tables),
        ARENA_TEST(municipalities_sum_to_the_maakunta_in_every_occupation),
        ARENA_TEST(groups_are_parts_of_the_unemployed_and_of_the_job_seekers),
        ARENA_TEST(exactly_the_counts_from_one_to_four_are_protected),
        ARENA_TEST(a_revision_changes_the_newest_three_months_alone),
        ARENA_TEST(updated_follows_the_newest_month_that_is_served),
        ARENA_TEST(a_cut_that_leaves_nothing_is_refused),
        ARENA_TEST(a_content_that_is_stopped_is_zero_from_then_on),
        cmocka_unit_test(the_dice_are_those_of_the_paper),
        cmocka_unit_test(shares_of_a_whole_number_sum_to_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
