/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "describe.h"

/*
 * Roles are given in this order, each to the variable that looks most like it: period, measure,
 * region, occupation, sector. A mark of the service goes before codes, codes before names.
 */

#define MOSTLY     0.5
#define CLEARLY    0.8
#define LEAST_MANY 9 /* codes: as many as sections, or occupations at one digit */
#define NO_SUCH    ((size_t)-1)

static const char *const contents_words[] = {
    "contentscode",   "tieto",    "tiedot",    "statistikkvariabel",
    "tabellinnehåll", "contents", "indicator", NULL};
static const char *const unit_words[] = {"indic_", "unit", NULL};
static const char *const region_words[] = {"^alue",  "salue",  "suuralue", "kunta",  "maakunta",
                                           "region", "geo",    "område",   "kommun", "fylke",
                                           "area",   "county", "landskap", "län",    NULL};
static const char *const occupation_words[] = {"ammat", "occup", "yrke", "isco", NULL};
static const char *const sector_words[] = {
    "toimiala", "nace", "näring", "industr", "tol2", "tol 2", "bransch", "economic activity", NULL};

/* How much a variable looks like a role, 0 to 2, and why. */
typedef struct look {
    double score;
    const char *why;
} look;

typedef look (*looks_like)(const kt_dimension *dimension, const char *total);

static bool all_are_periods(const kt_dimension *dimension)
{
    kt_period period;
    for (size_t i = 0; i < kt_codes_count(dimension->codes); i++) {
        if (!kt_period_read(kt_codes_at(dimension->codes, i), &period)) {
            return false;
        }
    }
    return kt_codes_count(dimension->codes) > 0;
}

static look like_period(const kt_dimension *dimension, const char *total)
{
    (void)total;
    if (dimension->is_time) {
        return (look){2.0, "it is marked as time"};
    }
    if (kt_text_starts(dimension->id, "timeperiod")) {
        return (look){1.5, "it is called as Statistics Finland calls time"};
    }
    return all_are_periods(dimension) ? (look){1.0, "all of its codes are periods"} : (look){0};
}

static look like_measure(const kt_dimension *dimension, const char *total)
{
    (void)total;
    if (dimension->is_metric) {
        return (look){2.0, "it is marked as contents"};
    }
    if (kt_is_called(dimension, contents_words)) {
        return (look){1.5, "it is called as contents are"};
    }
    return kt_is_called(dimension, unit_words)
               ? (look){1.0, "it tells units or indicators, and there are no contents"}
               : (look){0};
}

static look like_region(const kt_dimension *dimension, const char *total)
{
    if (kt_codes_like_regions(dimension->codes, total) >= MOSTLY) {
        return (look){2.0, "its codes are those of areas of Finland"};
    }
    if (dimension->is_geo) {
        return (look){1.5, "it is marked as geography"};
    }
    return kt_is_called(dimension, region_words) ? (look){1.0, "it is called as areas are"}
                                                 : (look){0};
}

static look like_occupation(const kt_dimension *dimension, const char *total)
{
    size_t digits = 0;
    bool mixed = false;
    const double fit = kt_codes_like_occupations(dimension->codes, total, &digits, &mixed);
    return fit >= MOSTLY && kt_is_called(dimension, occupation_words)
               ? (look){1.5, "it is called as occupations are, and its codes are numbers"}
               : (look){0};
}

static look like_sector(const kt_dimension *dimension, const char *total)
{
    const double fit = kt_codes_like_sectors(dimension->codes, total);
    if (fit >= MOSTLY && kt_is_called(dimension, sector_words)) {
        return (look){1.5, "it is called as industries are, and its codes are theirs"};
    }
    return fit >= CLEARLY && kt_codes_find(dimension->codes, "A") != KT_NO_CODE &&
                   kt_codes_count(dimension->codes) >= LEAST_MANY
               ? (look){1.0, "its codes are letters as those of industries"}
               : (look){0};
}

/* The best variable that no other role has taken; NO_SUCH if none looks like it. */
static size_t best_of(const kt_described *of, const kt_guess *guess, looks_like like, look *best)
{
    size_t at = NO_SUCH;
    *best = (look){0};
    for (size_t i = 0; i < of->table->dimension_count; i++) {
        const kt_variable_guess *variable = &guess->variables[i];
        const look found = variable->role == KT_ROLES
                               ? like(&of->table->dimensions[i], variable->total)
                               : (look){0};
        if (found.score > best->score) {
            *best = found;
            at = i;
        }
    }
    return at;
}

static bool another_looks_so(const kt_described *of, const kt_guess *guess, looks_like like,
                             size_t at, look best)
{
    for (size_t i = at + 1; i < of->table->dimension_count; i++) {
        const kt_variable_guess *variable = &guess->variables[i];
        if (variable->role == KT_ROLES &&
            like(&of->table->dimensions[i], variable->total).score >= best.score) {
            return true;
        }
    }
    return false;
}

static void give_role(const kt_described *of, kt_role role, looks_like like, kt_guess *guess)
{
    look best;
    const size_t at = best_of(of, guess, like, &best);
    if (at == NO_SUCH) {
        return;
    }
    kt_variable_guess *variable = &guess->variables[at];
    if (another_looks_so(of, guess, like, at, best)) {
        variable->doubt = "another variable looks like this role as well";
    }
    variable->role = role;
    variable->why = best.why;
}

static void want(kt_variable_guess *variable, kt_arena *arena, const char *pattern)
{
    const char **list = kt_arena_array(arena, const char *, variable->want_count + 1);
    for (size_t i = 0; i < variable->want_count; i++) {
        list[i] = variable->want[i];
    }
    list[variable->want_count++] = pattern;
    variable->want = list;
}

/* All codes, or by name those that the address asked for. */
static void want_all(const kt_described *of, const kt_dimension *dimension,
                     kt_variable_guess *variable, kt_arena *arena)
{
    if (of->chosen == NULL || kt_codes_find(of->chosen, dimension->id) == KT_NO_CODE) {
        want(variable, arena, "*");
        return;
    }
    for (size_t i = 0; i < kt_codes_count(dimension->codes); i++) {
        want(variable, arena, kt_codes_at(dimension->codes, i));
    }
}

/* Two codes that no other variable has: the total and the first code beside it. */
static void mark(kt_variable_guess *variable, const kt_dimension *dimension, kt_arena *arena)
{
    const char **list = kt_arena_array(arena, const char *, 2);
    for (size_t i = 0; i < kt_codes_count(dimension->codes) && variable->marker_count < 1; i++) {
        const char *code = kt_codes_at(dimension->codes, i);
        if (!kt_text_same(code, variable->total)) {
            list[variable->marker_count++] = code;
        }
    }
    if (variable->total != NULL) {
        list[variable->marker_count++] = variable->total;
    }
    variable->markers = list;
}

static void fill_period(const kt_dimension *dimension, kt_variable_guess *variable, kt_arena *arena,
                        kt_guess *guess)
{
    kt_period first = {0};
    kt_period last = {0};
    guess->has_period = true;
    want(variable, arena, "*");
    for (size_t i = 0; i < kt_codes_count(dimension->codes); i++) {
        const char *code = kt_codes_at(dimension->codes, i);
        kt_period period;
        if (!kt_period_read(code, &period)) {
            variable->doubt =
                "some of its codes are no months, quarters or years: it cannot be read";
            continue;
        }
        if (guess->period_count++ == 0 || kt_period_compare(period, first) < 0) {
            first = period;
            guess->first_period = code;
        }
        if (guess->last_period == NULL || kt_period_compare(period, last) > 0) {
            last = period;
            guess->last_period = code;
        }
    }
    guess->frequency = guess->period_count == 0 ? KT_YEARLY : last.frequency;
}

static void fill_region(const kt_described *of, const kt_dimension *dimension,
                        kt_variable_guess *variable, kt_arena *arena)
{
    const bool is_eurostat = kt_text_same(of->protocol, "eurostat");
    if (is_eurostat && kt_codes_find(dimension->codes, "FI") != KT_NO_CODE) {
        variable->total = "FI";
    }
    want_all(of, dimension, variable, arena);
    mark(variable, dimension, arena);
    const bool is_country_alone =
        kt_codes_count(dimension->codes) == 1 && kt_text_same(variable->total, "SSS");
    if (is_country_alone) {
        return;
    }
    if (kt_codes_like_regions(dimension->codes, variable->total) < MOSTLY) {
        variable->doubt =
            "most of its codes are not called as areas of Finland are: map each "
            "that is wanted to a code of regions.csv and want no others, or add them there";
    } else if (variable->total == NULL) {
        variable->doubt = "no code of the whole country was recognised: without a total regions "
                          "are not held against it";
    }
}

static void fill_occupation(const kt_described *of, const kt_dimension *dimension,
                            kt_variable_guess *variable, kt_arena *arena)
{
    static const char *const levels[] = {"isco1", "isco1", "isco2", "isco3", "isco4"};
    static const char *const patterns[] = {"*", "?", "??", "???", "????"};
    size_t digits = 0;
    bool mixed = false;
    (void)kt_codes_like_occupations(dimension->codes, variable->total, &digits, &mixed);
    mark(variable, dimension, arena);
    variable->level = levels[digits];
    for (size_t i = 0; i < kt_codes_count(dimension->codes); i++) {
        const char *code = kt_codes_at(dimension->codes, i);
        variable->unknown = code[0] == 'X' ? "X*" : variable->unknown;
        variable->mapped = kt_text_starts(code, "OC") ? "OC" : variable->mapped;
    }
    if (!mixed) {
        want_all(of, dimension, variable, arena);
        return;
    }
    variable->doubt = "it has occupations of several levels: only the finest is wanted";
    want(variable, arena,
         kt_arena_print(arena, "%s%s", variable->mapped == NULL ? "" : variable->mapped,
                        patterns[digits]));
    if (variable->total != NULL) {
        want(variable, arena, variable->total);
    }
    if (variable->unknown != NULL) {
        want(variable, arena, variable->unknown);
    }
}

/* TOL 2025 and NACE 2.1 have a section V, and no division 45 any more. */
static const char *revision_of(const kt_described *of, const kt_dimension *dimension)
{
    static const char *const new_words[] = {"nace_r21", "2025", "nace 2.1", "rev. 2.1", NULL};
    static const char *const old_words[] = {"nace_r2", "2007", "2008", "rev. 2", NULL};
    const bool is_finnish = strstr(of->base_url, "stat.fi") != NULL;
    bool is_new = kt_codes_find(dimension->codes, "V") != KT_NO_CODE;
    if (kt_is_called(dimension, new_words)) {
        is_new = true;
    } else if (kt_is_called(dimension, old_words) ||
               kt_codes_find(dimension->codes, "45") != KT_NO_CODE ||
               kt_codes_find(dimension->codes, "G45") != KT_NO_CODE) {
        is_new = false;
    }
    return is_finnish ? (is_new ? "tol2025" : "tol2008") : (is_new ? "nace21" : "nace2");
}

static void fill_sector(const kt_described *of, const kt_dimension *dimension,
                        kt_variable_guess *variable, kt_arena *arena)
{
    mark(variable, dimension, arena);
    want_all(of, dimension, variable, arena);
    variable->revision = revision_of(of, dimension);
    variable->doubt = "the revision is guessed by section V and division 45";
}

static void fill_none(const kt_described *of, const kt_dimension *dimension,
                      kt_variable_guess *variable, kt_arena *arena)
{
    if (of->csv != NULL) {
        variable->why = "no role was recognised: its column is passed over";
        variable->doubt = kt_codes_count(dimension->codes) > 1
                              ? "rows that differ in it alone would be of one cell"
                              : NULL;
        return;
    }
    if (variable->total == NULL && kt_codes_count(dimension->codes) == 1) {
        variable->total = kt_codes_at(dimension->codes, 0);
        variable->why = "no role was recognised: it has this one code";
        return;
    }
    if (variable->total == NULL && !dimension->can_be_left_out) {
        variable->why = "no role was recognised";
        variable->doubt =
            "no total was recognised, and it cannot be left out: say at which code it stands";
    } else if (variable->total == NULL) {
        variable->why = "no role was recognised: left out, which gives its total";
    } else {
        variable->why = kt_arena_print(arena, "no role was recognised: it stands at its total %s",
                                       variable->total);
    }
}

static void fill(const kt_described *of, size_t at, kt_arena *arena, kt_guess *guess)
{
    const kt_dimension *dimension = &of->table->dimensions[at];
    kt_variable_guess *variable = &guess->variables[at];
    switch (variable->role) {
    case KT_ROLE_PERIOD:
        fill_period(dimension, variable, arena, guess);
        break;
    case KT_ROLE_MEASURE:
        guess->has_measure = true;
        kt_guess_measures(of, dimension, arena, guess);
        break;
    case KT_ROLE_REGION:
        fill_region(of, dimension, variable, arena);
        break;
    case KT_ROLE_OCCUPATION:
        fill_occupation(of, dimension, variable, arena);
        break;
    case KT_ROLE_SECTOR:
        fill_sector(of, dimension, variable, arena);
        break;
    case KT_ROLE_GROUP:
    case KT_ROLES:
        fill_none(of, dimension, variable, arena);
        break;
    }
}

void kt_guess_table(const kt_described *of, kt_arena *arena, kt_guess *out)
{
    static const struct {
        kt_role role;
        looks_like like;
    } roles[] = {
        {KT_ROLE_PERIOD, like_period}, {KT_ROLE_MEASURE, like_measure},
        {KT_ROLE_REGION, like_region}, {KT_ROLE_OCCUPATION, like_occupation},
        {KT_ROLE_SECTOR, like_sector},
    };
    const kt_envelope *table = of->table;
    *out = (kt_guess){.variables =
                          kt_arena_array(arena, kt_variable_guess, table->dimension_count + 1)};
    for (size_t i = 0; i < table->dimension_count; i++) {
        out->variables[i] =
            (kt_variable_guess){.role = KT_ROLES, .total = kt_codes_total(&table->dimensions[i])};
    }
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        give_role(of, roles[i].role, roles[i].like, out);
    }
    for (size_t i = 0; i < table->dimension_count; i++) {
        fill(of, i, arena, out);
    }
    if (!out->has_measure) {
        kt_guess_only_measure(of, arena, out);
    }
}
