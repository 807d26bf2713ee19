/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PROJECTS_FORMAT_PARTS_H
#define KT_PROJECTS_FORMAT_PARTS_H

#include "core/json.h"
#include "transform/project_format.h"

/** What the readers of a format's file share. */

extern const char *const kt_format_periods[];

/** The position of word in a NULL-ended list; if it is not there (NULL is told elsewhere), a
 * problem and the position of the NULL. */
size_t kt_format_word(kt_json place, const char *word, const char *const *list);

/** An object of texts as pairs; absent gives none. */
size_t kt_format_pairs(kt_json place, kt_project_word **out);

/** `columns`, each by itself and all together. */
void kt_format_columns(kt_json place, kt_project_format *format);

#endif
