/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_PERIOD_H
#define KT_CORE_PERIOD_H

#include <stdbool.h>
#include <stddef.h>

/**
 * A month, a quarter or a year, written 2026M06, 2026Q2, Y2026 (the contract's year; "2026" is read
 * too, as sources write it). Periods of one frequency are whole numbers that can be counted on.
 */
typedef enum kt_frequency { KT_YEARLY = 1, KT_QUARTERLY = 4, KT_MONTHLY = 12 } kt_frequency;

typedef struct kt_period {
    kt_frequency frequency;
    int index; /* periods since the year 0: month 2026M06 is 2026 * 12 + 5 */
} kt_period;

#define KT_PERIOD_SIZE 12

/** Reads 2026M06, 2026Q2, Y2026, 2026, JSON-stat's 2026-06, 2026-Q2, and 2026K2 as SCB and SSB
 * write a quarter. False for anything else. */
bool kt_period_read(const char *text, kt_period *out);

/** The same, and the first day of a month, 2026-06-01, as that month: what tables for people have.
 */
bool kt_period_read_dated(const char *text, kt_period *out);

/** Writes it as the contract does. Returns out. */
char *kt_period_write(kt_period period, char out[KT_PERIOD_SIZE]);

/** Its first day, "2026-06-01". Returns out. */
char *kt_period_start(kt_period period, char out[KT_PERIOD_SIZE]);

int kt_period_year(kt_period period);

/** Days since 1970 of its last day: the reference day of a month-end stock. */
long kt_period_last_day(kt_period period);

/** So many periods later, of the same frequency. */
kt_period kt_period_after(kt_period period, size_t count);

#define KT_NO_PERIOD ((size_t)-1)

/** How many periods after the first a period comes; KT_NO_PERIOD if it is of another frequency or
 * none of the count that begin there. */
size_t kt_period_place(kt_period first, size_t count, kt_period period);

/** Negative, zero or positive; a lower frequency sorts first. */
int kt_period_compare(kt_period a, kt_period b);

#endif
