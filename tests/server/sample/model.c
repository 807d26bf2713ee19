/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/sample/model.h"

#include <math.h>

#include "server/sample/dice.h"

/* How far a draw may be from what the published shares say. */
#define COUNTRY_SPREAD      0.02
#define MAAKUNTA_SPREAD     0.04
#define MUNICIPALITY_SPREAD 0.10
#define OCCUPATION_SPREAD   0.06
#define TILT_SPREAD         0.45
#define REVISION_SPREAD     0.002

#define PER_COUNTRY 10000.0 /* shares of causes and occupations */
#define PER_MONTH   1000.0  /* factors of months */

/* What dice are thrown for; each topic has dice of its own. */
enum { FOR_TILT, FOR_COUNTRY, FOR_PLACES, FOR_OCCUPATIONS, FOR_REVISION };

static void draw_tilt(kt_model *model, kt_arena *arena)
{
    for (size_t measure = 0; measure < 2; measure++) {
        const size_t cells = model->maakunta_count * model->occupation_count;
        model->tilt[measure] = kt_arena_array(arena, double, cells);
        kt_dice dice = kt_dice_for(model->seed, FOR_TILT, measure);
        for (size_t i = 0; i < cells; i++) {
            model->tilt[measure][i] = kt_dice_around_one(&dice, TILT_SPREAD);
        }
    }
}

/* Months and causes are found by their position, so the file must have each in its place. */
static kt_status check_shares(const kt_shares *shares, kt_error *err)
{
    static const char *const causes[KT_UNPLACED] = {"none_stated", "abroad", "elsewhere"};
    const kt_codes *given = shares->codes[KT_SHARE_UNALLOCATED];
    bool right = kt_codes_count(given) == KT_UNPLACED &&
                 kt_codes_count(shares->codes[KT_SHARE_MONTH]) == 12 &&
                 kt_codes_count(shares->codes[KT_SHARE_YEAR]) > 0;
    for (size_t i = 0; right && i < KT_UNPLACED; i++) {
        right = kt_codes_find(given, causes[i]) == i;
    }
    return right
               ? KT_OK
               : kt_fail(err, KT_ERR_CONFIG,
                         "config/sample/shares.csv: expected years, twelve months, and the causes "
                         "none_stated, abroad and elsewhere in this order");
}

kt_status kt_model_load(const char *config, uint64_t seed, kt_arena *arena, kt_model *out,
                        kt_error *err)
{
    *out = (kt_model){.seed = seed};
    KT_TRY(kt_places_load(kt_arena_print(arena, "%s/classifications", config), arena, &out->places,
                          err));
    KT_TRY(kt_shares_load(kt_arena_print(arena, "%s/sample/shares.csv", config), arena,
                          &out->shares, err));
    KT_TRY(check_shares(&out->shares, err));
    out->maakunta_count = kt_codes_count(out->places.codes[KT_PLACE_MAAKUNTA]);
    out->occupation_count = kt_codes_count(out->shares.codes[KT_SHARE_OCCUPATION]);
    draw_tilt(out, arena);
    return KT_OK;
}

size_t kt_model_months(const kt_model *model)
{
    return 12 * kt_codes_count(model->shares.codes[KT_SHARE_YEAR]);
}

const char *kt_model_year(const kt_model *model, size_t month)
{
    return kt_codes_at(model->shares.codes[KT_SHARE_YEAR], month / 12);
}

static void draw_country(const kt_model *model, size_t month, uint64_t draw, kt_model_month *out)
{
    const kt_shares *shares = &model->shares;
    kt_dice dice = kt_dice_for(model->seed, FOR_COUNTRY, month);
    kt_dice revision = kt_dice_for(model->seed ^ draw, FOR_REVISION, month);
    for (size_t i = 0; i < KT_MODEL_MEASURES; i++) {
        const double level = shares->figures[KT_SHARE_YEAR][i][month / 12];
        const double factor = shares->figures[KT_SHARE_MONTH][i][month % 12] / PER_MONTH;
        const bool moves = i != KT_LABOUR_FORCE; /* the register's figure is one a year */
        const double chance = moves ? kt_dice_around_one(&dice, COUNTRY_SPREAD) : 1.0;
        const double mended =
            moves && draw != 0 ? kt_dice_around_one(&revision, REVISION_SPREAD) : 1.0;
        out->country[i] = (int64_t)floor(level * factor * chance * mended);
    }
}

static int64_t draw_unplaced(const kt_model *model, size_t measure, kt_model_month *out)
{
    int64_t placed = out->country[measure];
    for (size_t cause = 0; cause < KT_UNPLACED; cause++) {
        const double share = model->shares.figures[KT_SHARE_UNALLOCATED][measure][cause];
        out->unplaced[measure][cause] =
            (int64_t)floor((double)out->country[measure] * share / PER_COUNTRY);
        placed -= out->unplaced[measure][cause];
    }
    return placed;
}

/* Weights of municipalities as published, each moved by chance. */
static kt_status weigh_municipalities(const kt_model *model, size_t month, size_t measure,
                                      double *weights, kt_error *err)
{
    const kt_codes *codes = model->places.codes[KT_PLACE_KUNTA];
    kt_dice dice = kt_dice_for(model->seed, FOR_PLACES, month * KT_MODEL_MEASURES + measure);
    for (size_t i = 0; i < kt_codes_count(codes); i++) {
        double share = 0;
        KT_TRY(kt_share_of(&model->shares, KT_SHARE_MUNICIPALITY, kt_codes_at(codes, i), measure,
                           &share, err));
        const double chance = kt_dice_around_one(&dice, MUNICIPALITY_SPREAD);
        weights[i] = share * (measure == KT_LABOUR_FORCE ? 1.0 : chance);
    }
    return KT_OK;
}

static void weigh_maakunta(const kt_model *model, size_t month, size_t measure,
                           const double *municipalities, double *weights)
{
    const size_t *parent = model->places.parent[KT_PLACE_MAAKUNTA];
    for (size_t i = 0; i < kt_codes_count(model->places.codes[KT_PLACE_KUNTA]); i++) {
        weights[parent[i]] += municipalities[i];
    }
    kt_dice dice = kt_dice_for(model->seed, FOR_PLACES, ~(month * KT_MODEL_MEASURES + measure));
    for (size_t i = 0; i < model->maakunta_count; i++) {
        const double chance = kt_dice_around_one(&dice, MAAKUNTA_SPREAD);
        weights[i] *= measure == KT_LABOUR_FORCE ? 1.0 : chance;
    }
}

/* A maakunta's figure to its municipalities: the weights of all others count as nothing. */
static void share_to_municipalities(const kt_model *model, const double *weights, size_t measure,
                                    kt_arena *arena, kt_model_month *out)
{
    const size_t count = kt_codes_count(model->places.codes[KT_PLACE_KUNTA]);
    const size_t *parent = model->places.parent[KT_PLACE_MAAKUNTA];
    double *own = kt_arena_array(arena, double, count);
    int64_t *parts = kt_arena_array(arena, int64_t, count);
    for (size_t maakunta = 0; maakunta < model->maakunta_count; maakunta++) {
        for (size_t i = 0; i < count; i++) {
            own[i] = parent[i] == maakunta ? weights[i] : 0.0;
        }
        kt_apportion(out->maakunta[measure][maakunta], own, count, parts);
        for (size_t i = 0; i < count; i++) {
            out->municipality[measure][i] += parts[i];
        }
    }
}

static kt_status draw_places(const kt_model *model, size_t month, size_t measure, kt_arena *arena,
                             kt_model_month *out, kt_error *err)
{
    const size_t count = kt_codes_count(model->places.codes[KT_PLACE_KUNTA]);
    double *municipalities = kt_arena_array(arena, double, count);
    double *weights = kt_arena_array(arena, double, model->maakunta_count);
    out->maakunta[measure] = kt_arena_array(arena, int64_t, model->maakunta_count);
    out->municipality[measure] = kt_arena_array(arena, int64_t, count);
    const int64_t placed = draw_unplaced(model, measure, out);
    KT_TRY(weigh_municipalities(model, month, measure, municipalities, err));
    weigh_maakunta(model, month, measure, municipalities, weights);
    kt_apportion(placed, weights, model->maakunta_count, out->maakunta[measure]);
    share_to_municipalities(model, municipalities, measure, arena, out);
    return KT_OK;
}

static void draw_occupations(const kt_model *model, size_t month, size_t measure, kt_arena *arena,
                             kt_model_month *out)
{
    const size_t count = model->occupation_count;
    const size_t areas = model->maakunta_count + KT_UNPLACED;
    const double *shares = model->shares.figures[KT_SHARE_OCCUPATION][measure];
    double *weights = kt_arena_array(arena, double, count);
    out->occupation[measure] = kt_arena_array(arena, int64_t, areas * count);
    kt_dice dice = kt_dice_for(model->seed, FOR_OCCUPATIONS, month * 2 + measure);
    for (size_t area = 0; area < areas; area++) {
        const bool placed = area < model->maakunta_count;
        for (size_t i = 0; i < count; i++) {
            const double tilt = placed ? model->tilt[measure][area * count + i] : 1.0;
            weights[i] = shares[i] * tilt * kt_dice_around_one(&dice, OCCUPATION_SPREAD);
        }
        const int64_t total = placed ? out->maakunta[measure][area]
                                     : out->unplaced[measure][area - model->maakunta_count];
        kt_apportion(total, weights, count, out->occupation[measure] + area * count);
    }
}

/*
 * A maakunta's occupations to one municipality of it: of each as large a share of what is left as
 * the municipality's figure is of all that is left, so that no occupation runs out and the last one
 * takes the rest.
 */
static void share_to_municipality(int64_t figure, size_t count, int64_t *left, double *weights,
                                  int64_t *out)
{
    for (size_t i = 0; i < count; i++) {
        weights[i] = (double)left[i];
    }
    kt_apportion(figure, weights, count, out);
    for (size_t i = 0; i < count; i++) {
        left[i] -= out[i];
    }
}

static void share_occupations(const kt_model *model, size_t measure, kt_arena *arena,
                              kt_model_month *out)
{
    const size_t count = model->occupation_count;
    const size_t municipalities = kt_codes_count(model->places.codes[KT_PLACE_KUNTA]);
    const size_t areas = model->maakunta_count * count;
    int64_t *left = kt_arena_array(arena, int64_t, areas);
    double *weights = kt_arena_array(arena, double, count);
    out->local[measure] = kt_arena_array(arena, int64_t, municipalities * count);
    for (size_t i = 0; i < areas; i++) {
        left[i] = out->occupation[measure][i];
    }
    for (size_t i = 0; i < municipalities; i++) {
        const size_t maakunta = model->places.parent[KT_PLACE_MAAKUNTA][i];
        share_to_municipality(out->municipality[measure][i], count, left + maakunta * count,
                              weights, out->local[measure] + i * count);
    }
}

kt_status kt_model_draw(const kt_model *model, size_t month, uint64_t draw, kt_arena *arena,
                        kt_model_month *out, kt_error *err)
{
    *out = (kt_model_month){0};
    draw_country(model, month, draw, out);
    for (size_t measure = 0; measure < KT_MODEL_MEASURES; measure++) {
        KT_TRY(draw_places(model, month, measure, arena, out, err));
    }
    for (size_t measure = 0; measure < 2; measure++) {
        draw_occupations(model, month, measure, arena, out);
        share_occupations(model, measure, arena, out);
    }
    return KT_OK;
}

kt_status kt_model_weigh_maakunta(const kt_model *model, size_t measure, double *weights,
                                  kt_error *err)
{
    const kt_places *places = &model->places;
    const kt_codes *codes = places->codes[KT_PLACE_KUNTA];
    for (size_t i = 0; i < kt_codes_count(codes); i++) {
        double share = 0;
        KT_TRY(kt_share_of(&model->shares, KT_SHARE_MUNICIPALITY, kt_codes_at(codes, i), measure,
                           &share, err));
        weights[places->parent[KT_PLACE_MAAKUNTA][i]] += share;
    }
    return KT_OK;
}
