/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "measure_feed.h"

void kt_measure_rows_free(kt_measure_rows *rows)
{
    if (rows != NULL) {
        kt_measure_cells_free(rows->cells);
        kt_text_free(&rows->joined);
    }
}

size_t kt_measure_rows_by(const kt_measure_rows *rows, const char *const **names)
{
    *names = rows->by;
    return rows->by_count;
}

size_t kt_measure_rows_groups(const kt_measure_rows *rows)
{
    return kt_codes_count(rows->groups);
}

size_t kt_measure_rows_merged(const kt_measure_rows *rows)
{
    return rows->merged;
}

char *kt_measure_rows_value(const kt_measure_rows *rows, size_t group, size_t at, kt_arena *arena)
{
    const char *text = kt_codes_at(rows->groups, group);
    for (size_t i = 0; i < at; i++) {
        text = strchr(text, KT_GROUP_UNIT) + 1;
    }
    return kt_arena_copy_n(arena, text, (size_t)(strchr(text, KT_GROUP_UNIT) - text));
}

/* The cells of one group, being copied together. */
typedef struct gather {
    const kt_measure_rows *rows;
    const uint32_t *cells;
    size_t count;
    kt_arena *arena;
} gather;

static const char *const *keys_of(const gather *from, const kt_measure_feed *feed)
{
    const char **keys = kt_arena_array(from->arena, const char *, from->count);
    for (size_t i = 0; i < from->count; i++) {
        const uint32_t id = kt_measure_cells_id(from->rows->cells, from->cells[i], feed->id);
        keys[i] = kt_codes_at(feed->keys, id);
    }
    return keys;
}

static const double *figures_of(const gather *from, size_t figure)
{
    double *figures = kt_arena_array(from->arena, double, from->count);
    for (size_t i = 0; i < from->count; i++) {
        figures[i] = *kt_measure_cells_figure(from->rows->cells, from->cells[i], figure);
    }
    return figures;
}

static const size_t *row_numbers_of(const gather *from)
{
    size_t *numbers = kt_arena_array(from->arena, size_t, from->count);
    for (size_t i = 0; i < from->count; i++) {
        numbers[i] =
            kt_measure_cells_id(from->rows->cells, from->cells[i], from->rows->id_count - 1);
    }
    return numbers;
}

static void fill_input(const gather *from, const kt_measure_feed *feed, kt_group *out)
{
    const size_t at = (size_t)(feed->input - from->rows->measure->inputs);
    if (kt_input_is_key(feed->input)) {
        out->key[at] = keys_of(from, feed);
        return;
    }
    out->figure[at] = figures_of(from, feed->figure);
    if (feed->low != KT_NO_FEED || feed->high != KT_NO_FEED) {
        out->low[at] = figures_of(from, feed->figure + 1);
        out->high[at] = figures_of(from, feed->figure + 2);
    }
}

const kt_group *kt_measure_rows_group(const kt_measure_rows *rows, size_t group,
                                      const kt_weights *weights, kt_arena *arena)
{
    const gather from = {
        .rows = rows,
        .cells = rows->order + rows->first[group],
        .count = rows->first[group + 1] - rows->first[group],
        .arena = arena,
    };
    kt_group *out = kt_arena_new(arena, kt_group);
    out->weights = weights;
    out->row_count = from.count;
    out->row_number = row_numbers_of(&from);
    const double **many = kt_arena_array(arena, const double *, rows->feed_count + 1);
    const char **names = kt_arena_array(arena, const char *, rows->feed_count + 1);
    out->many = many;
    out->many_name = names;
    for (size_t i = 0; i < rows->feed_count; i++) {
        const kt_measure_feed *feed = &rows->feeds[i];
        if (feed->input->many) {
            names[out->many_count] = feed->name;
            many[out->many_count++] = figures_of(&from, feed->figure);
        } else {
            fill_input(&from, feed, out);
        }
    }
    return out;
}
