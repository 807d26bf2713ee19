/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_VANISHED_H
#define KT_PIPELINE_VANISHED_H

#include "night.h"

/**
 * The id of a source that the published run has and this night cannot give in any version, though
 * the configuration still names it; NULL if there is none. A run without it would take the table
 * from everybody who reads `current`.
 */
const char *kt_vanished_table(const kt_night *night);

#endif
