/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/put.h"

#include <math.h>
#include <stdlib.h>

void kt_put_text(FILE *out, const char *text)
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

void kt_put_member(FILE *out, const char *name, const char *text)
{
    kt_put_text(out, name);
    fputc(':', out);
    kt_put_text(out, text);
}

void kt_put_comma(FILE *out, bool wanted)
{
    if (wanted) {
        fputc(',', out);
    }
}

void kt_put_texts(FILE *out, const char *name, const char *const *texts, size_t count)
{
    kt_put_text(out, name);
    fputs(":[", out);
    for (size_t i = 0; i < count; i++) {
        kt_put_comma(out, i > 0);
        kt_put_text(out, texts[i]);
    }
    fputc(']', out);
}

void kt_put_number(FILE *out, double number)
{
    if (number == floor(number) && fabs(number) < 1e15) {
        fprintf(out, "%.0f", number);
    } else {
        char digits[32];
        snprintf(digits, sizeof digits, "%.15g", number);
        const bool same = strtod(digits, NULL) == number;
        fprintf(out, same ? "%.15g" : "%.17g", number);
    }
}

void kt_put_moment(FILE *out, time_t moment, char between, const char *zone)
{
    struct tm parts;
    gmtime_r(&moment, &parts);
    char day[16];
    strftime(day, sizeof day, "%Y-%m-%d", &parts);
    fprintf(out, "\"%sT%02d%c%02d%c%02d%s\"", day, parts.tm_hour, between, parts.tm_min, between,
            parts.tm_sec, zone);
}

const char *kt_served_label(const kt_served_variable *variable, size_t position)
{
    return variable->labels == NULL ? variable->values[position] : variable->labels[position];
}

static void place(kt_walk *w)
{
    size_t at[KT_SERVED_VARIABLES] = {0};
    for (size_t i = 0; i < w->table->variable_count; i++) {
        at[i] = w->selection->positions[i][w->turn[i]];
    }
    w->cell = kt_served_table_at(w->table, at);
}

kt_walk kt_walk_start(const kt_served_table *table, const kt_selection *selection)
{
    kt_walk w = {.table = table, .selection = selection};
    if (selection->cells > 0) {
        place(&w);
    }
    return w;
}

void kt_walk_step(kt_walk *w)
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

void kt_put_shape(const kt_served_table *table, const kt_selection *s, FILE *out)
{
    bool more = false;
    fputs("\"id\":[", out);
    for (size_t i = 0; i < table->variable_count; i++) {
        if (!s->gone[i]) {
            kt_put_comma(out, more);
            kt_put_text(out, table->variables[i].code);
            more = true;
        }
    }
    more = false;
    fputs("],\"size\":[", out);
    for (size_t i = 0; i < table->variable_count; i++) {
        if (!s->gone[i]) {
            kt_put_comma(out, more);
            fprintf(out, "%zu", s->counts[i]);
            more = true;
        }
    }
    fputc(']', out);
}
