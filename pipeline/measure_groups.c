/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "measure_feed.h"

void kt_measure_rows_free(kt_measure_rows *rows)
{
    if (rows != NULL) {
        kt_measure_cells_free(rows->cells);
        kt_measure_names_free(rows->groups);
        for (size_t i = 0; i < rows->feed_count; i++) {
            kt_measure_names_free(rows->feeds[i].names);
        }
        free(rows->group_name);
        free(rows->first);
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
    return rows->group_count;
}

size_t kt_measure_rows_merged(const kt_measure_rows *rows)
{
    return rows->merged;
}

char *kt_measure_rows_value(const kt_measure_rows *rows, size_t group, size_t at, kt_arena *arena)
{
    const char *text = kt_measure_names_at(rows->groups, rows->group_name[group]);
    for (size_t i = 0; i < at; i++) {
        text = strchr(text, KT_GROUP_UNIT) + 1;
    }
    return kt_arena_copy_n(arena, text, (size_t)(strchr(text, KT_GROUP_UNIT) - text));
}

static const char *const *keys_of(const kt_measure_rows *rows, const kt_measure_feed *feed,
                                  size_t first, size_t count, kt_arena *arena)
{
    const uint32_t *names = kt_measure_cells_ids(rows->cells, feed->id) + first;
    const char **keys = kt_arena_array(arena, const char *, count);
    for (size_t i = 0; i < count; i++) {
        keys[i] = kt_measure_names_at(feed->names, names[i]);
    }
    return keys;
}

static const char *text_of(const void *names, uint32_t number)
{
    return kt_measure_names_at(names, number);
}

static void fill_input(const kt_measure_rows *rows, const kt_measure_feed *feed, size_t first,
                       kt_arena *arena, kt_group *out)
{
    const size_t at = (size_t)(feed->input - rows->measure->inputs);
    if (feed->input->numbered) {
        out->number[at] = kt_measure_cells_ids(rows->cells, feed->id) + first;
        out->texts[at] = feed->names;
        return;
    }
    if (kt_input_is_key(feed->input)) {
        out->key[at] = keys_of(rows, feed, first, out->row_count, arena);
        return;
    }
    out->figure[at] = kt_measure_cells_figures(rows->cells, feed->figure) + first;
    if (feed->low != KT_NO_FEED || feed->high != KT_NO_FEED) {
        out->low[at] = kt_measure_cells_figures(rows->cells, feed->figure + 1) + first;
        out->high[at] = kt_measure_cells_figures(rows->cells, feed->figure + 2) + first;
    }
}

const kt_group *kt_measure_rows_group(const kt_measure_rows *rows, size_t group,
                                      const kt_weights *weights, kt_arena *arena)
{
    const size_t first = rows->first[group];
    kt_group *out = kt_arena_new(arena, kt_group);
    out->weights = weights;
    out->text_of = text_of;
    out->row_count = rows->first[group + 1] - first;
    out->row_number = kt_measure_cells_ids(rows->cells, rows->id_count - 1) + first;
    const double **many = kt_arena_array(arena, const double *, rows->feed_count + 1);
    const char **names = kt_arena_array(arena, const char *, rows->feed_count + 1);
    out->many = many;
    out->many_name = names;
    for (size_t i = 0; i < rows->feed_count; i++) {
        const kt_measure_feed *feed = &rows->feeds[i];
        if (feed->input->many) {
            names[out->many_count] = feed->name;
            many[out->many_count++] = kt_measure_cells_figures(rows->cells, feed->figure) + first;
        } else {
            fill_input(rows, feed, first, arena, out);
        }
    }
    return out;
}
