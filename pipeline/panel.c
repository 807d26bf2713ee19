/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "panel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/checksum.h"
#include "core/cleanup.h"
#include "core/file.h"
#include "core/hash.h"
#include "core/parallel.h"
#include "core/text.h"
#include "panel_file.h"
#include "publish/layout.h"

/* One file, read by one thread into an arena of its own. */
typedef struct panel_file {
    const char *name; /* below the place's folder */
    const char *part; /* the name of what is kept of it; NULL: nothing is */
    kt_arena *arena;
    kt_panel_blocks blocks;
} panel_file;

typedef struct panel_files {
    const kt_panel_columns *columns;
    const kt_panel_place *place;
    panel_file *at;
    size_t count;
} panel_files;

/* Everything that decides what is taken of a file beside its bytes. */
static void put_question(const kt_panel_ask *ask, kt_text *out)
{
    kt_text_put(out, ask->schema->table);
    for (size_t i = 0; i < ask->schema->column_count; i++) {
        kt_text_print(out, ",%s", ask->schema->columns[i].name);
    }
    for (size_t i = 0; i < ask->figure_count; i++) {
        kt_text_print(out, "\nfigure %s", ask->figures[i]);
    }
    for (size_t i = 0; i < ask->filter_count; i++) {
        kt_text_print(out, "\n%s", ask->filters[i].column);
        for (size_t j = 0; j < ask->filters[i].count; j++) {
            kt_text_print(out, "=%s", ask->filters[i].texts[j]);
        }
    }
    kt_text_put(out, "\n");
}

static kt_status checksum_of(const kt_panel_place *place, const char *name, kt_arena *arena,
                             char out[KT_CHECKSUM_SIZE], kt_error *err)
{
    for (size_t i = 0; i < place->known_count; i++) {
        if (place->known[i].is.checksum[0] != '\0' && strcmp(place->known[i].name, name) == 0) {
            memcpy(out, place->known[i].is.checksum, KT_CHECKSUM_SIZE);
            return KT_OK;
        }
    }
    return kt_checksum_file(kt_path_join(arena, place->folder, name), out, err);
}

static kt_status name_part(const kt_panel_ask *ask, const kt_panel_place *place, panel_file *file,
                           kt_arena *arena, kt_error *err)
{
    char checksum[KT_CHECKSUM_SIZE], hash[KT_HASH_SIZE];
    if (place->parts == NULL) {
        return KT_OK;
    }
    KT_TRY(checksum_of(place, file->name, arena, checksum, err));
    KT_AUTO(text) kt_text question = {0};
    put_question(ask, &question);
    kt_text_put(&question, checksum);
    kt_hash_bytes(question.bytes, question.length, hash);
    file->part = kt_arena_print(arena, "%s.panel", hash);
    if (place->used != NULL) {
        (void)kt_codes_intern(place->used, file->part);
    }
    return KT_OK;
}

/* A name in the folder that is none of its files, or of a year before the first, is passed over. */
static kt_status add_file(const kt_panel_ask *ask, const char *name, kt_arena *arena,
                          panel_files *out, kt_error *err)
{
    int year = 0;
    if (!kt_layout_file(ask->schema, name, &year) || (year != 0 && year < ask->first_year)) {
        return KT_OK;
    }
    panel_file *file = &out->at[out->count++];
    file->name = kt_arena_print(arena, "%s/%s", ask->schema->table, name);
    return name_part(ask, out->place, file, arena, err);
}

static kt_status list_files(const kt_panel_ask *ask, kt_arena *arena, panel_files *out,
                            kt_error *err)
{
    char **names = NULL;
    size_t count = 0;
    KT_TRY(kt_folder_list(kt_path_join(arena, out->place->folder, ask->schema->table), arena,
                          &names, &count, err));
    out->at = kt_arena_array(arena, panel_file, count + 1);
    for (size_t i = 0; i < count; i++) {
        KT_TRY(add_file(ask, names[i], arena, out, err));
    }
    return KT_OK;
}

static kt_status read_file(void *context, size_t index, kt_error *err)
{
    const panel_files *files = context;
    const kt_panel_place *place = files->place;
    panel_file *file = &files->at[index];
    const size_t figures = files->columns->ask->figure_count;
    file->arena = kt_arena_open(file->name, 0);
    const char *part =
        file->part == NULL ? NULL : kt_path_join(file->arena, place->parts, file->part);
    if (part != NULL && kt_panel_part_load(part, file->part, figures, file->arena, &file->blocks)) {
        return KT_OK;
    }
    KT_TRY(kt_panel_file_read(files->columns, kt_path_join(file->arena, place->folder, file->name),
                              file->arena, &file->blocks, err));
    return part == NULL || place->used == NULL
               ? KT_OK
               : kt_panel_part_save(part, file->part, &file->blocks, figures, err);
}

/* A line while its blocks are gathered. */
typedef struct gathered {
    const char *key;
    kt_period first;
    int last; /* index of its newest period that has a row */
    kt_published_figure **of;
} gathered;

typedef struct gathering {
    const kt_panel_columns *columns;
    kt_arena *arena;
    kt_codes *keys;
    gathered *lines;
    int newest[KT_MONTHLY + 1]; /* of each frequency */
} gathering;

static int last_there(const kt_panel_block *block)
{
    size_t count = block->count;
    while (count > 1 && !block->there[count - 1]) {
        count--;
    }
    return block->first.index + (int)count - 1;
}

static void span_block(gathering *of, const kt_panel_block *block)
{
    gathered *line = &of->lines[kt_codes_find(of->keys, block->key)];
    const int last = last_there(block);
    int *newest = &of->newest[block->first.frequency];
    const bool begins = line->key == NULL || block->first.index < line->first.index;
    line->key = block->key;
    line->first = begins ? block->first : line->first;
    *newest = last > *newest ? last : *newest;
}

static size_t periods_of(const gathering *of, const gathered *line)
{
    return (size_t)(of->newest[line->first.frequency] - line->first.index) + 1;
}

static void open_line(const gathering *of, gathered *line)
{
    const size_t figures = of->columns->ask->figure_count;
    const size_t count = periods_of(of, line);
    line->of = kt_arena_array(of->arena, kt_published_figure *, figures + 1);
    for (size_t f = 0; f < figures; f++) {
        line->of[f] = kt_arena_array(of->arena, kt_published_figure, count);
        for (size_t i = 0; i < count; i++) {
            line->of[f][i] = (kt_published_figure){{NAN, NAN, NAN}, KT_OBS_NOT_COLLECTED};
        }
    }
}

static void put_block(const gathering *of, const kt_panel_block *block)
{
    const gathered *line = &of->lines[kt_codes_find(of->keys, block->key)];
    const size_t figures = of->columns->ask->figure_count;
    const size_t at = (size_t)(block->first.index - line->first.index);
    for (size_t i = 0; i < block->count; i++) {
        for (size_t f = 0; block->there[i] && f < figures; f++) {
            line->of[f][at + i] = block->figures[f * block->count + i];
        }
    }
}

static const char *const *split_key(const gathering *of, const char *key)
{
    char **cells = kt_arena_array(of->arena, char *, of->columns->key_count + 1);
    for (size_t i = 0; i < of->columns->key_count; i++) {
        const size_t length = strcspn(key, (const char[]){KT_PANEL_BLANK, '\0'});
        cells[i] = kt_arena_copy_n(of->arena, key, length);
        key += length + 1;
    }
    return (const char *const *)cells;
}

static int by_key(const void *a, const void *b)
{
    return strcmp(((const gathered *)a)->key, ((const gathered *)b)->key);
}

/* Sorting moves the lines, so it comes when nothing is looked up any more. */
static void settle(const gathering *of, size_t count, kt_panel *out)
{
    kt_panel_line *lines = kt_arena_array(of->arena, kt_panel_line, count + 1);
    qsort(of->lines, count, sizeof *of->lines, by_key);
    for (size_t i = 0; i < count; i++) {
        const gathered *line = &of->lines[i];
        lines[i] = (kt_panel_line){.key = split_key(of, line->key),
                                   .first = line->first,
                                   .count = periods_of(of, line),
                                   .of = (const kt_published_figure *const *)line->of};
    }
    out->lines = lines;
    out->line_count = count;
}

static void gather(const panel_files *files, kt_arena *arena, kt_panel *out)
{
    gathering of = {.columns = files->columns, .arena = arena, .keys = kt_codes_new(arena)};
    for (size_t i = 0; i < files->count; i++) {
        for (size_t j = 0; j < files->at[i].blocks.count; j++) {
            (void)kt_codes_intern(of.keys, files->at[i].blocks.at[j].key);
        }
    }
    const size_t count = kt_codes_count(of.keys);
    of.lines = kt_arena_array(arena, gathered, count + 1);
    for (size_t i = 0; i < files->count; i++) {
        for (size_t j = 0; j < files->at[i].blocks.count; j++) {
            span_block(&of, &files->at[i].blocks.at[j]);
        }
    }
    for (size_t i = 0; i < count; i++) {
        open_line(&of, &of.lines[i]);
    }
    for (size_t i = 0; i < files->count; i++) {
        for (size_t j = 0; j < files->at[i].blocks.count; j++) {
            put_block(&of, &files->at[i].blocks.at[j]);
        }
    }
    settle(&of, count, out);
}

kt_status kt_panel_read(const kt_panel_ask *ask, const kt_panel_place *place, kt_arena *arena,
                        kt_panel **out, kt_error *err)
{
    kt_panel_columns columns;
    KT_TRY(kt_panel_columns_find(ask, arena, &columns, err));
    kt_panel *panel = kt_arena_new(arena, kt_panel);
    *panel = (kt_panel){
        .schema = ask->schema, .columns = columns.key, .column_count = columns.key_count};
    panel_files files = {.columns = &columns, .place = place};
    KT_TRY(list_files(ask, arena, &files, err));
    const kt_status status = kt_parallel(files.count, place->threads, read_file, &files, err);
    if (status == KT_OK) {
        gather(&files, arena, panel);
    }
    for (size_t i = 0; i < files.count; i++) {
        kt_arena_free(files.at[i].arena);
    }
    *out = panel;
    return status;
}

const char *kt_panel_cell(const kt_panel *panel, const kt_panel_line *line, const char *column)
{
    for (size_t i = 0; i < panel->column_count; i++) {
        if (strcmp(panel->schema->columns[panel->columns[i]].name, column) == 0) {
            return line->key[i];
        }
    }
    return NULL;
}

/* Cells one after the other: what sorts before another in its first cells does so whole. */
static int compare_keys(const kt_panel *panel, const char *const *a, const char *const *b)
{
    int order = 0;
    for (size_t i = 0; order == 0 && i < panel->column_count; i++) {
        order = strcmp(a[i], b[i]);
    }
    return order;
}

const kt_panel_line *kt_panel_find(const kt_panel *panel, const char *const *key,
                                   kt_frequency frequency)
{
    size_t low = 0;
    size_t high = panel->line_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const kt_panel_line *line = &panel->lines[middle];
        const int order = compare_keys(panel, key, line->key);
        if (order == 0 && frequency == line->first.frequency) {
            return line;
        }
        if (order < 0 || (order == 0 && frequency < line->first.frequency)) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return NULL;
}

kt_published_figure kt_panel_figure(const kt_panel_line *line, size_t figure, kt_period period)
{
    const size_t at =
        line == NULL ? KT_NO_PERIOD : kt_period_place(line->first, line->count, period);
    return at == KT_NO_PERIOD ? (kt_published_figure){{NAN, NAN, NAN}, KT_OBS_NOT_COLLECTED}
                              : line->of[figure][at];
}
