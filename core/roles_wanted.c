/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "roles_wanted.h"

#include <string.h>

#include "core/text.h"

static const kt_codes *codes_of(const kt_role_search *search, const kt_resolved_variable *variable)
{
    return search->envelope->dimensions[variable->dimension].codes;
}

static bool matches_any(const char *code, const char *const *patterns, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (kt_text_matches(code, patterns[i])) {
            return true;
        }
    }
    return false;
}

static bool is_wanted(const kt_variable_spec *spec, const char *code)
{
    return matches_any(code, spec->want, spec->want_count) &&
           !matches_any(code, spec->leave_out, spec->leave_out_count);
}

static kt_status fail_vanished(const kt_role_search *search, const kt_resolved_variable *variable,
                               const char *code, kt_error *err)
{
    const char *nearest = kt_codes_nearest(codes_of(search, variable), code);
    return kt_fail(err, KT_ERR_FORMAT, "%s: variable %s (%s) has no value %s%s%s",
                   search->source->id, variable->code, kt_role_name(variable->role), code,
                   nearest == NULL ? "" : "; the nearest is ", nearest == NULL ? "" : nearest);
}

static bool is_pattern(const char *want)
{
    return strpbrk(want, "*?") != NULL;
}

static bool some_match(const kt_codes *codes, const char *pattern)
{
    for (size_t i = 0; i < kt_codes_count(codes); i++) {
        if (kt_text_matches(kt_codes_at(codes, i), pattern)) {
            return true;
        }
    }
    return false;
}

static kt_status check_want(const kt_role_search *search, const kt_resolved_variable *variable,
                            const char *want, kt_error *err)
{
    const kt_codes *codes = codes_of(search, variable);
    if (!is_pattern(want) && kt_codes_find(codes, want) == KT_NO_CODE) {
        return fail_vanished(search, variable, want, err);
    }
    if (!some_match(codes, want)) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: variable %s (%s): no value matches %s",
                       search->source->id, variable->code, kt_role_name(variable->role), want);
    }
    return KT_OK;
}

static kt_status check_total(const kt_role_search *search, const kt_resolved_variable *variable,
                             kt_error *err)
{
    const char *total = variable->spec->total;
    return total != NULL && is_wanted(variable->spec, total) &&
                   kt_codes_find(codes_of(search, variable), total) == KT_NO_CODE
               ? fail_vanished(search, variable, total, err)
               : KT_OK;
}

/* In the whole table every code and every pattern that is wanted must stand for something, and the
 * total must be there: without it nothing could be held against it. */
static kt_status check_wants(const kt_role_search *search, const kt_resolved_variable *variable,
                             kt_error *err)
{
    const kt_variable_spec *spec = variable->spec;
    for (size_t i = 0; i < spec->want_count; i++) {
        const kt_status status = check_want(search, variable, spec->want[i], err);
        KT_TRY(kt_roles_pass(search, KT_MATTER_CODE, status, err));
    }
    return kt_roles_pass(search, KT_MATTER_CODE, check_total(search, variable, err), err);
}

static kt_status check_period(const kt_role_search *search, const kt_resolved_variable *variable,
                              const char *code, kt_error *err)
{
    kt_period period;
    if (variable->role != KT_ROLE_PERIOD ||
        (kt_period_read(code, &period) && period.frequency == search->source->frequency)) {
        return KT_OK;
    }
    const char *const name = search->source->frequency == KT_MONTHLY     ? "month"
                             : search->source->frequency == KT_QUARTERLY ? "quarter"
                                                                         : "year";
    return kt_fail(err, KT_ERR_FORMAT, "%s: variable %s: %s is no %s", search->source->id,
                   variable->code, code, name);
}

static bool is_earlier(const char *code, const char *than)
{
    kt_period period, first;
    return kt_period_read(code, &period) && kt_period_read(than, &first) &&
           kt_period_compare(period, first) < 0;
}

/* How many of the wanted periods are newer than one of them. */
static size_t newer_than(const kt_resolved_variable *variable, const char *than)
{
    size_t newer = 0;
    for (size_t i = 0; i < variable->wanted_count; i++) {
        newer += is_earlier(than, variable->wanted[i]) ? 1 : 0;
    }
    return newer;
}

/* Of a table only its newest periods may be wanted; replies of older days have others. */
static void keep_newest(kt_resolved_variable *variable, kt_arena *arena)
{
    bool *kept = kt_arena_array(arena, bool, variable->wanted_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < variable->wanted_count; i++) {
        kept[i] = newer_than(variable, variable->wanted[i]) < variable->spec->newest;
    }
    for (size_t i = 0; i < variable->wanted_count; i++) {
        variable->wanted[count] = variable->wanted[i];
        variable->position[count] = variable->position[i];
        count += kept[i] ? 1 : 0;
    }
    variable->wanted_count = count;
}

static kt_status match_codes(const kt_role_search *search, kt_resolved_variable *variable,
                             kt_error *err)
{
    const kt_codes *codes = codes_of(search, variable);
    const char *first = variable->spec->first;
    for (size_t i = 0; i < kt_codes_count(codes); i++) {
        const char *code = kt_codes_at(codes, i);
        if (!is_wanted(variable->spec, code)) {
            continue;
        }
        KT_TRY(check_period(search, variable, code, err));
        if (first != NULL && is_earlier(code, first)) {
            continue;
        }
        variable->wanted[variable->wanted_count] = code;
        variable->position[variable->wanted_count++] = i;
    }
    return KT_OK;
}

static kt_status want_codes(const kt_role_search *search, kt_resolved_variable *variable,
                            kt_error *err)
{
    const kt_status status = match_codes(search, variable, err);
    KT_TRY(kt_roles_pass(search, KT_MATTER_PERIOD, status, err));
    if (search->whole && variable->spec->newest > 0) {
        keep_newest(variable, search->arena);
    }
    return search->whole ? check_wants(search, variable, err) : KT_OK;
}

/* True if code is name behind a prefix of the table's own: "tyti-Tyottomat" for "Tyottomat". */
static bool is_prefixed(const char *code, const char *name)
{
    const size_t length = strlen(code);
    const size_t tail = strlen(name);
    return length > tail && strcmp(code + length - tail, name) == 0 &&
           (code[length - tail - 1] == '-' || code[length - tail - 1] == '_');
}

/* The content code of a measure: the same, else the single one behind a prefix. KT_NO_CODE if none.
 */
static kt_status find_content(const kt_role_search *search, const kt_resolved_variable *variable,
                              const char *name, size_t *out, kt_error *err)
{
    const kt_codes *codes = codes_of(search, variable);
    *out = kt_codes_find(codes, name);
    if (*out != KT_NO_CODE) {
        return KT_OK;
    }
    for (size_t i = 0; i < kt_codes_count(codes); i++) {
        if (!is_prefixed(kt_codes_at(codes, i), name)) {
            continue;
        }
        if (*out != KT_NO_CODE) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: variable %s: both %s and %s could be %s",
                           search->source->id, variable->code, kt_codes_at(codes, *out),
                           kt_codes_at(codes, i), name);
        }
        *out = i;
    }
    return KT_OK;
}

/* The single content that is called so, of those that no other measure has by its code. */
static kt_status find_label(const kt_role_search *search, const kt_resolved_variable *variable,
                            const char *pattern, const kt_measure_spec *const *meaning, size_t *out,
                            kt_error *err)
{
    const kt_codes *codes = codes_of(search, variable);
    *out = KT_NO_CODE;
    for (size_t i = 0; i < kt_codes_count(codes); i++) {
        if (meaning[i] != NULL || !kt_text_matches(kt_codes_label(codes, i), pattern)) {
            continue;
        }
        if (*out != KT_NO_CODE) {
            return kt_fail(err, KT_ERR_FORMAT,
                           "%s: variable %s: both %s (%s) and %s (%s) are called %s",
                           search->source->id, variable->code, kt_codes_at(codes, *out),
                           kt_codes_label(codes, *out), kt_codes_at(codes, i),
                           kt_codes_label(codes, i), pattern);
        }
        *out = i;
    }
    return KT_OK;
}

/* Puts into meaning[] at which code of the content variable the measure stands; *at may be
 * KT_NO_CODE. */
static kt_status claim_content(const kt_role_search *search, const kt_resolved_variable *variable,
                               const kt_measure_spec *measure, size_t at,
                               const kt_measure_spec **meaning, kt_error *err)
{
    if (at != KT_NO_CODE && meaning[at] != NULL) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: variable %s: %s could be %s and %s",
                       search->source->id, variable->code,
                       kt_codes_at(codes_of(search, variable), at), meaning[at]->code,
                       measure->code);
    }
    if (at != KT_NO_CODE) {
        meaning[at] = measure;
    }
    return KT_OK;
}

/* Its code of today, or what it was called before: an older table is a part of the same history. */
static kt_status place_by_code(const kt_role_search *search, const kt_resolved_variable *variable,
                               const kt_measure_spec *measure, const kt_measure_spec **meaning,
                               bool *placed, kt_error *err)
{
    size_t at = KT_NO_CODE;
    KT_TRY(find_content(search, variable, measure->code, &at, err));
    for (size_t i = 0; at == KT_NO_CODE && i < measure->earlier_count; i++) {
        KT_TRY(find_content(search, variable, measure->earlier_codes[i], &at, err));
    }
    *placed = at != KT_NO_CODE;
    return claim_content(search, variable, measure, at, meaning, err);
}

static kt_status place_by_label(const kt_role_search *search, const kt_resolved_variable *variable,
                                const kt_measure_spec *measure, const kt_measure_spec **meaning,
                                kt_error *err)
{
    size_t at = KT_NO_CODE;
    for (size_t i = 0; at == KT_NO_CODE && i < measure->label_count; i++) {
        KT_TRY(find_label(search, variable, measure->labels[i], meaning, &at, err));
    }
    if (at == KT_NO_CODE && search->whole && !measure->optional) {
        return fail_vanished(search, variable, measure->code, err);
    }
    return claim_content(search, variable, measure, at, meaning, err);
}

/* Codes first: a label may say less than a code. */
static kt_status find_measures(const kt_role_search *search, const kt_resolved_variable *variable,
                               const kt_measure_spec **meaning, kt_error *err)
{
    const size_t count = search->source->measure_count;
    const kt_measure_spec *measures = search->source->measures;
    bool *settled = kt_arena_array(search->arena, bool, count + 1);
    for (size_t i = 0; i < count; i++) {
        const kt_status status =
            place_by_code(search, variable, &measures[i], meaning, &settled[i], err);
        settled[i] = settled[i] || status != KT_OK;
        KT_TRY(kt_roles_pass(search, KT_MATTER_MEASURE, status, err));
    }
    for (size_t i = 0; i < count; i++) {
        const kt_status status =
            settled[i] ? KT_OK : place_by_label(search, variable, &measures[i], meaning, err);
        KT_TRY(kt_roles_pass(search, KT_MATTER_MEASURE, status, err));
    }
    return KT_OK;
}

static kt_status want_measures(const kt_role_search *search, kt_resolved_variable *variable,
                               kt_error *err)
{
    const kt_codes *codes = codes_of(search, variable);
    const size_t count = kt_codes_count(codes);
    const kt_measure_spec **meaning = kt_arena_array(search->arena, const kt_measure_spec *, count);
    KT_TRY(find_measures(search, variable, meaning, err));
    variable->measure = kt_arena_array(search->arena, const kt_measure_spec *, count);
    for (size_t i = 0; i < count; i++) {
        if (meaning[i] != NULL) {
            variable->wanted[variable->wanted_count] = kt_codes_at(codes, i);
            variable->position[variable->wanted_count] = i;
            variable->measure[variable->wanted_count++] = meaning[i];
        }
    }
    return KT_OK;
}

static size_t count_told(const kt_role_search *search)
{
    return search->troubles == NULL ? 0 : search->troubles->count;
}

kt_status kt_roles_want(const kt_role_search *search, kt_resolved_variable *variable, kt_error *err)
{
    const size_t told = count_told(search);
    const size_t count = kt_codes_count(codes_of(search, variable));
    variable->wanted = kt_arena_array(search->arena, const char *, count);
    variable->position = kt_arena_array(search->arena, size_t, count);
    KT_TRY(variable->role == KT_ROLE_MEASURE ? want_measures(search, variable, err)
                                             : want_codes(search, variable, err));
    if (variable->wanted_count > 0 || told < count_told(search)) {
        return KT_OK;
    }
    const kt_status none =
        kt_fail(err, KT_ERR_FORMAT, "%s: variable %s (%s): none of its %zu values is wanted",
                search->source->id, variable->code, kt_role_name(variable->role), count);
    return kt_roles_pass(search, KT_MATTER_CODE, none, err);
}
