/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "project_laari_figures.h"

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
    const kt_project_reports *all = from->reports;
    const kt_reported_list *list = scores ? &all->scores : &all->indicators;
    const bool *hidden = scores ? all->scores_hidden : all->hidden;
    const char *code = from->study->at[project]->is.text[KT_PROJECT_PROJECT_CODE];
    size_t first = 0;
    const size_t count = list->count == 0 ? 0 : kt_reported_of(list, code, &first);
    return count == 0 ? (kt_own_reports){NULL, NULL, 0}
                      : (kt_own_reports){list->at + first, hidden + first, count};
}

static bool is_of(const kt_reported *is, const char *code, bool target)
{
    return is->current && is->sex == KT_SEX_ALL && is->target == target &&
           strcmp(is->code, code) == 0;
}

kt_own_figure kt_own_figure_of(kt_own_reports of, const char *code, bool target, bool summed,
                               int64_t until)
{
    kt_own_figure out = {NAN, false, INT64_MIN, NULL};
    for (size_t i = 0; i < of.count; i++) {
        const int64_t end = kt_report_period_end(of.at[i].period);
        if (!is_of(&of.at[i], code, target) || end > until) {
            continue;
        }
        if (summed && !isnan(out.value) && end != KT_END_DAY && out.end != KT_END_DAY) {
            out.value += of.at[i].value;
            out.hidden = out.hidden || of.hidden[i];
            out.period = end > out.end ? of.at[i].period : out.period;
            out.end = end > out.end ? end : out.end;
        } else if (end > out.end) {
            out = (kt_own_figure){of.at[i].value, of.hidden[i], end, of.at[i].period};
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
    }
}

kt_laari_figure kt_laari_figure_of(const kt_laari_source *from, size_t project,
                                   const kt_indicator *indicator)
{
    const kt_own_reports of = kt_own_reports_of(from, project, false);
    const bool summed = !from->settings->laarit->cumulative;
    const kt_own_figure target = kt_own_figure_of(of, indicator->code, true, false, KT_END_DAY);
    const kt_own_figure realised = kt_own_figure_of(of, indicator->code, false, summed, KT_END_DAY);
    const int64_t cents = from->study->at[project]->is.sum[KT_PROJECT_REALISED];
    kt_laari_figure out = {.target = target.value,
                           .realised = realised.value,
                           .base = NAN,
                           .euros = cents == KT_NO_MONEY ? NAN : (double)cents / 100.0,
                           .target_hidden = target.hidden,
                           .realised_hidden = realised.hidden};
    if (!isnan(realised.value)) {
        add_base(of, indicator, summed, realised.end, &out);
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
