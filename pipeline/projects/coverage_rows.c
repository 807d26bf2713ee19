/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/codes.h"
#include "core/cube.h"
#include "projects/coverage_sheet.h"
#include "projects/rows.h"
#include "projects/white_spots.h"

/* Columns that all three tables begin with. */
enum {
    SNAPSHOT_AS_OF,
    TIME_PERIOD,
    PERIOD_START,
    REGION_LEVEL,
    REGION_CODE, /* of cells alone */
    CELL_KEY
};

enum column {
    SECTOR_LEVEL = CELL_KEY,
    SECTOR_CODE,
    NEED,
    THEME_SCHEME,
    THEME,
    N_PROJECTS,
    N_ACTIVE,
    FUNDING,
    REALISED,
    NATIONAL_SHARE,
    SHARED_SHARE,
    UNEMPLOYED,
    LONG_TERM,
    VACANCIES,
    NEED_VALUE,
    NEED_LOW,
    NEED_HIGH,
    NEED_MEASURE,
    NEED_PERIOD,
    NEED_SHARE,
    FUNDING_SHARE,
    RATIO,
    PER_UNEMPLOYED,
    PER_LONG_TERM,
    PER_VACANCY,
    UNLOCATED_SHARE,
    UNCLASSIFIED_SHARE,
    CLASS,
    ROBUSTNESS,
    METHOD,
    OBS_STATUS,
    COLUMNS
};

static const char *const names[COLUMNS] = {"snapshot_as_of",
                                           "time_period",
                                           "period_start",
                                           "region_level",
                                           "region_code",
                                           "sector_level",
                                           "sector_code",
                                           "need",
                                           "theme_scheme",
                                           "theme",
                                           "n_projects",
                                           "n_active",
                                           "funding_eur",
                                           "funding_realised_eur",
                                           "national_share_eur",
                                           "shared_share_eur",
                                           "unemployed",
                                           "long_term_unemployed",
                                           "vacancies",
                                           "need_value",
                                           "need_low",
                                           "need_high",
                                           "need_measure",
                                           "need_period",
                                           "need_share",
                                           "funding_share",
                                           "coverage_ratio",
                                           "eur_per_unemployed",
                                           "eur_per_long_term_unemployed",
                                           "eur_per_vacancy",
                                           "unlocated_share",
                                           "unclassified_share",
                                           "class",
                                           "robustness",
                                           "method",
                                           "obs_status"};

/* The tables on their way, and what their rows have in common. */
typedef struct writing {
    const kt_analysis_job *job;
    const kt_coverage_study *study;
    kt_rows *cells, *summaries, *spots;
    char day[KT_INSTANT_SIZE];
    const char *method;
} writing;

static double euros(int64_t cents)
{
    return cents == KT_NO_MONEY ? NAN : (double)cents / 100.0;
}

/* Of a row that has no such figure there is no ratio. */
static double per(int64_t cents, double persons)
{
    return persons > 0.0 ? euros(cents) / persons : NAN;
}

static kt_period period_of(const writing *w, const kt_coverage_sheet *sheet)
{
    return (kt_period){KT_YEARLY, w->study->first_year + (int)sheet->choice.year};
}

/* The keys of all tables up to the level of regions. */
static void put_time(const writing *w, const kt_coverage_sheet *sheet, const char *level,
                     kt_rows *rows)
{
    char name[KT_PERIOD_SIZE], start[KT_PERIOD_SIZE];
    const kt_period year = period_of(w, sheet);
    kt_rows_text(rows, SNAPSHOT_AS_OF, w->day);
    kt_rows_text(rows, TIME_PERIOD, kt_period_write(year, name));
    kt_rows_text(rows, PERIOD_START, kt_period_start(year, start));
    kt_rows_text(rows, REGION_LEVEL, level);
}

/* From the column of the sector on. */
static void put_topic(const kt_coverage_sheet *sheet, const char *sector, size_t sector_level,
                      kt_rows *rows)
{
    kt_rows_text(rows, sector_level, sheet->sector_level);
    kt_rows_text(rows, sector_level + 1, sector);
    kt_rows_text(rows, sector_level + 2, sheet->need->id);
    kt_rows_text(rows, sector_level + 3, sheet->topic->scheme);
    kt_rows_text(rows, sector_level + 4, sheet->topic->code);
}

static void put_money(const kt_coverage_sheet *sheet, size_t at, bool is_cell, kt_rows *rows)
{
    const kt_coverage_money *money = &sheet->money[at];
    kt_rows_number(rows, N_PROJECTS, (double)sheet->projects[at]);
    kt_rows_number(rows, N_ACTIVE, (double)sheet->active[at]);
    kt_rows_number(rows, FUNDING, euros(money->granted));
    kt_rows_number(rows, REALISED, euros(money->realised));
    kt_rows_number(rows, NATIONAL_SHARE, is_cell ? euros(money->national) : NAN);
    kt_rows_number(rows, SHARED_SHARE, is_cell ? euros(money->shared) : NAN);
}

static void put_need(const kt_coverage_sheet *sheet, size_t cell, kt_rows *rows)
{
    char period[KT_PERIOD_SIZE] = "";
    const kt_coverage_stocks *stocks = &sheet->stocks[cell];
    const kt_need_figure *need = &sheet->needs[cell];
    kt_rows_number(rows, UNEMPLOYED, stocks->unemployed);
    kt_rows_number(rows, LONG_TERM, stocks->long_term);
    kt_rows_number(rows, VACANCIES, stocks->vacancies);
    kt_rows_number(rows, NEED_VALUE, need->is.value);
    kt_rows_number(rows, NEED_LOW, need->is.low);
    kt_rows_number(rows, NEED_HIGH, need->is.high);
    kt_rows_text(rows, NEED_MEASURE, kt_need_measure_name(sheet->need->measure));
    kt_rows_text(rows, NEED_PERIOD,
                 sheet->has_period ? kt_period_write(sheet->period, period) : NULL);
}

/* at: the place of its money; cell: that of its need. */
static void put_coverage(const kt_coverage_sheet *sheet, size_t at, size_t cell, kt_rows *rows)
{
    const kt_covered_cell *covered = &sheet->found.cells[cell];
    const kt_coverage_stocks *stocks = &sheet->stocks[cell];
    const int64_t granted = sheet->money[at].granted;
    kt_rows_number(rows, NEED_SHARE, covered->need_share);
    kt_rows_number(rows, FUNDING_SHARE, covered->funding_share);
    kt_rows_number(rows, RATIO, covered->ratio);
    kt_rows_number(rows, PER_UNEMPLOYED, per(granted, stocks->unemployed));
    kt_rows_number(rows, PER_LONG_TERM, per(granted, stocks->long_term));
    kt_rows_number(rows, PER_VACANCY, per(granted, stocks->vacancies));
    kt_rows_number(rows, UNLOCATED_SHARE, sheet->unlocated_share);
    kt_rows_number(rows, UNCLASSIFIED_SHARE, sheet->unclassified_share[at]);
    kt_rows_text(rows, CLASS, kt_coverage_class_name(covered->class));
    const char *robustness = covered->fragile ? "fragile" : "robust";
    kt_rows_text(rows, ROBUSTNESS, isnan(sheet->needs[cell].is.value) ? NULL : robustness);
}

static kt_status add_cell(const writing *w, const kt_coverage_sheet *sheet, size_t region,
                          size_t sector, kt_error *err)
{
    const size_t at = region * sheet->sector_count + sector;
    const size_t cell = kt_coverage_cell_at(sheet, region, sector);
    put_time(w, sheet, sheet->level->name, w->cells);
    kt_rows_text(w->cells, REGION_CODE, sheet->level->cells[region]);
    put_topic(sheet, sheet->sectors[sector], SECTOR_LEVEL, w->cells);
    put_money(sheet, at, true, w->cells);
    put_need(sheet, cell, w->cells);
    put_coverage(sheet, at, cell, w->cells);
    kt_rows_text(w->cells, METHOD, w->method);
    kt_rows_status(w->cells, OBS_STATUS, sheet->needs[cell].obs);
    return kt_rows_end(w->cells, err);
}

static const char *region_called(const kt_coverage_level *level, size_t region)
{
    return region < level->count                   ? level->cells[region]
           : region == kt_coverage_national(level) ? "SSS"
                                                   : "_X";
}

/* Money in no single region, or of no known sector: it has no need of its own. */
static kt_status add_apart(const writing *w, const kt_coverage_sheet *sheet, size_t region,
                           size_t sector, kt_error *err)
{
    put_time(w, sheet, sheet->level->name, w->cells);
    kt_rows_text(w->cells, REGION_CODE, region_called(sheet->level, region));
    put_topic(sheet, sheet->sectors[sector], SECTOR_LEVEL, w->cells);
    put_money(sheet, region * sheet->sector_count + sector, false, w->cells);
    for (size_t column = UNEMPLOYED; column < METHOD; column++) {
        if (column == NEED_MEASURE) {
            kt_rows_text(w->cells, column, kt_need_measure_name(sheet->need->measure));
        } else {
            kt_rows_empty(w->cells, column);
        }
    }
    kt_rows_text(w->cells, METHOD, w->method);
    kt_rows_status(w->cells, OBS_STATUS, KT_OBS_IMPOSSIBLE);
    return kt_rows_end(w->cells, err);
}

static kt_status add_cells(const writing *w, const kt_coverage_sheet *sheet, kt_error *err)
{
    const size_t sectors = sheet->sector_count;
    for (size_t i = 0; i < (sheet->level->count + 2) * sectors; i++) {
        const size_t region = i / sectors, sector = i % sectors;
        const bool is_cell = region < sheet->level->count && sector < sheet->cell_sectors;
        KT_TRY(is_cell ? add_cell(w, sheet, region, sector, err)
                       : add_apart(w, sheet, region, sector, err));
    }
    return KT_OK;
}

enum summary_column {
    SUM_SECTOR_LEVEL = REGION_CODE,
    SUM_SECTOR_CODE,
    SUM_NEED,
    SUM_SCHEME,
    SUM_THEME,
    SUM_CELLS,
    DISSIMILARITY,
    HHI,
    GINI,
    CONCENTRATION,
    SPEARMAN,
    LOCATED,
    NATIONAL,
    SHARED,
    UNLOCATED,
    LISTED,
    UNDATED,
    LOCATED_SHARE,
    CLASSIFIED_SHARE,
    SUM_METHOD,
    SUM_STATUS,
    SUM_COLUMNS
};

static const char *const summary_names[SUM_COLUMNS] = {
    "snapshot_as_of", "time_period",         "period_start",
    "region_level",   "sector_level",        "sector_code",
    "need",           "theme_scheme",        "theme",
    "n_cells",        "dissimilarity",       "hhi",
    "gini",           "concentration_index", "spearman",
    "located_eur",    "national_eur",        "shared_eur",
    "unlocated_eur",  "listed_eur",          "undated_eur",
    "located_share",  "classified_share",    "method",
    "obs_status"};

/* The worst of the needs that are known; nothing is collected where none is. */
static kt_obs summary_status(const kt_coverage_sheet *sheet)
{
    kt_obs worst = KT_OBS_OBSERVED;
    for (size_t i = 0; i < sheet->level->count * sheet->cell_sectors; i++) {
        const kt_obs obs = sheet->needs[i].obs;
        worst = kt_obs_has_value(obs) ? kt_obs_worse(worst, obs) : worst;
    }
    return sheet->found.summary.cells == 0 ? KT_OBS_NOT_COLLECTED : worst;
}

static kt_status add_summary(const writing *w, const kt_coverage_sheet *sheet, kt_error *err)
{
    const kt_coverage_summary *found = &sheet->found.summary;
    kt_rows *rows = w->summaries;
    put_time(w, sheet, sheet->level->name, rows);
    put_topic(sheet, KT_TOTAL, SUM_SECTOR_LEVEL, rows);
    kt_rows_number(rows, SUM_CELLS, (double)found->cells);
    kt_rows_number(rows, DISSIMILARITY, found->dissimilarity);
    kt_rows_number(rows, HHI, found->hhi);
    kt_rows_number(rows, GINI, found->gini);
    kt_rows_number(rows, CONCENTRATION, found->concentration_index);
    kt_rows_number(rows, SPEARMAN, found->spearman);
    kt_rows_number(rows, LOCATED, euros(sheet->located));
    kt_rows_number(rows, NATIONAL, euros(sheet->national));
    kt_rows_number(rows, SHARED, euros(sheet->shared));
    kt_rows_number(rows, UNLOCATED, euros(sheet->unlocated));
    kt_rows_number(rows, LISTED,
                   euros(sheet->located + sheet->national + sheet->shared + sheet->unlocated));
    kt_rows_number(rows, UNDATED, euros(sheet->undated));
    kt_rows_number(rows, LOCATED_SHARE, 1.0 - sheet->unlocated_share);
    kt_rows_number(rows, CLASSIFIED_SHARE, sheet->classified_share);
    kt_rows_text(rows, SUM_METHOD, w->method);
    kt_rows_status(rows, SUM_STATUS, summary_status(sheet));
    return kt_rows_end(rows, err);
}

enum spot_column {
    SPOT_SECTOR_LEVEL = CELL_KEY,
    SPOT_SECTOR_CODE,
    SPOT_NEED,
    SPOT_SCHEME,
    SPOT_THEME,
    SPOT_RANK,
    SPOT_VALUE,
    NEAREST_CODE,
    NEAREST_SIMILARITY,
    SPOT_AREA,
    SPOT_ROBUSTNESS,
    SPOT_REASON,
    SPOT_METHOD,
    SPOT_STATUS,
    SPOT_COLUMNS
};

static const char *const spot_names[SPOT_COLUMNS] = {"snapshot_as_of",
                                                     "time_period",
                                                     "period_start",
                                                     "region_level",
                                                     "region_code",
                                                     "sector_level",
                                                     "sector_code",
                                                     "need",
                                                     "theme_scheme",
                                                     "theme",
                                                     "rank",
                                                     "need_value",
                                                     "nearest_project_code",
                                                     "nearest_similarity",
                                                     "coordinator_area",
                                                     "robustness",
                                                     "reason",
                                                     "method",
                                                     "obs_status"};

static kt_status add_spot(const writing *w, const kt_coverage_sheet *sheet,
                          const kt_white_spot *spot, kt_error *err)
{
    kt_rows *rows = w->spots;
    put_time(w, sheet, sheet->level->name, rows);
    kt_rows_text(rows, REGION_CODE, sheet->level->cells[spot->region]);
    put_topic(sheet, sheet->sectors[spot->sector], SPOT_SECTOR_LEVEL, rows);
    kt_rows_number(rows, SPOT_RANK, (double)spot->rank);
    kt_rows_number(rows, SPOT_VALUE, sheet->needs[spot->cell].is.value);
    kt_rows_text(rows, NEAREST_CODE, spot->nearest);
    kt_rows_number(rows, NEAREST_SIMILARITY, spot->nearest == NULL ? NAN : spot->similarity);
    kt_rows_text(rows, SPOT_AREA, sheet->level->areas[spot->region]);
    kt_rows_text(rows, SPOT_ROBUSTNESS,
                 sheet->found.cells[spot->cell].fragile ? "fragile" : "robust");
    kt_rows_text(rows, SPOT_REASON, spot->reason);
    kt_rows_text(rows, SPOT_METHOD, w->method);
    kt_rows_status(rows, SPOT_STATUS, sheet->needs[spot->cell].obs);
    return kt_rows_end(rows, err);
}

static kt_status add_spots(const writing *w, const kt_coverage_sheet *sheet, kt_arena *arena,
                           kt_error *err)
{
    kt_white_spot *spots = NULL;
    const size_t count = kt_white_spots_find(w->study, sheet, arena, &spots);
    for (size_t i = 0; i < count; i++) {
        KT_TRY(add_spot(w, sheet, &spots[i], err));
    }
    return KT_OK;
}

static kt_status add_sheet(const writing *w, kt_coverage_choice choice, kt_error *err)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("coverage of a need", 0);
    kt_coverage_sheet sheet;
    KT_TRY(kt_coverage_sheet_make(w->study, choice, arena, &sheet, err));
    KT_TRY(add_cells(w, &sheet, err));
    KT_TRY(add_summary(w, &sheet, err));
    return kt_white_spots_shown(w->study, choice) ? add_spots(w, &sheet, arena, err) : KT_OK;
}

static kt_status add_years(const writing *w, kt_coverage_choice choice, kt_error *err)
{
    for (choice.year = 0; choice.year < w->study->year_count; choice.year++) {
        KT_TRY(add_sheet(w, choice, err));
    }
    return KT_OK;
}

static kt_status add_need(const writing *w, size_t need, kt_error *err)
{
    const size_t topics = w->study->config->projects.needs.needs[need].topic_count;
    const size_t levels = w->study->places.level_count;
    for (size_t i = 0; i < topics * levels; i++) {
        const kt_coverage_choice choice = {.need = need, .topic = i / levels, .level = i % levels};
        const bool wanted = kt_need_has_level(&w->study->config->projects.needs.needs[need],
                                              w->study->places.levels[choice.level].name);
        KT_TRY(wanted ? add_years(w, choice, err) : KT_OK);
    }
    return KT_OK;
}

static kt_status write_all(writing *w, kt_error *err)
{
    const kt_need_settings *needs = &w->study->config->projects.needs;
    w->method =
        kt_arena_print(w->job->arena, "coverage 1 accrual=days thin=%g heavy=%g unknown_share=%g",
                       needs->limits.thin, needs->limits.heavy, needs->limits.unknown_share);
    kt_day_words(w->study->seen_day, w->day);
    for (size_t i = 0; i < needs->need_count && w->study->projects->count > 0; i++) {
        KT_TRY(add_need(w, i, err));
    }
    KT_TRY(kt_rows_close(&w->cells, NULL, err));
    KT_TRY(kt_rows_close(&w->summaries, NULL, err));
    return kt_rows_close(&w->spots, NULL, err);
}

static kt_status open_all(writing *w, kt_error *err)
{
    KT_TRY(kt_project_rows_open(w->job, "coverage", names, COLUMNS, &w->cells, err));
    KT_TRY(kt_project_rows_open(w->job, "coverage_summary", summary_names, SUM_COLUMNS,
                                &w->summaries, err));
    return kt_project_rows_open(w->job, "white_spots", spot_names, SPOT_COLUMNS, &w->spots, err);
}

kt_status kt_project_coverage_write(const kt_analysis_job *job, const kt_coverage_study *study,
                                    kt_error *err)
{
    writing w = {.job = job, .study = study};
    kt_status status = open_all(&w, err);
    if (status == KT_OK) {
        status = write_all(&w, err);
    }
    kt_rows_discard(w.cells);
    kt_rows_discard(w.summaries);
    kt_rows_discard(w.spots);
    return status;
}

size_t kt_need_indicators(const kt_analysis_job *job, const kt_indicator_words **out)
{
    const kt_need_settings *needs = &job->night->config->projects.needs;
    kt_indicator_words *all = kt_arena_array(job->arena, kt_indicator_words, needs->need_count + 1);
    for (size_t i = 0; i < needs->need_count; i++) {
        const kt_need *need = &needs->needs[i];
        all[i] = (kt_indicator_words){.id = need->id,
                                      .level = "need",
                                      .name = need->name,
                                      .definition = need->definition,
                                      .unit = need->unit};
    }
    *out = all;
    return needs->need_count;
}
