/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/project_models.h"

#include "core/support.h"
#include "support/arena.h"

/*
 * 0 began first; 1 and 2 took it up, 3 goes on with 2, 4 goes on with 0. 5 and 6 are one body's,
 * one after the other: nobody else took it up. 7 is alone; 8 says that it takes something up, and
 * nobody knows what.
 */
static void a_model_is_what_others_took_up_and_what_goes_on_with_it(void **state)
{
    const kt_project_related related[] = {
        {KT_RELATION_MAIN, KT_NO_PROJECT},
        {KT_RELATION_REPLICATION, 0},
        {KT_RELATION_REPLICATION, 0},
        {KT_RELATION_CONTINUATION, 2},
        {KT_RELATION_CONTINUATION, 0},
        {KT_RELATION_COORDINATION, KT_NO_PROJECT},
        {KT_RELATION_CONTINUATION, 5},
        {KT_RELATION_MAIN, KT_NO_PROJECT},
        {KT_RELATION_REPLICATION, KT_NO_PROJECT},
    };
    static const size_t expected[] = {
        0, 0, 0, 0, 0, KT_NO_PROJECT, KT_NO_PROJECT, KT_NO_PROJECT, KT_NO_PROJECT};
    const size_t *models = kt_project_models(related, COUNT_OF(related), *state);
    for (size_t i = 0; i < COUNT_OF(related); i++) {
        assert_int_equal(models[i], expected[i]);
    }
}

static void parallel_and_joint_projects_spread_nothing(void **state)
{
    const kt_project_related related[] = {{KT_RELATION_JOINT, KT_NO_PROJECT},
                                          {KT_RELATION_JOINT, 0},
                                          {KT_RELATION_PARALLEL, 0},
                                          {KT_RELATION_GHOST, 0}};
    const size_t *models = kt_project_models(related, COUNT_OF(related), *state);
    for (size_t i = 0; i < COUNT_OF(related); i++) {
        assert_int_equal(models[i], KT_NO_PROJECT);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(a_model_is_what_others_took_up_and_what_goes_on_with_it),
        ARENA_TEST(parallel_and_joint_projects_spread_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
