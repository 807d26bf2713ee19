/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "server/dialect.h"

#define PLENTY_BYTES ((size_t)256 << 20)
#define OLD_DATE     "Sun, 22 Nov 2020 04:00:00 GMT"

static const char *const fault_names[KT_FAULTS] = {
    [KT_FAULT_NONE] = "none",
    [KT_FAULT_TOO_MANY] = "too-many",
    [KT_FAULT_UNAVAILABLE] = "unavailable",
    [KT_FAULT_BAD_REQUEST] = "bad-request",
    [KT_FAULT_FORBIDDEN] = "forbidden",
    [KT_FAULT_MISSING] = "missing",
    [KT_FAULT_REDIRECT] = "redirect",
    [KT_FAULT_RESET] = "reset",
    [KT_FAULT_SILENT] = "silent",
    [KT_FAULT_STALL] = "stall",
    [KT_FAULT_DRIP] = "drip",
    [KT_FAULT_CUT] = "cut",
    [KT_FAULT_CUT_UNSAID] = "cut-unsaid",
    [KT_FAULT_EMPTY] = "empty",
    [KT_FAULT_HTML] = "html",
    [KT_FAULT_GARBAGE] = "garbage",
    [KT_FAULT_OTHER_TABLE] = "other-table",
    [KT_FAULT_WRONG_CODE] = "wrong-code",
    [KT_FAULT_FEWER] = "fewer",
    [KT_FAULT_NEGATIVE] = "negative",
    [KT_FAULT_FRACTION] = "fraction",
    [KT_FAULT_EXCESS] = "excess",
    [KT_FAULT_BOMB] = "bomb",
    [KT_FAULT_BAD_GZIP] = "bad-gzip",
    [KT_FAULT_HUGE] = "huge",
    [KT_FAULT_REPUBLISH] = "republish",
    [KT_FAULT_OLD_DATE] = "old-date",
    [KT_FAULT_TOO_LARGE] = "too-large",
    [KT_FAULT_ASYNC] = "async",
    [KT_FAULT_ASYNC_SAID] = "async-said",
    [KT_FAULT_NO_RESULTS] = "no-results",
};

static const char *const call_names[KT_CALLS] = {"any",  "config", "metadata", "probe",
                                                 "data", "about",  "codelist", "other"};

const char *kt_call_name(kt_call call)
{
    return call_names[call];
}

const char *kt_fault_name(kt_fault fault)
{
    return fault_names[fault];
}

static void set_retry_after(const kt_fault_rule *rule, kt_answer *answer)
{
    const size_t room = sizeof answer->retry_after;
    switch (rule->retry_after) {
    case KT_RETRY_AFTER_NONE:
        break;
    case KT_RETRY_AFTER_SECONDS:
        snprintf(answer->retry_after, room, "%.0f", rule->seconds);
        break;
    case KT_RETRY_AFTER_DATE: {
        const time_t when = time(NULL) + (time_t)rule->seconds;
        struct tm parts;
        gmtime_r(&when, &parts);
        strftime(answer->retry_after, room, "%a, %d %b %Y %H:%M:%S GMT", &parts);
        break;
    }
    case KT_RETRY_AFTER_NONSENSE:
        snprintf(answer->retry_after, room, "soon");
        break;
    }
}

static void rewrite(const kt_served_table *table, const kt_selection *selection, kt_answer *answer)
{
    free(answer->body);
    FILE *out = open_memstream(&answer->body, &answer->length);
    kt_served_data(table, selection, out);
    fclose(out);
}

static const char *newest_of(const kt_served_table *table, kt_arena *arena)
{
    return kt_arena_print(arena,
                          "{\"query\":[{\"code\":\"%s\",\"selection\":{\"filter\":\"top\","
                          "\"values\":[\"1\"]}}]}",
                          table->variables[table->time].code);
}

/* The newest period of another table, whole; of a table of nobody's, where only one is served. */
static void other_table(const kt_fault_scene *scene, kt_answer *answer)
{
    const kt_served_table *other = NULL;
    for (size_t i = 0; i < scene->service->table_count; i++) {
        if (strcmp(scene->service->tables[i]->id, scene->table->id) != 0) {
            other = scene->service->tables[i];
        }
    }
    kt_arena *arena = kt_arena_open("another table", 0);
    kt_selection selection;
    if (other != NULL && kt_selection_read(other, newest_of(other, arena), arena, &selection)) {
        selection.form = scene->selection->form;
        memset(selection.gone, 0, sizeof selection.gone);
        rewrite(other, &selection, answer);
    } else {
        kt_answer_set(answer, 200, KT_JSON_TYPE,
                      "{\"version\":\"2.0\",\"class\":\"dataset\",\"label\":\"another\","
                      "\"id\":[\"Maa\"],\"size\":[1],\"dimension\":{\"Maa\":{\"label\":\"Maa\","
                      "\"category\":{\"index\":{\"FI\":0}}}},\"value\":[1]}");
    }
    kt_arena_free(arena);
}

static void wrong_code(const kt_fault_scene *scene, kt_answer *answer)
{
    kt_arena *arena = kt_arena_open("a wrong code", 0);
    kt_served_table table = *scene->table;
    kt_served_variable *v = &table.variables[0];
    const char **values = kt_arena_array(arena, const char *, v->count);
    memcpy(values, v->values, v->count * sizeof *values);
    values[scene->selection->positions[0][0]] = "ZZ99";
    v->values = values;
    rewrite(&table, scene->selection, answer);
    kt_arena_free(arena);
}

static void fewer(const kt_fault_scene *scene, kt_answer *answer)
{
    kt_selection selection = *scene->selection;
    size_t widest = 0;
    for (size_t i = 1; i < scene->table->variable_count; i++) {
        widest = selection.counts[i] > selection.counts[widest] ? i : widest;
    }
    if (selection.counts[widest] > 1) {
        selection.cells = selection.cells / selection.counts[widest];
        selection.counts[widest]--;
        selection.cells *= selection.counts[widest];
    }
    rewrite(scene->table, &selection, answer);
}

/* The last figure of the selection is another one. */
static void wrong_figure(const kt_fault_scene *scene, double figure, kt_answer *answer)
{
    kt_arena *arena = kt_arena_open("a wrong figure", 0);
    kt_served_table table = *scene->table;
    double *values = kt_arena_array(arena, double, table.cells);
    uint8_t *symbols = kt_arena_array(arena, uint8_t, table.cells);
    size_t at[KT_SERVED_VARIABLES] = {0};
    for (size_t i = 0; i < table.variable_count; i++) {
        at[i] = scene->selection->positions[i][scene->selection->counts[i] - 1];
    }
    memcpy(values, table.values, table.cells * sizeof *values);
    memcpy(symbols, table.symbols, table.cells);
    values[kt_served_table_at(&table, at)] = figure;
    symbols[kt_served_table_at(&table, at)] = KT_SYMBOL_NONE;
    table.values = values;
    table.symbols = symbols;
    rewrite(&table, scene->selection, answer);
    kt_arena_free(arena);
}

static void pack_blanks(const kt_fault_rule *rule, kt_answer *answer)
{
    free(answer->body);
    answer->body = kt_gzip_blanks(rule->size > 0 ? rule->size : PLENTY_BYTES, &answer->length);
    answer->gzip = true;
}

/* Seen on eurostat/api/dissemination/statistics/1.0 in 2026: both ways of saying "not yet". */
#define ASYNC_WORDS(id)                                                                     \
    "\"status\":413," id "\"label\":\"ASYNCHRONOUS_RESPONSE. Your request will be treated " \
    "asynchronously. Please try again later.\""

/* Faults that one kind of service alone has. True if it was one of them. */
static bool another_refusal(const kt_fault_rule *rule, const kt_fault_scene *scene,
                            kt_answer *answer)
{
    switch (rule->fault) {
    case KT_FAULT_TOO_LARGE:
        kt_dialect_of(scene->service)->too_large(scene->service, 0, answer);
        return true;
    case KT_FAULT_ASYNC:
        kt_answer_set(answer, 413, KT_JSON_TYPE, "{\"error\":[{" ASYNC_WORDS("\"id\":413,") "}]}");
        return true;
    case KT_FAULT_ASYNC_SAID:
        kt_answer_set(answer, 200, KT_JSON_TYPE, "{\"warning\":{" ASYNC_WORDS("") "}}");
        return true;
    case KT_FAULT_NO_RESULTS:
        kt_answer_set(answer, 400, KT_JSON_TYPE,
                      "{\"error\":[{\"status\":400,\"id\":100,\"label\":\"No results found\"}]}");
        return true;
    default:
        return false;
    }
}

/* Faults that are another answer, sent in good order. True if it was one of them. */
static bool another_answer(const kt_fault_rule *rule, const kt_fault_scene *scene,
                           kt_answer *answer)
{
    switch (rule->fault) {
    case KT_FAULT_TOO_MANY:
        kt_answer_set(answer, 429, KT_JSON_TYPE, "{\"error\":\"429 - Too many requests\"}");
        set_retry_after(rule, answer);
        return true;
    case KT_FAULT_UNAVAILABLE:
        kt_answer_set(answer, 503, "text/html", "<html><body>Busy</body></html>");
        set_retry_after(rule, answer);
        return true;
    case KT_FAULT_BAD_REQUEST:
        kt_answer_set(answer, 400, "text/plain", "Bad Request");
        return true;
    case KT_FAULT_FORBIDDEN:
        kt_answer_set(answer, 403, "text/html", "<html><body>Access denied</body></html>");
        return true;
    case KT_FAULT_MISSING:
        kt_answer_set(answer, 404, "text/html", "<html><body>Not found</body></html>");
        return true;
    case KT_FAULT_REDIRECT:
        kt_answer_set(answer, 302, "text/html", "");
        snprintf(answer->location, sizeof answer->location, "%s", scene->exchange->path);
        return true;
    case KT_FAULT_EMPTY:
        kt_answer_set(answer, 200, KT_JSON_TYPE, "");
        return true;
    case KT_FAULT_HTML:
        kt_answer_set(answer, 200, "text/html", "<html><body>Under maintenance</body></html>");
        return true;
    case KT_FAULT_GARBAGE:
        kt_answer_set(answer, 200, KT_JSON_TYPE, "{\"label\":\"Ty\xF6tt\xF6m\xE4t\"}");
        return true;
    case KT_FAULT_BAD_GZIP:
        answer->gzip = true;
        return true;
    case KT_FAULT_BOMB:
        pack_blanks(rule, answer);
        return true;
    default:
        return another_refusal(rule, scene, answer);
    }
}

/* Faults of a reply that is well formed and yet wrong. */
static void another_reply(const kt_fault_rule *rule, const kt_fault_scene *scene, kt_answer *answer)
{
    if (scene->selection == NULL || answer->status != 200) {
        return;
    }
    if (rule->fault == KT_FAULT_OTHER_TABLE) {
        other_table(scene, answer);
    } else if (rule->fault == KT_FAULT_WRONG_CODE) {
        wrong_code(scene, answer);
    } else if (rule->fault == KT_FAULT_FEWER) {
        fewer(scene, answer);
    } else if (rule->fault == KT_FAULT_NEGATIVE) {
        wrong_figure(scene, -3.0, answer);
    } else if (rule->fault == KT_FAULT_FRACTION) {
        wrong_figure(scene, 1.5, answer);
    } else if (rule->fault == KT_FAULT_EXCESS) {
        wrong_figure(scene, 1e9, answer);
    }
}

static kt_manner manner_of(kt_fault fault)
{
    switch (fault) {
    case KT_FAULT_RESET:
        return KT_MANNER_RESET;
    case KT_FAULT_SILENT:
        return KT_MANNER_SILENT;
    case KT_FAULT_STALL:
        return KT_MANNER_STALL;
    case KT_FAULT_DRIP:
        return KT_MANNER_DRIP;
    case KT_FAULT_CUT:
        return KT_MANNER_CUT;
    case KT_FAULT_CUT_UNSAID:
        return KT_MANNER_CUT_UNSAID;
    case KT_FAULT_HUGE:
        return KT_MANNER_ENDLESS;
    default:
        return KT_MANNER_WHOLE;
    }
}

void kt_fault_apply(const kt_fault_rule *rule, const kt_fault_scene *scene, kt_answer *answer)
{
    if (!another_answer(rule, scene, answer)) {
        another_reply(rule, scene, answer);
        answer->date = rule->fault == KT_FAULT_OLD_DATE ? OLD_DATE : NULL;
        answer->manner = manner_of(rule->fault);
        answer->seconds = rule->seconds > 0 ? rule->seconds : 30;
        answer->size = rule->size > 0 ? rule->size : PLENTY_BYTES;
    }
}

static size_t find_name(const char *const *names, size_t count, const char *name)
{
    size_t i = 0;
    while (i < count && strcmp(names[i], name) != 0) {
        i++;
    }
    return i;
}

static bool read_setting(const char *name, const char *value, kt_fault_rule *rule)
{
    static const char *const retries[] = {"none", "seconds", "date", "nonsense"};
    const size_t retry_count = sizeof retries / sizeof *retries;
    char *end = NULL;
    const double number = strtod(value, &end);
    const bool is_number = end != value && *end == '\0' && number >= 0 && number <= 1e12;
    if (strcmp(name, "call") == 0) {
        rule->call = (kt_call)find_name(call_names, KT_CALLS, value);
        return rule->call < KT_CALLS;
    }
    if (strcmp(name, "retry-after") == 0) {
        rule->retry_after = (kt_retry_after)find_name(retries, retry_count, value);
        return rule->retry_after < retry_count;
    }
    if (strcmp(name, "table") == 0) {
        rule->table = value;
        return true;
    }
    if (strcmp(name, "after") == 0) {
        rule->after = (size_t)number;
    } else if (strcmp(name, "times") == 0) {
        rule->times = (size_t)number;
    } else if (strcmp(name, "seconds") == 0) {
        rule->seconds = number;
    } else if (strcmp(name, "size") == 0) {
        rule->size = (size_t)number;
    } else {
        return false;
    }
    return is_number;
}

kt_status kt_fault_rule_read(char *text, kt_fault_rule *out, kt_error *err)
{
    char *rest = NULL;
    const char *name = strtok_r(text, ",", &rest);
    kt_fault_rule rule = {.fault = KT_FAULT_NONE};
    const size_t fault = name == NULL ? KT_FAULTS : find_name(fault_names, KT_FAULTS, name);
    if (fault == KT_FAULTS) {
        return kt_fail(err, KT_ERR_USAGE, "--fault: no fault is called '%s'", name ? name : "");
    }
    rule.fault = (kt_fault)fault;
    char *setting = NULL;
    while ((setting = strtok_r(NULL, ",", &rest)) != NULL) {
        char *value = strchr(setting, '=');
        if (value != NULL) {
            *value++ = '\0';
        }
        if (value == NULL || !read_setting(setting, value, &rule)) {
            return kt_fail(err, KT_ERR_USAGE, "--fault: '%s' is not understood", setting);
        }
    }
    *out = rule;
    return KT_OK;
}
