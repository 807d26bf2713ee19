/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projects/coverage_sheet.h"

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
    size_t theme, unknown; /* numbers of the scheme */
    const size_t *sectors; /* of each of the sheet: its number, or all */
    size_t unknown_sector;
    kt_arena *arena;
    kt_coverage_sheet *out;
} making;

static size_t regions_of(const kt_coverage_sheet *sheet)
{
    return sheet->level->count + 2;
}

static bool is_by_sector(const kt_coverage_sheet *sheet)
{
    return sheet->sector_count > 1;
}

static int64_t cents(const making *m, kt_funding_kind kind, kt_funding_slice slice)
{
    const kt_funding_question *question = &m->scheme->question;
    const bool none = (slice.theme != KT_FUNDING_ALL && slice.theme >= question->themes) ||
                      (slice.sector != KT_FUNDING_ALL && slice.sector >= question->sectors);
    return none ? 0 : kt_funding_sum(&m->scheme->funding, kind, slice);
}

static int64_t granted_to(const making *m, size_t place, size_t theme, size_t sector)
{
    return cents(m, KT_FUNDING_GRANTED,
                 (kt_funding_slice){m->out->choice.year, place, theme, sector});
}

/* Granted in a place to projects of which nobody knows the topic: the theme, of a sheet of sectors
 * the sector too. All projects need no theme. */
static int64_t without_topic(const making *m, size_t place)
{
    const int64_t theme = granted_to(m, place, m->unknown, KT_FUNDING_ALL);
    if (!is_by_sector(m->out)) {
        return theme;
    }
    const int64_t sector = granted_to(m, place, KT_FUNDING_ALL, m->unknown_sector);
    return m->theme == KT_FUNDING_ALL
               ? sector
               : theme + sector - granted_to(m, place, m->unknown, m->unknown_sector);
}

static void add_sector(const making *m, size_t place, size_t sector)
{
    kt_coverage_sheet *out = m->out;
    const size_t region = out->level->cell_of_place[place];
    const kt_funding_slice slice = {out->choice.year, place, m->theme, m->sectors[sector]};
    kt_coverage_money *money = &out->money[region * out->sector_count + sector];
    const int64_t granted = cents(m, KT_FUNDING_GRANTED, slice);
    money->granted += granted;
    money->realised += cents(m, KT_FUNDING_REALISED, slice);
    money->unclassified += without_topic(m, place);
    money->all_topics += granted_to(m, place, KT_FUNDING_ALL, KT_FUNDING_ALL);
    out->national += place == KT_PLACE_NATIONAL ? granted : 0;
    out->unlocated += place == KT_PLACE_UNLOCATED ? granted : 0;
    out->located += region < out->level->count ? granted : 0;
    out->shared +=
        region == kt_coverage_elsewhere(out->level) && place != KT_PLACE_UNLOCATED ? granted : 0;
}

static void add_places(const making *m)
{
    kt_coverage_sheet *out = m->out;
    for (size_t place = 0; place < m->study->places.place_count; place++) {
        for (size_t sector = 0; sector < out->sector_count; sector++) {
            add_sector(m, place, sector);
        }
    }
    out->undated =
        cents(m, KT_FUNDING_GRANTED,
              (kt_funding_slice){m->study->year_count, KT_FUNDING_ALL, m->theme, KT_FUNDING_ALL});
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
        kt_money_split(out->national, weights, out->level->count, parts);
    }
    for (size_t i = 0; i < out->level->count; i++) {
        out->money[i].national = known ? parts[i] : KT_NO_MONEY;
    }
}

static void spread_place(const making *m, size_t place, double *weights, int64_t *parts)
{
    kt_coverage_sheet *out = m->out;
    const bool *touched = &out->level->touched[place * out->level->count];
    const int64_t granted = granted_to(m, place, m->theme, KT_FUNDING_ALL);
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

/* Job seekers have no sector of their own: nothing of a sheet of sectors is spread by them. */
static void spread(const making *m)
{
    const kt_coverage_level *level = m->out->level;
    double *weights = kt_arena_array(m->arena, double, level->count + 1);
    int64_t *parts = kt_arena_array(m->arena, int64_t, level->count + 1);
    for (size_t i = 0; i < regions_of(m->out) * m->out->sector_count && is_by_sector(m->out); i++) {
        m->out->money[i].national = m->out->money[i].shared = KT_NO_MONEY;
    }
    if (is_by_sector(m->out)) {
        return;
    }
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
    for (size_t i = 0; i < regions_of(out) * out->sector_count; i++) {
        unknown += out->money[i].unclassified;
        all += out->money[i].all_topics;
        out->unclassified_share[i] = share(out->money[i].unclassified, out->money[i].all_topics);
    }
    out->classified_share = 1.0 - share(unknown, all);
    out->unlocated_share =
        share(out->unlocated + out->shared, out->located + out->unlocated + out->shared);
}

static void set_cell(const making *m, size_t region, size_t sector, int year)
{
    static const kt_need_figure nothing = {{NAN, NAN, NAN}, KT_OBS_NOT_COLLECTED};
    kt_coverage_sheet *out = m->out;
    const kt_coverage_figures *figures = m->study->figures;
    const kt_need_place place = {out->choice.need, out->choice.level, region, sector};
    const size_t at = kt_coverage_cell_at(out, region, sector);
    out->stocks[at] = !is_by_sector(out) ? kt_coverage_stocks_of(figures, place.level, region, year)
                      : out->has_period  ? kt_coverage_sector_stocks(figures, place, out->period)
                                         : (kt_coverage_stocks){NAN, NAN, NAN};
    out->needs[at] = out->has_period ? kt_coverage_need(figures, place, out->period) : nothing;
}

static void set_figures(const making *m)
{
    kt_coverage_sheet *out = m->out;
    const kt_coverage_choice at = out->choice;
    const int year = m->study->first_year + (int)at.year;
    out->has_period = kt_coverage_period(m->study->figures, at.need, at.level, year, &out->period);
    for (size_t i = 0; i < out->level->count * out->cell_sectors; i++) {
        set_cell(m, i / out->cell_sectors, i % out->cell_sectors, year);
    }
}

static void count_sector(const making *m, size_t sector, size_t *counts)
{
    kt_coverage_sheet *out = m->out;
    const size_t regions = regions_of(out);
    kt_funding_slice slice = {KT_FUNDING_ALL, 0, m->theme, m->sectors[sector]};
    for (int active = 0; active < 2; active++) {
        slice.span = active ? out->choice.year : KT_FUNDING_ALL;
        kt_funding_count(&m->scheme->question, out->level->cell_of_place, regions, slice, m->arena,
                         counts);
        for (size_t i = 0; i < regions; i++) {
            (active ? out->active : out->projects)[i * out->sector_count + sector] = counts[i];
        }
    }
}

static void count_projects(const making *m)
{
    size_t *counts = kt_arena_array(m->arena, size_t, regions_of(m->out));
    for (size_t i = 0; i < m->out->sector_count; i++) {
        count_sector(m, i, counts);
    }
}

/* The larger of what has no place and what has no topic; all projects need no theme. */
static double unknown_share(const making *m, size_t at)
{
    const bool any = m->theme == KT_FUNDING_ALL && !is_by_sector(m->out);
    const double topic = any ? NAN : m->out->unclassified_share[at];
    const double most = fmax(m->out->unlocated_share, topic); /* of one NAN the other */
    return isnan(most) ? 0.0 : most;
}

static kt_coverage_cell cell_of(const making *m, size_t region, size_t sector)
{
    const kt_coverage_sheet *out = m->out;
    const size_t at = region * out->sector_count + sector;
    const kt_need_figure *need = &out->needs[kt_coverage_cell_at(out, region, sector)];
    return (kt_coverage_cell){.funding = fmax((double)out->money[at].granted / 100.0, 0.0),
                              .need = need->is.value,
                              .need_low = need->is.low,
                              .need_high = need->is.high,
                              .active = out->active[at],
                              .unknown_share = unknown_share(m, at),
                              .hidden = kt_obs_is_hidden(need->obs)};
}

static kt_status cover(const making *m, kt_error *err)
{
    kt_coverage_sheet *out = m->out;
    const size_t count = out->level->count * out->cell_sectors;
    kt_coverage_cell *cells = kt_arena_array(m->arena, kt_coverage_cell, count + 1);
    for (size_t i = 0; i < count; i++) {
        cells[i] = cell_of(m, i / out->cell_sectors, i % out->cell_sectors);
    }
    return kt_coverage_make(cells, count, m->study->config->projects.needs.limits, m->arena,
                            &out->found, err);
}

/* The sheet's sectors, and their numbers in the money. */
static const size_t *set_sectors(const kt_coverage_study *study, const kt_coverage_scheme *scheme,
                                 kt_arena *arena, kt_coverage_sheet *out)
{
    const char *const *codes = NULL;
    const bool by_sector = kt_need_is_of_sectors(out->need);
    const size_t known = by_sector ? kt_coverage_sectors(study->figures, &codes) : 0;
    out->cell_sectors = by_sector ? known : 1;
    out->sector_count = known + 1;
    out->sector_level = by_sector ? "tol1" : KT_TOTAL;
    out->sectors = kt_arena_array(arena, const char *, out->sector_count);
    size_t *numbers = kt_arena_array(arena, size_t, out->sector_count);
    for (size_t i = 0; i < known; i++) {
        out->sectors[i] = codes[i];
        numbers[i] = kt_codes_find(scheme->sectors, codes[i]);
        numbers[i] = numbers[i] == KT_NO_CODE ? kt_codes_count(scheme->sectors) : numbers[i];
    }
    const size_t unknown = kt_codes_find(scheme->sectors, KT_TOPIC_UNKNOWN);
    out->sectors[known] = by_sector ? "_X" : KT_TOTAL;
    numbers[known] = !by_sector              ? KT_FUNDING_ALL
                     : unknown == KT_NO_CODE ? kt_codes_count(scheme->sectors)
                                             : unknown;
    return numbers;
}

static void make_room(kt_coverage_sheet *out, kt_arena *arena)
{
    const size_t rows = regions_of(out) * out->sector_count;
    const size_t cells = out->level->count * out->cell_sectors + 1;
    out->money = kt_arena_array(arena, kt_coverage_money, rows);
    out->projects = kt_arena_array(arena, size_t, rows);
    out->active = kt_arena_array(arena, size_t, rows);
    out->unclassified_share = kt_arena_array(arena, double, rows);
    out->needs = kt_arena_array(arena, kt_need_figure, cells);
    out->stocks = kt_arena_array(arena, kt_coverage_stocks, cells);
}

kt_status kt_coverage_sheet_make(const kt_coverage_study *study, kt_coverage_choice choice,
                                 kt_arena *arena, kt_coverage_sheet *out, kt_error *err)
{
    const kt_need *need = &study->config->projects.needs.needs[choice.need];
    const kt_need_topic *topic = &need->topics[choice.topic];
    *out = (kt_coverage_sheet){.choice = choice,
                               .need = need,
                               .topic = topic,
                               .level = &study->places.levels[choice.level]};
    const kt_coverage_scheme *scheme = scheme_of(study, topic->scheme);
    const size_t *sectors = set_sectors(study, scheme, arena, out);
    const making m = {.study = study,
                      .scheme = scheme,
                      .theme = theme_of(scheme, topic->code),
                      .unknown = theme_of(scheme, KT_TOPIC_UNKNOWN),
                      .sectors = sectors,
                      .unknown_sector = sectors[out->sector_count - 1],
                      .arena = arena,
                      .out = out};
    make_room(out, arena);
    set_figures(&m);
    add_places(&m);
    spread(&m);
    set_shares(&m);
    count_projects(&m);
    return cover(&m, err);
}
