/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/cleanup.h"
#include "projects/laari_figures.h"
#include "projects/laari_reasons.h"
#include "projects/rows.h"
#include "transform/indicator_families.h"

enum column {
    LAARI_ID,
    INDICATOR_CODE,
    PROJECT_CODE,
    K_PROJECTS,
    N_REPORTING,
    TARGET,
    REALISED,
    ACHIEVEMENT,
    RATE,
    CI_LOW,
    CI_HIGH,
    CHANGE,
    CHANGE_LOW,
    CHANGE_HIGH,
    PERSONS,
    FUNNEL_LOW,
    FUNNEL_HIGH,
    OUTSIDE_FUNNEL,
    Q,
    DF,
    P_VALUE,
    I2,
    HOMOGENEOUS,
    MEAN_COSINE,
    SILHOUETTE,
    COST_PER_OUTPUT,
    COST_PER_RESULT,
    REASON,
    SNAPSHOT_AS_OF,
    OBS_STATUS,
    N_INCONSISTENT,
    MONEY_AS_OF,
    REPORT_PERIOD,
    N_COST,
    REASON_CODES,
    COLUMNS
};

static const char *const names[COLUMNS] = {"laari_id",
                                           "indicator_code",
                                           "project_code",
                                           "k_projects",
                                           "n_reporting",
                                           "target",
                                           "realised",
                                           "achievement",
                                           "rate",
                                           "ci_low",
                                           "ci_high",
                                           "change",
                                           "change_low",
                                           "change_high",
                                           "persons",
                                           "funnel_low",
                                           "funnel_high",
                                           "outside_funnel",
                                           "q",
                                           "df",
                                           "p_value",
                                           "i2",
                                           "homogeneous",
                                           "mean_cosine",
                                           "silhouette",
                                           "cost_per_output",
                                           "cost_per_result",
                                           "reason",
                                           "snapshot_as_of",
                                           "obs_status",
                                           "n_inconsistent",
                                           "money_as_of",
                                           "report_period",
                                           "n_cost",
                                           "reason_codes"};

#define WHOLE       "_T" /* in place of a project: all of the cluster */
#define NORMAL_95   1.959963984540054
#define I2_LIMIT    0.75
#define LEAST       3 /* projects of a pooled figure, whatever a cluster says */
#define FEW_PERSONS 5.0

/* One row before it is written; NAN and NULL are empty. */
typedef struct result_row {
    const char *project;
    double number[COLUMNS]; /* of the columns that are figures */
    const char *outside, *homogeneous, *reason;
    const char *report_period;
    int64_t money_day; /* KT_NO_DAY */
    kt_obs status;
} result_row;

typedef struct writing {
    const kt_analysis_job *job;
    const kt_laari_source *from;
    const kt_laari_study *laarit;
    const kt_laari *laari;
    const kt_cohesion *cohesion; /* of the cluster */
    kt_laari_members members;
    kt_pooling pooling;
    kt_indicator_families families;
    kt_rows *rows;
} writing;

static result_row empty_row(const char *project)
{
    result_row row = {.project = project, .money_day = KT_NO_DAY, .status = KT_OBS_OBSERVED};
    for (size_t i = 0; i < COLUMNS; i++) {
        row.number[i] = NAN;
    }
    return row;
}

static kt_status put_row(const writing *w, const char *code, const result_row *row, kt_error *err)
{
    const char *const texts[COLUMNS] = {
        [LAARI_ID] = w->laari->id,        [INDICATOR_CODE] = code,
        [PROJECT_CODE] = row->project,    [OUTSIDE_FUNNEL] = row->outside,
        [HOMOGENEOUS] = row->homogeneous, [REASON] = row->reason};
    char day[KT_INSTANT_SIZE], period[KT_REPORT_PERIOD_SIZE];
    for (size_t i = 0; i < SNAPSHOT_AS_OF; i++) {
        const bool text = i < K_PROJECTS || i == OUTSIDE_FUNNEL || i == HOMOGENEOUS || i == REASON;
        if (text) {
            kt_rows_text(w->rows, i, texts[i]);
        } else {
            kt_rows_number(w->rows, i, row->number[i]);
        }
    }
    const kt_project_study *study = w->from->reported->study;
    kt_rows_text(w->rows, SNAPSHOT_AS_OF, kt_day_words(kt_newest_list_day(study), day));
    kt_rows_status(w->rows, OBS_STATUS, row->status);
    kt_rows_number(w->rows, N_INCONSISTENT, row->number[N_INCONSISTENT]);
    kt_rows_text(w->rows, MONEY_AS_OF, kt_day_words(row->money_day, day));
    kt_rows_text(w->rows, REPORT_PERIOD,
                 row->report_period == NULL ? NULL
                                            : kt_report_period_code(row->report_period, period));
    kt_rows_number(w->rows, N_COST, row->number[N_COST]);
    kt_rows_text(w->rows, REASON_CODES, kt_laari_reason_codes(row->reason, w->job->arena));
    return kt_rows_end(w->rows, err);
}

static void put_heterogeneity(const kt_heterogeneity *of, const char *reason, result_row *row)
{
    row->number[Q] = of->q;
    row->number[DF] = isnan(of->q) ? NAN : (double)of->df;
    row->number[P_VALUE] = of->p_value;
    row->number[I2] = of->i2;
    row->reason = reason;
    row->homogeneous = reason == NULL                           ? "true"
                       : strcmp(reason, "not homogeneous") == 0 ? "false"
                                                                : NULL;
}

static void put_funnel(const kt_funnel *funnel, bool shown, result_row *row)
{
    if (shown && !isnan(funnel->low)) {
        row->number[FUNNEL_LOW] = funnel->low;
        row->number[FUNNEL_HIGH] = funnel->high;
        row->outside = funnel->outside ? "true" : "false";
    }
}

static bool is_output(const kt_indicator *indicator)
{
    return strcmp(indicator->kind, "output") == 0;
}

static void put_cost(const kt_indicator *indicator, double cost, result_row *row)
{
    row->number[is_output(indicator) ? COST_PER_OUTPUT : COST_PER_RESULT] = cost;
}

/* Why figures of the row are not said, one after the other. */
static void add_reason(const writing *w, const char *reason, result_row *row)
{
    if (reason != NULL) {
        row->reason = row->reason == NULL
                          ? reason
                          : kt_arena_print(w->job->arena, "%s; %s", row->reason, reason);
    }
}

/* The cluster and how alike its projects are. */
static result_row whole_row(const writing *w, size_t reporting)
{
    result_row row = empty_row(WHOLE);
    row.number[K_PROJECTS] = (double)w->members.count;
    row.number[N_REPORTING] = (double)reporting;
    if (w->cohesion != NULL) {
        row.number[MEAN_COSINE] = kt_shown_cosine(w->cohesion->mean_cosine);
        row.number[SILHOUETTE] = kt_shown_cosine(w->cohesion->silhouette);
    }
    if (reporting == 0) {
        row.status = KT_OBS_MISSING;
        row.reason = "not reported";
    }
    return row;
}

static result_row hidden_row(const writing *w, size_t reporting)
{
    result_row row = whole_row(w, reporting);
    row.status = KT_OBS_PROTECTED;
    row.reason = KT_REASON_HIDDEN;
    return row;
}

/* One indicator of the cluster. */
typedef struct indicator_result {
    const kt_indicator *indicator;
    kt_laari_said *said; /* of each member */
    kt_laari_result result;
    bool hidden; /* of the whole nothing may be shown */
} indicator_result;

/* A rate of the whole may be said; of an indicator that is no share there is none. */
static bool has_rate(const indicator_result *of)
{
    return of->indicator->parent_count > 0 && !of->hidden && of->result.rate.reason == NULL;
}

/* The newest of the report periods and of the days of money that are in the whole. */
static void put_days(const writing *w, const indicator_result *of, result_row *row)
{
    int64_t newest = INT64_MIN;
    for (size_t i = 0; i < w->members.count; i++) {
        const kt_laari_said *said = &of->said[i];
        if (said->period == NULL || said->is.doubted) {
            continue;
        }
        if (said->period_end > newest) {
            newest = said->period_end;
            row->report_period = said->period;
        }
        if (said->money_day != KT_NO_DAY &&
            (row->money_day == KT_NO_DAY || said->money_day > row->money_day)) {
            row->money_day = said->money_day;
        }
    }
}

/* Figures of a share of the whole, and why there are few or none. */
static void put_share(const writing *w, const indicator_result *of, result_row *row)
{
    const kt_laari_result *result = &of->result;
    const bool few = result->left_out > 0 && result->rated < w->pooling.least_projects;
    if (of->indicator->parent_count > 0 && result->reporting > 0) {
        put_heterogeneity(&result->rate.heterogeneity, result->rate.reason, row);
    } else if (result->reporting > 0 && result->reporting == result->left_out) {
        row->reason = "no project";
    }
    if (row->reason != NULL && result->reporting > 0 && few) {
        row->reason = kt_arena_print(w->job->arena, "%s: %zu left out as inconsistent", row->reason,
                                     result->left_out);
    }
    if (has_rate(of)) {
        row->number[RATE] = result->rate.all.share;
        row->number[CI_LOW] = result->rate.all.low;
        row->number[CI_HIGH] = result->rate.all.high;
    }
}

static kt_status add_whole(const writing *w, const indicator_result *of, kt_error *err)
{
    const kt_laari_result *result = &of->result;
    const bool priced = is_output(of->indicator) || has_rate(of);
    result_row row = whole_row(w, result->reporting);
    if (of->hidden) {
        row = hidden_row(w, result->reporting);
        return put_row(w, of->indicator->code, &row, err);
    }
    row.number[TARGET] = result->target;
    row.number[REALISED] = result->realised;
    row.number[ACHIEVEMENT] = result->achievement;
    row.number[N_INCONSISTENT] = (double)result->left_out;
    put_share(w, of, &row);
    put_days(w, of, &row);
    if (priced) {
        put_cost(of->indicator, result->cost, &row);
        row.number[N_COST] = (double)result->priced;
        add_reason(w, result->cost_reason, &row);
    }
    return put_row(w, of->indicator->code, &row, err);
}

static kt_status add_member(const writing *w, const indicator_result *of, size_t member,
                            kt_error *err)
{
    const kt_laari_said *said = &of->said[member];
    const kt_laari_figure *figure = &said->is;
    const kt_laari_share *share = &of->result.of[member];
    const bool done = !figure->realised_hidden, promised = !figure->target_hidden;
    const bool based = !figure->base_hidden;
    const kt_project *project = &w->from->reported->study->at[w->members.at[member]]->is;
    result_row row = empty_row(project->text[KT_PROJECT_PROJECT_CODE]);
    row.number[TARGET] = promised ? figure->target : NAN;
    row.number[REALISED] = done ? figure->realised : NAN;
    row.number[ACHIEVEMENT] = done && promised ? share->achievement : NAN;
    if (done && based) {
        row.number[RATE] = share->rate.share;
        row.number[CI_LOW] = share->rate.low;
        row.number[CI_HIGH] = share->rate.high;
        row.reason = share->reason;
        put_funnel(&share->funnel, has_rate(of), &row);
    }
    row.report_period = said->period;
    row.money_day = said->period == NULL ? KT_NO_DAY : said->money_day;
    if (done) {
        put_cost(of->indicator, share->cost, &row);
        add_reason(w, share->cost_reason, &row);
    }
    row.status = done && promised && based ? KT_OBS_OBSERVED : KT_OBS_PROTECTED;
    return put_row(w, of->indicator->code, &row, err);
}

static bool says_something(const kt_laari_figure *figure)
{
    return !isnan(figure->target) || !isnan(figure->realised);
}

static kt_status add_indicator(const writing *w, const indicator_result *of, kt_error *err)
{
    KT_TRY(add_whole(w, of, err));
    for (size_t i = 0; i < w->members.count; i++) {
        KT_TRY(says_something(&of->said[i].is) ? add_member(w, of, i, err) : KT_OK);
    }
    return KT_OK;
}

static const indicator_result *result_of(const indicator_result *results, size_t count,
                                         const char *code)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(results[i].indicator->code, code) == 0) {
            return &results[i];
        }
    }
    return NULL;
}

/* What sums of a base's indicators have of a project and the sum of bases does not. */
typedef struct difference {
    double value;
    bool hidden;
} difference;

static difference difference_of(const indicator_result *of, const indicator_result *const *bases,
                                size_t member)
{
    const kt_laari_figure *own = &of->said[member].is;
    const bool in_base = !own->doubted && !isnan(of->result.of[member].rate.share);
    difference out = {.value = in_base ? -own->base : 0.0, .hidden = in_base && own->base_hidden};
    for (size_t i = 0; i < of->indicator->parent_count; i++) {
        const kt_laari_figure *base = &bases[i]->said[member].is;
        if (!base->doubted && !isnan(base->realised)) {
            out.value += base->realised;
            out.hidden = out.hidden || base->realised_hidden;
        }
    }
    return out;
}

/* Who subtracts the sum of bases from the sums of what they are made of is told of the projects
 * that are in these alone, or there with a newer figure. */
static bool base_tells(const writing *w, const indicator_result *of,
                       const indicator_result *results)
{
    const size_t count = w->laari->indicator_count, parents = of->indicator->parent_count;
    const indicator_result **bases =
        kt_arena_array(w->job->arena, const indicator_result *, parents + 1);
    for (size_t i = 0; i < parents; i++) {
        bases[i] = result_of(results, count, of->indicator->parents[i]);
        if (bases[i] == NULL) {
            return false;
        }
    }
    size_t hidden_count = 0;
    double hidden = 0.0;
    for (size_t i = 0; i < w->members.count && parents > 0; i++) {
        const difference one = difference_of(of, bases, i);
        if (one.hidden && one.value != 0.0) {
            hidden_count++;
            hidden += fabs(one.value);
        }
    }
    return kt_hidden_is_told(hidden_count, hidden);
}

/* What sums of indicators have of a project; false if one of them has no sum. */
static bool sums_of(const writing *w, const indicator_result *results, const size_t *indicators,
                    size_t count, size_t member, difference *out)
{
    *out = (difference){0};
    for (size_t i = 0; i < count; i++) {
        const char *code = w->from->reported->settings->indicators->at[indicators[i]].code;
        const indicator_result *of = result_of(results, w->laari->indicator_count, code);
        if (of == NULL) {
            return false;
        }
        const kt_laari_figure *one = &of->said[member].is;
        if (!one->doubted && !isnan(one->realised)) {
            out->value += one->realised;
            out->hidden = out->hidden || one->realised_hidden;
        }
    }
    return true;
}

/* Who subtracts sums of parts from the sum of their whole is told of the projects in which some are
 * left, whichever parts are reported. */
static bool family_tells(const writing *w, const indicator_result *results,
                         const kt_indicator_family *family)
{
    size_t hidden_count = 0;
    double hidden = 0.0;
    difference whole, parts;
    for (size_t i = 0; i < w->members.count && family->part_count > 0; i++) {
        if (!sums_of(w, results, family->whole, family->whole_count, i, &whole) ||
            !sums_of(w, results, family->parts, family->part_count, i, &parts)) {
            return false;
        }
        if ((whole.hidden || parts.hidden) && whole.value != parts.value) {
            hidden_count++;
            hidden += fabs(whole.value - parts.value);
        }
    }
    return kt_hidden_is_told(hidden_count, hidden);
}

/* Sums of several indicators tie each other as those of a project do: if one of them would tell a
 * hidden figure, none of those with hidden figures is shown. */
static void hide(const writing *w, indicator_result *results, size_t count)
{
    bool tells = false;
    for (size_t i = 0; i < count; i++) {
        tells = tells || results[i].result.tells || base_tells(w, &results[i], results);
    }
    for (size_t i = 0; i < w->families.count; i++) {
        tells = tells || family_tells(w, results, &w->families.at[i]);
    }
    for (size_t i = 0; i < count; i++) {
        results[i].hidden = tells && results[i].result.any_hidden;
    }
}

static kt_status add_indicators(const writing *w, kt_error *err)
{
    kt_arena *arena = w->job->arena;
    const size_t count = w->laari->indicator_count;
    indicator_result *results = kt_arena_array(arena, indicator_result, count + 1);
    for (size_t i = 0; i < count; i++) {
        indicator_result *one = &results[i];
        one->indicator = kt_indicator_find(w->from->reported->settings->indicators,
                                           w->laari->indicators[i].code);
        one->said = kt_arena_array(arena, kt_laari_said, w->members.count + 1);
        kt_laari_figure *figures = kt_arena_array(arena, kt_laari_figure, w->members.count + 1);
        for (size_t j = 0; j < w->members.count; j++) {
            one->said[j] = kt_laari_said_of(w->from, w->members.at[j], one->indicator);
            figures[j] = one->said[j].is;
        }
        one->result = kt_laari_result_of(figures, w->members.count, w->pooling, arena);
    }
    hide(w, results, count);
    for (size_t i = 0; i < count; i++) {
        KT_TRY(add_indicator(w, &results[i], err));
    }
    return KT_OK;
}

/* One scale of the cluster. */
typedef struct scale_result {
    const kt_scale *scale;
    kt_laari_change *of; /* of each member */
    kt_pooled_change pooled;
    size_t reporting;
} scale_result;

static void put_change(const kt_pooled_change *of, result_row *row)
{
    row->number[CHANGE] = of->change;
    row->number[CHANGE_LOW] = of->low;
    row->number[CHANGE_HIGH] = of->high;
}

static bool is_told(const scale_result *of)
{
    return of->pooled.persons > 0.0 && of->pooled.persons < FEW_PERSONS;
}

static kt_status add_whole_scale(const writing *w, const scale_result *of, kt_error *err)
{
    result_row row = is_told(of) ? hidden_row(w, of->reporting) : whole_row(w, of->reporting);
    if (!is_told(of) && of->reporting > 0) {
        put_heterogeneity(&of->pooled.heterogeneity, of->pooled.reason, &row);
        row.number[PERSONS] = of->pooled.persons;
        if (of->pooled.reason == NULL) {
            put_change(&of->pooled, &row);
        }
    }
    return put_row(w, of->scale->code, &row, err);
}

static kt_status add_scale_member(const writing *w, const scale_result *of, size_t member,
                                  kt_error *err)
{
    const kt_laari_change *change = &of->of[member];
    const kt_project *project = &w->from->reported->study->at[w->members.at[member]]->is;
    result_row row = empty_row(project->text[KT_PROJECT_PROJECT_CODE]);
    row.status = change->hidden ? KT_OBS_PROTECTED : KT_OBS_OBSERVED;
    if (!change->hidden) {
        const kt_pooled_change own =
            kt_pool_changes(&change->is, 1, of->scale->correlation, w->pooling, w->job->arena);
        put_change(&own, &row);
        row.number[CHANGE] = change->is.mean_after - change->is.mean_before;
        row.number[PERSONS] = change->is.persons;
        put_funnel(&of->pooled.funnel[member], !is_told(of) && of->pooled.reason == NULL, &row);
    }
    return put_row(w, of->scale->code, &row, err);
}

/* Hidden answers are in no figure of the whole: persons, weights and Q beside the shown ones would
 * tell how many they are and what they said. */
static kt_status add_scale(const writing *w, const kt_scale *scale, kt_error *err)
{
    const kt_project_change nobody = {NAN, NAN, NAN, NAN, NAN};
    kt_arena *arena = w->job->arena;
    const size_t count = w->members.count;
    kt_project_change *changes = kt_arena_array(arena, kt_project_change, count + 1);
    scale_result of = {.scale = scale, .of = kt_arena_array(arena, kt_laari_change, count + 1)};
    for (size_t i = 0; i < count; i++) {
        of.of[i] = kt_laari_change_of(w->from, w->members.at[i], scale);
        changes[i] = of.of[i].hidden ? nobody : of.of[i].is;
        of.reporting += of.of[i].reported ? 1 : 0;
    }
    of.pooled = kt_pool_changes(changes, count, scale->correlation, w->pooling, arena);
    KT_TRY(add_whole_scale(w, &of, err));
    for (size_t i = 0; i < count; i++) {
        KT_TRY(of.of[i].reported ? add_scale_member(w, &of, i, err) : KT_OK);
    }
    return KT_OK;
}

static kt_status add_laari(writing *w, size_t at, kt_error *err)
{
    const kt_project_settings *settings = w->from->reported->settings;
    w->laari = &settings->laarit->at[at];
    w->cohesion = w->laarit->cohesion == NULL ? NULL : &w->laarit->cohesion[at];
    w->members = kt_laari_members_of(w->laarit, at, w->from->reported->study->count, w->job->arena);
    w->pooling = (kt_pooling){.least_projects =
                                  w->laari->min_projects > LEAST ? w->laari->min_projects : LEAST,
                              .i2_limit = I2_LIMIT,
                              .z = NORMAL_95};
    KT_TRY(add_indicators(w, err));
    for (size_t i = 0; i < w->laari->score_count; i++) {
        KT_TRY(add_scale(w, w->laari->scores[i].scale, err));
    }
    return KT_OK;
}

kt_status kt_project_results_write(const kt_analysis_job *job, const kt_laari_source *from,
                                   const kt_laari_study *laarit, kt_error *err)
{
    KT_AUTO(rows) kt_rows *rows = NULL;
    KT_TRY(kt_project_rows_open(job, "laari_results", names, COLUMNS, &rows, err));
    writing w = {.job = job, .from = from, .laarit = laarit, .rows = rows};
    if (laarit->configured > 0) {
        w.families = kt_indicator_families_of(from->reported->settings->indicators, job->arena);
    }
    for (size_t i = 0; i < laarit->configured; i++) {
        KT_TRY(add_laari(&w, i, err));
    }
    return kt_rows_close(&rows, NULL, err);
}
