/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_SPLIT_H
#define KT_PIPELINE_SPLIT_H

#include <stddef.h>

#include "core/arena.h"

/** The parts of text between separators, in the arena. text NULL gives 0 parts and NULL. */
size_t kt_text_split(const char *text, char separator, kt_arena *arena, const char ***out);

#endif
