/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "open.h"

#include <string.h>

#include "core/text.h"
#include "dated.h"

#define MOST_SPELLINGS 4

/* The one code of a variable that the reply is to fill. */
static const char *const any_code[] = {"*"};

bool kt_table_is_open(const kt_table *table)
{
    return table->protocol->metadata == NULL;
}

static bool is_pattern(const char *words)
{
    return strpbrk(words, "*?") != NULL;
}

/* The name that is sent in that spelling; NULL if the file has none that could be sent. */
static const char *spelled(const kt_variable_spec *spec, size_t spelling)
{
    const char *name = NULL;
    for (size_t i = 0, plain = 0; i < spec->name_count && plain <= spelling; i++) {
        if (!is_pattern(spec->names[i])) {
            name = spec->names[i];
            plain++;
        }
    }
    return name;
}

static bool names_codes(const kt_variable_spec *spec)
{
    bool named = spec->want_count > 0 && spec->leave_out_count == 0;
    for (size_t i = 0; i < spec->want_count; i++) {
        named = named && !is_pattern(spec->want[i]);
    }
    return named;
}

/* A content that older tables call otherwise, or that is known by its label, cannot be asked for.
 */
static bool names_contents(const kt_source *source)
{
    bool named = source->measure_count > 0;
    for (size_t i = 0; i < source->measure_count; i++) {
        const kt_measure_spec *measure = &source->measures[i];
        named =
            named && !measure->optional && measure->earlier_count == 0 && measure->label_count == 0;
    }
    return named;
}

static bool is_explicit(const kt_source *source, const kt_variable_spec *spec)
{
    if (spec->optional || spelled(spec, 0) == NULL || spec->role == KT_ROLE_PERIOD) {
        return false;
    }
    return spec->role == KT_ROLE_MEASURE ? names_contents(source) : names_codes(spec);
}

static const char *const *content_codes(const kt_source *source, kt_arena *arena)
{
    const char **codes = kt_arena_array(arena, const char *, source->measure_count);
    for (size_t i = 0; i < source->measure_count; i++) {
        codes[i] = source->measures[i].code;
    }
    return codes;
}

static kt_wanted_variable want_variable(const kt_table *table, const kt_variable_spec *spec,
                                        size_t spelling)
{
    const kt_source *source = table->source;
    const char *name = spelled(spec, spelling);
    kt_wanted_variable variable = {.name = name == NULL ? kt_role_name(spec->role) : name,
                                   .codes = any_code,
                                   .count = 1,
                                   .role = spec->role,
                                   .spec = spec,
                                   .is_time = spec->role == KT_ROLE_PERIOD,
                                   .is_open = true};
    if (!table->protocol->sends_codes || !is_explicit(source, spec)) {
        return variable;
    }
    const bool contents = spec->role == KT_ROLE_MEASURE;
    variable.is_open = false;
    variable.codes =
        contents ? content_codes(source, table->errand->arena) : (const char *const *)spec->want;
    variable.count = contents ? source->measure_count : spec->want_count;
    return variable;
}

static kt_wanted_variable want_fixed(const kt_fixed_spec *fixed)
{
    return (kt_wanted_variable){
        .name = fixed->name, .codes = &fixed->code, .count = 1, .role = KT_ROLES};
}

static kt_status add_variable(const kt_source *source, kt_wanted_variable variable,
                              kt_wanted *wanted, kt_error *err)
{
    if (wanted->variable_count == KT_WANTED_VARIABLES) {
        return kt_fail(err, KT_ERR_CONFIG, "%s: more than %d variables", source->file,
                       KT_WANTED_VARIABLES);
    }
    wanted->variables[wanted->variable_count++] = variable;
    return KT_OK;
}

kt_status kt_open_want(const kt_table *table, size_t spelling, kt_wanted *out, kt_error *err)
{
    const kt_source *source = table->source;
    kt_wanted wanted = {0};
    for (size_t i = 0; i < source->variable_count; i++) {
        KT_TRY(add_variable(source, want_variable(table, &source->variables[i], spelling), &wanted,
                            err));
    }
    for (size_t i = 0; table->protocol->sends_codes && i < source->fixed_count; i++) {
        const kt_fixed_spec *fixed = &source->fixed[i];
        KT_TRY(is_pattern(fixed->name) ? KT_OK
                                       : add_variable(source, want_fixed(fixed), &wanted, err));
    }
    *out = wanted;
    return KT_OK;
}

/* How many names the variables that are asked for have had. */
static size_t count_spellings(const kt_table *table)
{
    const kt_source *source = table->source;
    size_t most = 1;
    for (size_t i = 0; table->protocol->sends_codes && i < source->variable_count; i++) {
        const kt_variable_spec *spec = &source->variables[i];
        size_t plain = 0;
        for (size_t j = 0; is_explicit(source, spec) && j < spec->name_count; j++) {
            plain += is_pattern(spec->names[j]) ? 0 : 1;
        }
        most = plain > most ? plain : most;
    }
    return most > MOST_SPELLINGS ? MOST_SPELLINGS : most;
}

/* All places in the order of trying: the names of today at every address first. */
static void list_places(kt_table *table)
{
    kt_arena *arena = table->errand->arena;
    const kt_address_spec **order = kt_table_addresses(table);
    const size_t spellings = count_spellings(table);
    const kt_instant now = kt_instant_now();
    size_t room = 0;
    table->place_count = 0;
    for (size_t i = 0; i < spellings * table->source->address_count; i++) {
        const char **paths = NULL;
        const kt_address_spec *address = order[i % table->source->address_count];
        const size_t count = kt_dated_paths(address->path, now, arena, &paths);
        for (size_t j = 0; j < count; j++) {
            table->places = kt_arena_grow(arena, table->places, table->place_count, &room,
                                          sizeof *table->places);
            table->places[table->place_count++] =
                (kt_open_place){.target = {table->source, paths[j]},
                                .spelling = i / table->source->address_count,
                                .is_dated = paths[j] != address->path};
        }
    }
}

/* The period that the archive's replies end with, NULL if none of them says. */
static const char *had_last(const kt_table *table)
{
    kt_codes *ends = kt_codes_new(table->errand->arena);
    for (size_t i = 0; i < table->vintage->reply_count; i++) {
        const char *last = table->vintage->replies[i]->last_period;
        if (last != NULL) {
            (void)kt_codes_intern(ends, last);
        }
    }
    return kt_newest_period(ends);
}

static kt_status take_place(kt_table *table, size_t place, kt_error *err)
{
    table->place = place;
    table->target = table->places[place].target;
    table->last_period = had_last(table);
    table->is_fresh = true;
    KT_TRY(kt_open_want(table, table->places[place].spelling, &table->wanted, err));
    table->has_metadata = true;
    return KT_OK;
}

/* What is wanted of the table, in one call. */
static kt_request whole_request(const kt_table *table)
{
    kt_part part = {0};
    for (size_t v = 0; v < table->wanted.variable_count; v++) {
        part.count[v] = table->wanted.variables[v].count;
    }
    return table->protocol->data(&table->target, &table->wanted, &part, table->errand->arena);
}

static bool is_answered(const kt_table *table, kt_instant *when)
{
    const kt_request request = whole_request(table);
    for (size_t i = table->vintage->reply_count; i-- > 0;) {
        if (kt_request_is(&request, table->vintage->replies[i])) {
            *when = table->vintage->replies[i]->time;
            return true;
        }
    }
    return false;
}

/* A table that moved and was found is not looked for at its old place each night, as long as the
 * file has the same address for the day. Where addresses carry dates, the newest is tried first. */
kt_status kt_open_begin(kt_table *table, kt_error *err)
{
    const kt_source *source = table->source;
    const kt_address_spec *today = kt_source_address(source, kt_instant_now());
    size_t best = 0;
    kt_instant newest = KT_NO_INSTANT;
    list_places(table);
    for (size_t i = 0; i < table->place_count && !table->places[0].is_dated; i++) {
        kt_instant when = KT_NO_INSTANT;
        KT_TRY(take_place(table, i, err));
        if (is_answered(table, &when) && when > newest &&
            kt_source_address(source, when) == today) {
            newest = when;
            best = i;
        }
    }
    const kt_open_place first = table->places[best];
    memmove(table->places + 1, table->places, best * sizeof *table->places);
    table->places[0] = first;
    return take_place(table, 0, err);
}

kt_status kt_open_next(kt_table *table, bool *more, kt_error *err)
{
    *more = table->place + 1 < table->place_count;
    return *more ? take_place(table, table->place + 1, err) : KT_OK;
}

kt_status kt_open_fail(const kt_table *table, const kt_error *first, kt_error *err)
{
    const size_t others = table->place_count - 1;
    return others == 0 ? kt_fail(err, first->status, "%s", first->message)
                       : kt_fail(err, first->status, "%s; nor is it at any of %zu other places",
                                 first->message, others);
}

/* A variable that is open now must have been open in some question; each code of an explicit one
 * must have been asked for by name or in an open question. */
static bool was_asked_for(const kt_table *table, const kt_wanted_variable *variable)
{
    kt_codes *asked = kt_codes_new(table->errand->arena);
    for (size_t i = 0; i < table->vintage->reply_count; i++) {
        if (!table->protocol->asked(table->vintage->replies[i], variable->name, asked)) {
            return true;
        }
    }
    for (size_t i = 0; !variable->is_open && i < variable->count; i++) {
        if (kt_codes_find(asked, variable->codes[i]) == KT_NO_CODE) {
            return false;
        }
    }
    return !variable->is_open;
}

bool kt_open_lacks(const kt_table *table)
{
    for (size_t v = 0; v < table->wanted.variable_count; v++) {
        if (!was_asked_for(table, &table->wanted.variables[v])) {
            return true;
        }
    }
    return false;
}
