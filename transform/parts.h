/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_PARTS_H
#define KT_TRANSFORM_PARTS_H

#include "core/cube.h"
#include "core/roles.h"
#include "transform/assemble.h"

/**
 * What each reply says it holds, before any figure is read: codes by role, and the edition of the
 * table it is a part of. From these comes the shape of the cube and which replies are needed at
 * all.
 */

/** Along one role: codes of ours, and where they stand in the reply. */
typedef struct kt_axis {
    size_t count;
    const char **code;  /* period as we write it; measure; region, occupation ... of the source */
    const char **label; /* as the reply has it; of a measure: the source's code and its label */
    size_t *position;   /* in the reply's dimension */
    size_t dimension;   /* of the reply; KT_NO_CODE if it has none that plays the role */
    const kt_measure_spec **measure; /* of the measure role; else NULL */
} kt_axis;

typedef struct kt_part {
    kt_axis axis[KT_ROLES];
    size_t base;      /* the reply's first figure of the codes that its fixed variables stand at */
    const char *name; /* of the reply, borrowed */
} kt_part;

/** Figures from one code of the reply's dimension to the next. */
size_t kt_part_stride(const kt_envelope *envelope, size_t dimension);

/**
 * The axes of a reply by the roles of the source. Fails for a reply of another table and for a
 * period that is none or of another frequency.
 */
kt_status kt_part_describe(const kt_source *source, const kt_envelope *envelope, const char *name,
                           kt_arena *arena, kt_part *out, kt_error *err) KT_MUST_CHECK;

/** What is remembered of all replies: their codes as positions in common lists. */
typedef struct kt_holding {
    size_t edition;   /* replies of one `updated` are one edition; newer ones have higher numbers */
    const char *name; /* of the reply */
    size_t count[KT_ROLES];
    size_t *code[KT_ROLES]; /* positions in kt_catalogue.codes */
} kt_holding;

typedef struct kt_catalogue {
    const kt_source *source;
    kt_codes
        *codes[KT_ROLES]; /* while replies are noted: in order of appearance; then in the cube's */
    kt_holding *holdings; /* of each reply */
    size_t count;
    size_t
        *owner; /* of each period x measure x group: the newest edition that has it, + 1; 0: none */
} kt_catalogue;

/** Begins a catalogue of that many replies; measures and their groups in the order of the source.
 */
kt_catalogue *kt_catalogue_new(const kt_source *source, size_t replies, kt_arena *arena);

/** Notes the next reply, oldest first. */
void kt_catalogue_note(kt_catalogue *catalogue, const kt_part *part, size_t edition,
                       kt_arena *arena);

/** After the last reply: puts the lists into the cube's order and finds the owners. */
void kt_catalogue_close(kt_catalogue *catalogue, kt_arena *arena);

/** How many periods x measures x groups a holding has, and the place of number n of them among the
 * catalogue's owners. */
size_t kt_holding_slots(const kt_holding *holding);
size_t kt_holding_slot(const kt_catalogue *catalogue, const kt_holding *holding, size_t n);

/** True if reply i is of the edition that owns any of the periods and measures it has. */
bool kt_catalogue_needs(const kt_catalogue *catalogue, size_t i);

/** True if the edition owns this period, measure and group. */
static inline bool kt_catalogue_owns(const kt_catalogue *catalogue, size_t edition, size_t period,
                                     size_t measure, size_t group)
{
    const size_t measures = kt_codes_count(catalogue->codes[KT_ROLE_MEASURE]);
    const size_t groups = kt_codes_count(catalogue->codes[KT_ROLE_GROUP]);
    return catalogue->owner[(period * measures + measure) * groups + group] == edition + 1;
}

#endif
