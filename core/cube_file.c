/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/cube.h"
#include "core/file.h"
#include "core/seal.h"
#include "core/text.h"

/*
 * The content of the sealed file:
 *
 *     for each role: count, then per code its length, bytes, label's length, bytes
 *     status of every cell          1 byte each
 *     value of every cell           8 bytes each
 *     count of ranged cells, then for each: place, low, high
 *
 * Only cells whose low or high differ from the value stand in the last list.
 */
static const char magic[KT_SEAL_MAGIC] = {'K', 'T', 'C', 'U', 'B', 'E', '0', '3'};

#define FILE_LIMIT ((size_t)8 << 30)

static bool put_word(kt_text *file, uint64_t word)
{
    return kt_text_add(file, &word, sizeof word);
}

static bool put_words(kt_text *file, const char *words)
{
    const size_t length = strlen(words);
    return put_word(file, length) && kt_text_add(file, words, length);
}

static bool put_codes(kt_text *file, const kt_codes *codes)
{
    const size_t count = kt_codes_count(codes);
    bool fits = put_word(file, count);
    for (size_t i = 0; fits && i < count; i++) {
        fits = put_words(file, kt_codes_at(codes, i)) && put_words(file, kt_codes_label(codes, i));
    }
    return fits;
}

static bool differs(double a, double b)
{
    return !(a == b || (isnan(a) && isnan(b)));
}

static bool is_ranged(const kt_cube *cube, size_t cell)
{
    return differs(cube->low[cell], cube->value[cell]) ||
           differs(cube->high[cell], cube->value[cell]);
}

static bool put_ranges(kt_text *file, const kt_cube *cube)
{
    uint64_t count = 0;
    for (size_t i = 0; i < cube->cells; i++) {
        count += is_ranged(cube, i) ? 1 : 0;
    }
    bool fits = put_word(file, count);
    for (size_t i = 0; fits && i < cube->cells; i++) {
        if (is_ranged(cube, i)) {
            fits = put_word(file, i) && kt_text_add(file, &cube->low[i], sizeof(double)) &&
                   kt_text_add(file, &cube->high[i], sizeof(double));
        }
    }
    return fits;
}

kt_status kt_cube_save(const kt_cube *cube, const char *path, kt_error *err)
{
    KT_AUTO(text) kt_text file = {.limit = FILE_LIMIT};
    bool fits = kt_text_add(&file, magic, sizeof magic);
    for (int role = 0; role < KT_ROLES; role++) {
        fits = fits && put_codes(&file, cube->codes[role]);
    }
    fits = fits && kt_text_add(&file, cube->status, cube->cells) &&
           kt_text_add(&file, cube->value, cube->cells * sizeof(double)) && put_ranges(&file, cube);
    if (!fits) {
        return kt_fail(err, KT_ERR_IO, "%s: a cube of %zu cells does not fit into memory", path,
                       cube->cells);
    }
    return kt_seal_write(path, &file, err);
}

static char *take_words(kt_sealed *from, kt_arena *arena)
{
    uint64_t length;
    if (!kt_sealed_take(from, &length, sizeof length) || length > from->rest) {
        return NULL;
    }
    char *words = kt_arena_copy_n(arena, from->at, (size_t)length);
    from->at += length;
    from->rest -= (size_t)length;
    return words;
}

static kt_codes *take_codes(kt_sealed *from, kt_arena *arena)
{
    uint64_t count;
    if (!kt_sealed_take(from, &count, sizeof count)) {
        return NULL;
    }
    kt_codes *codes = kt_codes_new(arena);
    for (uint64_t i = 0; i < count; i++) {
        const char *code = take_words(from, arena);
        const char *label = code == NULL ? NULL : take_words(from, arena);
        if (label == NULL || kt_codes_add(codes, code, label) == KT_NO_CODE) {
            return NULL;
        }
    }
    return codes;
}

static bool take_ranges(kt_sealed *from, kt_cube *cube)
{
    uint64_t count, place;
    if (!kt_sealed_take(from, &count, sizeof count)) {
        return false;
    }
    memcpy(cube->low, cube->value, cube->cells * sizeof(double));
    memcpy(cube->high, cube->value, cube->cells * sizeof(double));
    for (uint64_t i = 0; i < count; i++) {
        if (!kt_sealed_take(from, &place, sizeof place) || place >= cube->cells ||
            !kt_sealed_take(from, &cube->low[place], sizeof(double)) ||
            !kt_sealed_take(from, &cube->high[place], sizeof(double))) {
            return false;
        }
    }
    return from->rest == 0;
}

static bool are_statuses(const kt_cube *cube)
{
    for (size_t i = 0; i < cube->cells; i++) {
        if (cube->status[i] > KT_OBS_BREAK) {
            return false;
        }
    }
    return true;
}

static bool take_statuses(kt_sealed *from, kt_cube *cube)
{
    return kt_sealed_take(from, cube->status, cube->cells) && are_statuses(cube);
}

static kt_status take_dimensions(kt_sealed *from, const char *path, kt_arena *arena,
                                 kt_codes *codes[KT_ROLES], kt_error *err)
{
    for (int role = 0; role < KT_ROLES; role++) {
        codes[role] = take_codes(from, arena);
        if (codes[role] == NULL) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: broken code list of %s", path,
                           kt_role_name((kt_role)role));
        }
    }
    return KT_OK;
}

static kt_status not_whole(const char *path, kt_error *err)
{
    return kt_fail(err, KT_ERR_FORMAT, "%s: not a whole cube file of this version", path);
}

static kt_status wrong_size(const char *path, kt_error *err)
{
    return kt_fail(err, KT_ERR_FORMAT, "%s: fewer or more cells than its code lists say", path);
}

kt_status kt_cube_load(const char *path, kt_arena *arena, kt_cube **out, kt_error *err)
{
    KT_AUTO(arena) kt_arena *bytes_arena = kt_arena_open("cube file", FILE_LIMIT);
    char *bytes;
    size_t length;
    KT_TRY(kt_file_read(path, FILE_LIMIT / 2, bytes_arena, &bytes, &length, err));
    kt_sealed from;
    if (!kt_seal_open(bytes, length, magic, &from)) {
        return not_whole(path, err);
    }
    kt_codes *codes[KT_ROLES];
    KT_TRY(take_dimensions(&from, path, arena, codes, err));
    kt_cube *cube;
    KT_TRY(kt_cube_new(arena, codes, &cube, err));
    if (!take_statuses(&from, cube) ||
        !kt_sealed_take(&from, cube->value, cube->cells * sizeof(double)) ||
        !take_ranges(&from, cube)) {
        return wrong_size(path, err);
    }
    *out = cube;
    return KT_OK;
}

typedef struct ranged_cell {
    uint64_t place;
    double low, high;
} ranged_cell;

static ranged_cell ranged_at(const char *list, size_t index)
{
    ranged_cell cell;
    memcpy(&cell, list + index * sizeof cell, sizeof cell);
    return cell;
}

/* The first of the ranged cells, which stand in rising order, that is not before first. */
static size_t find_ranged(const char *list, size_t count, uint64_t first)
{
    size_t low = 0;
    for (size_t high = count; low < high;) {
        const size_t middle = low + (high - low) / 2;
        if (ranged_at(list, middle).place < first) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The cells [first, first + cube->cells) of the all that the file has. */
static bool take_part(kt_sealed from, size_t first, size_t all, kt_cube *cube)
{
    uint64_t count;
    const size_t ahead = all * (1 + sizeof(double));
    if (all > KT_CUBE_LIMIT || from.rest < ahead + sizeof count) {
        return false;
    }
    memcpy(cube->status, from.at + first, cube->cells);
    memcpy(cube->value, from.at + all + first * sizeof(double), cube->cells * sizeof(double));
    memcpy(cube->low, cube->value, cube->cells * sizeof(double));
    memcpy(cube->high, cube->value, cube->cells * sizeof(double));
    memcpy(&count, from.at + ahead, sizeof count);
    const char *list = from.at + ahead + sizeof count;
    const size_t rest = from.rest - ahead - sizeof count;
    if (count != rest / sizeof(ranged_cell) || rest % sizeof(ranged_cell) != 0) {
        return false;
    }
    for (size_t i = find_ranged(list, (size_t)count, first); i < count; i++) {
        const ranged_cell cell = ranged_at(list, i);
        if (cell.place < first || cell.place - first >= cube->cells) {
            break;
        }
        cube->low[cell.place - first] = cell.low;
        cube->high[cell.place - first] = cell.high;
    }
    return are_statuses(cube);
}

kt_status kt_cube_load_period(const char *path, const char *period, kt_arena *arena, kt_cube **out,
                              kt_error *err)
{
    KT_AUTO(mapping) kt_mapping file = {0};
    KT_TRY(kt_file_map(path, &file, err));
    kt_sealed from;
    if (!kt_seal_peek(file.bytes, file.length, magic, &from)) {
        return not_whole(path, err);
    }
    kt_codes *codes[KT_ROLES];
    KT_TRY(take_dimensions(&from, path, arena, codes, err));
    const size_t periods = kt_codes_count(codes[KT_ROLE_PERIOD]);
    const size_t index = kt_codes_find(codes[KT_ROLE_PERIOD], period);
    if (index == KT_NO_CODE) {
        return kt_fail(err, KT_ERR_NOT_FOUND, "%s: no period %s", path, period);
    }
    codes[KT_ROLE_PERIOD] = kt_codes_new(arena);
    (void)kt_codes_add(codes[KT_ROLE_PERIOD], period, NULL);
    kt_cube *cube;
    KT_TRY(kt_cube_new(arena, codes, &cube, err));
    if (!take_part(from, index * cube->cells, periods * cube->cells, cube)) {
        return wrong_size(path, err);
    }
    *out = cube;
    return KT_OK;
}
