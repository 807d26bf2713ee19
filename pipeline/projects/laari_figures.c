/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projects/laari_figures.h"

#include <math.h>
#include <string.h>

kt_laari_members kt_laari_members_of(const kt_laari_study *laarit, size_t laari, size_t count,
                                     kt_arena *arena)
{
    kt_laari_members out = {.at = kt_arena_array(arena, size_t, count + 1)};
    for (size_t i = 0; i < count; i++) {
        if (laarit->of[i] == laari) {
            out.at[out.count++] = i;
        }
    }
    return out;
}

kt_own_reports kt_own_reports_of(const kt_laari_source *from, size_t project, bool scores)
{
    const kt_project_reports *all = from->reported->reports;
    const kt_reported_list *list = scores ? &all->scores : &all->indicators;
    const bool *hidden = scores ? all->scores_hidden : all->hidden;
    const bool *doubted = scores ? NULL : from->judged->doubted;
    const char *code = from->reported->study->at[project]->is.text[KT_PROJECT_PROJECT_CODE];
    size_t first = 0;
    const size_t count = list->count == 0 ? 0 : kt_reported_of(list, code, &first);
    return count == 0 ? (kt_own_reports){0}
                      : (kt_own_reports){list->at + first, hidden + first,
                                         doubted == NULL ? NULL : doubted + first, count};
}

static bool is_of(const kt_reported *is, const char *code, bool target)
{
    return is->current && is->sex == KT_SEX_ALL && is->target == target &&
           strcmp(is->code, code) == 0;
}

static kt_own_figure figure_at(kt_own_reports of, size_t at)
{
    return (kt_own_figure){.value = of.at[at].value,
                           .hidden = of.hidden[at],
                           .doubted = of.doubted != NULL && of.doubted[at],
                           .end = kt_report_period_end(of.at[at].period),
                           .period = of.at[at].period};
}

static kt_own_figure sum_of(kt_own_figure a, kt_own_figure b)
{
    const kt_own_figure *newest = b.end > a.end ? &b : &a;
    return (kt_own_figure){.value = a.value + b.value,
                           .hidden = a.hidden || b.hidden,
                           .doubted = a.doubted || b.doubted,
                           .end = newest->end,
                           .period = newest->period};
}

kt_own_figure kt_own_figure_of(kt_own_reports of, const char *code, bool target, bool summed,
                               int64_t until)
{
    kt_own_figure out = {.value = NAN, .end = INT64_MIN};
    for (size_t i = 0; i < of.count; i++) {
        const kt_own_figure one = figure_at(of, i);
        if (!is_of(&of.at[i], code, target) || one.end > until) {
            continue;
        }
        if (summed && !isnan(out.value) && one.end != KT_END_DAY && out.end != KT_END_DAY) {
            out = sum_of(out, one);
        } else if (one.end > out.end) {
            out = one;
        }
    }
    return out;
}

static void add_base(kt_own_reports of, const kt_indicator *indicator, bool summed, int64_t until,
                     kt_laari_figure *out)
{
    out->base = indicator->parent_count == 0 ? NAN : 0.0;
    for (size_t i = 0; i < indicator->parent_count; i++) {
        const kt_own_figure part =
            kt_own_figure_of(of, indicator->parents[i], false, summed, until);
        out->base += part.value;
        out->base_hidden = out->base_hidden || part.hidden;
        out->doubted = out->doubted || part.doubted;
    }
}

/* What an ended project spent and reached changes no more: neither day is later than its end. What
 * it reached at an end that nobody knows is of no day. */
static bool of_other_days(int64_t counted, int64_t money, int64_t end, long within)
{
    if (money == KT_NO_DAY) {
        return false;
    }
    const int64_t first = end != KT_NO_DAY && end < counted ? end : counted;
    const int64_t second = end != KT_NO_DAY && end < money ? end : money;
    return first == KT_END_DAY || (first > second ? first - second : second - first) > within;
}

kt_laari_said kt_laari_said_of(const kt_laari_source *from, size_t project,
                               const kt_indicator *indicator)
{
    const kt_own_reports of = kt_own_reports_of(from, project, false);
    const kt_laarit *laarit = from->reported->settings->laarit;
    const bool summed = !laarit->cumulative;
    const kt_own_figure target = kt_own_figure_of(of, indicator->code, true, false, KT_END_DAY);
    const kt_own_figure realised = kt_own_figure_of(of, indicator->code, false, summed, KT_END_DAY);
    const kt_project_version *version = from->reported->study->at[project];
    const int64_t cents = version->is.sum[KT_PROJECT_REALISED];
    kt_laari_said out = {.is = {.target = target.value,
                                .realised = realised.value,
                                .base = NAN,
                                .euros = cents == KT_NO_MONEY ? NAN : (double)cents / 100.0,
                                .target_hidden = target.hidden,
                                .realised_hidden = realised.hidden,
                                .doubted = target.doubted || realised.doubted},
                         .period = realised.period,
                         .period_end = realised.end,
                         .money_day =
                             cents == KT_NO_MONEY ? KT_NO_DAY : version->last_snapshot_day};
    if (!isnan(realised.value)) {
        add_base(of, indicator, summed, realised.end, &out.is);
        out.is.other_days = of_other_days(realised.end, out.money_day, version->is.end_day,
                                          laarit->cost_within_days);
    }
    return out;
}

/* The position of the newest answers of a stage; of.count: none. */
static size_t answers_at(kt_own_reports of, const kt_scale *scale, kt_score_stage stage)
{
    size_t found = of.count;
    int64_t newest = INT64_MIN;
    for (size_t i = 0; i < of.count; i++) {
        const kt_reported *is = &of.at[i];
        const int64_t end = kt_report_period_end(is->period);
        if (is->current && is->stage == stage && strcmp(is->code, scale->code) == 0 &&
            end > newest) {
            found = i;
            newest = end;
        }
    }
    return found;
}

kt_laari_change kt_laari_change_of(const kt_laari_source *from, size_t project,
                                   const kt_scale *scale)
{
    const kt_own_reports of = kt_own_reports_of(from, project, true);
    const size_t start = answers_at(of, scale, KT_SCORE_START);
    const size_t end = answers_at(of, scale, KT_SCORE_END);
    kt_laari_change out = {.is = {NAN, NAN, NAN, NAN, NAN}};
    if (start == of.count || end == of.count) {
        return out;
    }
    const kt_reported *before = &of.at[start], *after = &of.at[end];
    out.is = (kt_project_change){.persons = fmin(before->persons, after->persons),
                                 .mean_before = before->value,
                                 .mean_after = after->value,
                                 .sd_before = before->sd,
                                 .sd_after = after->sd};
    out.reported = true;
    out.hidden = of.hidden[start] || of.hidden[end];
    return out;
}
