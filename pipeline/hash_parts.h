/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_HASH_PARTS_H
#define KT_PIPELINE_HASH_PARTS_H

#include <stddef.h>

#include "core/cube.h"
#include "core/hash.h"
#include "night.h"

/**
 * What findings are made from, as parts of the hash by which they are kept: they are made anew when
 * any of it changed, so whoever makes rows of anything else has to add it.
 */

/** With its end: "a", "b" is not "ab". */
void kt_hash_text(kt_hasher *hasher, const char *text);

/** The program and the configuration. */
void kt_hash_run(kt_hasher *hasher, const kt_night *night);

/** The table of a source: its name, and its code lists, which decide which rows there are. */
void kt_hash_table(kt_hasher *hasher, const kt_night *night, size_t source, const kt_cube *cube);

/** The figures of a whole period. */
void kt_hash_period(kt_hasher *hasher, const kt_cube *cube, size_t period);

/** The figures of one measure in a period. */
void kt_hash_measure(kt_hasher *hasher, const kt_cube *cube, size_t period, size_t measure);

#endif
