/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_PANEL_FILE_H
#define KT_PIPELINE_PANEL_FILE_H

#include <stdbool.h>

#include "panel.h"

/** One file of a table as the figures that are wanted of it. */

#define KT_PANEL_BLANK '\x1f' /* between the cells of a key: no text of a table holds it */

/** The question with its columns found. */
typedef struct kt_panel_columns {
    const kt_panel_ask *ask;
    size_t *key; /* without time_period */
    size_t key_count;
    size_t *figures;
    size_t *filters;
} kt_panel_columns;

kt_status kt_panel_columns_find(const kt_panel_ask *ask, kt_arena *arena, kt_panel_columns *out,
                                kt_error *err) KT_MUST_CHECK;

/** Figures of one key in consecutive periods of one frequency. */
typedef struct kt_panel_block {
    const char *key; /* cells and the frequency, each followed by KT_PANEL_BLANK */
    kt_period first;
    size_t count;
    kt_published_figure *figures; /* figure-major */
    bool *there;                  /* of each period: whether there is a row */
} kt_panel_block;

typedef struct kt_panel_blocks {
    kt_panel_block *at; /* in the order of their first rows */
    size_t count;
} kt_panel_blocks;

/** Reads a file. */
kt_status kt_panel_file_read(const kt_panel_columns *columns, const char *path, kt_arena *arena,
                             kt_panel_blocks *out, kt_error *err) KT_MUST_CHECK;

/** The same from what was kept under that path, if it is whole and of that name; false if not. */
bool kt_panel_part_load(const char *path, const char *name, size_t figure_count, kt_arena *arena,
                        kt_panel_blocks *out);

kt_status kt_panel_part_save(const char *path, const char *name, const kt_panel_blocks *blocks,
                             size_t figure_count, kt_error *err) KT_MUST_CHECK;

#endif
