/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>
#include <time.h>

#include "server/table.h"

/*
 * Replies as PxWeb v1 writes them: a JSON-stat 2.0 `value` is a dense array in which a cell without
 * a number is null, and its symbol stands under the cell's flat index in the object `status`.
 */

static void put_text(FILE *out, const char *text)
{
    fputc('"', out);
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\') {
            fputc('\\', out);
        }
        fputc(*c, out);
    }
    fputc('"', out);
}

static void put_member(FILE *out, const char *name, const char *text)
{
    put_text(out, name);
    fputc(':', out);
    put_text(out, text);
}

static void put_comma(FILE *out, bool wanted)
{
    if (wanted) {
        fputc(',', out);
    }
}

static const char *label_of(const kt_served_variable *variable, size_t position)
{
    return variable->labels == NULL ? variable->values[position] : variable->labels[position];
}

static void put_texts(FILE *out, const char *name, const char *const *texts, size_t count)
{
    put_text(out, name);
    fputs(":[", out);
    for (size_t i = 0; i < count; i++) {
        put_comma(out, i > 0);
        put_text(out, texts[i]);
    }
    fputc(']', out);
}

static void put_metadata_variable(const kt_served_table *table, size_t variable, FILE *out)
{
    const kt_served_variable *v = &table->variables[variable];
    const size_t first = v->is_time ? table->kept_first : 0;
    const size_t count = v->is_time ? table->kept_count : v->count;
    const char *const *labels = v->labels == NULL ? v->values : v->labels;
    fputc('{', out);
    put_member(out, "code", v->code);
    fputc(',', out);
    put_member(out, "text", v->text);
    fputc(',', out);
    put_texts(out, "values", v->values + first, count);
    fputc(',', out);
    put_texts(out, "valueTexts", labels + first, count);
    fputs(v->total != NULL ? ",\"elimination\":true" : "", out);
    fputs(v->is_time ? ",\"time\":true" : "", out);
    fputc('}', out);
}

void kt_served_metadata(const kt_served_table *table, FILE *out)
{
    fputc('{', out);
    put_member(out, "title", table->title);
    fputs(",\"variables\":[", out);
    for (size_t i = 0; i < table->variable_count; i++) {
        put_comma(out, i > 0);
        put_metadata_variable(table, i, out);
    }
    fputs("]}", out);
}

/* The cells of a selection one after another, the last variable fastest. */
typedef struct walk {
    const kt_served_table *table;
    const kt_selection *selection;
    size_t turn[KT_SERVED_VARIABLES]; /* which of the selected values */
    size_t cell;                      /* its place in the table */
    size_t done;
} walk;

static void place(walk *w)
{
    size_t at[KT_SERVED_VARIABLES] = {0};
    for (size_t i = 0; i < w->table->variable_count; i++) {
        at[i] = w->selection->positions[i][w->turn[i]];
    }
    w->cell = kt_served_table_at(w->table, at);
}

static walk walk_start(const kt_served_table *table, const kt_selection *selection)
{
    walk w = {.table = table, .selection = selection};
    place(&w);
    return w;
}

static void walk_step(walk *w)
{
    w->done++;
    for (size_t i = w->table->variable_count; i-- > 0;) {
        if (++w->turn[i] < w->selection->counts[i]) {
            break;
        }
        w->turn[i] = 0;
    }
    if (w->done < w->selection->cells) {
        place(w);
    }
}

static void put_number(FILE *out, double number)
{
    if (number == floor(number) && fabs(number) < 1e15) {
        fprintf(out, "%.0f", number);
    } else {
        fprintf(out, "%.17g", number);
    }
}

static void put_dimension(const kt_served_variable *v, const size_t *positions, size_t count,
                          FILE *out)
{
    put_text(out, v->code);
    fputs(":{", out);
    put_member(out, "label", v->text);
    fputs(",\"category\":{\"index\":{", out);
    for (size_t i = 0; i < count; i++) {
        put_comma(out, i > 0);
        put_text(out, v->values[positions[i]]);
        fprintf(out, ":%zu", i);
    }
    fputs("},\"label\":{", out);
    for (size_t i = 0; i < count; i++) {
        put_comma(out, i > 0);
        put_member(out, v->values[positions[i]], label_of(v, positions[i]));
    }
    fputs("}}}", out);
}

static void put_dimensions(const kt_served_table *table, const kt_selection *s, FILE *out)
{
    bool more = false;
    fputs("\"id\":[", out);
    for (size_t i = 0; i < table->variable_count; i++) {
        if (!s->gone[i]) {
            put_comma(out, more);
            put_text(out, table->variables[i].code);
            more = true;
        }
    }
    more = false;
    fputs("],\"size\":[", out);
    for (size_t i = 0; i < table->variable_count; i++) {
        if (!s->gone[i]) {
            put_comma(out, more);
            fprintf(out, "%zu", s->counts[i]);
            more = true;
        }
    }
    more = false;
    fputs("],\"dimension\":{", out);
    for (size_t i = 0; i < table->variable_count; i++) {
        if (!s->gone[i]) {
            put_comma(out, more);
            put_dimension(&table->variables[i], s->positions[i], s->counts[i], out);
            more = true;
        }
    }
    fputc('}', out);
}

static void put_values(const kt_served_table *table, const kt_selection *s, FILE *out)
{
    fputs(",\"value\":[", out);
    for (walk w = walk_start(table, s); w.done < s->cells; walk_step(&w)) {
        put_comma(out, w.done > 0);
        if (table->symbols[w.cell] != KT_SYMBOL_NONE) {
            fputs("null", out);
        } else {
            put_number(out, table->values[w.cell]);
        }
    }
    fputc(']', out);
}

static void put_status(const kt_served_table *table, const kt_selection *s, FILE *out)
{
    bool more = false;
    for (walk w = walk_start(table, s); w.done < s->cells; walk_step(&w)) {
        if (table->symbols[w.cell] != KT_SYMBOL_NONE) {
            fputs(more ? "," : ",\"status\":{", out);
            fprintf(out, "\"%zu\":\"%s\"", w.done, kt_symbol_text(table->symbols[w.cell]));
            more = true;
        }
    }
    fputs(more ? "}" : "", out);
}

static void put_updated(time_t updated, char between, FILE *out)
{
    struct tm parts;
    gmtime_r(&updated, &parts);
    char day[16];
    strftime(day, sizeof day, "%Y-%m-%d", &parts);
    fprintf(out, "\"updated\":\"%sT%02d%c%02d%c%02dZ\"", day, parts.tm_hour, between, parts.tm_min,
            between, parts.tm_sec);
}

static void put_jsonstat(const kt_served_table *table, const kt_selection *s, FILE *out)
{
    fputs("{\"version\":\"2.0\",\"class\":\"dataset\",", out);
    put_member(out, "label", table->title);
    fputc(',', out);
    put_member(out, "source", table->source);
    fputc(',', out);
    put_updated(table->updated, ':', out);
    fputc(',', out);
    put_dimensions(table, s, out);
    put_values(table, s, out);
    put_status(table, s, out);
    fputs(",\"role\":{", out);
    put_texts(out, "time", &table->variables[table->time].code, 1);
    fputc(',', out);
    put_texts(out, "metric", &table->variables[table->variable_count - 1].code, 1);
    fputs("},\"extension\":{\"px\":{", out);
    put_member(out, "tableid", table->id);
    fputs(",\"decimals\":0}}}", out);
}

static void put_column(const char *code, const char *text, char type, FILE *out)
{
    fputc('{', out);
    put_member(out, "code", code);
    fputc(',', out);
    put_member(out, "text", text);
    fprintf(out, ",\"type\":\"%c\"}", type);
}

static void put_columns(const kt_served_table *table, const kt_selection *s, FILE *out)
{
    const size_t contents = table->variable_count - 1;
    fputs("\"columns\":[", out);
    for (size_t i = 0; i < contents; i++) {
        if (!s->gone[i]) {
            const kt_served_variable *v = &table->variables[i];
            put_column(v->code, v->text, v->is_time ? 't' : 'd', out);
            fputc(',', out);
        }
    }
    const kt_served_variable *v = &table->variables[contents];
    for (size_t i = 0; i < s->counts[contents]; i++) {
        put_comma(out, i > 0);
        const size_t position = s->positions[contents][i];
        put_column(v->values[position], label_of(v, position), 'c', out);
    }
    fputc(']', out);
}

static void put_key(const walk *w, FILE *out)
{
    bool more = false;
    fputs("{\"key\":[", out);
    for (size_t i = 0; i + 1 < w->table->variable_count; i++) {
        if (!w->selection->gone[i]) {
            put_comma(out, more);
            put_text(out, w->table->variables[i].values[w->selection->positions[i][w->turn[i]]]);
            more = true;
        }
    }
    fputs("],\"values\":[", out);
}

static void put_rows(const kt_served_table *table, const kt_selection *s, FILE *out)
{
    const size_t contents = s->counts[table->variable_count - 1];
    fputs(",\"comments\":[],\"data\":[", out);
    for (walk w = walk_start(table, s); w.done < s->cells; walk_step(&w)) {
        const size_t column = w.done % contents;
        put_comma(out, w.done > 0);
        if (column == 0) {
            put_key(&w, out);
        }
        fputc('"', out);
        if (table->symbols[w.cell] != KT_SYMBOL_NONE) {
            fputs(kt_symbol_text(table->symbols[w.cell]), out);
        } else {
            put_number(out, table->values[w.cell]);
        }
        fputs(column + 1 == contents ? "\"]}" : "\"", out);
    }
    fputc(']', out);
}

static void put_pxjson(const kt_served_table *table, const kt_selection *s, FILE *out)
{
    fputc('{', out);
    put_columns(table, s, out);
    put_rows(table, s, out);
    fputs(",\"metadata\":[{", out);
    put_member(out, "infofile", table->subject);
    fputc(',', out);
    put_updated(table->updated, '.', out);
    fputc(',', out);
    put_member(out, "label", table->title);
    fputc(',', out);
    put_member(out, "source", table->source);
    fputs("}]}", out);
}

void kt_served_data(const kt_served_table *table, const kt_selection *selection, FILE *out)
{
    if (selection->as_pxjson) {
        put_pxjson(table, selection, out);
    } else {
        put_jsonstat(table, selection, out);
    }
}
