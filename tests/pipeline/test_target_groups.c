/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "target_groups.h"

#include "pipeline/publish_support.h"
#include "transform/sample.h"
#include "why/why.h"

/* Three tables by region alone: the first counts no group, the others do. */
static kt_source **three_sources(kt_arena *arena)
{
    static kt_measure_spec measures[] = {{.measure = "unemployed",
                                          .base = "unemployed",
                                          .group = "_T",
                                          .code = "U",
                                          .unit = "persons",
                                          .scale = 1.0},
                                         {.measure = "unemployed_long_term",
                                          .base = "unemployed",
                                          .group = "long_term",
                                          .code = "L",
                                          .unit = "persons",
                                          .scale = 1.0}};
    kt_source **sources = kt_arena_array(arena, kt_source *, 3);
    for (size_t i = 0; i < 3; i++) {
        sources[i] = sample_source(arena, NULL);
        sources[i]->id = kt_arena_print(arena, "t%zu", i + 1);
        sources[i]->measures = measures;
        sources[i]->measure_count = i == 0 ? 1 : COUNT_OF(measures);
    }
    return sources;
}

static void the_first_table_that_counts_groups_and_is_there_gives_them(void **state)
{
    static const struct {
        bool there[3];
        size_t giver;
    } cases[] = {{{true, true, true}, 1}, {{true, false, true}, 2}, {{true, false, false}, 3}};
    bench *made = *state;
    const kt_config config = {.sources = three_sources(made->arena), .source_count = 3};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(kt_target_group_giver(&config, cases[i].there), cases[i].giver);
    }
}

/* The run was made without t2; its store is gone, and whose it was is told all the same. */
static void why_names_the_table_that_gave_the_row(void **state)
{
    bench *made = *state;
    const kt_config config = {.sources = three_sources(made->arena), .source_count = 3};
    kt_why_source there[] = {{.id = "t1"}, {.id = "t3"}};
    const kt_schema *schema = kt_contract_find(tree_contract(made), "target_groups");
    const char *const cells[] = {"2023M01", "2023-01-01", "country", "SSS", "unemployed",
                                 "1",       "1",          "1",       "1",   "A"};
    json_auto_t *answer = json_object();
    const kt_why why = {.config = &config,
                        .workspace = made->folder,
                        .store = made->folder,
                        .arena = made->arena,
                        .run = {.sources = there, .source_count = COUNT_OF(there)},
                        .schema = schema,
                        .cells = cells,
                        .answer = answer};
    kt_error err = {0};
    assert_int_equal(kt_why_target_group(&why, &err), KT_OK);
    assert_string_equal(json_string_value(json_object_get(answer, "source")), "t3");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(the_first_table_that_counts_groups_and_is_there_gives_them),
        in_bench(why_names_the_table_that_gave_the_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
