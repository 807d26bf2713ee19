/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/text.h"
#include "roles_wanted.h"

/* Codes that stand for the whole wherever they are used. T, S and 0 do not: sections of industries
 * and classes of durations are called so. */
static const char *const total_codes[] = {"SSS", "TOTAL", "TOT", "_T"};

/* "All" in the languages that the services speak, at the start of a label. */
static const char *const total_words[] = {
    "Yhteensä", "yhteensä",    "Kaikki",      "Koko maa", "Totalt", "totalt", "Samtliga",
    "Samtlige", "Hela landet", "Hele landet", "I alt",    "Begge",  "Total",  "All"};

/* How plainly a code is a total; the plainest ones count. */
enum plainness { BY_LABEL, BY_START, BY_END, BY_CODE, PLAINNESSES };

#define COUNT_OF(list) (sizeof(list) / sizeof((list)[0]))

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte & 0x80) != 0;
}

static bool is_by_label(const char *code, const char *label)
{
    (void)code;
    for (size_t i = 0; i < COUNT_OF(total_words); i++) {
        if (strcmp(label, total_words[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_by_start(const char *code, const char *label)
{
    (void)code;
    for (size_t i = 0; i < COUNT_OF(total_words); i++) {
        if (kt_text_starts(label, total_words[i]) && !is_letter(label[strlen(total_words[i])])) {
            return true;
        }
    }
    return false;
}

static bool is_by_end(const char *code, const char *label)
{
    (void)code;
    return kt_text_ends(label, " yhteensä") || kt_text_ends(label, " totalt") ||
           kt_text_ends(label, " i alt") || kt_text_ends(label, " total");
}

static bool is_by_code(const char *code, const char *label)
{
    (void)label;
    for (size_t i = 0; i < COUNT_OF(total_codes); i++) {
        if (strcmp(code, total_codes[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool (*const is_total[PLAINNESSES])(const char *, const char *) = {
    [BY_LABEL] = is_by_label,
    [BY_START] = is_by_start,
    [BY_END] = is_by_end,
    [BY_CODE] = is_by_code,
};

/* "SSS (Yhteensä), S1 (Kaikki)": the codes that are a total in that way. */
static const char *list_totals(const kt_role_search *search, const kt_codes *codes, int way)
{
    const char *list = "";
    for (size_t i = 0; i < kt_codes_count(codes) && strlen(list) < 200; i++) {
        const char *code = kt_codes_at(codes, i);
        const char *label = kt_codes_label(codes, i);
        if (is_total[way](code, label)) {
            list = kt_arena_print(search->arena, "%s%s%s (%s)", list, list[0] == '\0' ? "" : ", ",
                                  code, label);
        }
    }
    return list;
}

/* The one code that is a total in that way; of several the one that is called so by its code too.
 * KT_NO_CODE if there is none or nobody can say which. */
static size_t single_total(const kt_codes *codes, int way, size_t *count)
{
    size_t found = KT_NO_CODE, both = KT_NO_CODE, coded = 0;
    *count = 0;
    for (size_t i = 0; i < kt_codes_count(codes); i++) {
        const char *code = kt_codes_at(codes, i);
        if (is_total[way](code, kt_codes_label(codes, i))) {
            found = i;
            ++*count;
            both = is_by_code(code, "") ? i : both;
            coded += is_by_code(code, "") ? 1 : 0;
        }
    }
    return *count == 1 ? found : (coded == 1 ? both : KT_NO_CODE);
}

static kt_status fail_variable(const kt_role_search *search, const kt_dimension *dimension,
                               const char *why, kt_error *err)
{
    return kt_fail(err, KT_ERR_FORMAT, "%s: no role for the variable %s (%s)%s", search->source->id,
                   dimension->id, dimension->label, why);
}

static kt_status find_total(const kt_role_search *search, const kt_dimension *dimension,
                            size_t *out, kt_error *err)
{
    const size_t named =
        dimension->total == NULL ? KT_NO_CODE : kt_codes_find(dimension->codes, dimension->total);
    *out = named;
    for (int way = 0; *out == KT_NO_CODE && way < PLAINNESSES; way++) {
        size_t count = 0;
        *out = single_total(dimension->codes, way, &count);
        if (*out == KT_NO_CODE && count > 0) {
            return fail_variable(
                search, dimension,
                kt_arena_print(search->arena, ", and several of its values could be its total: %s",
                               list_totals(search, dimension->codes, way)),
                err);
        }
    }
    return *out != KT_NO_CODE
               ? KT_OK
               : fail_variable(search, dimension,
                               kt_arena_print(search->arena,
                                              ", it cannot be left out, and none of its %zu values "
                                              "is called a total",
                                              kt_codes_count(dimension->codes)),
                               err);
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
    const bool may_have_more = search->whole || kt_source_is_document(search->source);
    if (!may_have_more && kt_codes_count(dimension->codes) != 1) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: variable %s has %zu values, expected %s alone",
                       search->source->id, dimension->id, kt_codes_count(dimension->codes),
                       spec->code);
    }
    fix_at(search, position, at, resolved);
    return KT_OK;
}

/* In a reply a total and a subgroup look alike: one code is what was asked for, several are not. */
static kt_status fix_in_reply(const kt_role_search *search, size_t position, kt_resolved *resolved,
                              kt_error *err)
{
    const kt_dimension *dimension = &search->envelope->dimensions[position];
    if (!search->source->fixes_others || kt_codes_count(dimension->codes) != 1) {
        return fail_variable(search, dimension, "", err);
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
    if (!search->whole) {
        return fix_in_reply(search, position, resolved, err);
    }
    if (!dimension->can_be_left_out && !search->source->fixes_others) {
        return fail_variable(search, dimension, ", and it cannot be left out", err);
    }
    size_t at = KT_NO_CODE;
    if (!dimension->can_be_left_out) {
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
    for (size_t i = 0; search->whole && i < search->source->fixed_count; i++) {
        const kt_status status = check_there(search, &search->source->fixed[i], resolved, err);
        KT_TRY(kt_roles_pass(search, KT_MATTER_NO_ROLE, status, err));
    }
    return KT_OK;
}
