/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_KEYS_H
#define KT_ANALYSIS_KEYS_H

#include <stdbool.h>
#include <stdint.h>

#include "analysis/measure.h"

/** Keys of a group, whether they came as texts or as the numbers of texts (kt_input.numbered). */

static inline bool kt_keys_are_there(const kt_group *group, size_t input)
{
    return group->key[input] != NULL || group->number[input] != NULL;
}

static inline const char *kt_key_of(const kt_group *group, size_t input, size_t row)
{
    return group->key[input] != NULL
               ? group->key[input][row]
               : group->text_of(group->texts[input], group->number[input][row]);
}

/** A number for each row, the same for the same text and for no other; its own, or in the arena.
 * Their size means nothing. */
const uint32_t *kt_key_numbers(const kt_group *group, size_t input, kt_arena *arena);

#endif
