/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_SERVER_SHAPE_H
#define KT_SERVER_SHAPE_H

#include "server/table.h"

/**
 * A table of any size in the shape of Statistics Finland's, for tests of the way it is fetched. Its
 * figures mean nothing, but each follows from the cell's codes alone, so a test can say what every
 * cell of a reply has to be, however the table was cut into calls.
 */
typedef struct kt_test_shape {
    const char *id;       /* "12r5" */
    size_t regions;       /* SSS, MK01 ... MK19, then KU001 and on; variable Alue */
    size_t occupations;   /* SSS, then 1001 and on; variable Ammattiryhmä; 0: no such variable */
    int first_year;       /* of the first month, which is January */
    size_t periods;       /* months */
    size_t protect_every; /* every so many cells "..." stands in place of a figure; 0: never */
} kt_test_shape;

/** Contents are TYOTTOMATLOPUSSA and AVPAIKATLOPUSSA, and TYOVOIMATK where there is no occupation.
 */
kt_served_table *kt_test_table(const kt_test_shape *shape, kt_arena *arena);

/** The figure of a cell, from its codes in any order. 0 .. 99999. */
double kt_test_figure(const char *const *codes, size_t count);

#endif
