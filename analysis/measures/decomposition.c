/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/decomposition.h"

#include "analysis/measure.h"
#include "cells.h"
#include "places.h"

enum { IN_REGION, IN_OCCUPATION, IN_UNEMPLOYED, IN_VACANCIES };
enum {
    OUT_MISMATCH,
    OUT_REGION,
    OUT_WITHIN_REGION,
    OUT_OCCUPATION,
    OUT_WITHIN_OCCUPATION,
    OUT_INTERACTION,
    OUT_SHAPLEY_REGION,
    OUT_SHAPLEY_OCCUPATION
};

static kt_status compute(const kt_measure *self, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err)
{
    kt_cross cross = {.cells = kt_cells_of(group, IN_UNEMPLOYED, IN_VACANCIES)};
    cross.region = kt_places_of(group, IN_REGION, arena, &cross.region_count);
    cross.occupation = kt_places_of(group, IN_OCCUPATION, arena, &cross.occupation_count);
    kt_decomposition found;
    KT_TRY(kt_decomposition_compute(&cross, params[0].number, arena, &found, err));
    kt_findings *findings = kt_findings_new(self, 1, arena);
    findings->number[OUT_MISMATCH] = found.mismatch;
    findings->number[OUT_REGION] = found.mismatch_region;
    findings->number[OUT_WITHIN_REGION] = found.within_region;
    findings->number[OUT_OCCUPATION] = found.mismatch_occupation;
    findings->number[OUT_WITHIN_OCCUPATION] = found.within_occupation;
    findings->number[OUT_INTERACTION] = found.interaction;
    findings->number[OUT_SHAPLEY_REGION] = found.shapley_region;
    findings->number[OUT_SHAPLEY_OCCUPATION] = found.shapley_occupation;
    findings->reason[0] = found.reason;
    findings->note[0] = found.note;
    *out = findings;
    return KT_OK;
}

const kt_measure kt_measure_decomposition = {
    .id = "decomposition",
    .version = 1,
    .name_fi = "Kohtaanto-ongelman hajotelma alueisiin ja ammatteihin",
    .name_sv = "Matchningsproblemet uppdelat på regioner och yrken",
    .name_en = "Mismatch split into regions and occupations",
    .definition_fi =
        "Kuinka suuri osa alueiden ja ammattien ristiintaulun kohtaanto-ongelmasta on alueiden "
        "välillä, kuinka suuri ammattien välillä ja kuinka suuri molempien yhteisvaikutusta. "
        "Kumpikin "
        "järjestys on tarkka; osuudet riippuvat järjestyksestä, joten mukana on niiden keskiarvo. "
        "Yhteisvaikutus voi olla negatiivinen. Ei kerro, kumpaan pitäisi puuttua.",
    .definition_sv =
        "Hur stor del av matchningsproblemet i korstabellen av regioner och yrken som ligger "
        "mellan "
        "regioner, mellan yrken och i båda samtidigt. Vardera ordningen är exakt; delarna beror på "
        "ordningen, därför anges också medelvärdet. Samverkan kan vara negativ. Säger inte vilken "
        "som borde åtgärdas.",
    .definition_en =
        "How much of the mismatch of regions crossed with occupations lies between regions, "
        "between "
        "occupations, and in both at once. Either order is exact; the parts depend on the order, "
        "so "
        "the mean of the two is given as well. The interaction may be below zero. Does not say "
        "which of them ought to be acted upon.",
    .formula =
        "M_RO = M_R + sum_r c_r M_(O in r), c_r = (v_r/V)^alpha (u_r/U)^(1-alpha), and with R "
        "and O exchanged; interaction = M_RO - M_R - M_O; Shapley: mean of both orders",
    .reference =
        "Exact nesting of the index of Sahin, Song, Topa and Violante (2014); mean of orders "
        "as in Shorrocks, A. (2013), Journal of Economic Inequality 11, 99-126",
    .shape = KT_ONE_ROW,
    .repeat = KT_REPEAT_ADD,
    .inputs =
        {
            [IN_REGION] = {.name = "region", .kind = KT_INPUT_KEY},
            [IN_OCCUPATION] = {.name = "occupation", .kind = KT_INPUT_KEY},
            [IN_UNEMPLOYED] = KT_INPUT_UNEMPLOYED,
            [IN_VACANCIES] = KT_INPUT_VACANCIES,
        },
    .params = {KT_PARAM_ALPHA},
    .results =
        {
            [OUT_MISMATCH] = {.name = "mismatch", .unit = "share"},
            [OUT_REGION] = {.name = "mismatch_region", .unit = "share"},
            [OUT_WITHIN_REGION] = {.name = "within_region", .unit = "share"},
            [OUT_OCCUPATION] = {.name = "mismatch_occupation", .unit = "share"},
            [OUT_WITHIN_OCCUPATION] = {.name = "within_occupation", .unit = "share"},
            [OUT_INTERACTION] = {.name = "interaction", .unit = "share"},
            [OUT_SHAPLEY_REGION] = {.name = "shapley_region", .unit = "share"},
            [OUT_SHAPLEY_OCCUPATION] = {.name = "shapley_occupation", .unit = "share"},
        },
    .compute = compute,
};
