/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "analysis/measure.h"
#include "cells.h"

/* The location quotient of posts against job seekers: (v_i/V) / (u_i/U). */

enum { IN_MARKET, IN_UNEMPLOYED, IN_VACANCIES };

typedef struct cursor {
    kt_cells cells;
    kt_totals totals;
    const char *const *market;
    size_t cell; /* the next one */
} cursor;

static const char *reason_of(const cursor *of, size_t cell)
{
    if (!kt_cells_use(&of->cells, cell)) {
        return "no figure";
    }
    if (of->totals.reason != NULL) {
        return of->totals.reason;
    }
    return of->cells.unemployed[cell] == 0.0 ? "no job seekers" : NULL;
}

static void next(void *state, kt_findings *rows)
{
    cursor *at = state;
    const kt_totals *totals = &at->totals;
    for (size_t row = 0; row < rows->row_count; row++, at->cell++) {
        rows->key[row] = at->market[at->cell];
        rows->reason[row] = reason_of(at, at->cell);
        if (rows->reason[row] == NULL) {
            rows->number[row] = at->cells.vacancies[at->cell] / totals->vacancies.value /
                                (at->cells.unemployed[at->cell] / totals->unemployed.value);
            rows->note[row] = kt_totals_note(totals);
        }
    }
}

static kt_status begin(const kt_measure *self, const kt_group *group, const kt_param_value *params,
                       kt_arena *arena, kt_findings_source *out, kt_error *err)
{
    (void)self;
    (void)params;
    cursor *at = kt_arena_new(arena, cursor);
    at->market = group->key[IN_MARKET];
    at->cells = kt_cells_of(group, IN_UNEMPLOYED, IN_VACANCIES);
    KT_TRY(kt_cells_sum(&at->cells, &at->totals, err));
    *out = (kt_findings_source){.row_count = at->cells.count, .state = at, .next = next};
    return KT_OK;
}

const kt_measure kt_measure_relative_tightness = {
    .id = "relative_tightness",
    .version = 1,
    .name_fi = "Osamarkkinan suhteellinen kireys (sijaintiosamäärä)",
    .name_sv = "Delmarknadens relativa stramhet (lokaliseringskvot)",
    .name_en = "Relative tightness of a sub-market (location quotient)",
    .definition_fi =
        "Osamarkkinan osuus avoimista paikoista jaettuna sen osuudella työttömistä: kuinka "
        "moninkertaisesti siellä on paikkoja hakijaa kohti koko tarkastelualueeseen verrattuna; 1 "
        "= yhtä paljon. Ei kerro, onko paikkoja vähän vai paljon koko alueella.",
    .definition_sv =
        "Delmarknadens andel av de lediga platserna delad med dess andel av de arbetslösa: hur "
        "många gånger fler platser per sökande där finns än i hela området; 1 = lika många. Säger "
        "inte om platserna i hela området är få eller många.",
    .definition_en =
        "A sub-market's share of vacancies over its share of the unemployed: how many times as "
        "many posts per seeker it has as the whole scope; 1 = as many. Does not say whether posts "
        "are few or many in the whole scope.",
    .formula = "(v_i/V) / (u_i/U) = (v_i/u_i) / (V/U)",
    .reference = "Location quotient: Isard, W. (1960): Methods of Regional Analysis, MIT Press",
    .shape = KT_ROW_PER_KEY,
    .repeat = KT_REPEAT_ADD,
    .key_name = "market",
    .inputs =
        {
            [IN_MARKET] = {.name = "market", .kind = KT_INPUT_KEY},
            [IN_UNEMPLOYED] = KT_INPUT_UNEMPLOYED,
            [IN_VACANCIES] = KT_INPUT_VACANCIES,
        },
    .results = {{.name = "value", .unit = "ratio"}},
    .begin = begin,
};
