/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/cube.h"
#include "core/instant.h"
#include "core/period.h"
#include "core/text.h"
#include "px_parts.h"

static kt_status fail_px(const kt_px *px, const kt_px_entry *entry, const char *words,
                         kt_error *err)
{
    return kt_fail(err, KT_ERR_FORMAT, "%s: line %zu: %s(\"%s\"): %s", px->reply.name, entry->line,
                   entry->key, entry->subkeys, words);
}

/* The names of the stub or the heading, which must be as many in the other language. */
static kt_status read_names(kt_px *px, const char *key, bool in_stub, size_t *count, kt_error *err)
{
    const kt_px_entry *names = kt_px_find(px, key, NULL, "");
    const kt_px_entry *here = px->language == NULL ? NULL : kt_px_find(px, key, px->language, "");
    if (names == NULL) {
        return KT_OK;
    }
    if (px->language != NULL && (here == NULL || here->count != names->count)) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: %s[%s]: %zu variables, but %zu in %s",
                       px->reply.name, key, px->language, here == NULL ? 0 : here->count,
                       names->count, key);
    }
    for (size_t i = 0; i < names->count; i++) {
        px->variables[(*count)++] = (kt_px_variable){
            .name = names->values[i],
            .name_here = here == NULL ? names->values[i] : here->values[i],
            .in_stub = in_stub,
        };
    }
    return KT_OK;
}

static kt_status read_variables(kt_px *px, kt_error *err)
{
    const kt_px_entry *stub = kt_px_find(px, "STUB", NULL, "");
    const kt_px_entry *heading = kt_px_find(px, "HEADING", NULL, "");
    const size_t most = (stub == NULL ? 0 : stub->count) + (heading == NULL ? 0 : heading->count);
    size_t count = 0;
    if (most == 0) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: neither STUB nor HEADING, expected its variables",
                       px->reply.name);
    }
    KT_TRY(kt_reply_dimensions(&px->reply, most, err));
    px->variables = kt_arena_array(px->reply.arena, kt_px_variable, most);
    KT_TRY(read_names(px, "STUB", true, &count, err));
    KT_TRY(read_names(px, "HEADING", false, &count, err));
    px->envelope->dimensions = kt_arena_array(px->reply.arena, kt_dimension, most);
    px->envelope->dimension_count = most;
    kt_codes *seen = kt_codes_new(px->reply.arena);
    for (size_t i = 0; i < most; i++) {
        if (kt_codes_add(seen, px->variables[i].name, NULL) == KT_NO_CODE) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: the variable %s is there twice", px->reply.name,
                           px->variables[i].name);
        }
    }
    return KT_OK;
}

/* An entry of a variable in the language that words are taken in, or NULL. */
static const kt_px_entry *find_here(const kt_px *px, const char *key,
                                    const kt_px_variable *variable)
{
    return px->language == NULL ? NULL : kt_px_find(px, key, px->language, variable->name_here);
}

/* Digits alone: what "2025K1" and TIMEVAL's "20251" have in common. */
static const char *digits_of(const char *text, kt_arena *arena)
{
    char *digits = kt_arena_take(arena, strlen(text) + 1, 1);
    size_t length = 0;
    for (const char *at = text; *at != '\0'; at++) {
        if (*at >= '0' && *at <= '9') {
            digits[length++] = *at;
        }
    }
    return digits;
}

static kt_codes *digits_of_all(const kt_codes *codes, kt_arena *arena)
{
    kt_codes *digits = kt_codes_new(arena);
    for (size_t i = 0; i < kt_codes_count(codes); i++) {
        (void)kt_codes_add(digits, digits_of(kt_codes_at(codes, i), arena), NULL);
    }
    return digits;
}

static bool are_periods(const kt_codes *codes)
{
    kt_period period;
    for (size_t i = 0; i < kt_codes_count(codes); i++) {
        if (!kt_period_read(kt_codes_at(codes, i), &period)) {
            return false;
        }
    }
    return true;
}

/* The codes where their digits are those of TIMEVAL's periods; NULL if some are not. */
static kt_codes *read_by_list(const kt_codes *codes, const kt_codes *periods, kt_arena *arena)
{
    const kt_codes *digits = digits_of_all(periods, arena);
    kt_codes *made = kt_codes_new(arena);
    for (size_t i = 0; i < kt_codes_count(codes); i++) {
        const size_t at = kt_codes_find(digits, digits_of(kt_codes_at(codes, i), arena));
        if (at == KT_NO_CODE || kt_codes_count(digits) != kt_codes_count(periods) ||
            kt_codes_add(made, kt_codes_at(periods, at), kt_codes_label(codes, i)) == KT_NO_CODE) {
            return NULL;
        }
    }
    return made;
}

/* The codes as TIMEVAL would write its periods: "200601" by TLIST(M1). NULL if one is not. */
static kt_codes *read_by_scale(const kt_codes *codes, const char *scale, kt_arena *arena)
{
    kt_codes *made = kt_codes_new(arena);
    for (size_t i = 0; i < kt_codes_count(codes); i++) {
        const char *code = kt_codes_at(codes, i);
        const char *period = scale == NULL ? code : kt_px_period(scale, code, arena);
        if (period == code || kt_codes_add(made, period, kt_codes_label(codes, i)) == KT_NO_CODE) {
            return NULL;
        }
    }
    return made;
}

/*
 * Codes of a time that nobody can read ("2023*", "2025K1", "200601") are TIMEVAL's where the digits
 * are the same. Never by their order: SSB sorts TIMEVAL and leaves the values as they were chosen.
 * A TIMEVAL without periods says how the codes are to be read.
 */
static kt_codes *take_timeval(const kt_px *px, const kt_px_variable *variable, kt_codes *codes)
{
    kt_arena *arena = px->reply.arena;
    const kt_px_entry *timeval = kt_px_find(px, "TIMEVAL", NULL, variable->name);
    if (timeval == NULL || are_periods(codes)) {
        return codes;
    }
    const kt_codes *periods = kt_px_periods(timeval, arena);
    const bool has_list = periods != NULL && kt_codes_count(periods) > 0;
    kt_codes *made = has_list ? read_by_list(codes, periods, arena)
                              : read_by_scale(codes, kt_px_scale(timeval, arena), arena);
    return made == NULL ? codes : made;
}

static kt_status read_codes(const kt_px *px, const kt_px_variable *variable,
                            kt_dimension *dimension, kt_error *err)
{
    const kt_px_entry *values = kt_px_find(px, "VALUES", NULL, variable->name);
    const kt_px_entry *labels = find_here(px, "VALUES", variable);
    const kt_px_entry *codes = kt_px_find(px, "CODES", NULL, variable->name);
    if (values == NULL) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: no VALUES(\"%s\"), expected the variable's values",
                       px->reply.name, variable->name);
    }
    codes = codes == NULL ? find_here(px, "CODES", variable) : codes;
    codes = codes == NULL ? values : codes;
    labels = labels == NULL ? values : labels;
    if (codes->count != values->count || labels->count != values->count) {
        const kt_px_entry *odd = codes->count != values->count ? codes : labels;
        return fail_px(
            px, odd,
            kt_arena_print(px->reply.arena, "%zu, but %zu in VALUES", odd->count, values->count),
            err);
    }
    dimension->codes = kt_codes_new(px->reply.arena);
    for (size_t i = 0; i < codes->count; i++) {
        if (kt_codes_add(dimension->codes, codes->values[i], labels->values[i]) == KT_NO_CODE) {
            return fail_px(px, codes,
                           kt_arena_print(px->reply.arena, "%s is there twice", codes->values[i]),
                           err);
        }
    }
    dimension->codes = take_timeval(px, variable, dimension->codes);
    return KT_OK;
}

/* ELIMINATION is YES, NO, or the value that stands for all. */
static void read_elimination(const kt_px *px, const kt_px_variable *variable,
                             kt_dimension *dimension)
{
    const char *all = kt_px_value(px, "ELIMINATION", NULL, variable->name);
    const kt_px_entry *values = kt_px_find(px, "VALUES", NULL, variable->name);
    dimension->can_be_left_out = all != NULL && strcmp(all, "NO") != 0;
    for (size_t i = 0; dimension->can_be_left_out && i < values->count; i++) {
        if (strcmp(values->values[i], all) == 0) {
            dimension->total = kt_codes_at(dimension->codes, i);
        }
    }
}

/* The contents' units, each by its value's text; a file without contents has one for all. */
static void read_units(const kt_px *px, const kt_px_variable *variable, kt_dimension *dimension)
{
    const kt_px_entry *values = kt_px_find(px, "VALUES", NULL, variable->name);
    dimension->units = kt_arena_array(px->reply.arena, const char *, values->count);
    for (size_t i = 0; i < values->count; i++) {
        const char *unit = kt_px_value(px, "UNITS", NULL, values->values[i]);
        dimension->units[i] = unit == NULL ? px->envelope->unit : unit;
    }
}

static bool is_of_type(const kt_px *px, const kt_px_variable *variable, char letter)
{
    const char *type = kt_px_value(px, "VARIABLE-TYPE", NULL, variable->name);
    return type != NULL && (type[0] == letter || type[0] == letter + ('a' - 'A'));
}

static kt_status read_dimension(const kt_px *px, const kt_px_variable *variable,
                                kt_dimension *dimension, kt_error *err)
{
    const char *code = kt_px_value(px, "VARIABLECODE", NULL, variable->name);
    dimension->id = code == NULL || code[0] == '\0' ? variable->name : code;
    dimension->label = variable->name_here;
    KT_TRY(read_codes(px, variable, dimension, err));
    dimension->is_metric = kt_text_same(kt_px_value(px, "CONTVARIABLE", NULL, ""), variable->name);
    dimension->is_time =
        kt_px_find(px, "TIMEVAL", NULL, variable->name) != NULL || is_of_type(px, variable, 'T');
    dimension->is_geo =
        kt_px_find(px, "MAP", NULL, variable->name) != NULL || is_of_type(px, variable, 'G');
    read_elimination(px, variable, dimension);
    if (dimension->is_metric) {
        read_units(px, variable, dimension);
    }
    return KT_OK;
}

/* Two variables with one code would be one column to whoever asks for it. */
static kt_status check_ids(const kt_px *px, kt_error *err)
{
    kt_codes *seen = kt_codes_new(px->reply.arena);
    for (size_t i = 0; i < px->envelope->dimension_count; i++) {
        const char *id = px->envelope->dimensions[i].id;
        if (kt_codes_add(seen, id, NULL) == KT_NO_CODE) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: VARIABLECODE: %s is there twice",
                           px->reply.name, id);
        }
    }
    return KT_OK;
}

/* The words by which rows name the values of a variable: its codes, or its texts. */
static kt_status read_keys(const kt_px *px, kt_px_variable *variable, kt_error *err)
{
    const kt_px_entry *keys = kt_px_find(px, "KEYS", NULL, variable->name);
    if (keys == NULL) {
        return KT_OK;
    }
    const bool by_code = strcmp(keys->values[0], "CODES") == 0;
    if (!by_code && strcmp(keys->values[0], "VALUES") != 0) {
        return fail_px(px, keys, "expected VALUES or CODES", err);
    }
    const kt_px_entry *words = by_code ? kt_px_find(px, "CODES", NULL, variable->name) : NULL;
    words = words == NULL ? kt_px_find(px, "VALUES", NULL, variable->name) : words;
    kt_codes *names = kt_codes_new(px->reply.arena);
    for (size_t i = 0; i < words->count; i++) {
        if (kt_codes_add(names, words->values[i], NULL) == KT_NO_CODE) {
            return fail_px(px, keys,
                           kt_arena_print(px->reply.arena, "two values are %s", words->values[i]),
                           err);
        }
    }
    variable->keys = names;
    return KT_OK;
}

/* How each variable moves through DATA, and which ones are named at the beginning of a row. */
static kt_status lay_out(kt_px *px, kt_error *err)
{
    size_t stride = 1;
    for (size_t i = px->envelope->dimension_count; i-- > 0;) {
        px->variables[i].stride = stride;
        stride *= kt_codes_count(px->envelope->dimensions[i].codes);
        KT_TRY(read_keys(px, &px->variables[i], err));
    }
    return KT_OK;
}

/* The newest day that the file says of itself. */
static const char *read_updated(const kt_px *px)
{
    const char *newest = NULL;
    kt_instant newest_at = KT_NO_INSTANT;
    for (size_t i = 0; i < px->count; i++) {
        const char *moment = strcmp(px->entries[i].key, "LAST-UPDATED") == 0
                                 ? kt_px_moment(px->entries[i].values[0], px->reply.arena)
                                 : NULL;
        kt_instant at = KT_NO_INSTANT;
        if (moment != NULL && kt_instant_read(moment, false, &at) && at > newest_at) {
            newest = moment;
            newest_at = at;
        }
    }
    const char *made = kt_px_value(px, "CREATION-DATE", NULL, "");
    return newest != NULL || made == NULL ? newest : kt_px_moment(made, px->reply.arena);
}

static const char *words_here(const kt_px *px, const char *key)
{
    const char *words = px->language == NULL ? NULL : kt_px_value(px, key, px->language, "");
    return words == NULL ? kt_px_value(px, key, NULL, "") : words;
}

static void read_about(kt_px *px)
{
    kt_envelope *envelope = px->envelope;
    const char *id = kt_px_value(px, "TABLEID", NULL, "");
    envelope->table = id == NULL || id[0] == '\0' ? kt_px_value(px, "MATRIX", NULL, "") : id;
    envelope->label = words_here(px, "DESCRIPTION");
    if (envelope->label == NULL || envelope->label[0] == '\0') {
        envelope->label = words_here(px, "TITLE");
    }
    envelope->source = words_here(px, "SOURCE");
    envelope->updated = read_updated(px);
    const char *unit = kt_px_value(px, "UNITS", NULL, "");
    envelope->unit = unit == NULL || unit[0] == '\0' ? NULL : unit;
}

kt_status kt_px_envelope(kt_px *px, kt_envelope **out, kt_error *err)
{
    px->envelope = kt_arena_new(px->reply.arena, kt_envelope);
    read_about(px);
    KT_TRY(read_variables(px, err));
    for (size_t i = 0; i < px->envelope->dimension_count; i++) {
        KT_TRY(read_dimension(px, &px->variables[i], &px->envelope->dimensions[i], err));
    }
    KT_TRY(check_ids(px, err));
    KT_TRY(kt_envelope_count(&px->reply, px->envelope, KT_CUBE_LIMIT, err));
    KT_TRY(lay_out(px, err));
    *out = px->envelope;
    return KT_OK;
}

kt_status kt_envelope_px(const kt_document *document, kt_arena *arena, kt_envelope **out,
                         kt_error *err)
{
    kt_px *px = NULL;
    kt_envelope *envelope = NULL;
    KT_TRY(kt_px_open(document, arena, &px, err));
    KT_TRY(kt_px_envelope(px, &envelope, err));
    KT_TRY(kt_px_walk(px, NULL, NULL, err));
    *out = envelope;
    return KT_OK;
}
