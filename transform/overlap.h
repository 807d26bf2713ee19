/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_OVERLAP_H
#define KT_TRANSFORM_OVERLAP_H

#include "parts.h"

/**
 * Documents (files by address or in a folder) that speak of the same period of a measure: the later
 * one counts, whole. One that lacks half of the other's regions, occupations or sectors or more is
 * no later word on the month but another part of it, and would hide what the first one says:
 * KT_ERR_DATA with both names. Fewer may have ended. The catalogue is closed.
 */
kt_status kt_overlap_check(const kt_catalogue *catalogue, kt_arena *arena,
                           kt_error *err) KT_MUST_CHECK;

#endif
