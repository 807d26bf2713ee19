/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/compliance.h"

#include <math.h>
#include <string.h>

#include "core/project.h"

static const char *const status_names[KT_COMPLIANCE_STATUSES] = {
    "complete", "partial", "missing", "inconsistent", "not_due", "exempt"};

const char *kt_compliance_status_name(kt_compliance_status status)
{
    return status_names[status];
}

static const char *const state_names[KT_REPORT_STATES] = {"reported", "late", "overdue", "not_due",
                                                          "not_asked"};

const char *kt_report_state_name(kt_report_state state)
{
    return state_names[state];
}

/* Figures that a failed check has as a part are marked by their place. */
static void doubt(const kt_compliance_question *of, const kt_indicator_value *value, bool *doubted)
{
    if (value != NULL) {
        doubted[value - of->values] = true;
    }
}

static const kt_indicator_value *find(const kt_compliance_question *of, const char *indicator,
                                      size_t period, kt_indicator_sex sex, bool target)
{
    for (size_t i = 0; i < of->count; i++) {
        const kt_indicator_value *value = &of->values[i];
        if (value->period == period && value->sex == sex && value->target == target &&
            strcmp(value->indicator, indicator) == 0) {
            return value;
        }
    }
    return NULL;
}

static double realised(const kt_compliance_question *of, const char *indicator, size_t period)
{
    const kt_indicator_value *value = find(of, indicator, period, KT_SEX_ALL, false);
    return value == NULL ? NAN : value->value;
}

kt_report_finding kt_report_of(const kt_compliance_question *question,
                               const kt_required_report *report)
{
    const kt_indicator_value *value =
        find(question, report->indicator, report->period, KT_SEX_ALL, false);
    kt_report_finding out = {KT_REPORT_OVERDUE, value == NULL ? KT_NO_DAY : value->reported_day};
    if (question->start_day != KT_NO_DAY && question->start_day > report->due_day) {
        out.state = KT_REPORT_NOT_ASKED;
    } else if (value != NULL) {
        const bool late = value->reported_day != KT_NO_DAY && value->reported_day > report->due_day;
        out.state = late ? KT_REPORT_LATE : KT_REPORT_REPORTED;
    } else if (report->due_day >= question->as_of_day) {
        out.state = KT_REPORT_NOT_DUE;
    }
    return out;
}

/* Of those whose day has passed. */
static void count_reports(const kt_compliance_question *of, kt_compliance *out)
{
    const kt_compliance_rules *rules = of->rules;
    for (size_t i = 0; i < rules->required_count; i++) {
        const kt_required_report *report = &rules->required[i];
        const kt_report_state state = kt_report_of(of, report).state;
        if (report->due_day >= of->as_of_day || state == KT_REPORT_NOT_ASKED) {
            continue;
        }
        out->required_n++;
        out->reported_n += state == KT_REPORT_OVERDUE ? 0 : 1;
        out->late_n += state == KT_REPORT_LATE ? 1 : 0;
    }
    out->overdue_n = out->required_n - out->reported_n;
    out->completeness =
        out->required_n == 0 ? NAN : (double)out->reported_n / (double)out->required_n;
}

/* NAN where one of them is not reported. */
static double sum_of(const kt_compliance_question *of, const char *const *indicators, size_t count,
                     size_t period)
{
    double sum = 0.0;
    for (size_t i = 0; i < count; i++) {
        sum += realised(of, indicators[i], period);
    }
    return sum;
}

static bool fails(const kt_compliance_question *of, const kt_indicator_check *check, size_t period)
{
    const double left = sum_of(of, check->left, check->left_count, period);
    const double right = sum_of(of, check->right, check->right_count, period);
    if (isnan(left) || isnan(right)) {
        return false;
    }
    return check->relation == KT_CHECK_EQUAL ? left != right : left > right;
}

static void doubt_all(const kt_compliance_question *of, const char *const *indicators, size_t count,
                      size_t period, bool *doubted)
{
    for (size_t i = 0; i < count; i++) {
        doubt(of, find(of, indicators[i], period, KT_SEX_ALL, false), doubted);
    }
}

static size_t count_check(const kt_compliance_question *of, const kt_indicator_check *check,
                          bool *doubted)
{
    size_t count = 0;
    for (size_t period = 0; period < of->rules->period_count; period++) {
        if (fails(of, check, period)) {
            count++;
            doubt_all(of, check->left, check->left_count, period, doubted);
            doubt_all(of, check->right, check->right_count, period, doubted);
        }
    }
    return count;
}

static size_t count_negative(const kt_compliance_question *of, bool *doubted)
{
    size_t count = 0;
    for (size_t i = 0; i < of->count; i++) {
        const bool negative = of->values[i].value < 0.0;
        count += negative ? 1 : 0;
        doubted[i] = doubted[i] || negative;
    }
    return count;
}

/* Women, men and non-binary are a total; those of them that are given are at most that. */
static bool sexes_fail(const kt_compliance_question *of, const kt_indicator_value *all)
{
    double sum = 0.0;
    size_t given = 0;
    for (int sex = KT_SEX_F; sex < KT_SEXES; sex++) {
        const kt_indicator_value *part =
            find(of, all->indicator, all->period, (kt_indicator_sex)sex, all->target);
        sum += part == NULL ? 0.0 : part->value;
        given += part == NULL ? 0 : 1;
    }
    const bool whole = given == KT_SEXES - KT_SEX_F;
    return given > 0 && (whole ? sum != all->value : sum > all->value);
}

static size_t count_sexes(const kt_compliance_question *of, bool *doubted)
{
    size_t count = 0;
    for (size_t i = 0; i < of->count; i++) {
        const kt_indicator_value *all = &of->values[i];
        if (all->sex != KT_SEX_ALL || !sexes_fail(of, all)) {
            continue;
        }
        count++;
        for (int sex = KT_SEX_ALL; sex < KT_SEXES; sex++) {
            doubt(of, find(of, all->indicator, all->period, (kt_indicator_sex)sex, all->target),
                  doubted);
        }
    }
    return count;
}

static bool is_cumulative(const kt_compliance_rules *rules, const char *indicator)
{
    for (size_t i = 0; i < rules->cumulative_count; i++) {
        if (strcmp(rules->cumulative[i], indicator) == 0) {
            return true;
        }
    }
    return false;
}

/* True if an earlier period has more; every one that has is doubted. */
static bool falls(const kt_compliance_question *of, const kt_indicator_value *value, bool *doubted)
{
    bool found = false;
    for (size_t i = 0; i < of->count; i++) {
        const kt_indicator_value *other = &of->values[i];
        if (!other->target && other->sex == value->sex && other->period < value->period &&
            other->value > value->value && strcmp(other->indicator, value->indicator) == 0) {
            found = true;
            doubt(of, other, doubted);
        }
    }
    return found;
}

static size_t count_falls(const kt_compliance_question *of, bool *doubted)
{
    size_t count = 0;
    for (size_t i = 0; i < of->count; i++) {
        const kt_indicator_value *value = &of->values[i];
        if (!value->target && is_cumulative(of->rules, value->indicator) &&
            falls(of, value, doubted)) {
            count++;
            doubt(of, value, doubted);
        }
    }
    return count;
}

static size_t count_far_above(const kt_compliance_question *of, bool *doubted)
{
    size_t count = 0;
    const bool ended = of->end_day != KT_NO_DAY && of->end_day < of->as_of_day;
    for (size_t i = 0; ended && i < of->count; i++) {
        const kt_indicator_value *value = &of->values[i];
        const kt_indicator_value *target =
            value->target ? NULL : find(of, value->indicator, value->period, value->sex, true);
        if (target != NULL && target->value > 0.0 &&
            value->value > of->rules->far_above * target->value) {
            count++;
            doubt(of, value, doubted);
            doubt(of, target, doubted);
        }
    }
    return count;
}

static void add_failed(kt_compliance *out, const char *id, size_t count, kt_arena *arena)
{
    if (count > 0) {
        out->inconsistent_n += count;
        out->checks_failed = kt_arena_print(arena, "%s%s%s", out->checks_failed,
                                            out->checks_failed[0] == '\0' ? "" : "|", id);
    }
}

static void check_values(const kt_compliance_question *of, kt_compliance *out, kt_arena *arena)
{
    bool *doubted = kt_arena_array(arena, bool, of->count + 1);
    add_failed(out, "negative", count_negative(of, doubted), arena);
    add_failed(out, "sexes_add_up", count_sexes(of, doubted), arena);
    add_failed(out, "cumulative_falls", count_falls(of, doubted), arena);
    add_failed(out, "far_above_target", count_far_above(of, doubted), arena);
    for (size_t i = 0; i < of->rules->check_count; i++) {
        const kt_indicator_check *check = &of->rules->checks[i];
        add_failed(out, check->id, count_check(of, check, doubted), arena);
    }
    out->doubted = doubted;
}

static kt_compliance_status status_of(const kt_compliance_question *of, const kt_compliance *found)
{
    if (of->exempt) {
        return KT_COMPLIANCE_EXEMPT;
    }
    if (found->inconsistent_n > 0) {
        return KT_COMPLIANCE_INCONSISTENT;
    }
    if (found->required_n == 0) {
        return KT_COMPLIANCE_NOT_DUE;
    }
    if (found->reported_n == 0) {
        return KT_COMPLIANCE_MISSING;
    }
    return found->overdue_n == 0 ? KT_COMPLIANCE_COMPLETE : KT_COMPLIANCE_PARTIAL;
}

kt_compliance kt_compliance_of(const kt_compliance_question *question, kt_arena *arena)
{
    kt_compliance out = {.checks_failed = ""};
    count_reports(question, &out);
    check_values(question, &out, arena);
    out.status = status_of(question, &out);
    return out;
}
