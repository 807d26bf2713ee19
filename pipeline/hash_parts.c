/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hash_parts.h"

#include <string.h>

#include "run_id.h"

void kt_hash_text(kt_hasher *hasher, const char *text)
{
    kt_hash_add(hasher, text, strlen(text) + 1);
}

void kt_hash_run(kt_hasher *hasher, const kt_night *night)
{
    kt_hash_text(hasher, kt_version());
    kt_hash_text(hasher, night->config->hash);
}

static void add_codes(kt_hasher *hasher, const kt_codes *codes)
{
    for (size_t i = 0; i < kt_codes_count(codes); i++) {
        kt_hash_text(hasher, kt_codes_at(codes, i));
    }
    kt_hash_text(hasher, "");
}

void kt_hash_table(kt_hasher *hasher, const kt_night *night, size_t source, const kt_cube *cube)
{
    const kt_table *table = &night->tables[source];
    kt_hash_text(hasher, night->config->sources[source]->id);
    /* A table that is stopped was made under another configuration, which its key knows. */
    kt_hash_text(hasher, table->stop.held == NULL || table->key == NULL ? "" : table->key);
    for (int role = KT_ROLE_MEASURE; role < KT_ROLES; role++) {
        add_codes(hasher, cube->codes[role]);
    }
}

static void add_cells(kt_hasher *hasher, const kt_cube *cube, size_t first, size_t count)
{
    kt_hash_add(hasher, cube->value + first, count * sizeof *cube->value);
    kt_hash_add(hasher, cube->low + first, count * sizeof *cube->low);
    kt_hash_add(hasher, cube->high + first, count * sizeof *cube->high);
    kt_hash_add(hasher, cube->status + first, count * sizeof *cube->status);
}

/* Periods are the slowest dimension, then measures: their cells stand together. */
void kt_hash_period(kt_hasher *hasher, const kt_cube *cube, size_t period)
{
    const size_t count = cube->stride[KT_ROLE_PERIOD];
    add_cells(hasher, cube, period * count, count);
}

void kt_hash_measure(kt_hasher *hasher, const kt_cube *cube, size_t period, size_t measure)
{
    const size_t count = cube->stride[KT_ROLE_MEASURE];
    add_cells(hasher, cube, period * cube->stride[KT_ROLE_PERIOD] + measure * count, count);
}
