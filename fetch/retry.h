/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_FETCH_RETRY_H
#define KT_FETCH_RETRY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/instant.h"

/** How long to wait before a question is asked again. */

/**
 * The seconds that the reply's header lines ask for in Retry-After, as a number or as a date; at
 * most KT_WAIT_MOST_S, 0 for a date that is past. -1 if there is no such line or it is nonsense.
 * headers may be NULL.
 */
double kt_retry_after(const char *headers, kt_instant now);

/** The moment of the reply's Date, by the service's own clock. False if there is none. */
bool kt_date_told(const char *headers, kt_instant *out);

/**
 * The wait after so many failures (1 for the first): first_s, doubled with each further one, within
 * a quarter of it up or down by the dice, at most 60 s. The dice are advanced; any start will do.
 */
double kt_backoff(double first_s, unsigned failures, uint64_t *dice);

#endif
