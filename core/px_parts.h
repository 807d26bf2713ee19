/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_PX_PARTS_H
#define KT_CORE_PX_PARTS_H

#include "core/codes.h"
#include "core/px.h"
#include "envelope_parts.h"

/* A variable of the file, as it is laid out in DATA. */
typedef struct kt_px_variable {
    const char *name;      /* in the file's own language: what subkeys say */
    const char *name_here; /* in the language that words are taken in */
    bool in_stub;
    const kt_codes *keys; /* what names its values at the beginning of each row; NULL: nothing */
    size_t stride;        /* cells from one of its values to the next */
} kt_px_variable;

struct kt_px {
    kt_reply reply; /* the text in UTF-8, and its name in messages */
    kt_codes *index;
    kt_px_entry *entries; /* in the order of index */
    size_t count, room;
    const char *own;      /* LANGUAGE, or NULL */
    const char *language; /* that words are taken in; NULL: the file's own */
    const char *data, *data_end;
    size_t data_line;
    kt_px_variable *variables; /* of the envelope's dimensions */
    kt_envelope *envelope;
};

/** "2004M01" of "200401" by M1, "2004Q1" of "20041" by Q1, and so on: how TIMEVAL's value is
 * written elsewhere. The value itself if it has another shape. */
const char *kt_px_period(const char *scale, const char *value, kt_arena *arena);

/** "M1" of a TIMEVAL that has TLIST(M1) alone; NULL of any other. */
const char *kt_px_scale(const kt_px_entry *timeval, kt_arena *arena);

/** The periods of a TIMEVAL, ranges counted out; NULL if it is none that can be read. */
kt_codes *kt_px_periods(const kt_px_entry *timeval, kt_arena *arena);

/** "2025-10-27T08:00:00" of "20251027 08:00"; NULL if it is no such moment. */
const char *kt_px_moment(const char *text, kt_arena *arena);

#endif
