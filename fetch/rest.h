/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_FETCH_REST_H
#define KT_FETCH_REST_H

#include "core/instant.h"
#include "core/source.h"
#include "errand.h"

/**
 * The day on which a table that is asked for once in several days (`every_days`) is asked for
 * again, or KT_NO_INSTANT where that is tonight: it was never fetched, that is so many days ago, a
 * campaign was broken off, or something is wanted that no reply of the archive was asked for.
 */
kt_instant kt_rests_until(kt_errand *errand, const kt_source *source);

#endif
