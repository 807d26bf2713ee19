/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_CLASSIFICATION_H
#define KT_TRANSFORM_CLASSIFICATION_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/problems.h"

/**
 * Regions, occupations and sectors: codes, levels, names in three languages, parents with validity,
 * from config/classifications/ (CSV files whose README names the sources).
 */
typedef struct kt_class_item {
    const char *code;  /* as published: KU091, MK01, EVK01, ISCO-25, TOL-C */
    const char *level; /* kunta, seutukunta, ... isco1 ... tol1 ... */
    const char *name_fi, *name_sv, *name_en;
    const char *valid_from, *valid_to; /* ISO days, "" if open; valid_to is the last day */
} kt_class_item;

/** member belongs to parent (of parent_level) from one day to another. */
typedef struct kt_membership {
    const char *member, *parent, *parent_level;
    const char *valid_from, *valid_to;
} kt_membership;

typedef struct kt_classification {
    const kt_class_item *items; /* sorted by level as the contract lists them, then by code */
    size_t item_count;
    const kt_membership *memberships;
    size_t membership_count;
} kt_classification;

/** What all tables share. */
typedef struct kt_classifications {
    kt_classification regions;
    kt_classification occupations;
    kt_classification sectors;
} kt_classifications;

/** Loads the folder; mistakes (unknown parent, two parents of one level on one day) go to problems.
 */
kt_classifications *kt_classifications_load(const char *folder, kt_arena *arena,
                                            kt_problems *problems);

const kt_class_item *kt_class_find(const kt_classification *classification, const char *code);

/** The parent of code at that level today (the newest membership), or NULL. */
const char *kt_class_parent(const kt_classification *classification, const char *code,
                            const char *level);

#endif
