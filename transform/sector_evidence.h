/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_SECTOR_EVIDENCE_H
#define KT_TRANSFORM_SECTOR_EVIDENCE_H

#include "rollup_plan.h"

/**
 * What says of a table that its sectors are of another revision than its source file takes them
 * for, where the revision has all its codes: K is finance in one and telecommunication in the
 * other.
 */

/**
 * KT_ERR_FORMAT if the label of the row, which is that item, is the name of another sector of the
 * revision, or, of a section, has far more words of what the letter is in the other revision than
 * of what it is in this one. Case, punctuation and endings of words say nothing; a label that
 * nobody knows says nothing.
 */
kt_status kt_sector_label_check(const kt_planner *planner, size_t row, const kt_class_item *item,
                                kt_error *err) KT_MUST_CHECK;

/**
 * KT_ERR_FORMAT if the table has all divisions of a section but those that the other revision has
 * not: 46 and 47 without 45. One that the source file does not want proves nothing. of_item: the
 * row of each item of the revision, or KT_NO_CODE.
 */
kt_status kt_sector_gap_check(const kt_planner *planner, const size_t *of_item,
                              kt_error *err) KT_MUST_CHECK;

#endif
