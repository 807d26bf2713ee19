/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/publish_support.h"
#include "transform/sample.h"
#include "why/why.h"

/* The words of a row of observations whose unemployed are hidden, between 5 and 14. */
static const char *words_of(bench *made, bool strict, json_t *inputs, const char *low)
{
    const char *const cells[] = {"2026M06", "2026-06-01", "t1", "tyollisyysalue",
                                 "TA02",    "_T",         "_T", "Alue",
                                 "_T",      "",           low,  "14",
                                 "Q",       "8",          "8",  "8",
                                 "A",       "",           "L",  "",
                                 "",        "",           "Q",  "Q"};
    kt_source *source = sample_source(made->arena, NULL);
    const kt_config config = {.sources = &source,
                              .source_count = 1,
                              .analysis = {.protected_share_limit = 0.5},
                              .publish = {.strict_disclosure = strict}};
    kt_why_source there = {.id = "t1"};
    json_auto_t *answer = json_object();
    const kt_why why = {.config = &config,
                        .arena = made->arena,
                        .run = {.sources = &there, .source_count = 1},
                        .schema = kt_contract_find(tree_contract(made), "observations"),
                        .cells = cells,
                        .answer = answer};
    (void)kt_why_section(&why, "row", json_object());
    (void)kt_why_section(&why, "inputs", inputs);
    KT_AUTO(text) kt_text text = {0};
    kt_why_print(&why, &text);
    return kt_arena_copy(made->arena, text.bytes);
}

static json_t *with_share(double share)
{
    json_t *inputs = json_object();
    kt_why_put_number(inputs, "unemployed_protected_share", share);
    kt_why_put_number(inputs, "protected_share_limit", 0.5);
    return inputs;
}

static void assert_words(const char *text, const char *words)
{
    if (strstr(text, words) == NULL) {
        fail_msg("\"%s\" is not in\n%s", words, text);
    }
}

static void a_sum_of_mostly_hidden_figures_is_told_as_that_in_both_modes(void **state)
{
    assert_words(words_of(*state, true, with_share(0.79), "5"), "(Q: not assessable");
    assert_words(words_of(*state, false, with_share(0.79), "5"), "(Q: not assessable");
    /* Its ends may be those of one hidden figure. */
    assert_words(words_of(*state, false, with_share(0.79), "1"), "(Q: not assessable");
}

static void a_figure_that_is_covered_is_told_as_that(void **state)
{
    assert_words(words_of(*state, true, json_object(), "5"), "(Q: covered by us");
    assert_words(words_of(*state, false, json_object(), "5"), "(Q: hidden by the source");
}

static void without_inputs_no_more_is_said_than_is_known(void **state)
{
    assert_words(words_of(*state, true, json_string("the store is lost"), "5"),
                 "(Q: covered by us, or not assessable");
    assert_words(words_of(*state, false, json_string("the store is lost"), "5"),
                 "(Q: not assessable");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(a_sum_of_mostly_hidden_figures_is_told_as_that_in_both_modes),
        in_bench(a_figure_that_is_covered_is_told_as_that),
        in_bench(without_inputs_no_more_is_said_than_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
