/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reply.h"

#include <string.h>

#include "core/cleanup.h"
#include "core/envelope.h"
#include "core/text.h"

/* The file's name without its folder and ".px": what Statistics Finland calls the table. */
static char *table_of(const char *path, kt_arena *arena)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    const size_t length = strlen(name) - (kt_text_ends(name, ".px") ? 3 : 0);
    return kt_arena_copy_n(arena, name, length);
}

/* Before June 2026 a table's own name was longer than its id and ended in it. */
static bool is_table(const kt_expected *expected, const char *table, kt_arena *arena)
{
    const char *long_end = kt_arena_print(arena, "_%s", expected->source->id);
    return strcmp(table, expected->source->id) == 0 ||
           strcmp(table, table_of(expected->path, arena)) == 0 || kt_text_ends(table, long_end);
}

/* PX-JSON has no name for the variable of contents: there it is found by what it is. */
static const kt_dimension *find_dimension(const kt_envelope *envelope,
                                          const kt_wanted_variable *variable)
{
    const kt_dimension *metric = NULL;
    for (size_t i = 0; i < envelope->dimension_count; i++) {
        const kt_dimension *dimension = &envelope->dimensions[i];
        if (strcmp(dimension->id, variable->name) == 0) {
            return dimension;
        }
        metric = dimension->is_metric ? dimension : metric;
    }
    return variable->role == KT_ROLE_MEASURE ? metric : NULL;
}

static kt_status check_codes(const kt_expected *expected, const kt_wanted_variable *variable,
                             const kt_dimension *dimension, size_t v, kt_error *err)
{
    const bool is_open = expected->part == NULL && variable->is_time;
    const size_t start = expected->part == NULL ? 0 : expected->part->start[v];
    const size_t count = expected->part == NULL ? 1 : expected->part->count[v];
    for (size_t i = start; !is_open && i < start + count; i++) {
        if (kt_codes_find(dimension->codes, variable->codes[i]) == KT_NO_CODE) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: the reply lacks %s=%s, which was asked for",
                           expected->source->id, variable->name, variable->codes[i]);
        }
    }
    if (kt_codes_count(dimension->codes) != count) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: the reply has %zu codes of %s, expected %zu",
                       expected->source->id, kt_codes_count(dimension->codes), variable->name,
                       count);
    }
    return KT_OK;
}

static kt_status check_variables(const kt_expected *expected, const kt_envelope *envelope,
                                 kt_error *err)
{
    const kt_wanted *wanted = expected->wanted;
    for (size_t v = 0; v < wanted->variable_count; v++) {
        const kt_wanted_variable *variable = &wanted->variables[v];
        const kt_dimension *dimension = find_dimension(envelope, variable);
        if (dimension == NULL) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: the reply has no variable %s, expected it",
                           expected->source->id, variable->name);
        }
        KT_TRY(check_codes(expected, variable, dimension, v, err));
    }
    if (envelope->dimension_count != wanted->variable_count) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: the reply has %zu variables, expected %zu",
                       expected->source->id, envelope->dimension_count, wanted->variable_count);
    }
    return KT_OK;
}

static const char *last_period(const kt_expected *expected, const kt_envelope *envelope)
{
    for (size_t v = 0; v < expected->wanted->variable_count; v++) {
        const kt_wanted_variable *variable = &expected->wanted->variables[v];
        if (variable->is_time) {
            const kt_codes *codes = find_dimension(envelope, variable)->codes;
            return kt_codes_at(codes, kt_codes_count(codes) - 1);
        }
    }
    return NULL;
}

static char *copy_or_null(kt_arena *arena, const char *text)
{
    return text == NULL ? NULL : kt_arena_copy(arena, text);
}

static bool is_open(const kt_wanted *wanted)
{
    bool open = false;
    for (size_t v = 0; v < wanted->variable_count; v++) {
        open = open || wanted->variables[v].is_open;
    }
    return open;
}

kt_status kt_reply_check(const kt_expected *expected, kt_body body, kt_arena *arena, kt_reply *out,
                         kt_error *err)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("check of a reply", 0);
    const kt_envelope_reader read = kt_envelope_reader_find(expected->source->format);
    if (read == NULL) {
        return kt_fail(err, KT_ERR_CONFIG, "%s: no reader for the format %s", expected->source->id,
                       expected->source->format);
    }
    kt_envelope *envelope = NULL;
    const kt_document document = {body.bytes, body.length, body.name, expected->source};
    KT_TRY(read(&document, scratch, &envelope, err));
    out->is_read = true;
    if (is_open(expected->wanted)) {
        return kt_reply_check_open(expected, envelope, arena, out, err);
    }
    if (envelope->table != NULL && !is_table(expected, envelope->table, scratch)) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: the reply is of table %s, expected %s",
                       expected->source->id, envelope->table, table_of(expected->path, scratch));
    }
    KT_TRY(check_variables(expected, envelope, err));
    *out = (kt_reply){.is_read = true,
                      .cells = envelope->cells,
                      .updated = copy_or_null(arena, envelope->updated),
                      .period = copy_or_null(arena, last_period(expected, envelope))};
    return KT_OK;
}
