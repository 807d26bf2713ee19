/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reported_states.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/codes.h"

static size_t cell_of(const reported_state *of, size_t indicator, kt_indicator_sex sex)
{
    return of->cell[indicator * KT_SEXES + sex];
}

static bool is_reported(const reported_state *of, size_t indicator, kt_indicator_sex sex)
{
    return cell_of(of, indicator, sex) != KT_NO_CODE;
}

/* The sexes that are reported. */
static unsigned said_of(const reported_state *of, size_t indicator)
{
    unsigned said = 0;
    for (int sex = KT_SEX_F; sex < KT_SEXES; sex++) {
        const bool is = is_reported(of, indicator, (kt_indicator_sex)sex);
        said |= is ? 1U << (sex - KT_SEX_F) : 0U;
    }
    return said;
}

double reported_state_value(const reported_state *of, size_t indicator, unsigned set)
{
    return of->value[indicator * SEX_SETS + set];
}

bool reported_others_never_show(const reported_state *of, size_t indicator)
{
    return is_reported(of, indicator, KT_SEX_ALL) &&
           said_of(of, indicator) == (SEX_SET_SAID & ~SEX_SET_NB);
}

bool reported_sexes_add_up(const reported_state *of, size_t indicator)
{
    const unsigned said = said_of(of, indicator);
    return is_reported(of, indicator, KT_SEX_ALL) &&
           (said == SEX_SET_SAID || (said == SEX_SET_BOTH && of->two_sexes)) &&
           reported_state_value(of, indicator, SEX_SET_ALL & ~said) == 0.0;
}

void reported_spell_cell(size_t cell, int sign, spelled *out)
{
    for (size_t i = 0; i < out->count; i++) {
        if (out->terms[i].cell == cell) {
            out->simple = out->simple && out->terms[i].sign != sign;
            out->terms[i] = out->terms[--out->count];
            return;
        }
    }
    if (out->count == SPELLED_MOST) {
        out->simple = false;
        return;
    }
    out->terms[out->count++] = (kt_count_term){cell, sign};
}

static void spell_sexes(const reported_state *of, size_t indicator, unsigned set, int sign,
                        spelled *out)
{
    for (int sex = KT_SEX_F; sex < KT_SEXES; sex++) {
        if ((set >> (sex - KT_SEX_F) & 1U) != 0) {
            reported_spell_cell(cell_of(of, indicator, (kt_indicator_sex)sex), sign, out);
        }
    }
}

/* Without those of whom nobody says, if there are none: where the sexes make the total, or nobody
 * reports one. */
static unsigned plain_set(const reported_state *of, size_t indicator, unsigned set)
{
    const bool total = is_reported(of, indicator, KT_SEX_ALL);
    const bool nobody =
        said_of(of, indicator) == SEX_SET_SAID && (!total || reported_sexes_add_up(of, indicator));
    if (set == SEX_SET_ALL || (set == SEX_SET_SAID && nobody)) {
        return total ? SEX_SET_ALL : SEX_SET_SAID;
    }
    return nobody ? set & SEX_SET_SAID : set;
}

static bool can_spell(const reported_state *of, size_t indicator, unsigned set)
{
    const unsigned said = said_of(of, indicator), plain = plain_set(of, indicator, set);
    if ((plain & SEX_UNSAID) == 0) {
        return (plain & ~said) == 0;
    }
    return is_reported(of, indicator, KT_SEX_ALL) && (SEX_SET_ALL & ~plain & ~said) == 0;
}

void reported_spell(const reported_state *of, size_t indicator, unsigned set, int sign,
                    spelled *out)
{
    const unsigned plain = plain_set(of, indicator, set);
    if ((plain & SEX_UNSAID) == 0) {
        spell_sexes(of, indicator, plain, sign, out);
        return;
    }
    reported_spell_cell(cell_of(of, indicator, KT_SEX_ALL), sign, out);
    spell_sexes(of, indicator, SEX_SET_ALL & ~plain, -sign, out);
}

static double value_of(const reported_table *of, const reported_state *at, size_t indicator,
                       unsigned set)
{
    spelled out = {.simple = true};
    double value = 0.0;
    reported_spell(at, indicator, set, 1, &out);
    for (size_t i = 0; i < out.count; i++) {
        value += out.terms[i].sign * of->at[out.terms[i].cell].value;
    }
    return value;
}

/* Who is of no sex that is reported comes first: whether there are any decides how others are
 * told. */
static void find_values(const reported_table *of, reported_state *at)
{
    const size_t count = of->rules->indicators->count * SEX_SETS;
    at->value = kt_arena_array(of->arena, double, count);
    for (size_t i = 0; i < count; i++) {
        at->value[i] = NAN;
    }
    for (size_t i = 0; i < count; i++) {
        const size_t indicator = i / SEX_SETS;
        const unsigned first = SEX_SET_ALL & ~said_of(at, indicator);
        const unsigned set = (unsigned)(i + first) % SEX_SETS;
        at->value[indicator * SEX_SETS + set] =
            can_spell(at, indicator, set) ? value_of(of, at, indicator, set) : NAN;
    }
}

/* The version that is known on a day; KT_NO_CODE if nothing was reported by then. */
static size_t version_of(const reported_table *of, const figure *which, int64_t day)
{
    size_t found = KT_NO_CODE;
    for (size_t i = 0; i < which->versions; i++) {
        found = of->at[which->first + i].snapshot_day <= day ? which->first + i : found;
    }
    return found;
}

static void fill(const reported_table *of, reported_state *at)
{
    const kt_indicators *all = of->rules->indicators;
    at->cell = kt_arena_array(of->arena, size_t, all->count * KT_SEXES);
    for (size_t i = 0; i < all->count * KT_SEXES; i++) {
        at->cell[i] = KT_NO_CODE;
    }
    for (size_t i = 0; i < of->figure_count; i++) {
        const kt_reported *is = of->figures[i].is;
        const kt_indicator *one = kt_indicator_find(all, is->code);
        if (one != NULL && strcmp(is->period, at->period) == 0) {
            at->cell[(size_t)(one - all->at) * KT_SEXES + is->sex] =
                version_of(of, &of->figures[i], at->day);
        }
    }
    find_values(of, at);
}

static int by_end(const void *a, const void *b)
{
    const reported_state *x = a, *y = b;
    const int period = strcmp(x->period, y->period);
    if (x->end != y->end) {
        return x->end < y->end ? -1 : 1;
    }
    return period != 0 ? period : (x->day > y->day) - (x->day < y->day);
}

static bool has_two_sexes(const reported_table *of)
{
    bool two = true;
    for (size_t i = 0; i < of->figure_count; i++) {
        two = two && of->figures[i].is->sex != KT_SEX_NB;
    }
    return two;
}

reported_states reported_states_of(const reported_table *of)
{
    const bool two = has_two_sexes(of);
    reported_state *at = kt_arena_array(of->arena, reported_state, of->count + 1);
    size_t found = 0, kept = 0;
    for (size_t i = 0; i < of->count; i++) {
        const kt_reported *is = &of->at[i];
        if (is->target == of->target) {
            at[found++] = (reported_state){.period = is->period,
                                           .end = kt_report_period_end(is->period),
                                           .day = is->snapshot_day,
                                           .until = INT64_MAX,
                                           .two_sexes = two};
        }
    }
    qsort(at, found, sizeof *at, by_end);
    for (size_t i = 0; i < found; i++) {
        if (i == 0 || by_end(&at[i], &at[kept - 1]) != 0) {
            at[kept++] = at[i];
        }
    }
    for (size_t i = 0; i < kept; i++) {
        const bool again = i + 1 < kept && strcmp(at[i].period, at[i + 1].period) == 0;
        at[i].until = again ? at[i + 1].day : INT64_MAX;
        fill(of, &at[i]);
    }
    return (reported_states){at, kept};
}
