/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "describe.h"

#define CODES_SHOWN 4

static void put_codes(const kt_codes *codes, kt_text *out)
{
    const size_t count = kt_codes_count(codes);
    kt_text_put(out, "    ");
    for (size_t i = 0; i < count && i < CODES_SHOWN; i++) {
        const char *code = kt_codes_at(codes, i);
        const char *label = kt_codes_label(codes, i);
        const bool same = label == NULL || strcmp(code, label) == 0;
        kt_text_print(out, "%s%s%s%s", i == 0 ? "" : ", ", code, same ? "" : " ",
                      same ? "" : label);
    }
    kt_text_put(out, count > CODES_SHOWN ? " ...\n" : "\n");
}

static void put_variable(const kt_dimension *dimension, const kt_variable_guess *variable,
                         kt_text *out)
{
    const bool has_label = dimension->label != NULL && strcmp(dimension->id, dimension->label) != 0;
    kt_text_print(out, "  %s%s%s%s, %zu values%s\n", dimension->id, has_label ? " (" : "",
                  has_label ? dimension->label : "", has_label ? ")" : "",
                  kt_codes_count(dimension->codes),
                  dimension->can_be_left_out ? ", may be left out" : "");
    put_codes(dimension->codes, out);
    if (variable->role == KT_ROLES) {
        kt_text_print(out, "    -> %s\n", variable->why);
    } else {
        kt_text_print(
            out, "    -> %s: %s%s%s\n", kt_role_name(variable->role), variable->why,
            variable->total == NULL || variable->role <= KT_ROLE_MEASURE ? "" : "; total ",
            variable->total == NULL || variable->role <= KT_ROLE_MEASURE ? "" : variable->total);
    }
    if (variable->doubt != NULL) {
        kt_text_print(out, "    look at it: %s\n", variable->doubt);
    }
}

static void put_measure(const kt_measure_guess *measure, kt_text *out)
{
    kt_text_print(out, "  %s (%s)\n    -> %s%s%s, %s%s%s%s%s\n",
                  measure->code == NULL ? "the whole table" : measure->code, measure->label,
                  measure->measure, measure->group == NULL ? "" : "_",
                  measure->group == NULL ? "" : measure->group, measure->unit,
                  measure->is_unit_told ? "" : " (a guess)",
                  measure->scale == 1.0 ? "" : " in thousands",
                  measure->known_from == NULL ? ": a name of its own" : ": as in ",
                  measure->known_from == NULL ? "" : measure->known_from);
}

static void put_periods(const kt_guess *guess, kt_text *out)
{
    if (guess->first_period == NULL) {
        kt_text_put(out, "  periods   none that can be read\n");
        return;
    }
    const char *name = guess->frequency == KT_MONTHLY     ? "months"
                       : guess->frequency == KT_QUARTERLY ? "quarters"
                                                          : "years";
    kt_text_print(out, "  periods   %s to %s, %zu %s\n", guess->first_period, guess->last_period,
                  guess->period_count, name);
}

static double cells_of(const kt_envelope *table)
{
    double cells = 1.0;
    for (size_t i = 0; i < table->dimension_count; i++) {
        cells *= (double)kt_codes_count(table->dimensions[i].codes);
    }
    return cells;
}

void kt_guess_put_words(const kt_described *of, const kt_guess *guess, kt_text *out)
{
    const kt_envelope *table = of->table;
    kt_text_print(out, "%s: %s\n", of->id, table->label == NULL ? "no title" : table->label);
    kt_text_print(out, "  address   %s\n", of->address);
    kt_text_print(out, "  updated   %s\n",
                  table->updated == NULL ? "not told by the metadata" : table->updated);
    put_periods(guess, out);
    kt_text_print(out, "  cells     %.0f in all\n", cells_of(table));
    kt_text_print(out, "  licence   %s\n", of->licence == NULL ? "not told" : of->licence);
    kt_text_put(out, "variables, and what each would be\n");
    for (size_t i = 0; i < table->dimension_count; i++) {
        put_variable(&table->dimensions[i], &guess->variables[i], out);
    }
    kt_text_put(out, "contents, and what each would be\n");
    for (size_t i = 0; i < guess->measure_count; i++) {
        put_measure(&guess->measures[i], out);
    }
    if (!guess->has_period) {
        kt_text_put(out, "no variable was recognised as time: the file cannot be used before one "
                         "is named\n");
    }
}
