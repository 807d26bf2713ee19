/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/portfolio.h"

#include "core/support.h"
#include "support/arena.h"

static const char *const order[] = {"eura2021", "kohesio"};

static kt_project project(const char *format, int64_t day, const char *code, int64_t granted)
{
    kt_project made = {.start_day = 100,
                       .end_day = 200,
                       .status = KT_PROJECT_RUNNING,
                       .period = "2021-2027",
                       .format = format,
                       .snapshot_day = day};
    for (int i = 0; i < KT_PROJECT_SUM_COUNT; i++) {
        made.sum[i] = KT_NO_MONEY;
    }
    made.text[KT_PROJECT_PROJECT_CODE] = code;
    made.text[KT_PROJECT_NAME] = "Hanke";
    made.sum[KT_PROJECT_GRANTED] = granted;
    return made;
}

typedef struct row {
    const char *code;
    int64_t day, last;
    const char *changed;
    bool current;
} row;

static void assert_versions(const kt_portfolio *portfolio, kt_arena *arena, const row *wanted,
                            size_t count)
{
    const kt_project_versions found = kt_portfolio_versions(portfolio, arena);
    assert_int_equal(found.count, count);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(found.at[i].is.text[KT_PROJECT_PROJECT_CODE], wanted[i].code);
        assert_int_equal(found.at[i].is.snapshot_day, wanted[i].day);
        assert_int_equal(found.at[i].last_snapshot_day, wanted[i].last);
        assert_string_equal(found.at[i].changed, wanted[i].changed);
        assert_int_equal(found.at[i].current, wanted[i].current);
    }
}

static void add_one(kt_portfolio *portfolio, kt_project one)
{
    kt_portfolio_add(portfolio, &one, 1);
}

static void the_same_list_again_changes_nothing(void **state)
{
    kt_portfolio *portfolio = kt_portfolio_new(order, 2, *state);
    const kt_project list[] = {project("eura2021", 10, "S30002", 5),
                               project("eura2021", 10, "S30001", 7)};
    static const row wanted[] = {{"S30001", 10, 10, "new", true}, {"S30002", 10, 10, "new", true}};
    kt_portfolio_add(portfolio, list, 2);
    kt_portfolio_add(portfolio, list, 2);
    assert_versions(portfolio, *state, wanted, COUNT_OF(wanted));
}

static void a_newer_list_keeps_the_older_one_and_says_what_changed(void **state)
{
    kt_portfolio *portfolio = kt_portfolio_new(order, 2, *state);
    const kt_project first[] = {project("eura2021", 10, "S30001", 7),
                                project("eura2021", 10, "S30002", 5),
                                project("eura2021", 10, "S30003", 1)};
    kt_project second[] = {project("eura2021", 20, "S30001", 7),
                           project("eura2021", 20, "S30002", 6),
                           project("eura2021", 20, "S30004", 2)};
    static const row wanted[] = {
        {"S30001", 10, 20, "new", true},
        {"S30002", 10, 10, "new", false},
        {"S30002", 20, 20, "granted_eu_state_eur|end_date|status", true},
        {"S30003", 10, 10, "new", false},
        {"S30004", 20, 20, "new", true},
    };
    second[1].end_day = 300;
    second[1].status = KT_PROJECT_ENDED;
    kt_portfolio_add(portfolio, first, 3);
    kt_portfolio_add(portfolio, second, 3);
    assert_versions(portfolio, *state, wanted, COUNT_OF(wanted));
}

static void what_was_away_for_a_while_has_returned(void **state)
{
    kt_portfolio *portfolio = kt_portfolio_new(order, 2, *state);
    static const row wanted[] = {{"S30001", 10, 10, "new", false},
                                 {"S30001", 30, 30, "returned", true},
                                 {"S30002", 20, 30, "new", true}};
    add_one(portfolio, project("eura2021", 10, "S30001", 7));
    add_one(portfolio, project("eura2021", 20, "S30002", 7));
    add_one(portfolio, project("eura2021", 30, "S30001", 7));
    add_one(portfolio, project("eura2021", 30, "S30002", 7));
    assert_versions(portfolio, *state, wanted, COUNT_OF(wanted));
}

/* By hand: of the list of day 20 the row of S30002 cannot be read; that of day 30 has it again, and
 * that of day 40 has it no more. */
static void a_row_that_cannot_be_read_leaves_what_was_said_before(void **state)
{
    kt_portfolio *portfolio = kt_portfolio_new(order, 2, *state);
    const kt_project first[] = {project("eura2021", 10, "S30001", 7),
                                project("eura2021", 10, "S30002", 5)};
    static const row on_20[] = {{"S30001", 10, 20, "new", true}, {"S30002", 10, 10, "new", true}};
    static const row on_30[] = {{"S30001", 10, 20, "new", false},
                                {"S30002", 10, 10, "new", false},
                                {"S30002", 30, 30, "granted_eu_state_eur", true}};
    kt_portfolio_add(portfolio, first, 2);
    add_one(portfolio, project("eura2021", 20, "S30001", 7));
    assert_int_equal(kt_portfolio_reject(portfolio, "eura2021", 20, "S30002"), KT_STANDS_AS_BEFORE);
    assert_int_equal(kt_portfolio_reject(portfolio, "eura2021", 20, "S30001"),
                     KT_STANDS_BY_ANOTHER_ROW);
    assert_int_equal(kt_portfolio_reject(portfolio, "eura2021", 20, "S30009"), KT_STANDS_NOWHERE);
    assert_int_equal(kt_portfolio_reject(portfolio, "kohesio", 20, "S30002"), KT_STANDS_NOWHERE);
    assert_versions(portfolio, *state, on_20, COUNT_OF(on_20));
    const kt_project_versions found = kt_portfolio_versions(portfolio, *state);
    assert_false(kt_project_version_is_kept(&found.at[0]));
    assert_true(kt_project_version_is_kept(&found.at[1]));

    add_one(portfolio, project("eura2021", 30, "S30002", 6)); /* it was never away */
    assert_versions(portfolio, *state, on_30, COUNT_OF(on_30));
    add_one(portfolio, project("eura2021", 40, "S30001", 7));
    assert_false(kt_portfolio_versions(portfolio, *state).at[3].current);
}

static void what_is_read_again_unchanged_is_one_version(void **state)
{
    kt_portfolio *portfolio = kt_portfolio_new(order, 2, *state);
    static const row wanted[] = {{"S30001", 10, 30, "new", true}, {"S30002", 10, 30, "new", true}};
    const kt_project first[] = {project("eura2021", 10, "S30001", 7),
                                project("eura2021", 10, "S30002", 5)};
    const kt_project last[] = {project("eura2021", 30, "S30001", 7),
                               project("eura2021", 30, "S30002", 5)};
    kt_portfolio_add(portfolio, first, 2);
    add_one(portfolio, project("eura2021", 20, "S30001", 7));
    (void)kt_portfolio_reject(portfolio, "eura2021", 20, "S30002");
    kt_portfolio_add(portfolio, last, 2);
    assert_versions(portfolio, *state, wanted, COUNT_OF(wanted));
    assert_false(kt_project_version_is_kept(&kt_portfolio_versions(portfolio, *state).at[1]));
}

static void of_two_files_of_a_day_the_later_one_counts(void **state)
{
    kt_portfolio *portfolio = kt_portfolio_new(order, 2, *state);
    static const row wanted[] = {{"S30001", 10, 10, "new", false},
                                 {"S30001", 20, 20, "granted_eu_state_eur", true},
                                 {"S30002", 20, 20, "new", true}};
    add_one(portfolio, project("eura2021", 10, "S30001", 7));
    add_one(portfolio, project("eura2021", 20, "S30001", 7));
    add_one(portfolio, project("eura2021", 20, "S30002", 3));
    add_one(portfolio, project("eura2021", 20, "S30001", 8));
    add_one(portfolio, project("eura2021", 20, "S30001", 9));
    assert_versions(portfolio, *state, wanted, COUNT_OF(wanted));
    assert_int_equal(kt_portfolio_versions(portfolio, *state).at[1].is.sum[KT_PROJECT_GRANTED], 9);
}

static void the_first_format_of_the_order_gives_a_project(void **state)
{
    kt_portfolio *portfolio = kt_portfolio_new(order, 2, *state);
    static const row wanted[] = {{"S30001", 10, 10, "new", false},
                                 {"S30001", 20, 20, "new", true},
                                 {"S30002", 10, 10, "new", true}};
    add_one(portfolio, project("kohesio", 10, "S30001", 7));
    add_one(portfolio, project("kohesio", 10, "S30002", 7));
    add_one(portfolio, project("eura2021", 20, "S30001", 8));
    assert_versions(portfolio, *state, wanted, COUNT_OF(wanted));
    add_one(portfolio, project("kohesio", 20, "S30002", 7));
    add_one(portfolio, project("kohesio", 20, "S30001", 1));
    assert_int_equal(kt_portfolio_versions(portfolio, *state).at[1].is.sum[KT_PROJECT_GRANTED], 8);
}

static void nothing_makes_no_versions(void **state)
{
    kt_portfolio *portfolio = kt_portfolio_new(order, 2, *state);
    kt_portfolio_add(portfolio, NULL, 0);
    assert_versions(portfolio, *state, NULL, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(the_same_list_again_changes_nothing),
        ARENA_TEST(a_newer_list_keeps_the_older_one_and_says_what_changed),
        ARENA_TEST(what_was_away_for_a_while_has_returned),
        ARENA_TEST(a_row_that_cannot_be_read_leaves_what_was_said_before),
        ARENA_TEST(what_is_read_again_unchanged_is_one_version),
        ARENA_TEST(of_two_files_of_a_day_the_later_one_counts),
        ARENA_TEST(the_first_format_of_the_order_gives_a_project),
        ARENA_TEST(nothing_makes_no_versions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
