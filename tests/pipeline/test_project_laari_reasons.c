/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projects/laari_reasons.h"

#include "analysis/cluster.h"
#include "analysis/laari_result.h"
#include "core/support.h"
#include "support/arena.h"

static void each_reason_has_its_code(void **state)
{
    static const struct {
        const char *reason, *codes;
    } cases[] = {
        {"fewer than 3 projects", "few_projects"},
        {"fewer than 12 projects: 2 left out as inconsistent", "few_projects|inconsistent"},
        {"not homogeneous; money and counts of other days", "not_homogeneous|other_days"},
        {"no project: 1 left out as inconsistent; money and counts of other days",
         "no_project|inconsistent|other_days"},
        {"not reported", "not_reported"},
        {"hidden figures would be told", "hidden"},
        {"more than its base", "above_base"},
        {"nobody in its base; money and counts of other days", "empty_base|other_days"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_string_equal(kt_laari_reason_codes(cases[i].reason, *state), cases[i].codes);
    }
    assert_null(kt_laari_reason_codes(NULL, *state));
}

/* What the analysis says today: words that nobody knows would be "other". */
static void the_words_of_the_analysis_are_known(void **state)
{
    const kt_pooling pooling = {.least_projects = 3, .i2_limit = 0.75, .z = 1.96};
    const kt_project_rate one = {.successes = 1.0, .trials = 2.0};
    const kt_pooled_rate none = kt_pool_rates(&one, 0, pooling, *state);
    const kt_pooled_rate few = kt_pool_rates(&one, 1, pooling, *state);
    assert_string_equal(kt_laari_reason_codes(none.reason, *state), "no_project");
    assert_string_equal(kt_laari_reason_codes(few.reason, *state), "few_projects");
    assert_string_equal(kt_laari_reason_codes(KT_OTHER_DAYS, *state), "other_days");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(each_reason_has_its_code),
        ARENA_TEST(the_words_of_the_analysis_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
