/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/measure.h"
#include "contribution.h"

enum { IN_MARKET, IN_UNEMPLOYED, IN_VACANCIES };
enum { OUT_UNEMPLOYED, OUT_VACANCY, OUT_CONTRIBUTION, OUT_PERSONS, OUT_SIDE, OUT_COUNT };

typedef struct cursor {
    kt_contribution_scope scope;
    const char *const *market;
    size_t cell; /* the next one */
} cursor;

static void write_row(kt_findings *findings, size_t row, const kt_contribution *found)
{
    double *number = &findings->number[row * OUT_COUNT];
    number[OUT_UNEMPLOYED] = found->unemployed_share;
    number[OUT_VACANCY] = found->vacancy_share;
    number[OUT_CONTRIBUTION] = found->contribution;
    number[OUT_PERSONS] = found->persons_off_proportion;
    findings->text[row * OUT_COUNT + OUT_SIDE] = kt_side_word(found->side);
    findings->reason[row] = found->reason;
}

static void next(void *state, kt_findings *rows)
{
    cursor *at = state;
    for (size_t row = 0; row < rows->row_count; row++, at->cell++) {
        const kt_contribution found = kt_contribution_at(&at->scope, at->cell);
        rows->key[row] = at->market[at->cell];
        write_row(rows, row, &found);
    }
}

static kt_status begin(const kt_measure *self, const kt_group *group, const kt_param_value *params,
                       kt_arena *arena, kt_findings_source *out, kt_error *err)
{
    (void)self;
    const kt_cells cells = kt_cells_of(group, IN_UNEMPLOYED, IN_VACANCIES);
    cursor *at = kt_arena_new(arena, cursor);
    at->market = group->key[IN_MARKET];
    KT_TRY(kt_contribution_open(&cells, params[0].number, &at->scope, err));
    *out = (kt_findings_source){.row_count = cells.count, .state = at, .next = next};
    return KT_OK;
}

const kt_measure kt_measure_contributions = {
    .id = "contributions",
    .version = 1,
    .name_fi = "Osamarkkinoiden vaikutus kohtaanto-ongelman indeksiin",
    .name_sv = "Delmarknadernas bidrag till indexet för matchningsproblem",
    .name_en = "Contributions of sub-markets to the mismatch index",
    .definition_fi =
        "Kuinka paljon kukin osamarkkina lisää indeksiin; lisäykset eivät ole koskaan negatiivisia "
        "ja summautuvat indeksiin. Puoli kertoo, onko paikkoja hakijaa kohti enemmän vai vähemmän "
        "kuin koko tarkastelualueella. Henkilömäärä on hakijoita yli (+) tai alle (-) sen määrän, "
        "jolla osamarkkinalla olisi paikkoja hakijaa kohti kuten koko alueella: se ei ole suositus "
        "siirtää ketään eikä kerro työvoimapulasta.",
    .definition_sv =
        "Hur mycket varje delmarknad tillför indexet; bidragen är aldrig negativa och summerar "
        "till "
        "indexet. Sidan anger om det finns fler eller färre platser per sökande än i hela området. "
        "Antalet personer är sökande över (+) eller under (-) det antal som skulle ge delmarknaden "
        "hela områdets platser per sökande: det är ingen rekommendation att flytta någon och säger "
        "inget om arbetskraftsbrist.",
    .definition_en =
        "What each sub-market adds to the index; contributions are never negative and sum to it. "
        "The side says whether it has more or fewer posts per seeker than its scope. The persons "
        "are job seekers above (+) or below (-) the number that would give the sub-market its "
        "scope's V/U: not a recommendation that anyone move, and no statement of a labour "
        "shortage.",
    .formula = "m_i = alpha v_i/V + (1-alpha) u_i/U - (v_i/V)^alpha (u_i/U)^(1-alpha); persons: "
               "u_i - v_i U/V",
    .reference =
        "Exact split of the index of Sahin, Song, Topa and Violante (2014) by the weighted "
        "inequality of the arithmetic and the geometric mean",
    .shape = KT_ROW_PER_KEY,
    .repeat = KT_REPEAT_ADD,
    .key_name = "market",
    .inputs =
        {
            [IN_MARKET] = {.name = "market", .kind = KT_INPUT_KEY},
            [IN_UNEMPLOYED] = KT_INPUT_UNEMPLOYED,
            [IN_VACANCIES] = KT_INPUT_VACANCIES,
        },
    .params = {KT_PARAM_ALPHA},
    .results =
        {
            [OUT_UNEMPLOYED] = {.name = "unemployed_share", .unit = "share"},
            [OUT_VACANCY] = {.name = "vacancy_share", .unit = "share"},
            [OUT_CONTRIBUTION] = {.name = "contribution", .unit = "share"},
            [OUT_PERSONS] = {.name = "persons_off_proportion", .unit = "persons"},
            [OUT_SIDE] = {.name = "side", .unit = "", .text = true},
        },
    .begin = begin,
};
