/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/put.h"
#include "server/write.h"

/*
 * A PX file of the selected cells: the stub is every variable in the table's order, so that DATA
 * has one figure a row.
 */

static void put_list(const kt_served_variable *v, const char *const *texts, const size_t *positions,
                     size_t count, FILE *out)
{
    fputs("=", out);
    for (size_t i = 0; i < count; i++) {
        fputs(i > 0 ? "," : "", out);
        kt_put_text(out, texts == NULL ? v->values[positions[i]] : texts[positions[i]]);
    }
    fputs(";\n", out);
}

static void put_heads(const kt_served_table *table, const kt_selection *s, FILE *out)
{
    fputs("CHARSET=\"ANSI\";\nAXIS-VERSION=\"2013\";\nCODEPAGE=\"utf-8\";\nLANGUAGE=\"en\";\n",
          out);
    fprintf(out, "DECIMALS=0;\nMATRIX=\"%s\";\nTITLE=", table->id);
    kt_put_text(out, table->title);
    fputs(";\nSTUB=", out);
    bool more = false;
    for (size_t i = 0; i < table->variable_count; i++) {
        if (!s->gone[i]) {
            fputs(more ? "," : "", out);
            kt_put_text(out, table->variables[i].text);
            more = true;
        }
    }
    fputs(";\n", out);
}

void kt_write_px(const kt_served_table *table, const kt_selection *s, FILE *out)
{
    put_heads(table, s, out);
    for (size_t i = 0; i < table->variable_count; i++) {
        const kt_served_variable *v = &table->variables[i];
        if (!s->gone[i]) {
            fprintf(out, "VALUES(\"%s\")", v->text);
            put_list(v, v->labels, s->positions[i], s->counts[i], out);
            fprintf(out, "CODES(\"%s\")", v->text);
            put_list(v, NULL, s->positions[i], s->counts[i], out);
        }
    }
    fputs("DATA=\n", out);
    for (kt_walk w = kt_walk_start(table, s); w.done < s->cells; kt_walk_step(&w)) {
        if (table->symbols[w.cell] != KT_SYMBOL_NONE) {
            kt_put_text(out, kt_symbol_text(table->symbols[w.cell]));
        } else {
            kt_put_number(out, table->values[w.cell]);
        }
        fputc('\n', out);
    }
    fputs(";\n", out);
}
