/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_CHANGE_TABLES_H
#define KT_PIPELINE_CHANGE_TABLES_H

#include "analysis/change.h"
#include "panel.h"
#include "pipeline/config.h"

/** Figures whose changes are told as their own table publishes them: flows, and groups of job
 * seekers. */
typedef struct kt_change_table {
    const char *table, *figure;
    const char *indicator; /* the column that names what a row counts */
} kt_change_table;

/** Ended by one whose table is NULL. */
extern const kt_change_table kt_change_tables[];

/** How that figure of a year so far is made. *of_parts: it is a mean of its own, and has no year.
 */
kt_change_kind kt_change_table_kind(const kt_change_table *of, const char *indicator,
                                    bool *of_parts);

/** The published figures over all occupations, at the levels of the configuration. */
kt_status kt_change_table_read(const kt_change_table *of, const kt_config *config,
                               const kt_panel_place *place, kt_arena *arena, kt_panel **out,
                               kt_error *err) KT_MUST_CHECK;

/** True unless the line is what is left over at its level. */
bool kt_change_is_region(const kt_panel_line *line);

/** Fills points with the newest count periods of a line; NAN and L before its first. */
void kt_change_table_points(const kt_change_table *of, const kt_config *config,
                            const kt_panel *panel, const kt_panel_line *line, size_t count,
                            kt_change_point *points);

#endif
