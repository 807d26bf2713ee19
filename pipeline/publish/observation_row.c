/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/observation_row.h"

#include <math.h>

#include "analysis/tightness.h"

enum {
    UNEMPLOYED = KT_OBSERVATION_WORDS,
    UNEMPLOYED_LOW,
    UNEMPLOYED_HIGH,
    UNEMPLOYED_STATUS,
    VACANCIES,
    VACANCIES_LOW,
    VACANCIES_HIGH,
    VACANCIES_STATUS,
    LABOUR_FORCE,
    LABOUR_FORCE_STATUS,
    TIGHTNESS,
    TIGHTNESS_LOW,
    TIGHTNESS_HIGH,
    TIGHTNESS_STATUS,
    OBS_STATUS,
    COLUMNS
};

static const char *const names[COLUMNS] = {
    [KT_WORD_TIME_PERIOD] = "time_period",
    [KT_WORD_PERIOD_START] = "period_start",
    [KT_WORD_SOURCE] = "source",
    [KT_WORD_REGION_LEVEL] = "region_level",
    [KT_WORD_REGION_CODE] = "region_code",
    [KT_WORD_OCCUPATION_LEVEL] = "occupation_level",
    [KT_WORD_OCCUPATION_CODE] = "occupation_code",
    [KT_WORD_REGION_NAME] = "region_name",
    [KT_WORD_OCCUPATION_NAME] = "occupation_name",
    [UNEMPLOYED] = "unemployed",
    [UNEMPLOYED_LOW] = "unemployed_low",
    [UNEMPLOYED_HIGH] = "unemployed_high",
    [UNEMPLOYED_STATUS] = "unemployed_status",
    [VACANCIES] = "vacancies",
    [VACANCIES_LOW] = "vacancies_low",
    [VACANCIES_HIGH] = "vacancies_high",
    [VACANCIES_STATUS] = "vacancies_status",
    [LABOUR_FORCE] = "labour_force",
    [LABOUR_FORCE_STATUS] = "labour_force_status",
    [TIGHTNESS] = "tightness",
    [TIGHTNESS_LOW] = "tightness_low",
    [TIGHTNESS_HIGH] = "tightness_high",
    [TIGHTNESS_STATUS] = "tightness_status",
    [OBS_STATUS] = "obs_status",
};

kt_status kt_observation_expect(const kt_schema *schema, kt_error *err)
{
    return kt_schema_expect(schema, names, COLUMNS, err);
}

/* While a row is made, value is the point that sums use where a figure is protected. */
typedef kt_published_figure figure;

static const figure not_collected = {{NAN, NAN, NAN}, KT_OBS_NOT_COLLECTED};

static size_t find_or_first(const kt_codes *codes, const char *code)
{
    const size_t position = kt_codes_find(codes, code);
    return position == KT_NO_CODE ? 0 : position;
}

kt_observation_slab kt_observation_slab_of(const kt_cube *cube, const kt_source *source)
{
    const kt_codes *measures = cube->codes[KT_ROLE_MEASURE];
    return (kt_observation_slab){
        .cube = cube,
        .unemployed = kt_codes_find(measures, "unemployed"),
        .vacancies = kt_codes_find(measures, "vacancies"),
        .labour_force = kt_codes_find(measures, "labour_force"),
        .sector = find_or_first(cube->codes[KT_ROLE_SECTOR], KT_TOTAL),
        .group = find_or_first(cube->codes[KT_ROLE_GROUP], KT_TOTAL),
        .protected_low = source->protected_low,
        .protected_high = source->protected_high,
    };
}

/* Persons and posts are whole; a sum of points need not be. It is rounded here, so that a row's
 * ratio is that of the figures that stand in the row. */
static figure figure_of(const kt_cube *cube, size_t cell, double low, double high, bool counts)
{
    figure one = {{cube->value[cell], cube->low[cell], cube->high[cell]},
                  (kt_obs)cube->status[cell]};
    if (counts && kt_obs_has_value(one.obs)) {
        one.is.value = round(one.is.value);
    } else if (kt_obs_shows_limits(one.obs)) {
        one.is = counts ? (kt_interval){.value = (low + high) / 2.0, .low = low, .high = high}
                        : not_collected.is; /* what a hidden mean can be nobody says */
    }
    return one;
}

static figure figure_at(const kt_observation_slab *slab, size_t measure, size_t region,
                        size_t occupation)
{
    if (measure == KT_NO_CODE) {
        return not_collected;
    }
    const size_t at[KT_ROLES] = {[KT_ROLE_MEASURE] = measure,
                                 [KT_ROLE_REGION] = region,
                                 [KT_ROLE_OCCUPATION] = occupation,
                                 [KT_ROLE_SECTOR] = slab->sector,
                                 [KT_ROLE_GROUP] = slab->group};
    return figure_of(slab->cube, kt_cube_at(slab->cube, at), slab->protected_low,
                     slab->protected_high, true);
}

/* O, L or M: there is no figure, and no interval either. */
static bool is_absent(figure one)
{
    return !kt_obs_has_interval(one.obs);
}

/* Nothing to divide by, whatever is hidden: no ratio can exist. Else what is absent hides the ratio
 * before what is protected does, and a ratio of figures is as good as the worse of them. A point of
 * 0 for what may be more gives no ratio either, but a least one. */
static kt_obs ratio_status(figure part, figure whole)
{
    if (!is_absent(whole) && !(whole.is.high > 0.0)) {
        return KT_OBS_IMPOSSIBLE;
    }
    if (is_absent(whole) || is_absent(part)) {
        const kt_obs w = is_absent(whole) ? whole.obs : KT_OBS_OBSERVED;
        const kt_obs p = is_absent(part) ? part.obs : KT_OBS_OBSERVED;
        return kt_obs_worse(w, p);
    }
    const bool hidden =
        kt_obs_is_hidden(whole.obs) || kt_obs_is_hidden(part.obs) || !(whole.is.value > 0.0);
    return hidden ? KT_OBS_PROTECTED : kt_obs_worse(whole.obs, part.obs);
}

/* Vacancies for each unemployed person, or the other way round. */
static figure ratio_of(figure part, figure whole)
{
    figure ratio = {.is = {NAN, NAN, NAN}, .obs = ratio_status(part, whole)};
    if (!is_absent(ratio)) {
        ratio.is = kt_tightness(whole.is, part.is);
    }
    /* Nothing of a hidden number: the ratio is 0 all the same. */
    if (ratio.obs == KT_OBS_PROTECTED && ratio.is.low == ratio.is.high) {
        ratio.obs = KT_OBS_ESTIMATED;
    }
    return ratio;
}

static figure shown(figure one)
{
    if (is_absent(one)) {
        one.is = not_collected.is;
    } else if (kt_obs_is_hidden(one.obs)) {
        one.is.value = NAN;
        one.obs = KT_OBS_PROTECTED; /* readers know one Q alone */
    }
    return one;
}

kt_published_figure kt_figure_published(const kt_cube *cube, size_t cell, const kt_source *source,
                                        bool counts)
{
    return shown(figure_of(cube, cell, source->protected_low, source->protected_high, counts));
}

kt_published_row kt_observation_figures(const kt_observation_slab *slab, size_t region,
                                        size_t occupation)
{
    const figure unemployed = figure_at(slab, slab->unemployed, region, occupation);
    const figure vacancies = figure_at(slab, slab->vacancies, region, occupation);
    const figure labour_force = figure_at(slab, slab->labour_force, region, occupation);
    return (kt_published_row){.unemployed = shown(unemployed),
                              .vacancies = shown(vacancies),
                              .labour_force = shown(labour_force),
                              .tightness = shown(ratio_of(vacancies, unemployed)),
                              .seekers_per_vacancy = shown(ratio_of(unemployed, vacancies))};
}

kt_obs kt_observation_status(const kt_published_row *row)
{
    return kt_obs_worse(kt_obs_worse(row->unemployed.obs, row->vacancies.obs),
                        kt_obs_worse(row->labour_force.obs, row->tightness.obs));
}

static void put_interval(kt_rows *rows, size_t column, kt_published_figure one)
{
    kt_rows_number(rows, column, one.is.value);
    kt_rows_number(rows, column + 1, one.is.low);
    kt_rows_number(rows, column + 2, one.is.high);
    kt_rows_status(rows, column + 3, one.obs);
}

kt_status kt_observation_write(const kt_observation_slab *slab, size_t region, size_t occupation,
                               const kt_observation_words *words, kt_rows *rows, kt_error *err)
{
    const kt_published_row row = kt_observation_figures(slab, region, occupation);
    for (size_t i = 0; i < KT_OBSERVATION_WORDS; i++) {
        kt_rows_ready(rows, i, words->word[i]);
    }
    put_interval(rows, UNEMPLOYED, row.unemployed);
    put_interval(rows, VACANCIES, row.vacancies);
    kt_rows_number(rows, LABOUR_FORCE, row.labour_force.is.value);
    kt_rows_status(rows, LABOUR_FORCE_STATUS, row.labour_force.obs);
    put_interval(rows, TIGHTNESS, row.tightness);
    kt_rows_status(rows, OBS_STATUS, kt_observation_status(&row));
    return kt_rows_end(rows, err);
}
