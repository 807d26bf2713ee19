/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_TARGET_GROUPS_H
#define KT_PIPELINE_TARGET_GROUPS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/source.h"
#include "pipeline/config.h"

/**
 * The groups of job seekers that the table `target_groups` shows, in the order of their codes.
 * What each of them counts is said by the file of the source that counts it.
 */
typedef struct kt_target_group {
    const char *code;    /* as it is published */
    const char *measure; /* as the cube calls it */
    bool of_unemployed;  /* a part of the unemployed, and has a share of them */
    bool is_sum;         /* of all groups of the measure, where each person is in one of them */
    kt_words name;
    kt_words definition; /* of a sum; else NULLs */
} kt_target_group;

/** The group at that position, or NULL past the last one. */
const kt_target_group *kt_target_group_at(size_t index);

/** The group of that code, or NULL. */
const kt_target_group *kt_target_group_find(const char *code);

/** True if the source counts that group: of a sum, any of its parts. */
bool kt_target_group_is_in(const kt_target_group *group, const kt_source *source);

/** True if one of the source's measures is a part of the group that is a sum. */
bool kt_target_group_has_part(const kt_target_group *group, const kt_measure_spec *spec);

/** True of a source by region alone that counts any group besides the unemployed. */
bool kt_feeds_target_groups(const kt_source *source);

/**
 * The source whose table gives the rows: the first of the configuration that counts groups and is
 * there. there: of each source, whether its table is. config->source_count if there is none.
 */
size_t kt_target_group_giver(const kt_config *config, const bool *there);

#endif
