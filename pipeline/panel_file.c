/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "panel_file.h"

#include <math.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/number.h"
#include "core/seal.h"
#include "core/text.h"
#include "publish/table.h"

/* The part's name on a line, then the blocks: the length of the key, the key, first period, count,
 * and of each figure and period three numbers; then of each a letter, and of each period whether it
 * is there. */
static const char magic[KT_SEAL_MAGIC] = {'K', 'T', 'P', 'A', 'N', 'E', 'L', '1'};

#define FILE_LIMIT ((size_t)1 << 30)

static kt_status find_column(const kt_schema *schema, const char *name, size_t *out, kt_error *err)
{
    *out = kt_schema_column(schema, name);
    return *out != KT_NO_COLUMN ? KT_OK
                                : kt_fail(err, KT_ERR_CONFIG, "%s: no column \"%s\", which is read",
                                          schema->file, name);
}

kt_status kt_panel_columns_find(const kt_panel_ask *ask, kt_arena *arena, kt_panel_columns *out,
                                kt_error *err)
{
    const kt_schema *schema = ask->schema;
    *out = (kt_panel_columns){.ask = ask,
                              .key = kt_arena_array(arena, size_t, schema->key_count + 1),
                              .figures = kt_arena_array(arena, size_t, ask->figure_count + 1),
                              .filters = kt_arena_array(arena, size_t, ask->filter_count + 1)};
    if (schema->time_period == KT_NO_COLUMN) {
        return kt_fail(err, KT_ERR_CONFIG, "%s: no column \"time_period\", which is read",
                       schema->file);
    }
    for (size_t i = 0; i < schema->key_count; i++) {
        const size_t column = schema->key[i];
        if (column != schema->time_period && column != schema->period_start) {
            out->key[out->key_count++] = column;
        }
    }
    for (size_t i = 0; i < ask->figure_count; i++) {
        KT_TRY(find_column(schema, ask->figures[i], &out->figures[i], err));
    }
    for (size_t i = 0; i < ask->filter_count; i++) {
        KT_TRY(find_column(schema, ask->filters[i].column, &out->filters[i], err));
    }
    return KT_OK;
}

/* A row that is wanted. */
typedef struct taken_row {
    size_t block;
    kt_period period;
    kt_published_figure *figures;
} taken_row;

typedef struct reading {
    const kt_panel_columns *columns;
    kt_arena *arena;
    kt_codes *keys; /* of the blocks */
    kt_text key;    /* of the row that is read */
    taken_row *rows;
    size_t row_count, row_room;
} reading;

static bool is_wanted(const kt_panel_columns *columns, const char *const *cells)
{
    const kt_panel_ask *ask = columns->ask;
    bool wanted = true;
    for (size_t i = 0; wanted && i < ask->filter_count; i++) {
        const kt_panel_filter *filter = &ask->filters[i];
        size_t at = 0;
        while (at < filter->count && strcmp(filter->texts[at], cells[columns->filters[i]]) != 0) {
            at++;
        }
        wanted = at < filter->count;
    }
    return wanted;
}

static double number_of(size_t column, const char *const *cells, const size_t *lengths)
{
    double number = NAN;
    return column != KT_NO_COLUMN && kt_number_read(cells[column], lengths[column], &number)
               ? number
               : NAN;
}

static kt_published_figure figure_of(const kt_schema *schema, size_t column,
                                     const char *const *cells, const size_t *lengths)
{
    const kt_column *is = &schema->columns[column];
    const size_t status = is->status != KT_NO_COLUMN ? is->status : schema->obs_status;
    kt_published_figure figure = {.obs = KT_OBS_NOT_COLLECTED};
    (void)kt_obs_read(cells[status][0], &figure.obs);
    figure.is.value = number_of(column, cells, lengths);
    const bool ranged = is->low != KT_NO_COLUMN && is->high != KT_NO_COLUMN;
    figure.is.low = ranged ? number_of(is->low, cells, lengths) : figure.is.value;
    figure.is.high = ranged ? number_of(is->high, cells, lengths) : figure.is.value;
    return figure;
}

static kt_status take_row(void *context, size_t number, const char *const *cells,
                          const size_t *lengths, kt_error *err)
{
    reading *of = context;
    const kt_panel_columns *columns = of->columns;
    const kt_schema *schema = columns->ask->schema;
    if (!is_wanted(columns, cells)) {
        return KT_OK;
    }
    taken_row row = {
        .figures = kt_arena_array(of->arena, kt_published_figure, columns->ask->figure_count + 1)};
    if (!kt_period_read(cells[schema->time_period], &row.period)) {
        return kt_fail(err, KT_ERR_FORMAT, "%s, row %zu: time_period \"%s\" is no period",
                       schema->table, number, cells[schema->time_period]);
    }
    kt_text_clear(&of->key);
    for (size_t i = 0; i < columns->key_count; i++) {
        kt_text_put(&of->key, cells[columns->key[i]]);
        kt_text_put_char(&of->key, KT_PANEL_BLANK);
    }
    kt_text_print(&of->key, "%02d%c", (int)row.period.frequency, KT_PANEL_BLANK);
    row.block = kt_codes_intern(of->keys, of->key.bytes);
    for (size_t i = 0; i < columns->ask->figure_count; i++) {
        row.figures[i] = figure_of(schema, columns->figures[i], cells, lengths);
    }
    of->rows = kt_arena_grow(of->arena, of->rows, of->row_count, &of->row_room, sizeof *of->rows);
    of->rows[of->row_count++] = row;
    return KT_OK;
}

static void span_blocks(const reading *of, kt_panel_block *blocks)
{
    for (size_t i = 0; i < of->row_count; i++) {
        const kt_period period = of->rows[i].period;
        kt_panel_block *block = &blocks[of->rows[i].block];
        if (block->count == 0) {
            block->first = period;
            block->count = 1;
        }
        const int last = block->first.index + (int)block->count - 1;
        block->first.index = period.index < block->first.index ? period.index : block->first.index;
        block->count =
            (size_t)((period.index > last ? period.index : last) - block->first.index) + 1;
    }
}

static void open_block(kt_panel_block *block, size_t figure_count, kt_arena *arena)
{
    block->figures = kt_arena_array(arena, kt_published_figure, figure_count * block->count + 1);
    block->there = kt_arena_array(arena, bool, block->count);
    for (size_t i = 0; i < figure_count * block->count; i++) {
        block->figures[i] = (kt_published_figure){{NAN, NAN, NAN}, KT_OBS_NOT_COLLECTED};
    }
}

static void fill_blocks(const reading *of, kt_panel_blocks *out)
{
    const size_t figure_count = of->columns->ask->figure_count;
    out->count = kt_codes_count(of->keys);
    out->at = kt_arena_array(of->arena, kt_panel_block, out->count + 1);
    span_blocks(of, out->at);
    for (size_t i = 0; i < out->count; i++) {
        out->at[i].key = kt_codes_at(of->keys, i);
        open_block(&out->at[i], figure_count, of->arena);
    }
    for (size_t i = 0; i < of->row_count; i++) {
        const taken_row *row = &of->rows[i];
        const kt_panel_block *block = &out->at[row->block];
        const size_t at = (size_t)(row->period.index - block->first.index);
        block->there[at] = true;
        for (size_t f = 0; f < figure_count; f++) {
            block->figures[f * block->count + at] = row->figures[f];
        }
    }
}

kt_status kt_panel_file_read(const kt_panel_columns *columns, const char *path, kt_arena *arena,
                             kt_panel_blocks *out, kt_error *err)
{
    reading of = {.columns = columns, .arena = arena, .keys = kt_codes_new(arena)};
    const kt_table_events events = {.context = &of, .row = take_row};
    const kt_status status = kt_table_read(path, columns->ask->schema, &events, err);
    if (status == KT_OK) {
        fill_blocks(&of, out);
    }
    kt_text_free(&of.key);
    return status;
}

typedef struct block_head {
    size_t key_length, count;
    int frequency, first;
} block_head;

static bool put_block(const kt_panel_block *block, size_t figure_count, kt_text *file)
{
    const block_head head = {strlen(block->key), block->count, (int)block->first.frequency,
                             block->first.index};
    bool good = kt_text_add(file, &head, sizeof head) &&
                kt_text_add(file, block->key, head.key_length) &&
                kt_text_add(file, block->there, block->count * sizeof *block->there);
    for (size_t i = 0; good && i < figure_count * block->count; i++) {
        const kt_published_figure *figure = &block->figures[i];
        const char letter = kt_obs_letter(figure->obs);
        good = kt_text_add(file, &figure->is, sizeof figure->is) && kt_text_add(file, &letter, 1);
    }
    return good;
}

kt_status kt_panel_part_save(const char *path, const char *name, const kt_panel_blocks *blocks,
                             size_t figure_count, kt_error *err)
{
    KT_AUTO(text) kt_text file = {.limit = FILE_LIMIT};
    kt_text_print(&file, "%.*s%s\n", KT_SEAL_MAGIC, magic, name);
    bool good = kt_text_add(&file, &blocks->count, sizeof blocks->count);
    for (size_t i = 0; good && i < blocks->count; i++) {
        good = put_block(&blocks->at[i], figure_count, &file);
    }
    return good ? kt_seal_write(path, &file, err)
                : kt_fail(err, KT_ERR_DATA, "%s: more than 1 GiB of figures", path);
}

static bool take_block(kt_sealed *from, size_t figure_count, kt_arena *arena, kt_panel_block *out)
{
    block_head head;
    if (!kt_sealed_take(from, &head, sizeof head) || head.key_length > from->rest ||
        head.count > from->rest) {
        return false;
    }
    char *key = kt_arena_take(arena, head.key_length + 1, 1);
    *out = (kt_panel_block){
        .key = key, .first = {(kt_frequency)head.frequency, head.first}, .count = head.count};
    open_block(out, figure_count, arena);
    bool good = kt_sealed_take(from, key, head.key_length) &&
                kt_sealed_take(from, out->there, head.count * sizeof *out->there);
    for (size_t i = 0; good && i < figure_count * head.count; i++) {
        kt_published_figure *figure = &out->figures[i];
        char letter = 0;
        good = kt_sealed_take(from, &figure->is, sizeof figure->is) &&
               kt_sealed_take(from, &letter, 1) && kt_obs_read(letter, &figure->obs);
    }
    return good;
}

bool kt_panel_part_load(const char *path, const char *name, size_t figure_count, kt_arena *arena,
                        kt_panel_blocks *out)
{
    KT_AUTO(mapping) kt_mapping file = {0};
    kt_sealed content;
    const char *line = kt_arena_print(arena, "%s\n", name);
    const size_t own = strlen(line);
    if (!kt_file_exists(path) || kt_file_map(path, &file, NULL) != KT_OK ||
        !kt_seal_open(file.bytes, file.length, magic, &content) || content.rest < own ||
        memcmp(content.at, line, own) != 0) {
        return false;
    }
    content.at += own;
    content.rest -= own;
    size_t count = 0;
    if (!kt_sealed_take(&content, &count, sizeof count) || count > content.rest) {
        return false;
    }
    *out =
        (kt_panel_blocks){.at = kt_arena_array(arena, kt_panel_block, count + 1), .count = count};
    bool good = true;
    for (size_t i = 0; good && i < count; i++) {
        good = take_block(&content, figure_count, arena, &out->at[i]);
    }
    return good && content.rest == 0;
}
