/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "source_parts.h"

#include <stdint.h>
#include <string.h>

#include "core/codes.h"
#include "core/period.h"
#include "core/words.h"

static int64_t read_day(kt_json place, int64_t open)
{
    const char *text = kt_json_text_or(place, NULL);
    kt_instant instant = 0;
    if (text == NULL) {
        return open;
    }
    if (strlen(text) != strlen("2026-06-08") || text[4] != '-' || text[7] != '-' ||
        !kt_instant_read(text, false, &instant)) {
        kt_json_wrong(place, "expected a day such as 2026-06-08, found \"%s\"", text);
        return open;
    }
    return instant / 86400;
}

static kt_address_spec read_address(kt_json place)
{
    static const char *const keys[] = {"path", "from", "until", NULL};
    kt_json_only(place, keys);
    const kt_json path = kt_json_member(place, "path");
    const kt_address_spec address = {
        .path = kt_json_text(path),
        .from_day = read_day(kt_json_member(place, "from"), INT64_MIN),
        .until_day = read_day(kt_json_member(place, "until"), INT64_MAX),
    };
    if (address.path != NULL && (address.path[0] == '\0' || address.path[0] == '/')) {
        kt_json_wrong(path, "expected a path below base_url, without a slash before it");
    }
    if (address.from_day > address.until_day) {
        kt_json_wrong(place, "from is after until");
    }
    return address;
}

static void check_overlap(kt_json place, const kt_address_spec *address, const kt_source *source)
{
    for (size_t i = 0; i < source->address_count; i++) {
        const kt_address_spec *other = &source->addresses[i];
        if (other->from_day <= address->until_day && address->from_day <= other->until_day) {
            kt_json_wrong(place, "some of its days have an earlier address of the list too");
        }
    }
}

void kt_source_read_addresses(kt_json place, kt_source *source)
{
    const size_t count = kt_json_count(place);
    if (count == 0 && !kt_json_absent(place)) {
        kt_json_wrong(place, "expected at least one address");
    }
    source->addresses = kt_arena_array(place.arena, kt_address_spec, count + 1);
    for (size_t i = 0; i < count; i++) {
        const kt_json element = kt_json_element(place, i);
        if (!kt_json_object(element)) {
            continue;
        }
        const kt_address_spec address = read_address(element);
        check_overlap(element, &address, source);
        source->addresses[source->address_count++] = address;
    }
}

/* "period, measure, region, ..." for messages. */
static const char *role_list(kt_arena *arena)
{
    char *list = kt_arena_copy(arena, kt_role_name((kt_role)0));
    for (int role = 1; role < KT_ROLES; role++) {
        list = kt_arena_print(arena, "%s, %s", list, kt_role_name((kt_role)role));
    }
    return list;
}

static kt_role read_role(kt_json place)
{
    const char *name = kt_json_text(place);
    const kt_role role = name == NULL ? KT_ROLES : kt_role_find(name);
    if (name != NULL && role == KT_ROLES) {
        kt_json_wrong(place, "expected one of %s, found \"%s\"", role_list(place.arena), name);
    }
    return role;
}

/* The layout of a CSV says which column is which, so that nothing need be found. */
static void check_variable(kt_json place, const kt_variable_spec *spec, const kt_source *source)
{
    if (spec->role == KT_ROLES) {
        return;
    }
    if (spec->name_count == 0 && spec->marker_count == 0 && !spec->is_time &&
        !kt_text_same(source->format, "csv")) {
        kt_json_wrong(place, "expected names, markers or \"time\": true to find it by");
    }
    if (spec->is_time && spec->role != KT_ROLE_PERIOD) {
        kt_json_wrong(kt_json_member(place, "time"), "only the period is found by the time mark");
    }
    if (spec->role == KT_ROLE_MEASURE && (spec->want_count > 0 || spec->leave_out_count > 0)) {
        kt_json_wrong(place, "what is wanted of the measure stands in measures");
    }
    if (spec->role != KT_ROLE_MEASURE && spec->want_count == 0) {
        kt_json_wrong(kt_json_member(place, "want"), "expected codes or patterns, [\"*\"] for all");
    }
}

/* Which of the choices the text is; a wrong one is told with all of them. NULL-ended. */
static const char *read_choice(kt_json place, const char *const *choices)
{
    const char *text = kt_json_text(place);
    const char *list = choices[0];
    for (size_t i = 0; text != NULL && choices[i] != NULL; i++) {
        if (strcmp(text, choices[i]) == 0) {
            return text;
        }
        const char *between = choices[i + 1] == NULL ? " or " : ", ";
        list = i == 0 ? list : kt_arena_print(place.arena, "%s%s%s", list, between, choices[i]);
    }
    if (text != NULL) {
        kt_json_wrong(place, "expected %s, found \"%s\"", list, text);
    }
    return NULL;
}

/* Eurostat's names of the variable tell its revision: one that is tried after the other would lead
 * into the wrong one. */
static void check_revision(kt_json place, const kt_variable_spec *spec, const char *revision)
{
    static const char *const named[] = {"nace_r2", "nace_r21"};
    static const char *const expected[] = {"tol2008 or nace2", "tol2025 or nace21"};
    const bool is_new = kt_text_same(revision, "tol2025") || kt_text_same(revision, "nace21");
    const size_t other = is_new ? 0 : 1;
    for (size_t i = 0; revision != NULL && i < spec->name_count; i++) {
        if (kt_text_matches(named[other], spec->names[i])) {
            kt_json_wrong(place, "expected %s as of \"%s\" in names, found \"%s\"", expected[other],
                          spec->names[i], revision);
        }
    }
}

static void read_revision(kt_json place, const kt_variable_spec *spec, kt_source *source)
{
    static const char *const revisions[] = {"tol2008", "tol2025", "nace2", "nace21", NULL};
    if (spec->role == KT_ROLE_SECTOR) {
        source->sector_revision = read_choice(place, revisions);
        check_revision(place, spec, source->sector_revision);
    } else if (spec->role != KT_ROLES && !kt_json_absent(place)) {
        kt_json_wrong(place, "only a sector has a revision");
    }
}

/* A code that becomes one that another code becomes would be counted in its place. */
static void check_map(kt_json place, const kt_variable_spec *spec)
{
    kt_codes *ours = kt_codes_new(place.arena);
    for (size_t i = 0; i < spec->map_count; i++) {
        if (kt_codes_add(ours, spec->map[i].ours, NULL) == KT_NO_CODE) {
            kt_json_wrong(place, "two codes become %s", spec->map[i].ours);
        }
        if (kt_text_same(spec->map[i].code, spec->total)) {
            kt_json_wrong(place, "%s is the total, which keeps its code", spec->map[i].code);
        }
    }
}

static void read_map(kt_json place, kt_variable_spec *spec)
{
    if (kt_json_absent(place) || !kt_json_object(place)) {
        return;
    }
    const char *code = NULL;
    const json_t *value = NULL;
    kt_code_map *map = kt_arena_array(place.arena, kt_code_map, json_object_size(place.value) + 1);
    json_object_foreach((json_t *)(uintptr_t)place.value, code, value)
    {
        const char *ours = kt_json_text(kt_json_member(place, code));
        map[spec->map_count++] =
            (kt_code_map){kt_arena_copy(place.arena, code), ours == NULL ? "" : ours};
    }
    spec->map = map;
    check_map(place, spec);
}

static void read_span(kt_json place, kt_variable_spec *spec)
{
    const kt_json first = kt_json_member(place, "first");
    const kt_json newest = kt_json_member(place, "newest");
    kt_period period;
    spec->first = kt_json_text_or(first, NULL);
    spec->newest = (size_t)kt_json_whole_or(newest, 1, 12000, 0);
    if (spec->first != NULL && !kt_period_read(spec->first, &period)) {
        kt_json_wrong(first, "expected a period such as 2015M01, found \"%s\"", spec->first);
    }
    if (spec->role != KT_ROLE_PERIOD && !(kt_json_absent(first) && kt_json_absent(newest))) {
        kt_json_wrong(place, "only the period has a first or newest");
    }
}

static void read_level(kt_json place, kt_role role, kt_source *source)
{
    static const char *const levels[] = {"isco1", "isco2", "isco3", "isco4"};
    if (role != KT_ROLE_OCCUPATION && role != KT_ROLES && !kt_json_absent(place)) {
        kt_json_wrong(place, "only an occupation has a level");
    }
    if (role != KT_ROLE_OCCUPATION) {
        return;
    }
    const char *level = kt_json_text(place);
    for (size_t i = 0; level != NULL && i < sizeof levels / sizeof levels[0]; i++) {
        if (strcmp(level, levels[i]) == 0) {
            source->occupation_level = level;
            return;
        }
    }
    if (level != NULL) {
        kt_json_wrong(place, "expected isco1, isco2, isco3 or isco4, found \"%s\"", level);
    }
}

static kt_variable_spec read_variable(kt_json place, kt_source *source)
{
    static const char *const keys[] = {
        "role",    "names", "markers",   "time", "optional", "want",  "leave_out", "total",
        "unknown", "level", "code_list", "map",  "revision", "first", "newest",    NULL};
    kt_json_only(place, keys);
    kt_variable_spec spec = {
        .role = read_role(kt_json_member(place, "role")),
        .is_time = kt_json_bool_or(kt_json_member(place, "time"), false),
        .optional = kt_json_bool_or(kt_json_member(place, "optional"), false),
        .total = kt_json_text_or(kt_json_member(place, "total"), NULL),
        .unknown = kt_json_text_or(kt_json_member(place, "unknown"), NULL),
        .code_list = kt_json_text_or(kt_json_member(place, "code_list"), NULL),
    };
    spec.name_count = kt_json_texts(kt_json_member(place, "names"), &spec.names);
    spec.marker_count = kt_json_texts(kt_json_member(place, "markers"), &spec.markers);
    spec.want_count = kt_json_texts(kt_json_member(place, "want"), &spec.want);
    spec.leave_out_count = kt_json_texts(kt_json_member(place, "leave_out"), &spec.leave_out);
    read_level(kt_json_member(place, "level"), spec.role, source);
    read_revision(kt_json_member(place, "revision"), &spec, source);
    read_map(kt_json_member(place, "map"), &spec);
    read_span(place, &spec);
    check_variable(place, &spec, source);
    return spec;
}

void kt_source_read_variables(kt_json place, kt_source *source)
{
    const size_t count = kt_json_count(place);
    source->variables = kt_arena_array(place.arena, kt_variable_spec, count + 1);
    for (size_t i = 0; i < count; i++) {
        const kt_json element = kt_json_element(place, i);
        if (!kt_json_object(element)) {
            continue;
        }
        const kt_variable_spec spec = read_variable(element, source);
        if (spec.role != KT_ROLES && kt_source_variable(source, spec.role) != NULL) {
            kt_json_wrong(element, "a second variable with the role %s", kt_role_name(spec.role));
        }
        source->variables[source->variable_count++] = spec;
    }
    if (!kt_json_absent(place) && kt_source_variable(source, KT_ROLE_PERIOD) == NULL) {
        kt_json_wrong(place, "expected a variable with the role period");
    }
}

/* What the cube calls a figure: a group of a measure is a measure of its own. */
static const char *name_measure(const kt_measure_spec *spec, kt_arena *arena)
{
    return spec->base == NULL || strcmp(spec->group, KT_TOTAL) == 0
               ? spec->base
               : kt_arena_print(arena, "%s_%s", spec->base, spec->group);
}

static kt_words read_definition(kt_json place)
{
    return kt_json_absent(place) ? (kt_words){0} : kt_words_read(place);
}

/* Where no code is known, the first label names the measure in messages; where no variable has
 * codes of contents, none is needed. */
static const char *read_code(kt_json place, const kt_measure_spec *spec, const kt_source *source)
{
    const char *label = spec->label_count > 0 ? spec->labels[0] : NULL;
    const bool needed = label == NULL && kt_source_variable(source, KT_ROLE_MEASURE) != NULL;
    return needed ? kt_json_text(place) : kt_json_text_or(place, label);
}

/* What a measure is counted in, whatever its group; one that is not here may be in any unit. */
static const struct counted {
    const char *base, *unit;
} counted[] = {
    {"unemployed", "persons"},         {"labour_force", "persons"},   {"employed", "persons"},
    {"population", "persons"},         {"in_services", "persons"},    {"job_seekers", "persons"},
    {"job_seekers_during", "persons"}, {"reduced_week", "persons"},   {"vacancies", "posts"},
    {"vacancies_new", "posts"},        {"vacancies_filled", "posts"}, {"vacancies_open", "posts"},
    {"occupied_posts", "posts"},       {"open_days", "days"},
};

static void check_unit(kt_json place, const kt_measure_spec *spec)
{
    for (size_t i = 0; i < sizeof counted / sizeof counted[0]; i++) {
        if (kt_text_same(spec->base, counted[i].base) && spec->unit != NULL &&
            strcmp(spec->unit, counted[i].unit) != 0) {
            kt_json_wrong(place, "%s are counted in %s, found \"%s\"", spec->base, counted[i].unit,
                          spec->unit);
        }
    }
}

static kt_measure_spec read_measure(kt_json place, const kt_source *source)
{
    static const char *const keys[] = {
        "measure",    "group",    "code",       "earlier_codes", "unit",   "optional", "scale",
        "valid_from", "valid_to", "definition", "rounding",      "labels", NULL};
    static const char *const units[] = {"persons", "posts", "days", "percent", "ratio", NULL};
    kt_json_only(place, keys);
    kt_measure_spec spec = {
        .base = kt_json_text(kt_json_member(place, "measure")),
        .group = kt_json_text_or(kt_json_member(place, "group"), KT_TOTAL),
        .unit = read_choice(kt_json_member(place, "unit"), units),
        .scale = kt_json_number_or(kt_json_member(place, "scale"), 1e-9, 1e9, 1.0),
        .definition = read_definition(kt_json_member(place, "definition")),
        .optional = kt_json_bool_or(kt_json_member(place, "optional"), false),
        .valid_from = kt_json_text_or(kt_json_member(place, "valid_from"), NULL),
        .valid_to = kt_json_text_or(kt_json_member(place, "valid_to"), NULL),
    };
    spec.rounding = kt_json_number_or(kt_json_member(place, "rounding"), 0.0, 1e9,
                                      spec.scale > 1.0 ? spec.scale : 0.0);
    check_unit(kt_json_member(place, "unit"), &spec);
    spec.measure = name_measure(&spec, place.arena);
    if (read_day(kt_json_member(place, "valid_from"), INT64_MIN) >
        read_day(kt_json_member(place, "valid_to"), INT64_MAX)) {
        kt_json_wrong(place, "valid_from is after valid_to");
    }
    spec.earlier_count = kt_json_texts(kt_json_member(place, "earlier_codes"), &spec.earlier_codes);
    spec.label_count = kt_json_texts(kt_json_member(place, "labels"), &spec.labels);
    spec.code = read_code(kt_json_member(place, "code"), &spec, source);
    return spec;
}

static bool has_code(const kt_measure_spec *spec, const char *code)
{
    bool found = kt_text_same(spec->code, code);
    for (size_t i = 0; i < spec->earlier_count; i++) {
        found = found || kt_text_same(spec->earlier_codes[i], code);
    }
    return found;
}

static void check_earlier_codes(kt_json place, const kt_measure_spec *spec,
                                const kt_measure_spec *other)
{
    for (size_t i = 0; i < spec->earlier_count; i++) {
        if (has_code(other, spec->earlier_codes[i])) {
            kt_json_wrong(place, "the code %s is there twice", spec->earlier_codes[i]);
        }
    }
}

static void check_measure(kt_json place, const kt_measure_spec *spec, const kt_source *source)
{
    for (size_t i = 0; i < source->measure_count; i++) {
        const kt_measure_spec *other = &source->measures[i];
        if (spec->code != NULL && has_code(other, spec->code)) {
            kt_json_wrong(place, "the code %s is there twice", spec->code);
        }
        check_earlier_codes(place, spec, other);
        if (spec->measure != NULL && kt_text_same(other->measure, spec->measure)) {
            kt_json_wrong(place, "a second code for %s", spec->measure);
        }
    }
}

void kt_source_read_measures(kt_json place, kt_source *source)
{
    const size_t count = kt_json_count(place);
    if (count == 0 && !kt_json_absent(place)) {
        kt_json_wrong(place, "expected at least one measure");
    }
    source->measures = kt_arena_array(place.arena, kt_measure_spec, count + 1);
    for (size_t i = 0; i < count; i++) {
        const kt_json element = kt_json_element(place, i);
        if (!kt_json_object(element)) {
            continue;
        }
        const kt_measure_spec spec = read_measure(element, source);
        check_measure(element, &spec, source);
        source->measures[source->measure_count++] = spec;
    }
}

static const struct meaning {
    const char *name;
    kt_obs obs;
    bool zero;
} meanings[] = {
    {"zero", KT_OBS_OBSERVED, true},          {"protected", KT_OBS_PROTECTED, false},
    {"missing", KT_OBS_MISSING, false},       {"not_collected", KT_OBS_NOT_COLLECTED, false},
    {"impossible", KT_OBS_IMPOSSIBLE, false}, {"provisional", KT_OBS_PROVISIONAL, false},
    {"break", KT_OBS_BREAK, false},
};

static const struct meaning *read_meaning(kt_json place)
{
    const char *name = kt_json_text(place);
    for (size_t i = 0; name != NULL && i < sizeof meanings / sizeof meanings[0]; i++) {
        if (strcmp(name, meanings[i].name) == 0) {
            return &meanings[i];
        }
    }
    if (name != NULL) {
        kt_json_wrong(place,
                      "expected one of zero, protected, missing, not_collected, impossible, "
                      "provisional, break, found \"%s\"",
                      name);
    }
    return &meanings[0];
}

void kt_source_read_symbols(kt_json place, kt_source *source)
{
    static const char *const keys[] = {"symbol", "means", NULL};
    const size_t count = kt_json_count(place);
    source->symbols = kt_arena_array(place.arena, kt_symbol_spec, count + 1);
    kt_codes *seen = kt_codes_new(place.arena);
    for (size_t i = 0; i < count; i++) {
        const kt_json element = kt_json_element(place, i);
        if (!kt_json_object(element)) {
            continue;
        }
        kt_json_only(element, keys);
        const char *symbol = kt_json_text(kt_json_member(element, "symbol"));
        const struct meaning *meaning = read_meaning(kt_json_member(element, "means"));
        if (symbol != NULL && kt_codes_add(seen, symbol, NULL) == KT_NO_CODE) {
            kt_json_wrong(element, "the symbol \"%s\" is there twice", symbol);
        }
        source->symbols[source->symbol_count++] =
            (kt_symbol_spec){.symbol = symbol, .obs = meaning->obs, .zero = meaning->zero};
    }
}

static const char *read_cause(kt_json place)
{
    const char *cause = kt_json_text(place);
    if (cause != NULL && strcmp(cause, "_X1") != 0 && strcmp(cause, "_X2") != 0) {
        kt_json_wrong(place,
                      "expected _X1 (no municipality stated) or _X2 (abroad or unknown), found "
                      "\"%s\"",
                      cause);
    }
    return cause;
}

/* The levels at which a table of the source can have areas of its own. */
static const char *read_region_level(kt_json place)
{
    static const char *const levels[] = {"kunta",    "seutukunta",     "maakunta",       "ely",
                                         "suuralue", "tyollisyysalue", "elinvoimakeskus"};
    const char *level = kt_json_text(place);
    for (size_t i = 0; level != NULL && i < sizeof levels / sizeof levels[0]; i++) {
        if (strcmp(level, levels[i]) == 0) {
            return level;
        }
    }
    if (level != NULL) {
        kt_json_wrong(place,
                      "expected one of kunta, seutukunta, maakunta, ely, suuralue, "
                      "tyollisyysalue, elinvoimakeskus, found \"%s\"",
                      level);
    }
    return NULL;
}

void kt_source_read_publish_levels(kt_json place, kt_source *source)
{
    static const char *const levels[] = {
        "country",        "kunta", "seutukunta",      "maakunta",    "ely", "suuralue",
        "tyollisyysalue", "own",   "elinvoimakeskus", "coordinator", NULL};
    const size_t count = kt_json_absent(place) ? 0 : kt_json_count(place);
    if (count == 0 && !kt_json_absent(place)) {
        kt_json_wrong(place, "expected at least one level");
    }
    const char **wanted = kt_arena_array(place.arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        const char *level = read_choice(kt_json_element(place, i), levels);
        wanted[i] = level == NULL ? "" : level;
    }
    source->publish_levels = count == 0 ? NULL : wanted;
    source->publish_level_count = count;
}

void kt_source_read_unallocated(kt_json place, kt_source *source)
{
    static const char *const keys[] = {"cause", "level", "code", NULL};
    const size_t count = kt_json_absent(place) ? 0 : kt_json_count(place);
    source->unallocated = kt_arena_array(place.arena, kt_unallocated_spec, count + 1);
    kt_codes *seen = kt_codes_new(place.arena);
    for (size_t i = 0; i < count; i++) {
        const kt_json element = kt_json_element(place, i);
        if (!kt_json_object(element)) {
            continue;
        }
        kt_json_only(element, keys);
        const kt_unallocated_spec spec = {
            .cause = read_cause(kt_json_member(element, "cause")),
            .level = read_region_level(kt_json_member(element, "level")),
            .code = kt_json_text(kt_json_member(element, "code")),
        };
        if (spec.code != NULL && kt_codes_add(seen, spec.code, NULL) == KT_NO_CODE) {
            kt_json_wrong(element, "the code %s is there twice", spec.code);
        }
        source->unallocated[source->unallocated_count++] = spec;
    }
}

void kt_source_read_fixed(kt_json place, kt_source *source)
{
    if (kt_json_absent(place) || !kt_json_object(place)) {
        return;
    }
    const char *name = NULL;
    const json_t *value = NULL;
    kt_fixed_spec *fixed =
        kt_arena_array(place.arena, kt_fixed_spec, json_object_size(place.value) + 1);
    json_object_foreach((json_t *)(uintptr_t)place.value, name, value)
    {
        const char *code = kt_json_text(kt_json_member(place, name));
        fixed[source->fixed_count++] =
            (kt_fixed_spec){kt_arena_copy(place.arena, name), code == NULL ? "" : code};
    }
    source->fixed = fixed;
}
