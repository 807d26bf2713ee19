/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_UNITS_H
#define KT_TRANSFORM_UNITS_H

#include <stdbool.h>

#include "core/source.h"

/** What the words of a source say of its unit. */
typedef enum kt_unit_kind {
    KT_UNIT_UNTOLD,  /* nothing that we know, or several things */
    KT_UNIT_COUNT,   /* pieces of whatever it is: "lkm", "antal" */
    KT_UNIT_PERSONS, /* of persons, one by one */
    KT_UNIT_THOUSANDS,
    KT_UNIT_MILLIONS,
    KT_UNIT_PERCENT,
    KT_UNIT_DAYS,
    KT_UNIT_HOURS,
    KT_UNIT_INDEX,
    KT_UNIT_MONEY,
    KT_UNIT_PERMILLE,
    KT_UNIT_SHARE /* of something, in per cent or not: "osuus", "rate" */
} kt_unit_kind;

/** Reads a unit in Finnish, Swedish, Norwegian or English: "1000 persons", "%", "lkm". */
kt_unit_kind kt_unit_read(const char *words);

/**
 * True if figures in that unit, times the scale of the measure, can be what the source file takes
 * them for. *expected says what could stand there. words may be NULL: silence contradicts nothing.
 */
bool kt_unit_fits(const kt_measure_spec *measure, const char *words, const char **expected);

#endif
