/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_PANEL_H
#define KT_PIPELINE_PANEL_H

#include <stddef.h>

#include "core/arena.h"
#include "core/codes.h"
#include "core/error.h"
#include "core/period.h"
#include "kept.h"
#include "publish/contract.h"
#include "publish/observation_row.h"

/**
 * Figures over time: the rows of a published table read back as series. What is made of them starts
 * from what everybody can read, so nothing else can show through it, and whoever has the CSV can
 * make it again.
 */

/** Rows whose cell of the column is one of the texts. */
typedef struct kt_panel_filter {
    const char *column;
    const char *const *texts;
    size_t count;
} kt_panel_filter;

/** What is wanted of a table that has time_period in its key. */
typedef struct kt_panel_ask {
    const kt_schema *schema;
    const char *const *figures; /* columns of numbers; their ends and statuses as the schema says */
    size_t figure_count;
    const kt_panel_filter *filters; /* a row has to pass all of them */
    size_t filter_count;
    int first_year; /* 0: all; of a table that is split by years */
} kt_panel_ask;

/** Where the table's files are. */
typedef struct kt_panel_place {
    const char *folder; /* findings, or csv/ of a run */
    const char *parts; /* folder of what was read before, under the hash of file and question; NULL:
                          everything is read */
    kt_codes *used; /* takes the names of the parts used; NULL: parts are read and none is kept */
    const kt_kept_file *known; /* of whose files the checksums need not be computed */
    size_t known_count;
    unsigned threads;
} kt_panel_place;

/** The figures of one key without its time_period. */
typedef struct kt_panel_line {
    const char *const *key;               /* a cell of each of panel->columns */
    kt_period first;                      /* consecutive periods of one frequency from here on */
    size_t count;                         /* up to the newest of any line of that frequency */
    const kt_published_figure *const *of; /* [figure][period]; without a row: L, and no number */
} kt_panel_line;

typedef struct kt_panel {
    const kt_schema *schema;
    const size_t *columns; /* of the schema: its key without time_period, in order */
    size_t column_count;
    const kt_panel_line *lines; /* sorted by their keys, bytewise, then by frequency */
    size_t line_count;
} kt_panel;

/**
 * Everything in the arena. A table without files has no lines. KT_ERR_CONFIG for a column that the
 * table does not have; a file that breaks its schema is KT_ERR_FORMAT with its place.
 */
kt_status kt_panel_read(const kt_panel_ask *ask, const kt_panel_place *place, kt_arena *arena,
                        kt_panel **out, kt_error *err) KT_MUST_CHECK;

/** The line's cell of that key column; NULL if it is none of the key. */
const char *kt_panel_cell(const kt_panel *panel, const kt_panel_line *line, const char *column);

/** The line with these cells, one of each of panel->columns, and that frequency; NULL if none. */
const kt_panel_line *kt_panel_find(const kt_panel *panel, const char *const *key,
                                   kt_frequency frequency);

/** A figure of the line in a period; no number and L where the line, which may be NULL, has none.
 */
kt_published_figure kt_panel_figure(const kt_panel_line *line, size_t figure, kt_period period);

#endif
