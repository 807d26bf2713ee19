/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_SOURCE_PARTS_H
#define KT_CORE_SOURCE_PARTS_H

#include "core/json.h"
#include "core/source.h"

/*
 * The arrays of a source file. Each reads its array into the source; mistakes go to the place's
 * problems.
 */
void kt_source_read_addresses(kt_json place, kt_source *source);
void kt_source_read_variables(kt_json place, kt_source *source);
void kt_source_read_measures(kt_json place, kt_source *source);
void kt_source_read_symbols(kt_json place, kt_source *source);
void kt_source_read_publish_levels(kt_json place, kt_source *source);
void kt_source_read_unallocated(kt_json place, kt_source *source);
void kt_source_read_layout(kt_json place, kt_source *source);
void kt_source_read_fixed(kt_json place, kt_source *source);

#endif
