/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/roles.h"

#include <string.h>

#include "core/cleanup.h"
#include "core/text.h"
#include "roles_wanted.h"

#define NO_DIMENSION KT_NO_CODE

/* One way to recognise the variable that a spec means. */
typedef bool (*fits)(const kt_source *source, const kt_variable_spec *spec,
                     const kt_dimension *dimension);

static bool is_named(const kt_variable_spec *spec, const char *name)
{
    for (size_t i = 0; i < spec->name_count; i++) {
        if (kt_text_matches(name, spec->names[i])) {
            return true;
        }
    }
    return false;
}

/* The layout of a CSV says of each column whose codes it holds. */
static bool fits_told(const kt_source *source, const kt_variable_spec *spec,
                      const kt_dimension *dimension)
{
    (void)source;
    return dimension->has_role && dimension->role == spec->role;
}

static bool fits_code(const kt_source *source, const kt_variable_spec *spec,
                      const kt_dimension *dimension)
{
    (void)source;
    return is_named(spec, dimension->id);
}

static bool fits_label(const kt_source *source, const kt_variable_spec *spec,
                       const kt_dimension *dimension)
{
    (void)source;
    return is_named(spec, dimension->label);
}

static bool fits_mark(const kt_source *source, const kt_variable_spec *spec,
                      const kt_dimension *dimension)
{
    (void)source;
    return (spec->is_time && dimension->is_time) ||
           (spec->role == KT_ROLE_MEASURE && dimension->is_metric);
}

/* StatFin's time variables are timeperiod_y, timeperiod_q and timeperiod_m since June 2026. */
static bool fits_time_name(const kt_source *source, const kt_variable_spec *spec,
                           const kt_dimension *dimension)
{
    (void)source;
    return spec->is_time && kt_text_starts(dimension->id, "timeperiod");
}

static bool fits_periods(const kt_source *source, const kt_variable_spec *spec,
                         const kt_dimension *dimension)
{
    for (size_t i = 0; spec->is_time && i < kt_codes_count(dimension->codes); i++) {
        kt_period period;
        if (!kt_period_read(kt_codes_at(dimension->codes, i), &period) ||
            period.frequency != source->frequency) {
            return false;
        }
    }
    return spec->is_time;
}

static bool fits_markers(const kt_source *source, const kt_variable_spec *spec,
                         const kt_dimension *dimension)
{
    (void)source;
    for (size_t i = 0; i < spec->marker_count; i++) {
        if (kt_codes_find(dimension->codes, spec->markers[i]) == KT_NO_CODE) {
            return false;
        }
    }
    return spec->marker_count > 0;
}

/* "Alue (Alue), timeperiod_m (Kuukausi)": the dimensions that fit, or all of them if way is NULL.
 */
static char *list_dimensions(const kt_role_search *search, const kt_variable_spec *spec, fits way)
{
    KT_AUTO(text) kt_text list = {0};
    kt_text_put(&list, "");
    for (size_t i = 0; i < search->envelope->dimension_count && list.length < 300; i++) {
        const kt_dimension *dimension = &search->envelope->dimensions[i];
        if (way == NULL || way(search->source, spec, dimension)) {
            kt_text_print(&list, "%s%s (%s)", list.length == 0 ? "" : ", ", dimension->id,
                          dimension->label);
        }
    }
    return kt_arena_copy(search->arena, list.bytes);
}

/* The one dimension that fits in that way; NO_DIMENSION if none does. */
static kt_status find_by(const kt_role_search *search, const kt_variable_spec *spec, fits way,
                         size_t *out, kt_error *err)
{
    *out = NO_DIMENSION;
    for (size_t i = 0; i < search->envelope->dimension_count; i++) {
        if (!way(search->source, spec, &search->envelope->dimensions[i])) {
            continue;
        }
        if (*out != NO_DIMENSION) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: several variables could play the role %s: %s",
                           search->source->id, kt_role_name(spec->role),
                           list_dimensions(search, spec, way));
        }
        *out = i;
    }
    return KT_OK;
}

static const char *join(kt_arena *arena, const char *const *words, size_t count)
{
    const char *list = "";
    for (size_t i = 0; i < count; i++) {
        list = kt_arena_print(arena, "%s%s%s", list, i == 0 ? "" : " or ", words[i]);
    }
    return list;
}

static kt_status fail_missing(const kt_role_search *search, const kt_variable_spec *spec,
                              kt_error *err)
{
    return kt_fail(
        err, KT_ERR_FORMAT, "%s: no variable for the role %s%s%s; the table has %s",
        search->source->id, kt_role_name(spec->role), spec->name_count == 0 ? "" : ", expected ",
        join(search->arena, spec->names, spec->name_count), list_dimensions(search, spec, NULL));
}

bool kt_roles_has_all(const kt_role_search *search)
{
    return search->whole || kt_source_is_document(search->source);
}

/* The layout of a CSV names all its columns: a role without one stands at its total. */
static bool is_without_column(const kt_source *source, kt_role role)
{
    for (size_t i = 0; source->layout != NULL && i < source->layout->column_count; i++) {
        if (source->layout->columns[i].role == role) {
            return false;
        }
    }
    return source->layout != NULL;
}

/* A service leaves a variable out of a reply when nothing was selected of it: that is its total.
 * Of a document nothing was selected, and one without the variable may be of a part. */
static bool may_be_absent(const kt_role_search *search, const kt_variable_spec *spec)
{
    const bool has_total =
        spec->total != NULL && spec->role != KT_ROLE_PERIOD && spec->role != KT_ROLE_MEASURE;
    const bool is_total =
        !kt_roles_has_all(search) || is_without_column(search->source, spec->role);
    return spec->optional || (!search->whole && has_total && is_total);
}

static kt_status find_dimension(const kt_role_search *search, const kt_variable_spec *spec,
                                size_t *out, kt_error *err)
{
    static const fits ways[] = {fits_told,      fits_code,    fits_label,  fits_mark,
                                fits_time_name, fits_periods, fits_markers};
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        KT_TRY(find_by(search, spec, ways[i], out, err));
        if (*out != NO_DIMENSION) {
            return KT_OK;
        }
    }
    return may_be_absent(search, spec) ? KT_OK : fail_missing(search, spec, err);
}

kt_status kt_roles_pass(const kt_role_search *search, kt_role_matter matter, kt_status status,
                        kt_error *err)
{
    kt_role_troubles *troubles = search->troubles;
    if (status == KT_OK || troubles == NULL) {
        return status;
    }
    for (size_t i = 0; i < troubles->count; i++) {
        if (strcmp(troubles->at[i].line, err->message) == 0) {
            return KT_OK;
        }
    }
    troubles->at = kt_arena_grow(search->arena, troubles->at, troubles->count, &troubles->room,
                                 sizeof *troubles->at);
    troubles->at[troubles->count++] =
        (kt_role_trouble){matter, kt_arena_copy(search->arena, err->message)};
    return KT_OK;
}

static kt_status claim(const kt_role_search *search, const kt_variable_spec *spec,
                       const kt_variable_spec **claims, kt_error *err)
{
    size_t at = NO_DIMENSION;
    KT_TRY(find_dimension(search, spec, &at, err));
    if (at != NO_DIMENSION && claims[at] != NULL) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: variable %s could play both %s and %s",
                       search->source->id, search->envelope->dimensions[at].id,
                       kt_role_name(claims[at]->role), kt_role_name(spec->role));
    }
    if (at != NO_DIMENSION) {
        claims[at] = spec;
    }
    return KT_OK;
}

/* Gives each dimension the spec that claims it; claims[i] stays NULL where none does. */
static kt_status claim_dimensions(const kt_role_search *search, const kt_variable_spec **claims,
                                  kt_error *err)
{
    for (size_t i = 0; i < search->source->variable_count; i++) {
        const kt_status status = claim(search, &search->source->variables[i], claims, err);
        KT_TRY(kt_roles_pass(search, KT_MATTER_VARIABLE, status, err));
    }
    return KT_OK;
}

static kt_status resolve_dimension(const kt_role_search *search, const kt_variable_spec *claim,
                                   size_t position, kt_resolved *resolved, kt_error *err)
{
    const kt_dimension *dimension = &search->envelope->dimensions[position];
    if (claim == NULL) {
        return kt_roles_pass(search, KT_MATTER_NO_ROLE,
                             kt_roles_fix(search, position, resolved, err), err);
    }
    kt_resolved_variable *variable = &resolved->variables[resolved->variable_count++];
    variable->spec = claim;
    variable->role = claim->role;
    variable->dimension = position;
    variable->code = dimension->id;
    return kt_roles_want(search, variable, err);
}

static kt_status resolve(const kt_role_search *search, kt_resolved **out, kt_error *err)
{
    const size_t count = search->envelope->dimension_count;
    const kt_variable_spec **claims =
        kt_arena_array(search->arena, const kt_variable_spec *, count);
    KT_TRY(claim_dimensions(search, claims, err));
    kt_resolved *resolved = kt_arena_new(search->arena, kt_resolved);
    resolved->variables = kt_arena_array(search->arena, kt_resolved_variable, count);
    resolved->fixed = kt_arena_array(search->arena, kt_fixed_variable, count);
    for (size_t i = 0; i < count; i++) {
        KT_TRY(resolve_dimension(search, claims[i], i, resolved, err));
    }
    KT_TRY(kt_roles_check_fixed(search, resolved, err));
    *out = resolved;
    return KT_OK;
}

kt_status kt_roles_resolve(const kt_source *source, const kt_envelope *envelope, bool whole,
                           kt_arena *arena, kt_resolved **out, kt_error *err)
{
    const kt_role_search search = {source, envelope, whole, arena, NULL};
    return resolve(&search, out, err);
}

void kt_roles_examine(const kt_source *source, const kt_envelope *metadata, kt_arena *arena,
                      kt_role_troubles *out)
{
    kt_resolved *resolved = NULL;
    kt_error err = {0};
    *out = (kt_role_troubles){0};
    const kt_role_search search = {source, metadata, true, arena, out};
    (void)resolve(&search, &resolved, &err); /* what fails is in *out */
}

kt_resolved *kt_roles_find(const kt_source *source, const kt_envelope *envelope, kt_arena *arena)
{
    kt_role_troubles passed = {0};
    kt_resolved *found = NULL;
    kt_error err = {0};
    const kt_role_search search = {source, envelope, false, arena, &passed};
    return resolve(&search, &found, &err) == KT_OK ? found : NULL;
}

kt_status kt_roles_dimension(const kt_source *source, const kt_envelope *envelope,
                             const kt_variable_spec *spec, size_t *dimension, kt_error *err)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("variables of a table", 0);
    const kt_role_search search = {source, envelope, true, scratch, NULL};
    return find_dimension(&search, spec, dimension, err);
}

kt_status kt_roles_check(const kt_source *source, const kt_envelope *envelope,
                         const kt_resolved_variable *variable, kt_error *err)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("wanted codes", 0);
    const kt_role_search search = {source, envelope, true, scratch, NULL};
    kt_resolved_variable whole = *variable;
    return kt_roles_want(&search, &whole, err);
}

const kt_resolved_variable *kt_resolved_find(const kt_resolved *resolved, kt_role role)
{
    for (size_t i = 0; i < resolved->variable_count; i++) {
        if (resolved->variables[i].role == role) {
            return &resolved->variables[i];
        }
    }
    return NULL;
}
