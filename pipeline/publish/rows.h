/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PUBLISH_ROWS_H
#define KT_PUBLISH_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/text.h"
#include "publish/table.h"

/**
 * Inside a kt_rows: table.c fills rows cell by cell, table_file.c brings them to the disk. Nobody
 * else includes this.
 */
#define KT_ROWS_BLOCK ((size_t)1 << 20) /* bytes that are gathered before they are written */

/* Numbers come in threes (value, low, high), and the same ratios come again and again. */
#define KT_ROWS_CACHE      4096
#define KT_ROWS_CACHE_TEXT 23

typedef enum kt_rows_mode { KT_ROWS_STREAM, KT_ROWS_UNSORTED, KT_ROWS_PART } kt_rows_mode;

typedef struct kt_cached_number {
    double number;
    uint8_t length; /* 0: the place is free */
    char text[KT_ROWS_CACHE_TEXT];
} kt_cached_number;

/** Where an unsorted row stands in bytes and its key in keys. */
typedef struct kt_row_place {
    size_t at, length;
    size_t key_at, key_length;
} kt_row_place;

struct kt_rows {
    const kt_schema *schema;
    kt_rows_mode mode;
    char *path, *new_path; /* NULL for a part; new_path also once the file has its own name */
    int fd;
    kt_hasher *hasher;
    kt_checksum *sum;
    size_t written;  /* bytes that left the buffer */
    size_t count;    /* rows that were ended */
    kt_text bytes;   /* what has not left yet; everything of a part */
    size_t row_at;   /* where the row that is being written begins in bytes */
    size_t next;     /* the column that is set next */
    size_t next_key; /* which of the key's columns comes next */
    kt_text key;     /* of the row that is being written: its cells, each with a terminator */
    kt_text last_key;
    kt_text first_key;    /* of a part */
    kt_text keys;         /* of all unsorted rows */
    kt_row_place *places; /* the same */
    size_t place_room;
    kt_error fault; /* the first one of the row that is being written */
    kt_cached_number *cache;
};

/** An empty kt_rows, without a file. */
kt_rows *kt_rows_new(const kt_schema *schema, kt_rows_mode mode);

/** Adds bytes to one of the texts; a machine without memory ends the program with exit code 70. */
void kt_rows_put(const kt_rows *rows, kt_text *text, const void *bytes, size_t length);
_Noreturn void kt_rows_no_memory(const kt_schema *schema);

/** The names of the columns. */
void kt_rows_header(kt_rows *rows);

/** Hashes and writes what the buffer holds, and empties it. */
kt_status kt_rows_flush(kt_rows *rows, kt_error *err) KT_MUST_CHECK;

/** Below, at or above zero; cells end with a NUL, so bytes compare column by column. */
int kt_key_compare(const kt_text *a, const kt_text *b);

#define KT_KEY_WORDS 256

/** The cells of a key for a message: "2023M10 12r5 maakunta MK01". Returns out. */
const char *kt_key_words(const kt_text *key, char out[KT_KEY_WORDS]);

#endif
