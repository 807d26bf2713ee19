/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/compliance.h"

#include <math.h>

#include "core/project.h"
#include "core/support.h"
#include "support/arena.h"

static const char *const all[] = {"EECO01"};
static const char *const jobless[] = {"EECO02"};
static const char *const long_jobless[] = {"EECO03"};
static const char *const by_status[] = {"EECO02", "EECO04", "EECO05"};

static const kt_indicator_check checks[] = {
    {"ltu_within_unemployed", "2021-2027", long_jobless, jobless, 1, 1, KT_CHECK_AT_MOST},
    {"status_adds_up", "2021-2027", by_status, all, 3, 1, KT_CHECK_EQUAL},
};

/* Both in time on day 100 for the first period, 200 for the second, 300 for the third. */
static const kt_required_report required[] = {{"EECO01", 0, 100}, {"EECO02", 0, 100},
                                              {"EECO01", 1, 200}, {"EECO02", 1, 200},
                                              {"EECO01", 2, 300}, {"EECO02", 2, 300}};

static const kt_compliance_rules rules = {.required = required,
                                          .required_count = 6,
                                          .period_count = 3,
                                          .checks = checks,
                                          .check_count = 2,
                                          .cumulative = all,
                                          .cumulative_count = 1,
                                          .far_above = 3.0};

#define MOST 8

typedef struct report {
    kt_indicator_value values[MOST];
    size_t count;
    int64_t start, end, as_of;
    bool exempt;
    size_t required, reported, overdue, late, inconsistent;
    kt_compliance_status status;
    const char *failed;
    const char *doubted; /* '1' of each figure in doubt; NULL: none is */
} report;

#define DONE(code, at, number)                                                            \
    {                                                                                     \
        .indicator = (code), .period = (at), .value = (number), .reported_day = KT_NO_DAY \
    }

static const report cases[] = {
    {.as_of = 100, .status = KT_COMPLIANCE_NOT_DUE, .failed = ""}, /* the last day is in time */
    {.as_of = 101, .required = 2, .overdue = 2, .status = KT_COMPLIANCE_MISSING, .failed = ""},
    {{DONE("EECO01", 0, 10)},
     1,
     .as_of = 150,
     .required = 2,
     .reported = 1,
     .overdue = 1,
     .status = KT_COMPLIANCE_PARTIAL,
     .failed = ""},
    {{DONE("EECO01", 0, 10), {"EECO02", 0, KT_SEX_ALL, false, 4, 101}},
     2,
     .as_of = 150,
     .required = 2,
     .reported = 2,
     .late = 1,
     .status = KT_COMPLIANCE_COMPLETE,
     .failed = ""},
    /* a target is no report, and a project that began later owes nothing of before */
    {{{"EECO01", 0, KT_SEX_ALL, true, 40, KT_NO_DAY}, DONE("EECO01", 1, 5), DONE("EECO02", 1, 5)},
     3,
     .start = 150,
     .as_of = 250,
     .required = 2,
     .reported = 2,
     .status = KT_COMPLIANCE_COMPLETE,
     .failed = ""},
    {{DONE("EECO01", 0, 10)},
     1,
     .as_of = 350,
     .exempt = true,
     .required = 6,
     .reported = 1,
     .overdue = 5,
     .status = KT_COMPLIANCE_EXEMPT,
     .failed = ""},
    {{DONE("EECO02", 0, 4), DONE("EECO03", 0, 5)},
     2,
     .as_of = 50,
     .inconsistent = 1,
     .status = KT_COMPLIANCE_INCONSISTENT,
     .failed = "ltu_within_unemployed",
     .doubted = "11"},
    /* 4 + 3 + 2 are not 10 in the first period; the second adds up: nothing of it is in doubt */
    {{DONE("EECO01", 0, 10), DONE("EECO02", 0, 4), DONE("EECO04", 0, 3), DONE("EECO05", 0, 2),
      DONE("EECO01", 1, 12), DONE("EECO02", 1, 6), DONE("EECO04", 1, 4), DONE("EECO05", 1, 2)},
     8,
     .as_of = 50,
     .inconsistent = 1,
     .status = KT_COMPLIANCE_INCONSISTENT,
     .failed = "status_adds_up",
     .doubted = "11110000"},
    {{DONE("EECO01", 0, 10), DONE("EECO02", 0, 4), DONE("EECO04", 0, 3), DONE("EECO05", 0, 2),
      DONE("EECO01", 1, 8), DONE("EECO01", 2, 9), DONE("EECO02", 1, -1)},
     7,
     .as_of = 50,
     .inconsistent = 4, /* 8 and 9 are below 10 */
     .status = KT_COMPLIANCE_INCONSISTENT,
     .failed = "negative|cumulative_falls|status_adds_up",
     .doubted = "1111111"},
    /* only what falls or was higher before, not what stands between */
    {{DONE("EECO01", 0, 10), DONE("EECO01", 1, 12), DONE("EECO01", 2, 11), DONE("EECO02", 2, 5)},
     4,
     .as_of = 50,
     .inconsistent = 1,
     .status = KT_COMPLIANCE_INCONSISTENT,
     .failed = "cumulative_falls",
     .doubted = "0110"},
    {{DONE("EECO01", 0, 10),
      {"EECO01", 0, KT_SEX_F, false, 4, KT_NO_DAY},
      {"EECO01", 0, KT_SEX_M, false, 5, KT_NO_DAY},
      {"EECO01", 0, KT_SEX_NB, false, 0, KT_NO_DAY},
      DONE("EECO02", 0, 3)},
     5,
     .as_of = 50,
     .inconsistent = 1,
     .status = KT_COMPLIANCE_INCONSISTENT,
     .failed = "sexes_add_up",
     .doubted = "11110"},
    /* 4 + 5 leave one of 10 to the third, which is not given: nobody can say */
    {{DONE("EECO01", 0, 10),
      {"EECO01", 0, KT_SEX_F, false, 4, KT_NO_DAY},
      {"EECO01", 0, KT_SEX_M, false, 5, KT_NO_DAY}},
     3,
     .as_of = 50,
     .status = KT_COMPLIANCE_NOT_DUE,
     .failed = ""},
    /* 6 + 4 leave nobody of 10: that can be */
    {{DONE("EECO01", 0, 10),
      {"EECO01", 0, KT_SEX_F, false, 6, KT_NO_DAY},
      {"EECO01", 0, KT_SEX_M, false, 4, KT_NO_DAY}},
     3,
     .as_of = 50,
     .status = KT_COMPLIANCE_NOT_DUE,
     .failed = ""},
    /* 6 + 5 are 11 of 10, whatever the third */
    {{DONE("EECO01", 0, 10),
      {"EECO01", 0, KT_SEX_F, false, 6, KT_NO_DAY},
      {"EECO01", 0, KT_SEX_M, false, 5, KT_NO_DAY},
      DONE("EECO02", 0, 3)},
     4,
     .as_of = 50,
     .inconsistent = 1,
     .status = KT_COMPLIANCE_INCONSISTENT,
     .failed = "sexes_add_up",
     .doubted = "1110"},
    /* so are 11 women; of another period, or of a target, they are no part of it */
    {{DONE("EECO01", 0, 10),
      {"EECO01", 0, KT_SEX_F, false, 11, KT_NO_DAY},
      DONE("EECO01", 1, 12),
      {"EECO01", 2, KT_SEX_F, false, 40, KT_NO_DAY}},
     4,
     .as_of = 50,
     .inconsistent = 1,
     .status = KT_COMPLIANCE_INCONSISTENT,
     .failed = "sexes_add_up",
     .doubted = "1100"},
    {{DONE("EECO02", 0, 31), {"EECO02", 0, KT_SEX_ALL, true, 10, KT_NO_DAY}},
     2,
     .end = 40,
     .as_of = 50,
     .inconsistent = 1,
     .status = KT_COMPLIANCE_INCONSISTENT,
     .failed = "far_above_target",
     .doubted = "11"},
    {{DONE("EECO02", 0, 31), {"EECO02", 0, KT_SEX_ALL, true, 10, KT_NO_DAY}},
     2,
     .end = 60,
     .as_of = 50,
     .status = KT_COMPLIANCE_NOT_DUE,
     .failed = ""},
};

static void reports_are_judged_by_the_agreed_set(void **state)
{
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const report *one = &cases[i];
        const kt_compliance_question question = {.rules = &rules,
                                                 .values = one->values,
                                                 .count = one->count,
                                                 .start_day =
                                                     one->start == 0 ? KT_NO_DAY : one->start,
                                                 .end_day = one->end == 0 ? KT_NO_DAY : one->end,
                                                 .as_of_day = one->as_of,
                                                 .exempt = one->exempt};
        const kt_compliance found = kt_compliance_of(&question, *state);
        assert_int_equal(found.required_n, one->required);
        assert_int_equal(found.reported_n, one->reported);
        assert_int_equal(found.overdue_n, one->overdue);
        assert_int_equal(found.late_n, one->late);
        assert_int_equal(found.inconsistent_n, one->inconsistent);
        assert_string_equal(found.checks_failed, one->failed);
        assert_int_equal(found.status, one->status);
        for (size_t j = 0; j < one->count; j++) {
            assert_int_equal(found.doubted[j], one->doubted != NULL && one->doubted[j] == '1');
        }
        assert_true(one->required == 0
                        ? isnan(found.completeness)
                        : found.completeness == (double)one->reported / (double)one->required);
    }
}

/* Day 100 is the last one in time. */
static void each_report_is_told_by_itself(void **state)
{
    static const struct {
        kt_indicator_value value;
        int64_t start, as_of, day;
        kt_report_state found;
        const char *name;
    } reports[] = {
        {DONE("EECO01", 0, 10), 1, 101, KT_NO_DAY, KT_REPORT_REPORTED, "reported"},
        {{"EECO01", 0, KT_SEX_ALL, false, 10, 100}, 1, 99, 100, KT_REPORT_REPORTED, "reported"},
        {{"EECO01", 0, KT_SEX_ALL, false, 10, 101}, 1, 150, 101, KT_REPORT_LATE, "late"},
        {DONE("EECO01", 1, 10), 1, 101, KT_NO_DAY, KT_REPORT_OVERDUE, "overdue"},
        {DONE("EECO02", 0, 10), 1, 100, KT_NO_DAY, KT_REPORT_NOT_DUE, "not_due"},
        /* a target and women alone are no report */
        {{"EECO01", 0, KT_SEX_ALL, true, 10, 90}, 1, 101, KT_NO_DAY, KT_REPORT_OVERDUE, "overdue"},
        {{"EECO01", 0, KT_SEX_F, false, 10, 90}, 1, 101, KT_NO_DAY, KT_REPORT_OVERDUE, "overdue"},
        {DONE("EECO01", 1, 10), 101, 150, KT_NO_DAY, KT_REPORT_NOT_ASKED, "not_asked"},
        {DONE("EECO01", 1, 10), 100, 150, KT_NO_DAY, KT_REPORT_OVERDUE, "overdue"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(reports); i++) {
        const kt_compliance_question question = {.rules = &rules,
                                                 .values = &reports[i].value,
                                                 .count = 1,
                                                 .start_day = reports[i].start,
                                                 .end_day = KT_NO_DAY,
                                                 .as_of_day = reports[i].as_of};
        const kt_report_finding found = kt_report_of(&question, &required[0]);
        assert_int_equal(found.state, reports[i].found);
        assert_true(found.reported_day == reports[i].day);
        assert_string_equal(kt_report_state_name(found.state), reports[i].name);
    }
}

static void each_status_has_a_name(void **state)
{
    (void)state;
    assert_string_equal(kt_compliance_status_name(KT_COMPLIANCE_NOT_DUE), "not_due");
    assert_string_equal(kt_compliance_status_name(KT_COMPLIANCE_EXEMPT), "exempt");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(reports_are_judged_by_the_agreed_set),
        ARENA_TEST(each_report_is_told_by_itself),
        ARENA_TEST(each_status_has_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
