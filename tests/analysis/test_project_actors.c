/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/project_actors.h"

#include <string.h>

#include "core/instant.h"
#include "core/support.h"
#include "support/arena.h"

static int64_t day(int year, int month, int of_month)
{
    return kt_days_from_civil(year, month, of_month);
}

static kt_project project_of(int64_t start, int64_t end, kt_project_status status)
{
    kt_project project = {.start_day = start, .end_day = end, .status = status};
    for (size_t i = 0; i < KT_PROJECT_SUM_COUNT; i++) {
        project.sum[i] = KT_NO_MONEY;
    }
    return project;
}

/* Seen from 22 November 2026, with half a year up to 22 May 2027. */
static void a_phase_is_by_days_unless_the_list_says_the_end(void **state)
{
    (void)state;
    const int64_t seen = day(2026, 11, 22), later = day(2027, 5, 22);
    const struct {
        int64_t start, end;
        kt_project_status status;
        kt_project_phase phase;
    } cases[] = {
        {day(2025, 1, 1), day(2028, 1, 1), KT_PROJECT_RUNNING, KT_PHASE_RUNNING},
        {day(2025, 1, 1), day(2028, 1, 1), KT_PROJECT_UNKNOWN, KT_PHASE_RUNNING},
        {seen, day(2028, 1, 1), KT_PROJECT_PLANNED, KT_PHASE_RUNNING},
        {day(2025, 1, 1), later, KT_PROJECT_RUNNING, KT_PHASE_ENDING},
        {day(2025, 1, 1), later + 1, KT_PROJECT_RUNNING, KT_PHASE_RUNNING},
        {day(2025, 1, 1), seen, KT_PROJECT_RUNNING, KT_PHASE_ENDING},
        {day(2025, 1, 1), seen - 1, KT_PROJECT_RUNNING, KT_PHASE_NONE},
        {seen + 1, day(2028, 1, 1), KT_PROJECT_PLANNED, KT_PHASE_STARTING},
        {later, day(2028, 1, 1), KT_PROJECT_UNKNOWN, KT_PHASE_STARTING},
        {later + 1, day(2028, 1, 1), KT_PROJECT_PLANNED, KT_PHASE_NONE},
        {seen + 1, seen + 30, KT_PROJECT_UNKNOWN, KT_PHASE_STARTING},
        {day(2025, 1, 1), day(2028, 1, 1), KT_PROJECT_ENDED, KT_PHASE_NONE},
        {day(2025, 1, 1), day(2028, 1, 1), KT_PROJECT_INTERRUPTED, KT_PHASE_NONE},
        {KT_NO_DAY, day(2028, 1, 1), KT_PROJECT_RUNNING, KT_PHASE_RUNNING},
        {KT_NO_DAY, day(2028, 1, 1), KT_PROJECT_UNKNOWN, KT_PHASE_NONE},
        {day(2025, 1, 1), KT_NO_DAY, KT_PROJECT_RUNNING, KT_PHASE_RUNNING},
        {day(2025, 1, 1), KT_NO_DAY, KT_PROJECT_PLANNED, KT_PHASE_NONE},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_project project = project_of(cases[i].start, cases[i].end, cases[i].status);
        assert_int_equal(kt_project_phase_of(&project, seen, later), cases[i].phase);
    }
}

static const kt_level_place thirds[] = {{"maakunta", "MK01", 1.0 / 3.0},
                                        {"maakunta", "MK02", 1.0 / 3.0},
                                        {"maakunta", "_X", 1.0 / 3.0}};
static const kt_level_place half[] = {{"maakunta", "MK01", 0.5}, {"maakunta", "MK02", 0.5}};
static const kt_level_place around[] = {{"maakunta", "MK01", 0.0}, {"maakunta", "_X", 1.0}};
static const kt_level_place first[] = {{"maakunta", "MK01", 1.0}};

static const kt_actor lead[] = {{0, false, true}};
static const kt_actor with_partner[] = {{0, false, true}, {1, true, false}};
static const kt_actor as_partner[] = {{0, true, true}};

/* Four projects of body 0 and a ghost; body 1 is partner of one of them. */
static kt_actor_rows some_rows(kt_project projects[5], kt_arena *arena)
{
    for (size_t i = 0; i < 5; i++) {
        projects[i] = project_of(0, 100, KT_PROJECT_RUNNING);
        projects[i].period = "2021-2027";
    }
    projects[0].sum[KT_PROJECT_GRANTED] = 100;
    projects[0].sum[KT_PROJECT_REALISED] = 50;
    projects[1].sum[KT_PROJECT_GRANTED] = 1001;
    projects[2].sum[KT_PROJECT_GRANTED] = 700;
    projects[3].sum[KT_PROJECT_GRANTED] = 0;
    projects[4].sum[KT_PROJECT_GRANTED] = 9;
    const kt_actor_project all[] = {
        {&projects[0], with_partner, 2, {thirds, 3}, KT_PHASE_RUNNING},
        {&projects[1], lead, 1, {half, 2}, KT_PHASE_ENDING},
        {&projects[2], lead, 1, {around, 2}, KT_PHASE_NONE},
        {&projects[3], lead, 1, {first, 1}, KT_PHASE_RUNNING},
        {&projects[4], as_partner, 1, {first, 1}, KT_PHASE_STARTING},
    };
    return kt_actors_find(all, COUNT_OF(all), arena);
}

static void check_row(const kt_actor_row *row, const char *words, kt_arena *arena)
{
    assert_string_equal(kt_arena_print(arena, "%s %zu %s: %zu (%zu/%zu/%zu) +%zu %ld", row->code,
                                       row->body, row->partner ? "partner" : "lead", row->projects,
                                       row->running, row->ending, row->starting, row->around,
                                       row->granted == KT_NO_MONEY ? -1L : (long)row->granted),
                        words);
}

/*
 * By hand. A third of 1.00 is 33 cents, and the cent left over goes to the first of equal rests,
 * MK01; half of 10.01 is 5.00, and the cent left over goes to MK01. So body 0 leads in MK01 with
 * 34 + 501 = 535 cents, in MK02 with 33 + 500 = 533 and in no region with 33 + 700 = 733: together
 * 1801, what projects 0, 1 and 2 have. The ghost counts nowhere.
 */
static void money_is_split_to_the_cent_and_counted_by_role(void **state)
{
    kt_project projects[5];
    const kt_actor_rows rows = some_rows(projects, *state);
    static const char *const expected[] = {
        "MK01 0 lead: 2 (2/1/0) +1 535",   "MK01 0 partner: 1 (0/0/1) +0 9",
        "MK01 1 partner: 1 (1/0/0) +0 -1", "MK02 0 lead: 2 (2/1/0) +0 533",
        "MK02 1 partner: 1 (1/0/0) +0 -1", "_X 0 lead: 2 (1/0/0) +0 733",
        "_X 1 partner: 1 (1/0/0) +0 -1",
    };
    assert_int_equal(rows.count, COUNT_OF(expected));
    for (size_t i = 0; i < rows.count; i++) {
        check_row(&rows.at[i], expected[i], *state);
    }
    assert_int_equal(rows.at[0].realised, 17); /* 50 in three: 17, 17, 16 */
}

static void a_body_with_ghosts_alone_has_no_row(void **state)
{
    kt_project ghost = project_of(0, 100, KT_PROJECT_RUNNING);
    ghost.sum[KT_PROJECT_GRANTED] = 0;
    const kt_actor_project one = {&ghost, lead, 1, {first, 1}, KT_PHASE_RUNNING};
    assert_int_equal(kt_actors_find(&one, 1, *state).count, 0);
    /* What it cost all the same is not lost. */
    ghost.sum[KT_PROJECT_REALISED] = 7;
    const kt_actor_rows rows = kt_actors_find(&one, 1, *state);
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.at[0].projects, 0);
    assert_int_equal(rows.at[0].realised, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_phase_is_by_days_unless_the_list_says_the_end),
        ARENA_TEST(money_is_split_to_the_cent_and_counted_by_role),
        ARENA_TEST(a_body_with_ghosts_alone_has_no_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
