/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_FETCH_LIMITER_H
#define KT_FETCH_LIMITER_H

#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"

/**
 * How many calls a service still lets us make. The service counts every call of its last seconds,
 * refused ones too; so do we, and what we count is on disk before the call is sent: a run that
 * follows at once, or after a crash, knows what the service remembers of us.
 */
typedef struct kt_limiter kt_limiter;

/** Seconds since 1970, of the wall clock unless a test has another. */
typedef struct kt_clock {
    double (*now)(const void *context);
    const void *context;
} kt_clock;

kt_clock kt_clock_of_system(void);

/** The most that a service can make us wait at once, whatever it says. */
#define KT_WAIT_MOST_S 300.0

/**
 * The limiter of a host, as an earlier run left it in the folder (created if absent). A file that
 * cannot be understood counts as absent. Until kt_limiter_set it allows a few calls.
 */
kt_status kt_limiter_open(const char *folder, const char *host, kt_clock clock, kt_arena *arena,
                          kt_limiter **out, kt_error *err) KT_MUST_CHECK;

/** At most so many calls (at least 1) in any so many seconds. */
void kt_limiter_set(kt_limiter *limiter, size_t calls, double window_s);

/** Seconds until a call may be sent; 0 if it may be sent now. */
double kt_limiter_wait(const kt_limiter *limiter);

/** Counts a call. On disk when this returns KT_OK; send it then. */
kt_status kt_limiter_count(kt_limiter *limiter, kt_error *err) KT_MUST_CHECK;

/** No call for so many seconds, at most KT_WAIT_MOST_S: the service said so. */
kt_status kt_limiter_block(kt_limiter *limiter, double seconds, kt_error *err) KT_MUST_CHECK;

/** The least number of seconds until so many further calls are sent. */
double kt_limiter_estimate(const kt_limiter *limiter, size_t calls);

#endif
