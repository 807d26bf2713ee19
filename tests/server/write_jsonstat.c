/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/put.h"
#include "server/write.h"

#include <string.h>

/*
 * JSON-stat 2.0 as PxWeb writes it: `value` is a dense array in which a cell without a number is
 * null, and its symbol stands under the cell's flat index in the object `status`. Version 2 says
 * more of each variable, and its metadata are the same without figures.
 */

static void put_codelists(const kt_served_variable *v, FILE *out)
{
    fputs(",\"codelists\":[", out);
    for (size_t i = 0; i < v->codelist_count; i++) {
        const kt_served_codelist *list = &v->codelists[i];
        const bool sums = strncmp(list->id, "agg_", 4) == 0;
        kt_put_comma(out, i > 0);
        fputc('{', out);
        kt_put_member(out, "id", list->id);
        fputc(',', out);
        kt_put_member(out, "label", list->label);
        fprintf(out, ",\"type\":\"%s\",\"links\":[{\"rel\":\"metadata\",\"hreflang\":\"en\",",
                sums ? "Aggregation" : "Valueset");
        fprintf(out, "\"href\":\"/api/v2/codeLists/%s?lang=en\"}]}", list->id);
    }
    fputc(']', out);
}

static void put_extension(const kt_served_variable *v, kt_form form, FILE *out)
{
    fprintf(out, ",\"extension\":{\"elimination\":%s", v->total != NULL ? "true" : "false");
    if (v->total != NULL) {
        fputc(',', out);
        kt_put_member(out, "eliminationValueCode", v->total);
    }
    fprintf(out, ",\"show\":\"%s\"", v->is_time ? "code" : "value");
    if (v->is_contents) {
        fprintf(out, ",\"refperiod\":{\"%s\":\"the last day\"}", v->values[0]);
    }
    if (form == KT_FORM_METADATA_2) {
        put_codelists(v, out);
    }
    fputc('}', out);
}

static void put_dimension(const kt_served_table *table, size_t variable, const kt_selection *s,
                          FILE *out)
{
    const kt_served_variable *v = &table->variables[variable];
    const size_t *positions = s->positions[variable];
    kt_put_text(out, v->code);
    fputs(":{", out);
    kt_put_member(out, "label", v->text);
    fputs(",\"category\":{\"index\":{", out);
    for (size_t i = 0; i < s->counts[variable]; i++) {
        kt_put_comma(out, i > 0);
        kt_put_text(out, v->values[positions[i]]);
        fprintf(out, ":%zu", i);
    }
    fputs("},\"label\":{", out);
    for (size_t i = 0; i < s->counts[variable]; i++) {
        kt_put_comma(out, i > 0);
        kt_put_member(out, v->values[positions[i]], kt_served_label(v, positions[i]));
    }
    fputs("}}", out);
    if (s->form != KT_FORM_JSONSTAT) {
        put_extension(v, s->form, out);
    }
    fputc('}', out);
}

static void put_dimensions(const kt_served_table *table, const kt_selection *s, FILE *out)
{
    bool more = false;
    kt_put_shape(table, s, out);
    fputs(",\"dimension\":{", out);
    for (size_t i = 0; i < table->variable_count; i++) {
        if (!s->gone[i]) {
            kt_put_comma(out, more);
            put_dimension(table, i, s, out);
            more = true;
        }
    }
    fputc('}', out);
}

static void put_values(const kt_served_table *table, const kt_selection *s, FILE *out)
{
    fputs(",\"value\":[", out);
    for (kt_walk w = kt_walk_start(table, s); w.done < s->cells; kt_walk_step(&w)) {
        kt_put_comma(out, w.done > 0);
        if (table->symbols[w.cell] != KT_SYMBOL_NONE) {
            fputs("null", out);
        } else {
            kt_put_number(out, table->values[w.cell]);
        }
    }
    fputc(']', out);
}

static void put_status(const kt_served_table *table, const kt_selection *s, FILE *out)
{
    bool more = false;
    for (kt_walk w = kt_walk_start(table, s); w.done < s->cells; kt_walk_step(&w)) {
        if (table->symbols[w.cell] != KT_SYMBOL_NONE) {
            fputs(more ? "," : ",\"status\":{", out);
            fprintf(out, "\"%zu\":\"%s\"", w.done, kt_symbol_text(table->symbols[w.cell]));
            more = true;
        }
    }
    fputs(more ? "}" : "", out);
}

static void put_roles(const kt_served_table *table, const kt_selection *s, FILE *out)
{
    fputs(",\"role\":{", out);
    kt_put_texts(out, "time", &table->variables[table->time].code, 1);
    for (size_t i = 0; i < table->variable_count; i++) {
        if (table->variables[i].is_geo && !s->gone[i]) {
            fputc(',', out);
            kt_put_texts(out, "geo", &table->variables[i].code, 1);
        }
    }
    if (!s->gone[table->contents]) {
        fputc(',', out);
        kt_put_texts(out, "metric", &table->variables[table->contents].code, 1);
    }
    fputc('}', out);
}

void kt_write_jsonstat(const kt_served_table *table, const kt_selection *s, FILE *out)
{
    fputs("{\"version\":\"2.0\",\"class\":\"dataset\",", out);
    kt_put_member(out, "label", table->title);
    fputc(',', out);
    kt_put_member(out, "source", table->source);
    fputs(",\"updated\":", out);
    kt_put_moment(out, table->updated, ':', "Z");
    fputc(',', out);
    put_dimensions(table, s, out);
    if (s->form == KT_FORM_METADATA_2) {
        fputs(",\"value\":[]", out);
    } else {
        put_values(table, s, out);
        put_status(table, s, out);
    }
    put_roles(table, s, out);
    fputs(",\"extension\":{\"px\":{", out);
    kt_put_member(out, "tableid", table->id);
    fputs(",\"decimals\":0}}}", out);
}
