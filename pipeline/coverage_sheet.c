/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "coverage_sheet.h"

#include <math.h>
#include <string.h>

#include "core/codes.h"
#include "core/cube.h"

/* The theme that a scheme has for a code: all of them, or one that no project has. */
static size_t theme_of(const kt_coverage_scheme *scheme, const char *code)
{
    const size_t at = kt_codes_find(scheme->codes, code);
    return strcmp(code, KT_TOTAL) == 0 ? KT_FUNDING_ALL
           : at == KT_NO_CODE          ? kt_codes_count(scheme->codes)
                                       : at;
}

static const kt_coverage_scheme *scheme_of(const kt_coverage_study *study, const char *name)
{
    size_t at = 0;
    while (at + 1 < study->scheme_count && strcmp(study->schemes[at].name, name) != 0) {
        at++;
    }
    return &study->schemes[at];
}

typedef struct making {
    const kt_coverage_study *study;
    const kt_coverage_scheme *scheme;
    size_t theme, unknown;
    kt_arena *arena;
    kt_coverage_sheet *out;
} making;

static int64_t cents(const making *m, kt_funding_kind kind, size_t span, size_t place, size_t theme)
{
    const bool none = theme != KT_FUNDING_ALL && theme >= m->scheme->question.themes;
    return none ? 0
                : kt_funding_sum(&m->scheme->funding, kind,
                                 (kt_funding_slice){span, place, theme, KT_FUNDING_ALL});
}

static void add_places(const making *m)
{
    kt_coverage_sheet *out = m->out;
    const size_t span = out->choice.year;
    for (size_t i = 0; i < m->study->places.place_count; i++) {
        const size_t cell = out->level->cell_of_place[i];
        kt_coverage_money *money = &out->money[cell];
        const int64_t granted = cents(m, KT_FUNDING_GRANTED, span, i, m->theme);
        money->granted += granted;
        money->realised += cents(m, KT_FUNDING_REALISED, span, i, m->theme);
        money->unclassified += cents(m, KT_FUNDING_GRANTED, span, i, m->unknown);
        money->all_topics += cents(m, KT_FUNDING_GRANTED, span, i, KT_FUNDING_ALL);
        out->located += cell < out->level->count ? granted : 0;
        out->unlocated += i == KT_PLACE_UNLOCATED ? granted : 0;
    }
    out->shared = out->money[kt_coverage_elsewhere(out->level)].granted - out->unlocated;
    out->undated = cents(m, KT_FUNDING_GRANTED, m->study->year_count, KT_FUNDING_ALL, m->theme);
}

/* The unemployed of the cells that a place touches (NULL: all); false where one of them, or all
 * unemployed, are not known. */
static bool weigh_cells(const kt_coverage_sheet *sheet, const bool *touched, double *weights)
{
    double all = 0.0;
    for (size_t i = 0; i < sheet->level->count; i++) {
        weights[i] = touched == NULL || touched[i] ? sheet->stocks[i].unemployed : 0.0;
        all += weights[i];
    }
    return all > 0.0; /* not of NAN */
}

static void spread_national(const making *m, double *weights, int64_t *parts)
{
    kt_coverage_sheet *out = m->out;
    const bool known = weigh_cells(out, NULL, weights);
    if (known) {
        kt_money_split(out->money[kt_coverage_national(out->level)].granted, weights,
                       out->level->count, parts);
    }
    for (size_t i = 0; i < out->level->count; i++) {
        out->money[i].national = known ? parts[i] : KT_NO_MONEY;
    }
}

static void spread_place(const making *m, size_t place, double *weights, int64_t *parts)
{
    kt_coverage_sheet *out = m->out;
    const bool *touched = &out->level->touched[place * out->level->count];
    const int64_t granted = cents(m, KT_FUNDING_GRANTED, out->choice.year, place, m->theme);
    const bool known = granted == 0 || weigh_cells(out, touched, weights);
    if (granted != 0 && known) {
        kt_money_split(granted, weights, out->level->count, parts);
    }
    for (size_t i = 0; i < out->level->count && granted != 0; i++) {
        int64_t *shared = &out->money[i].shared;
        if (touched[i]) {
            *shared = known && *shared != KT_NO_MONEY ? *shared + parts[i] : KT_NO_MONEY;
        }
    }
}

static void spread(const making *m)
{
    const kt_coverage_level *level = m->out->level;
    double *weights = kt_arena_array(m->arena, double, level->count + 1);
    int64_t *parts = kt_arena_array(m->arena, int64_t, level->count + 1);
    spread_national(m, weights, parts);
    for (size_t i = KT_PLACE_FIXED; i < m->study->places.place_count; i++) {
        if (level->cell_of_place[i] == kt_coverage_elsewhere(level)) {
            spread_place(m, i, weights, parts);
        }
    }
}

static double share(int64_t part, int64_t whole)
{
    return whole > 0 ? fmin(fmax((double)part / (double)whole, 0.0), 1.0) : NAN;
}

static void set_shares(const making *m)
{
    kt_coverage_sheet *out = m->out;
    int64_t unknown = 0, all = 0;
    const size_t cells = out->level->count + 2;
    for (size_t i = 0; i < cells; i++) {
        unknown += out->money[i].unclassified;
        all += out->money[i].all_topics;
        out->unclassified_share[i] = share(out->money[i].unclassified, out->money[i].all_topics);
    }
    out->classified_share = 1.0 - share(unknown, all);
    out->unlocated_share =
        share(out->unlocated + out->shared, out->located + out->unlocated + out->shared);
}

static void set_figures(const making *m)
{
    kt_coverage_sheet *out = m->out;
    const kt_coverage_figures *figures = m->study->figures;
    const kt_coverage_choice at = out->choice;
    const int year = m->study->first_year + (int)at.year;
    out->has_period = kt_coverage_period(figures, at.need, at.level, year, &out->period);
    for (size_t i = 0; i < out->level->count; i++) {
        out->stocks[i] = kt_coverage_stocks_of(figures, at.level, i, year);
        out->needs[i] = out->has_period
                            ? kt_coverage_need(figures, at.need, at.level, i, out->period)
                            : (kt_need_figure){{NAN, NAN, NAN}, KT_OBS_NOT_COLLECTED};
    }
}

static void count_projects(const making *m)
{
    kt_coverage_sheet *out = m->out;
    const kt_funding_question *question = &m->scheme->question;
    const size_t cells = out->level->count + 2;
    kt_funding_slice slice = {KT_FUNDING_ALL, 0, m->theme, KT_FUNDING_ALL};
    kt_funding_count(question, out->level->cell_of_place, cells, slice, m->arena, out->projects);
    slice.span = out->choice.year;
    kt_funding_count(question, out->level->cell_of_place, cells, slice, m->arena, out->active);
}

/* The larger of what has no place and what has no topic; all projects need no topic. */
static double unknown_share(const making *m, size_t cell)
{
    const double topic = m->theme == KT_FUNDING_ALL ? NAN : m->out->unclassified_share[cell];
    const double most = fmax(m->out->unlocated_share, topic); /* of one NAN the other */
    return isnan(most) ? 0.0 : most;
}

static kt_status cover(const making *m, kt_error *err)
{
    kt_coverage_sheet *out = m->out;
    kt_coverage_cell *cells = kt_arena_array(m->arena, kt_coverage_cell, out->level->count + 1);
    for (size_t i = 0; i < out->level->count; i++) {
        const kt_need_figure *need = &out->needs[i];
        cells[i] = (kt_coverage_cell){.funding = fmax((double)out->money[i].granted / 100.0, 0.0),
                                      .need = need->is.value,
                                      .need_low = need->is.low,
                                      .need_high = need->is.high,
                                      .active = out->active[i],
                                      .unknown_share = unknown_share(m, i),
                                      .hidden = kt_obs_is_hidden(need->obs)};
    }
    return kt_coverage_make(cells, out->level->count, m->study->config->projects.needs.limits,
                            m->arena, &out->found, err);
}

kt_status kt_coverage_sheet_make(const kt_coverage_study *study, kt_coverage_choice choice,
                                 kt_arena *arena, kt_coverage_sheet *out, kt_error *err)
{
    const kt_need *need = &study->config->projects.needs.needs[choice.need];
    const kt_need_topic *topic = &need->topics[choice.topic];
    const kt_coverage_level *level = &study->places.levels[choice.level];
    const size_t cells = level->count + 2;
    *out =
        (kt_coverage_sheet){.choice = choice,
                            .need = need,
                            .topic = topic,
                            .level = level,
                            .money = kt_arena_array(arena, kt_coverage_money, cells),
                            .projects = kt_arena_array(arena, size_t, cells),
                            .active = kt_arena_array(arena, size_t, cells),
                            .needs = kt_arena_array(arena, kt_need_figure, level->count + 1),
                            .stocks = kt_arena_array(arena, kt_coverage_stocks, level->count + 1),
                            .unclassified_share = kt_arena_array(arena, double, cells)};
    const kt_coverage_scheme *scheme = scheme_of(study, topic->scheme);
    const making m = {.study = study,
                      .scheme = scheme,
                      .theme = theme_of(scheme, topic->code),
                      .unknown = theme_of(scheme, KT_TOPIC_UNKNOWN),
                      .arena = arena,
                      .out = out};
    set_figures(&m);
    add_places(&m);
    spread(&m);
    set_shares(&m);
    count_projects(&m);
    return cover(&m, err);
}
