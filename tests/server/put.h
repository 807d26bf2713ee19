/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_SERVER_PUT_H
#define KT_SERVER_PUT_H

#include "server/table.h"

/** Pieces of JSON, and the walk over selected cells, that all bodies are written with. */

void kt_put_text(FILE *out, const char *text);
void kt_put_member(FILE *out, const char *name, const char *text);
void kt_put_texts(FILE *out, const char *name, const char *const *texts, size_t count);
void kt_put_comma(FILE *out, bool wanted);
void kt_put_number(FILE *out, double number);

/** "2026-06-08T06:00:00Z", with `between` between the parts of the time and `zone` at the end. */
void kt_put_moment(FILE *out, time_t moment, char between, const char *zone);

/** The label of a value, or the value itself. */
const char *kt_served_label(const kt_served_variable *variable, size_t position);

/** The cells of a selection one after another, the last variable fastest. */
typedef struct kt_walk {
    const kt_served_table *table;
    const kt_selection *selection;
    size_t turn[KT_SERVED_VARIABLES]; /* which of the selected values */
    size_t cell;                      /* its place in the table */
    size_t done;
} kt_walk;

kt_walk kt_walk_start(const kt_served_table *table, const kt_selection *selection);
void kt_walk_step(kt_walk *walk);

/** "id":[...],"size":[...] of the dimensions that the selection leaves. */
void kt_put_shape(const kt_served_table *table, const kt_selection *selection, FILE *out);

#endif
