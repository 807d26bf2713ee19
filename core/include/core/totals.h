/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_TOTALS_H
#define KT_CORE_TOTALS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/envelope.h"

/**
 * The code of a variable that stands for all of it: the one that the service calls so, else the one
 * whose label is "Yhteensä" or such a word alone, else a code that means it everywhere (SSS,
 * TOTAL), else the one whose label begins or ends with such a word and leaves nothing out ("Kaikki
 * muut" is a rest). A guess also takes what may mean something else (T, 00, "Alle næringer"): only
 * where a person reads it. KT_NO_CODE if none is called so, or several are and none by its code;
 * *several (NULL to leave it) then lists them in the arena, else it is NULL.
 */
size_t kt_total_find(const kt_dimension *dimension, bool is_guess, kt_arena *arena,
                     const char **several);

#endif
