/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/put.h"
#include "server/write.h"

/* What PxWeb v1 alone writes: its metadata, and PX-JSON, where a cell is text. */

static void put_metadata_variable(const kt_served_table *table, size_t variable, FILE *out)
{
    const kt_served_variable *v = &table->variables[variable];
    const size_t first = v->is_time ? table->kept_first : 0;
    const size_t count = v->is_time ? table->kept_count : v->count;
    const char *const *labels = v->labels == NULL ? v->values : v->labels;
    fputc('{', out);
    kt_put_member(out, "code", v->code);
    fputc(',', out);
    kt_put_member(out, "text", v->text);
    fputc(',', out);
    kt_put_texts(out, "values", v->values + first, count);
    fputc(',', out);
    kt_put_texts(out, "valueTexts", labels + first, count);
    fputs(v->total != NULL ? ",\"elimination\":true" : "", out);
    fputs(v->is_time ? ",\"time\":true" : "", out);
    fputc('}', out);
}

void kt_served_metadata(const kt_served_table *table, FILE *out)
{
    fputc('{', out);
    kt_put_member(out, "title", table->title);
    fputs(",\"variables\":[", out);
    for (size_t i = 0; i < table->variable_count; i++) {
        kt_put_comma(out, i > 0);
        put_metadata_variable(table, i, out);
    }
    fputs("]}", out);
}

static void put_column(const char *code, const char *text, char type, FILE *out)
{
    fputc('{', out);
    kt_put_member(out, "code", code);
    fputc(',', out);
    kt_put_member(out, "text", text);
    fprintf(out, ",\"type\":\"%c\"}", type);
}

static void put_columns(const kt_served_table *table, const kt_selection *s, FILE *out)
{
    const size_t contents = table->contents;
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
        kt_put_comma(out, i > 0);
        const size_t position = s->positions[contents][i];
        put_column(v->values[position], kt_served_label(v, position), 'c', out);
    }
    fputc(']', out);
}

static void put_key(const kt_walk *w, FILE *out)
{
    bool more = false;
    fputs("{\"key\":[", out);
    for (size_t i = 0; i + 1 < w->table->variable_count; i++) {
        if (!w->selection->gone[i]) {
            kt_put_comma(out, more);
            kt_put_text(out, w->table->variables[i].values[w->selection->positions[i][w->turn[i]]]);
            more = true;
        }
    }
    fputs("],\"values\":[", out);
}

static void put_rows(const kt_served_table *table, const kt_selection *s, FILE *out)
{
    const size_t contents = s->counts[table->contents];
    fputs(",\"comments\":[],\"data\":[", out);
    for (kt_walk w = kt_walk_start(table, s); w.done < s->cells; kt_walk_step(&w)) {
        const size_t column = w.done % contents;
        kt_put_comma(out, w.done > 0);
        if (column == 0) {
            put_key(&w, out);
        }
        fputc('"', out);
        if (table->symbols[w.cell] != KT_SYMBOL_NONE) {
            fputs(kt_symbol_text(table->symbols[w.cell]), out);
        } else {
            kt_put_number(out, table->values[w.cell]);
        }
        fputs(column + 1 == contents ? "\"]}" : "\"", out);
    }
    fputc(']', out);
}

void kt_write_pxjson(const kt_served_table *table, const kt_selection *s, FILE *out)
{
    fputc('{', out);
    put_columns(table, s, out);
    put_rows(table, s, out);
    fputs(",\"metadata\":[{", out);
    kt_put_member(out, "infofile", table->subject);
    fputc(',', out);
    fputs("\"updated\":", out);
    kt_put_moment(out, table->updated, '.', "Z");
    fputc(',', out);
    kt_put_member(out, "label", table->title);
    fputc(',', out);
    kt_put_member(out, "source", table->source);
    fputs("}]}", out);
}
