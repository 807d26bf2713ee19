/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_FETCH_DATED_H
#define KT_FETCH_DATED_H

#include <stddef.h>

#include "core/arena.h"
#include "core/instant.h"

/**
 * Addresses that carry a date: {year}, {quarter}, {month} and {day} stand for the parts of a day,
 * with leading zeros. Nobody knows on which day the file of a month appears, so the address is
 * looked for at the day of the night first and then backwards, by the smallest part it names: 10
 * days, 6 months, 4 quarters, 3 years.
 */

/** The addresses to try, newest first, in the arena; path itself if it carries no date. */
size_t kt_dated_paths(const char *path, kt_instant now, kt_arena *arena, const char ***out);

#endif
