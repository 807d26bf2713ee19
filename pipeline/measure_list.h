/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_MEASURE_LIST_H
#define KT_PIPELINE_MEASURE_LIST_H

#include <stdbool.h>

#include "core/text.h"

/** Adds what `measure --list` prints of every measure in the registry, for people or as JSON. */
void kt_measure_list(kt_text *out, bool json);

#endif
