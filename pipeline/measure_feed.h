/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_MEASURE_FEED_H
#define KT_PIPELINE_MEASURE_FEED_H

#include <stdbool.h>
#include <stdint.h>

#include "core/text.h"
#include "measure_cells.h"
#include "measure_names.h"
#include "measure_rows.h"

/** What measure_rows.c gathers and measure_groups.c hands out. */

#define KT_NO_FEED    SIZE_MAX
#define KT_GROUP_UNIT '\x1f' /* between the values that make a group; no CSV of words holds it */

/* Where an input of the measure comes from and where its cells stand. */
typedef struct kt_measure_feed {
    const kt_input *input;
    const char *name;         /* of the column */
    size_t column, low, high; /* of the CSV; NONE if absent */
    size_t id;                /* of a key: its place among the ids */
    size_t figure;            /* of a figure: its place; with a range low and high follow */
    kt_measure_names *names;  /* of a key: the texts seen */
} kt_measure_feed;

struct kt_measure_rows {
    const char *name;
    const kt_measure *measure;
    kt_arena *arena;
    const char **by; /* names */
    size_t *by_columns;
    size_t by_count;
    bool by_given;
    kt_measure_feed *feeds;
    size_t feed_count;
    size_t id_count; /* group, keys, row */
    kt_measure_names *groups;
    kt_measure_cells *cells;
    size_t merged;
    kt_text joined; /* the group of the row being read */
    /* after reading, when the cells of each group stand together */
    size_t group_count;
    uint32_t *group_name; /* of each group, in the order of their first rows */
    uint32_t *first;      /* cell of each group; one more at the end */
};

static inline bool kt_input_is_key(const kt_input *input)
{
    return input->kind == KT_INPUT_KEY || input->kind == KT_INPUT_PERIOD;
}

#endif
