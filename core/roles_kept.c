/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/roles.h"

#include "roles_wanted.h"

static const char *const ended = "if it has ended, take it out of the source's file";

static bool has_measure(const kt_resolved *resolved, const kt_measure_spec *measure)
{
    const kt_resolved_variable *contents = kt_resolved_find(resolved, KT_ROLE_MEASURE);
    for (size_t i = 0; contents != NULL && i < contents->wanted_count; i++) {
        if (contents->measure[i] == measure) {
            return true;
        }
    }
    return false;
}

static kt_status check_variables(const kt_source *source, const kt_resolved *before,
                                 const kt_resolved *now, kt_error *err)
{
    for (size_t i = 0; i < source->variable_count; i++) {
        const kt_variable_spec *spec = &source->variables[i];
        const kt_resolved_variable *had = kt_resolved_find(before, spec->role);
        if (spec->optional && had != NULL && kt_resolved_find(now, spec->role) == NULL) {
            return kt_fail(err, KT_ERR_FORMAT,
                           "%s: no variable for the role %s, expected %s as before; %s", source->id,
                           kt_role_name(spec->role), had->code, ended);
        }
    }
    return KT_OK;
}

static kt_status check_measures(const kt_source *source, const kt_resolved *before,
                                const kt_envelope *metadata, const kt_resolved *now, kt_error *err)
{
    const kt_resolved_variable *contents = kt_resolved_find(now, KT_ROLE_MEASURE);
    for (size_t i = 0; contents != NULL && i < source->measure_count; i++) {
        const kt_measure_spec *spec = &source->measures[i];
        if (!spec->optional || !has_measure(before, spec) || has_measure(now, spec)) {
            continue;
        }
        const kt_codes *codes = metadata->dimensions[contents->dimension].codes;
        const char *nearest = kt_codes_nearest(codes, spec->code);
        return kt_fail(err, KT_ERR_FORMAT,
                       "%s: variable %s (%s) has no value %s%s%s, expected %s as before; %s",
                       source->id, contents->code, kt_role_name(KT_ROLE_MEASURE), spec->code,
                       nearest == NULL ? "" : "; the nearest is ", nearest == NULL ? "" : nearest,
                       spec->code, ended);
    }
    return KT_OK;
}

kt_status kt_roles_kept(const kt_source *source, const kt_envelope *before,
                        const kt_envelope *metadata, const kt_resolved *now, kt_arena *arena,
                        kt_error *err)
{
    const kt_resolved *had = kt_roles_find(source, before, arena);
    if (had == NULL) {
        return KT_OK;
    }
    KT_TRY(check_variables(source, had, now, err));
    return check_measures(source, had, metadata, now, err);
}
