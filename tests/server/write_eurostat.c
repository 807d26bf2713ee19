/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/put.h"
#include "server/write.h"

#include <ctype.h>
#include <string.h>

/*
 * JSON-stat 2.0 as Eurostat writes it. `value` is an object of the cells that have a figure; in
 * `status` stand letters, also of cells without one. No variable has a role. A category of which no
 * cell has a figure is listed in extension["positions-with-no-data"].
 */

/* Eurostat stamps local time. */
#define ZONE_S (60L * 60)

static const struct {
    char letter;
    const char *label;
} flag_labels[] = {{'b', "break in time series"},
                   {'c', "confidential"},
                   {'d', "definition differs (see metadata)"},
                   {'e', "estimated"},
                   {'n', "not significant"},
                   {'p', "provisional"},
                   {'r', "revised"},
                   {'s', "Eurostat estimate"},
                   {'u', "low reliability"},
                   {'z', "not applicable"}};

static bool has_figure(const kt_served_table *table, size_t cell)
{
    return table->symbols[cell] == KT_SYMBOL_NONE;
}

static char flag_of(const kt_served_table *table, size_t cell)
{
    if (table->flags == NULL) {
        return '\0';
    }
    return table->flags[cell];
}

static void put_cells(const kt_served_table *table, const kt_selection *s, FILE *out)
{
    bool more = false;
    fputs(",\"value\":{", out);
    for (kt_walk w = kt_walk_start(table, s); w.done < s->cells; kt_walk_step(&w)) {
        if (has_figure(table, w.cell)) {
            kt_put_comma(out, more);
            fprintf(out, "\"%zu\":", w.done);
            kt_put_number(out, table->values[w.cell]);
            more = true;
        }
    }
    fputc('}', out);
    more = false;
    for (kt_walk w = kt_walk_start(table, s); w.done < s->cells; kt_walk_step(&w)) {
        if (flag_of(table, w.cell) != '\0') {
            fputs(more ? "," : ",\"status\":{", out);
            fprintf(out, "\"%zu\":\"%c\"", w.done, flag_of(table, w.cell));
            more = true;
        }
    }
    fputs(more ? "}" : "", out);
}

static void put_dimension(const kt_served_variable *v, const size_t *positions, size_t count,
                          FILE *out)
{
    kt_put_text(out, v->code);
    fputs(":{", out);
    kt_put_member(out, "label", v->text);
    fputs(",\"category\":{\"index\":{", out);
    for (size_t i = 0; i < count; i++) {
        kt_put_comma(out, i > 0);
        kt_put_text(out, v->values[positions[i]]);
        fprintf(out, ":%zu", i);
    }
    fputs("},\"label\":{", out);
    for (size_t i = 0; i < count; i++) {
        kt_put_comma(out, i > 0);
        kt_put_member(out, v->values[positions[i]], kt_served_label(v, positions[i]));
    }
    fputs("}}}", out);
}

static bool position_has_data(const kt_served_table *table, const kt_selection *s, size_t variable,
                              size_t turn)
{
    for (kt_walk w = kt_walk_start(table, s); w.done < s->cells; kt_walk_step(&w)) {
        if (w.turn[variable] == turn && has_figure(table, w.cell)) {
            return true;
        }
    }
    return false;
}

static void put_empty_of(const kt_served_table *table, const kt_selection *s, size_t variable,
                         FILE *out)
{
    bool more = false;
    for (size_t turn = 0; turn < s->counts[variable]; turn++) {
        if (!position_has_data(table, s, variable, turn)) {
            kt_put_comma(out, more);
            fprintf(out, "%zu", turn);
            more = true;
        }
    }
}

static void put_empty_positions(const kt_served_table *table, const kt_selection *s, FILE *out)
{
    fputs(",\"positions-with-no-data\":{", out);
    for (size_t i = 0; i < table->variable_count; i++) {
        kt_put_comma(out, i > 0);
        kt_put_text(out, table->variables[i].code);
        fputs(":[", out);
        put_empty_of(table, s, i, out);
        fputc(']', out);
    }
    fputc('}', out);
}

static void put_flag_labels(const kt_served_table *table, FILE *out)
{
    bool more = false;
    fputs(",\"status\":{\"label\":{", out);
    for (size_t i = 0; i < sizeof flag_labels / sizeof *flag_labels; i++) {
        if (memchr(table->flags, flag_labels[i].letter, table->cells) != NULL) {
            const char letter[] = {flag_labels[i].letter, '\0'};
            kt_put_comma(out, more);
            kt_put_member(out, letter, flag_labels[i].label);
            more = true;
        }
    }
    fputs("}}", out);
}

static void put_annotations(const kt_served_table *table, FILE *out)
{
    const kt_served_variable *time = &table->variables[table->time];
    const char *oldest = time->values[table->kept_first];
    const char *latest = time->values[table->kept_first + table->kept_count - 1];
    fputs(",\"annotation\":[{\"type\":\"DISSEMINATION_OBJECT_TYPE\",\"title\":\"DATASET\"},", out);
    fprintf(out, "{\"type\":\"OBS_COUNT\",\"title\":\"%zu\"},", table->cells);
    fprintf(out, "{\"type\":\"OBS_PERIOD_OVERALL_LATEST\",\"title\":\"%s\"},", latest);
    fprintf(out, "{\"type\":\"OBS_PERIOD_OVERALL_OLDEST\",\"title\":\"%s\"},", oldest);
    fputs("{\"type\":\"SOURCE_INSTITUTIONS\",\"text\":\"Eurostat\"},", out);
    fputs("{\"type\":\"UPDATE_DATA\",\"date\":", out);
    kt_put_moment(out, table->updated + ZONE_S, ':', "+0100");
    fputs("},{\"type\":\"UPDATE_STRUCTURE\",\"date\":\"2026-01-07T11:00:00+0100\"}]", out);
}

static void put_extension(const kt_served_table *table, const kt_selection *s, FILE *out)
{
    fputs(",\"extension\":{\"lang\":\"EN\",\"id\":\"", out);
    for (const char *c = table->id; *c != '\0'; c++) {
        fputc(toupper((unsigned char)*c), out);
    }
    fputs("\",\"agencyId\":\"ESTAT\",\"version\":\"1.0\"", out);
    put_annotations(table, out);
    if (table->flags != NULL) {
        put_flag_labels(table, out);
    }
    put_empty_positions(table, s, out);
    fputc('}', out);
}

void kt_write_eurostat(const kt_served_table *table, const kt_selection *s, FILE *out)
{
    fputs("{\"version\":\"2.0\",\"class\":\"dataset\",", out);
    kt_put_member(out, "label", table->title);
    fputs(",\"source\":\"ESTAT\",\"updated\":", out);
    kt_put_moment(out, table->updated + ZONE_S, ':', "+0100");
    put_cells(table, s, out);
    fputc(',', out);
    kt_put_shape(table, s, out);
    fputs(",\"dimension\":{", out);
    for (size_t i = 0; i < table->variable_count; i++) {
        kt_put_comma(out, i > 0);
        put_dimension(&table->variables[i], s->positions[i], s->counts[i], out);
    }
    fputc('}', out);
    put_extension(table, s, out);
    fputc('}', out);
}
