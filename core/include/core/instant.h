/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_INSTANT_H
#define KT_CORE_INSTANT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * Moments in UTC, whole seconds since 1970. Only pipeline and fetch may ask for the present one;
 * nothing that is published depends on it (DESIGN P7).
 */
typedef int64_t kt_instant;

#define KT_NO_INSTANT   INT64_MIN
#define KT_INSTANT_SIZE 24

kt_instant kt_instant_now(void);

/** "2026-11-21T05:00:00Z". Returns out. */
char *kt_instant_write(kt_instant instant, char out[KT_INSTANT_SIZE]);

/** "20261121T050000Z", for names. Returns out. */
char *kt_instant_write_basic(kt_instant instant, char out[KT_INSTANT_SIZE]);

/**
 * Reads the shapes that services write: 2026-04-01T05:00:00Z, 2026-07-21T05.00.00Z (PX-JSON),
 * ...T23:00:00+0100 and +01:00, ...T08:00:00 without a zone (taken as UTC), 20261121T050000Z, and a
 * bare day, whose instant is its last second if end_of_day, else its first. False for anything
 * else.
 */
bool kt_instant_read(const char *text, bool end_of_day, kt_instant *out);

/** Days since 1970-01-01 of a civil day, and back (proleptic Gregorian). */
int64_t kt_days_from_civil(int year, int month, int day);
void kt_civil_from_days(int64_t days, int *year, int *month, int *day);

#endif
