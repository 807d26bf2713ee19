/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_RESOLVED_H
#define KT_PIPELINE_RESOLVED_H

#include "night.h"

/**
 * What the program found out of a table by itself, where its source file leaves that to the
 * metadata: at which total a variable without a role stands, and which content has a label.
 */
typedef struct kt_resolution {
    const char *subject; /* "12tw Työpaikan työn kesto" */
    const char *found;   /* "SSS (Yhteensä)" */
} kt_resolution;

/**
 * By the newest metadata that were known at `until`, in the arena. None for a source that says
 * everything itself, and where the metadata are not there or do not resolve.
 */
size_t kt_resolutions(const kt_night *night, const kt_source *source, kt_instant until,
                      kt_arena *arena, kt_resolution **out);

#endif
