/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_MEASURE_NAMES_H
#define KT_PIPELINE_MEASURE_NAMES_H

#include <stddef.h>
#include <stdint.h>

/**
 * Distinct texts one behind the other, each known by the byte at which it begins: in the order of
 * adding, so no hash order shows anywhere. Ten million of them cost little more than their letters.
 */
typedef struct kt_measure_names kt_measure_names;

#define KT_NO_NAME UINT32_MAX /* there is no room: 4 GiB of texts */

kt_measure_names *kt_measure_names_new(void);
void kt_measure_names_free(kt_measure_names *names);

size_t kt_measure_names_count(const kt_measure_names *names);

/** Where the text begins, added if it is new; or KT_NO_NAME. */
uint32_t kt_measure_names_add(kt_measure_names *names, const char *text);

/** The text that begins there. Good until one is added. */
const char *kt_measure_names_at(const kt_measure_names *names, uint32_t begin);

/** Where the text behind that one begins. */
uint32_t kt_measure_names_next(const kt_measure_names *names, uint32_t begin);

/** Forgets how to find: all texts are there. */
void kt_measure_names_seal(kt_measure_names *names);

#endif
