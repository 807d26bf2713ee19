/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "analysis/measure.h"
#include "places.h"
#include "sum.h"

/*
 * The location quotient: an occupation's share of its region over its share of all regions,
 *
 *     (e_ir/e_r) / (e_i/e).
 */

enum { IN_REGION, IN_OCCUPATION, IN_VALUE };
enum { OUT_OCCUPATION, OUT_VALUE, OUT_COUNT };

/* The rows that have a figure, summed by the texts of one key. */
typedef struct sums {
    const size_t *place; /* of each row */
    kt_sum *of;          /* of each place */
} sums;

typedef struct cursor {
    const kt_group *group;
    sums regions, occupations;
    double total;
    size_t row; /* of the group: the next one */
} cursor;

static sums sum_by(const kt_group *group, size_t key, kt_arena *arena)
{
    size_t count = 0;
    const size_t *place = kt_places_of(group, key, arena, &count);
    kt_sum *of = kt_arena_array(arena, kt_sum, count);
    for (size_t row = 0; row < group->row_count; row++) {
        const double value = group->figure[IN_VALUE][row];
        if (!isnan(value)) {
            kt_sum_add(&of[place[row]], value);
        }
    }
    return (sums){.place = place, .of = of};
}

static double total_of(const kt_group *group)
{
    kt_sum total = {0};
    for (size_t row = 0; row < group->row_count; row++) {
        const double value = group->figure[IN_VALUE][row];
        kt_sum_add(&total, isnan(value) ? 0.0 : value);
    }
    return kt_sum_value(total);
}

static const char *reason_of(double value, double region, double occupation)
{
    if (isnan(value)) {
        return "no figure";
    }
    if (region == 0.0) {
        return "the figures of the region sum to zero";
    }
    return occupation == 0.0 ? "the figures of the occupation sum to zero" : NULL;
}

static double sum_of(const sums *of, size_t row)
{
    return kt_sum_value(of->of[of->place[row]]);
}

static void next(void *state, kt_findings *rows)
{
    cursor *at = state;
    for (size_t row = 0; row < rows->row_count; row++, at->row++) {
        const double value = at->group->figure[IN_VALUE][at->row];
        const double region = sum_of(&at->regions, at->row);
        const double occupation = sum_of(&at->occupations, at->row);
        rows->key[row] = at->group->key[IN_REGION][at->row];
        rows->text[row * OUT_COUNT + OUT_OCCUPATION] = at->group->key[IN_OCCUPATION][at->row];
        rows->reason[row] = reason_of(value, region, occupation);
        if (rows->reason[row] == NULL) {
            rows->number[row * OUT_COUNT + OUT_VALUE] = value / region / (occupation / at->total);
        }
    }
}

static kt_status begin(const kt_measure *self, const kt_group *group, const kt_param_value *params,
                       kt_arena *arena, kt_findings_source *out, kt_error *err)
{
    (void)self;
    (void)params;
    (void)err;
    cursor *at = kt_arena_new(arena, cursor);
    *at = (cursor){.group = group,
                   .regions = sum_by(group, IN_REGION, arena),
                   .occupations = sum_by(group, IN_OCCUPATION, arena),
                   .total = total_of(group)};
    *out = (kt_findings_source){.row_count = group->row_count, .state = at, .next = next};
    return KT_OK;
}

const kt_measure kt_measure_location_quotient = {
    .id = "location_quotient",
    .version = 1,
    .name_fi = "Sijaintiosamäärä",
    .name_sv = "Lokaliseringskvot",
    .name_en = "Location quotient",
    .definition_fi =
        "Ammatin osuus alueensa luvuista jaettuna sen osuudella kaikkien alueiden luvuista: 1 = "
        "yhtä yleinen kuin muualla, 2 = kaksi kertaa niin yleinen. Summat ovat annettujen rivien "
        "summia, joten rivi ilman lukua jää kaikista pois. Pienissä luvuissa sattuma vie osamäärän "
        "kauas ykkösestä. Ei kerro, onko ammatti alueella suuri.",
    .definition_sv =
        "Yrkets andel av sin regions tal delad med dess andel av alla regioners tal: 1 = lika "
        "vanligt som annanstans, 2 = dubbelt så vanligt. Summorna är de givna radernas summor, så "
        "en rad utan tal lämnas bort ur alla. I små tal för slumpen kvoten långt från ett. Säger "
        "inte om yrket är stort i regionen.",
    .definition_en =
        "An occupation's share of its region's figures over its share of all regions' figures: 1 = "
        "as common as elsewhere, 2 = twice as common. Sums are those of the rows given, so a row "
        "without a figure is left out of all. In small counts chance takes the quotient far from "
        "one. Does not say whether the occupation is large in the region.",
    .formula = "(e_ir/e_r) / (e_i/e), i occupation, r region",
    .reference = "Isard, W. (1960): Methods of Regional Analysis, MIT Press",
    .shape = KT_ROW_PER_TERM,
    .repeat = KT_REPEAT_ADD,
    .key_name = "region",
    .inputs =
        {
            [IN_REGION] = {.name = "region", .kind = KT_INPUT_KEY},
            [IN_OCCUPATION] = {.name = "occupation", .kind = KT_INPUT_KEY},
            [IN_VALUE] = {.name = "value", .kind = KT_INPUT_COUNT},
        },
    .results =
        {
            [OUT_OCCUPATION] = {.name = "occupation", .unit = "", .text = true},
            [OUT_VALUE] = {.name = "value", .unit = "ratio"},
        },
    .begin = begin,
};
