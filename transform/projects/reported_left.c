/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reported_left.h"

reported_left reported_left_of(const kt_indicator_family *family, unsigned set)
{
    reported_left of = {.family = family, .set = set};
    for (size_t i = 0; i < family->part_count; i++) {
        of.cuts[i] = set;
    }
    return of;
}

bool reported_left_next(reported_left *of)
{
    for (size_t i = 0; i < of->family->part_count; i++) {
        of->cuts[i] = (of->cuts[i] - 1) & of->set;
        if (of->cuts[i] != 0) {
            return true;
        }
        of->cuts[i] = of->set;
    }
    return false;
}

double reported_left_value(reported_when when, const reported_left *of)
{
    const kt_indicator_family *family = of->family;
    double value = 0.0;
    for (size_t i = 0; i < family->whole_count; i++) {
        value += reported_state_value(when.whole, family->whole[i], of->set);
    }
    for (size_t i = 0; i < family->part_count; i++) {
        value -= reported_state_value(when.parts, family->parts[i], of->cuts[i]);
    }
    return value;
}

void reported_left_spell(reported_when when, const reported_left *of, int sign, spelled *out)
{
    const kt_indicator_family *family = of->family;
    for (size_t i = 0; i < family->whole_count; i++) {
        reported_spell(when.whole, family->whole[i], of->set, sign, out);
    }
    for (size_t i = 0; i < family->part_count; i++) {
        reported_spell(when.parts, family->parts[i], of->cuts[i], -sign, out);
    }
}

double reported_growth(reported_span span, const reported_left *of)
{
    const double to = reported_left_value((reported_when){span.to, span.to}, of);
    return span.from == NULL ? to
                             : to - reported_left_value((reported_when){span.from, span.from}, of);
}

spelled reported_growth_spell(reported_span span, const reported_left *of, int sign)
{
    spelled out = {.simple = true};
    reported_left_spell((reported_when){span.to, span.to}, of, sign, &out);
    if (span.from != NULL) {
        reported_left_spell((reported_when){span.from, span.from}, of, -sign, &out);
    }
    return out;
}
