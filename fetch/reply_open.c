/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/cleanup.h"
#include "core/period.h"
#include "core/roles.h"
#include "reply.h"

/* The wanted variable of that spec, and its place in the selection. */
static const kt_wanted_variable *find_wanted(const kt_wanted *wanted, const kt_variable_spec *spec,
                                             size_t *at)
{
    for (size_t v = 0; v < wanted->variable_count; v++) {
        if (wanted->variables[v].spec == spec) {
            *at = v;
            return &wanted->variables[v];
        }
    }
    return NULL;
}

/* Exactly the codes that were asked for; of a probe the first one. */
static kt_status check_explicit(const kt_expected *expected, size_t v,
                                const kt_dimension *dimension, kt_error *err)
{
    const kt_wanted_variable *variable = &expected->wanted->variables[v];
    const size_t start = expected->part == NULL ? 0 : expected->part->start[v];
    const size_t count = expected->part == NULL ? 1 : expected->part->count[v];
    for (size_t i = start; i < start + count; i++) {
        if (kt_codes_find(dimension->codes, variable->codes[i]) == KT_NO_CODE) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: the reply lacks %s=%s, which was asked for",
                           expected->source->id, dimension->id, variable->codes[i]);
        }
    }
    return kt_codes_count(dimension->codes) == count
               ? KT_OK
               : kt_fail(err, KT_ERR_FORMAT, "%s: the reply has %zu codes of %s, expected %zu",
                         expected->source->id, kt_codes_count(dimension->codes), dimension->id,
                         count);
}

/* The rest of the table is not in a probe. */
static kt_status check_variable(const kt_expected *expected, const kt_envelope *envelope,
                                const kt_resolved_variable *variable, kt_error *err)
{
    size_t v = 0;
    const kt_wanted_variable *wanted = find_wanted(expected->wanted, variable->spec, &v);
    if (wanted != NULL && !wanted->is_open) {
        return check_explicit(expected, v, &envelope->dimensions[variable->dimension], err);
    }
    return expected->part == NULL ? KT_OK
                                  : kt_roles_check(expected->source, envelope, variable, err);
}

/* A variable that was asked for by its codes, and one for several contents, must be there. */
static kt_status check_present(const kt_expected *expected, const kt_resolved *resolved,
                               kt_error *err)
{
    for (size_t v = 0; v < expected->wanted->variable_count; v++) {
        const kt_wanted_variable *wanted = &expected->wanted->variables[v];
        const bool needed = !wanted->is_open || (wanted->role == KT_ROLE_MEASURE &&
                                                 expected->source->measure_count > 1);
        if (wanted->spec != NULL && needed && kt_resolved_find(resolved, wanted->role) == NULL) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: the reply has no variable %s, expected it",
                           expected->source->id, wanted->name);
        }
    }
    return KT_OK;
}

/* The oldest and the newest period of the codes; services order them as they like. */
static void find_ends(const kt_codes *codes, const char **first, const char **last)
{
    kt_period oldest = {0};
    kt_period newest = {0};
    for (size_t i = 0; i < kt_codes_count(codes); i++) {
        kt_period period;
        const char *code = kt_codes_at(codes, i);
        if (!kt_period_read(code, &period)) {
            continue;
        }
        if (*first == NULL || kt_period_compare(period, oldest) < 0) {
            *first = code;
            oldest = period;
        }
        if (*last == NULL || kt_period_compare(period, newest) > 0) {
            *last = code;
            newest = period;
        }
    }
}

kt_status kt_reply_check_open(const kt_expected *expected, const kt_envelope *envelope,
                              kt_arena *arena, kt_reply *out, kt_error *err)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("check of an open reply", 0);
    kt_resolved *resolved = NULL;
    const char *first = NULL;
    const char *last = NULL;
    KT_TRY(kt_roles_resolve(expected->source, envelope, false, scratch, &resolved, err));
    KT_TRY(check_present(expected, resolved, err));
    for (size_t i = 0; i < resolved->variable_count; i++) {
        KT_TRY(check_variable(expected, envelope, &resolved->variables[i], err));
    }
    const kt_resolved_variable *time = kt_resolved_find(resolved, KT_ROLE_PERIOD);
    if (time != NULL) {
        find_ends(envelope->dimensions[time->dimension].codes, &first, &last);
    }
    if (last == NULL) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: the reply has no period, expected some",
                       expected->source->id);
    }
    *out = (kt_reply){
        .is_read = true,
        .cells = envelope->cells,
        .updated = envelope->updated == NULL ? NULL : kt_arena_copy(arena, envelope->updated),
        .period = kt_arena_copy(arena, last),
        .first_period = kt_arena_copy(arena, first)};
    return KT_OK;
}
