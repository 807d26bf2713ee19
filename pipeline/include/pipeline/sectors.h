/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_SECTORS_H
#define KT_PIPELINE_SECTORS_H

#include <stddef.h>

#include "core/source.h"
#include "transform/classification.h"

/**
 * What the table `sectors` is made with: by which definition a source's vacancies have a rate and
 * where its denominator comes from, and in which revisions sectors are shown besides their own.
 */
typedef enum kt_rate_definition {
    KT_RATE_EMPLOYED,     /* v / (v + persons employed) */
    KT_RATE_LABOUR_FORCE, /* v / labour force */
    KT_RATE_OCCUPIED,     /* v / (v + occupied posts of the same survey), Eurostat's */
    KT_RATE_DEFINITIONS
} kt_rate_definition;

/** "v_over_v_plus_employed" and its siblings. */
const char *kt_rate_name(kt_rate_definition definition);

/** The measure of the denominator: employed, labour_force, occupied_posts. */
const char *kt_rate_measure(kt_rate_definition definition);

typedef struct kt_sector_rate {
    const char *source;      /* kt_source.id of the vacancies */
    const char *denominator; /* that of the denominator */
    kt_rate_definition definition;
} kt_sector_rate;

typedef struct kt_sector_settings {
    kt_sector_revision *convert; /* revisions that tables of an older one are shown in as well */
    size_t convert_count;
    kt_sector_rate *rates;
    size_t rate_count;
} kt_sector_settings;

/** True if the source says how many vacancies there are by sector, or what their rate is. */
bool kt_feeds_sectors(const kt_source *source);

#endif
