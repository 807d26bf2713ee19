/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "known_ranges.h"

#include <math.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/seal.h"
#include "core/text.h"
#include "pipeline/command_line.h"

static const char magic[KT_SEAL_MAGIC] = {'K', 'T', 'R', 'A', 'N', 'G', 'E', '1'};

#define FILE_LIMIT ((size_t)64 << 20)

/* A range with the hash of its question, as it stands in the file after the magic. */
typedef struct record {
    char key[KT_HASH_SIZE];
    bool exact, clash;
    double low, high, attained_low, attained_high;
    uint64_t open_cells;
} record;

struct kt_known_ranges {
    const char *path;
    kt_arena *arena;
    record *stored, *asked; /* asked: of those stored and new ones */
    size_t stored_count, asked_count, asked_room;
    bool has_new;
};

kt_known_ranges *kt_known_ranges_load(const char *path, kt_arena *arena)
{
    kt_known_ranges *known = kt_arena_new(arena, kt_known_ranges);
    *known = (kt_known_ranges){.path = path, .arena = arena};
    char *bytes = NULL;
    size_t length = 0;
    kt_sealed content;
    if (kt_file_read(path, FILE_LIMIT, arena, &bytes, &length, NULL) == KT_OK &&
        kt_seal_open(bytes, length, magic, &content)) {
        known->stored_count = content.rest / sizeof(record);
        known->stored = kt_arena_array(arena, record, known->stored_count + 1);
        memcpy(known->stored, content.at, known->stored_count * sizeof(record));
    }
    return known;
}

kt_status kt_known_ranges_save(const kt_known_ranges *known, kt_error *err)
{
    if (!known->has_new) {
        return KT_OK;
    }
    KT_AUTO(text) kt_text file = {.limit = FILE_LIMIT};
    if (!kt_text_add(&file, magic, sizeof magic) ||
        !kt_text_add(&file, known->asked, known->asked_count * sizeof *known->asked)) {
        return kt_fail(err, KT_ERR_IO, "%s: %zu ranges are too many for a file", known->path,
                       known->asked_count);
    }
    return kt_seal_write(known->path, &file, err);
}

static void add_side(kt_hasher *hasher, const kt_range_side *side, size_t cell_count)
{
    const kt_margin_table *table = side->table;
    const size_t counts[] = {table->cell_count, table->margin_count, side->set_aside != NULL};
    kt_hash_add(hasher, counts, sizeof counts);
    kt_hash_add(hasher, table->low, table->cell_count * sizeof *table->low);
    kt_hash_add(hasher, table->high, table->cell_count * sizeof *table->high);
    kt_hash_add(hasher, side->cell, cell_count * sizeof *side->cell);
    if (side->set_aside != NULL) {
        kt_hash_add(hasher, side->set_aside, table->margin_count * sizeof *side->set_aside);
    }
    for (size_t i = 0; i < table->margin_count; i++) {
        const kt_margin *margin = &table->margins[i];
        const size_t head[] = {(size_t)margin->kind, margin->total, margin->part_count};
        kt_hash_add(hasher, head, sizeof head);
        kt_hash_add(hasher, margin->parts, margin->part_count * sizeof *margin->parts);
    }
}

void kt_known_ranges_market(const kt_range_market *market, char out[KT_HASH_SIZE])
{
    kt_hasher *hasher = kt_hash_start();
    kt_hash_add(hasher, &market->cell_count, sizeof market->cell_count);
    add_side(hasher, &market->unemployed, market->cell_count);
    add_side(hasher, &market->vacancies, market->cell_count);
    kt_hash_finish(hasher, out);
}

static void hash_question(const kt_range_question *question, char out[KT_HASH_SIZE])
{
    static const char method[] = KT_RANGE_METHOD;
    const bool is_share = isnan(question->alpha);
    const double alpha = is_share ? 0.0 : question->alpha;
    const size_t effort[] = {question->effort.steps, question->effort.choices,
                             question->effort.try_fillings, question->effort.attain, is_share};
    kt_hasher *hasher = kt_hash_start();
    kt_hash_add(hasher, method, sizeof method);
    kt_hash_add(hasher, kt_version(), strlen(kt_version()) + 1);
    kt_hash_add(hasher, question->hash, KT_HASH_SIZE);
    kt_hash_add(hasher, &alpha, sizeof alpha);
    kt_hash_add(hasher, effort, sizeof effort);
    kt_hash_finish(hasher, out);
}

static const record *find(const record *list, size_t count, const char *key)
{
    for (size_t i = 0; i < count; i++) {
        if (memcmp(list[i].key, key, KT_HASH_SIZE) == 0) {
            return &list[i];
        }
    }
    return NULL;
}

static void note(kt_known_ranges *known, const record *found)
{
    if (known->asked_count == known->asked_room) {
        const size_t room = known->asked_room == 0 ? 256 : 2 * known->asked_room;
        record *asked = kt_arena_array(known->arena, record, room);
        if (known->asked_count > 0) {
            memcpy(asked, known->asked, known->asked_count * sizeof *asked);
        }
        known->asked = asked;
        known->asked_room = room;
    }
    known->asked[known->asked_count++] = *found;
}

static kt_status compute(const kt_range_question *question, kt_arena *arena, kt_range *out,
                         kt_error *err)
{
    return isnan(question->alpha)
               ? kt_range_jackman_roper(question->market, &question->effort, arena, out, err)
               : kt_range_compute(question->market, question->alpha, &question->effort, arena, out,
                                  err);
}

static kt_range range_of(const record *found, double alpha)
{
    return (kt_range){.alpha = alpha,
                      .low = found->low,
                      .high = found->high,
                      .attained_low = found->attained_low,
                      .attained_high = found->attained_high,
                      .open_cells = (size_t)found->open_cells,
                      .exact = found->exact,
                      .clash = found->clash};
}

static void set_record(record *made, const kt_range *range)
{
    made->exact = range->exact;
    made->clash = range->clash;
    made->low = range->low;
    made->high = range->high;
    made->attained_low = range->attained_low;
    made->attained_high = range->attained_high;
    made->open_cells = range->open_cells;
}

kt_status kt_known_ranges_compute(kt_known_ranges *known, const kt_range_question *question,
                                  kt_arena *arena, kt_range *out, kt_error *err)
{
    record made;
    memset(&made, 0, sizeof made); /* its padding goes into the file */
    hash_question(question, made.key);
    const record *found = find(known->asked, known->asked_count, made.key);
    if (found != NULL) {
        *out = range_of(found, question->alpha);
        return KT_OK;
    }
    found = find(known->stored, known->stored_count, made.key);
    if (found != NULL) {
        *out = range_of(found, question->alpha);
        note(known, found);
        return KT_OK;
    }
    KT_TRY(compute(question, arena, out, err));
    if (out->reason == NULL) { /* what has none is known without a search */
        set_record(&made, out);
        note(known, &made);
        known->has_new = true;
    }
    return KT_OK;
}
