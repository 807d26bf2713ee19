/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/text.h"
#include "core/totals.h"
#include "roles_wanted.h"

static kt_status fail_variable(const kt_role_search *search, const kt_dimension *dimension,
                               const char *why, kt_error *err)
{
    return kt_fail(err, KT_ERR_FORMAT, "%s: no role for the variable %s (%s)%s", search->source->id,
                   dimension->id, dimension->label, why);
}

/* Contents have no total: one of them is named, or the table is not used. */
static bool is_unnamed_contents(const kt_role_search *search, const kt_dimension *dimension)
{
    return dimension->is_metric && kt_source_variable(search->source, KT_ROLE_MEASURE) == NULL;
}

static kt_status fail_contents(const kt_role_search *search, const kt_dimension *dimension,
                               kt_error *err)
{
    const size_t count = kt_codes_count(dimension->codes);
    const char *why = kt_arena_print(search->arena,
                                     ", and which of its %zu contents is meant is "
                                     "not told",
                                     count);
    return fail_variable(search, dimension, why, err);
}

static kt_status find_total(const kt_role_search *search, const kt_dimension *dimension,
                            size_t *out, kt_error *err)
{
    const char *several = NULL;
    *out = kt_total_find(dimension, false, search->arena, &several);
    if (*out != KT_NO_CODE) {
        return KT_OK;
    }
    const char *why =
        several != NULL
            ? kt_arena_print(search->arena, ", and several of its values could be its total: %s",
                             several)
            : kt_arena_print(
                  search->arena,
                  ", it cannot be left out, and none of its %zu values is called a total",
                  kt_codes_count(dimension->codes));
    return fail_variable(search, dimension, why, err);
}

static void fix_at(const kt_role_search *search, size_t position, size_t at, kt_resolved *resolved)
{
    const kt_dimension *dimension = &search->envelope->dimensions[position];
    kt_fixed_variable *fixed = &resolved->fixed[resolved->fixed_count++];
    *fixed = (kt_fixed_variable){
        .dimension = position, .code = dimension->id, .label = dimension->label};
    if (at != KT_NO_CODE) {
        fixed->value = kt_arena_array(search->arena, const char *, 1);
        fixed->value[0] = kt_codes_at(dimension->codes, at);
        fixed->value_label = kt_codes_label(dimension->codes, at);
    }
}

static bool is_meant(const kt_fixed_spec *spec, const char *code, const char *label)
{
    return kt_text_matches(code, spec->name) || kt_text_matches(label, spec->name);
}

/* What the source's file fixes the dimension at, or NULL. */
static const kt_fixed_spec *spec_of(const kt_source *source, const kt_dimension *dimension)
{
    for (size_t i = 0; i < source->fixed_count; i++) {
        if (is_meant(&source->fixed[i], dimension->id, dimension->label)) {
            return &source->fixed[i];
        }
    }
    return NULL;
}

static kt_status fix_by_file(const kt_role_search *search, const kt_fixed_spec *spec,
                             size_t position, kt_resolved *resolved, kt_error *err)
{
    const kt_dimension *dimension = &search->envelope->dimensions[position];
    const size_t at = kt_codes_find(dimension->codes, spec->code);
    if (at == KT_NO_CODE) {
        const char *nearest = kt_codes_nearest(dimension->codes, spec->code);
        return kt_fail(err, KT_ERR_FORMAT, "%s: variable %s (fixed) has no value %s%s%s",
                       search->source->id, dimension->id, spec->code,
                       nearest == NULL ? "" : "; the nearest is ", nearest == NULL ? "" : nearest);
    }
    if (!kt_roles_has_all(search) && kt_codes_count(dimension->codes) != 1) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: variable %s has %zu values, expected %s alone",
                       search->source->id, dimension->id, kt_codes_count(dimension->codes),
                       spec->code);
    }
    fix_at(search, position, at, resolved);
    return KT_OK;
}

/* In the reply to a question a total and a subgroup look alike: one code is what was asked for,
 * several are not. */
static kt_status fix_in_reply(const kt_role_search *search, size_t position, kt_resolved *resolved,
                              kt_error *err)
{
    const kt_dimension *dimension = &search->envelope->dimensions[position];
    if (!search->source->fixes_others || kt_codes_count(dimension->codes) != 1) {
        return is_unnamed_contents(search, dimension) ? fail_contents(search, dimension, err)
                                                      : fail_variable(search, dimension, "", err);
    }
    fix_at(search, position, 0, resolved);
    return KT_OK;
}

kt_status kt_roles_fix(const kt_role_search *search, size_t position, kt_resolved *resolved,
                       kt_error *err)
{
    const kt_dimension *dimension = &search->envelope->dimensions[position];
    const kt_fixed_spec *spec = spec_of(search->source, dimension);
    if (spec != NULL) {
        return fix_by_file(search, spec, position, resolved, err);
    }
    if (!kt_roles_has_all(search)) {
        return fix_in_reply(search, position, resolved, err);
    }
    if (is_unnamed_contents(search, dimension)) {
        return fail_contents(search, dimension, err);
    }
    const bool is_left_out = search->whole && dimension->can_be_left_out;
    if (!is_left_out && !search->source->fixes_others) {
        return fail_variable(search, dimension, ", and it cannot be left out", err);
    }
    size_t at = KT_NO_CODE;
    if (!is_left_out) {
        KT_TRY(find_total(search, dimension, &at, err));
    }
    fix_at(search, position, at, resolved);
    return KT_OK;
}

static kt_status check_there(const kt_role_search *search, const kt_fixed_spec *spec,
                             const kt_resolved *resolved, kt_error *err)
{
    for (size_t i = 0; i < resolved->fixed_count; i++) {
        if (is_meant(spec, resolved->fixed[i].code, resolved->fixed[i].label)) {
            return KT_OK;
        }
    }
    return kt_fail(err, KT_ERR_FORMAT, "%s: no variable %s, which its file fixes at %s",
                   search->source->id, spec->name, spec->code);
}

/* Without a variable that the file fixes, the table counts something else than the file says. */
kt_status kt_roles_check_fixed(const kt_role_search *search, const kt_resolved *resolved,
                               kt_error *err)
{
    for (size_t i = 0; kt_roles_has_all(search) && i < search->source->fixed_count; i++) {
        const kt_status status = check_there(search, &search->source->fixed[i], resolved, err);
        KT_TRY(kt_roles_pass(search, KT_MATTER_NO_ROLE, status, err));
    }
    return KT_OK;
}
