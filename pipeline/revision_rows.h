/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_REVISION_ROWS_H
#define KT_PIPELINE_REVISION_ROWS_H

#include "revision_log.h"

/**
 * A table's history in our codes, with what may be shown of it. A figure of a cell that is
 * protected in the newest version is never shown, in whichever version it stood; nor is one that
 * its own version hid. In strict mode only figures that stand today are shown: an older total less
 * its older parts would give a figure that is protected since.
 */
typedef struct kt_revision_view {
    const kt_source *source;
    const kt_revision_log *log;
    const kt_cube *cube; /* as it is published today */
    const kt_classifications *classifications;
    bool strict;
} kt_revision_view;

typedef struct kt_place {
    const char *level, *code;
} kt_place;

/** One change of one cell. */
typedef struct kt_revision_row {
    const char *period, *measure, *indicator;
    kt_place region, occupation;
    double first_value, previous_value, value; /* NAN: there is none, or none to show */
    kt_obs obs;                                /* the worst of the three */
    kt_instant first_seen, changed_at;
    const char *changed_on; /* the day; the moment if the cell changed before on that day */
    size_t note;
} kt_revision_row;

/**
 * The rows of a view, cell by cell, oldest first; texts borrowed from log and classifications or in
 * the arena. Changes of one second count as one.
 */
size_t kt_revision_rows_make(const kt_revision_view *view, kt_arena *arena, kt_revision_row **out);

/** A region or an occupation of a source in our codes. */
kt_place kt_place_region(const kt_revision_view *view, const char *code);
kt_place kt_place_occupation(const kt_revision_view *view, const char *code, kt_arena *arena);

/** "2026-11-21", in the arena. */
const char *kt_day_of(kt_instant instant, kt_arena *arena);

#endif
