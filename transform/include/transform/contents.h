/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_CONTENTS_H
#define KT_TRANSFORM_CONTENTS_H

#include "core/cube.h"
#include "core/period.h"
#include "core/source.h"
#include "transform/reconcile.h"

/**
 * Contents that a source no longer fills. A figure outside the days that its source file gives is
 * not collected (L). So is one of a content that is zero in every cell, the country's included, in
 * the two newest periods at least, and was not before: the source has stopped filling it, and its
 * zeros count nobody. A row of *out tells from when on:
 *
 *     content_stopped   note: not collected from that period on
 *     content_filled    hold: a total is zero everywhere in the newest period alone, which no
 *                       country ever was; the next period shows whether it was a slip
 *
 * A group that is zero in one period stays zero: small groups are. Places that are zero while
 * others are not stay zero too.
 */
#define KT_CHECK_STOPPED "content_stopped"

kt_status kt_contents_end(kt_cube *cube, const kt_source *source, kt_arena *arena, kt_checks *out,
                          kt_error *err) KT_MUST_CHECK;

/** The last period in which a measure, all groups together, is collected at all; false: in none. */
bool kt_content_last(const kt_cube *cube, const char *measure, kt_period *out);

#endif
