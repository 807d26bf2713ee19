/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TESTS_WORKBOOK_H
#define KT_TESTS_WORKBOOK_H

#include <string.h>
#include <zip.h>

#include "core/arena.h"
#include "support/check.h"

/** Workbooks made by hand: a zip of the parts that a test writes. */

/** One part of a workbook; a repeated text makes large ones. */
typedef struct workbook_part {
    const char *name, *words;
    size_t times; /* 0 means once */
} workbook_part;

#define PART_TYPES                                                                               \
    {                                                                                            \
        "[Content_Types].xml",                                                                   \
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>", 0 \
    }
#define PART_RELATIONS                                                                   \
    {                                                                                    \
        "_rels/.rels",                                                                   \
            "<Relationships><Relationship Id=\"rId1\" Type=\"http://o/officeDocument\" " \
            "Target=\"xl/workbook.xml\"/></Relationships>",                              \
            0                                                                            \
    }
#define PART_BOOK_RELATIONS                                                              \
    {                                                                                    \
        "xl/_rels/workbook.xml.rels",                                                    \
            "<Relationships>"                                                            \
            "<Relationship Id=\"rId1\" Type=\"http://o/worksheet\" "                     \
            "Target=\"worksheets/sheet1.xml\"/>"                                         \
            "<Relationship Id=\"rId2\" Type=\"http://o/worksheet\" "                     \
            "Target=\"/xl/worksheets/sheet2.xml\"/>"                                     \
            "<Relationship Id=\"rId3\" Type=\"http://o/sharedStrings\" "                 \
            "Target=\"sharedStrings.xml\"/>"                                             \
            "<Relationship Id=\"rId4\" Type=\"http://o/styles\" Target=\"styles.xml\"/>" \
            "</Relationships>",                                                          \
            0                                                                            \
    }

static inline void add_part(zip_t *zip, const workbook_part *part, kt_arena *arena)
{
    const size_t once = strlen(part->words);
    const size_t times = part->times == 0 ? 1 : part->times;
    char *bytes = kt_arena_take(arena, once * times + 1, 1);
    for (size_t i = 0; i < times; i++) {
        memcpy(bytes + i * once, part->words, once);
    }
    zip_source_t *source = zip_source_buffer(zip, bytes, once * times, 0);
    assert_non_null(source);
    const zip_int64_t at = zip_file_add(zip, part->name, source, ZIP_FL_ENC_UTF_8);
    assert_true(at >= 0);
    assert_int_equal(zip_set_file_compression(zip, (zip_uint64_t)at, ZIP_CM_DEFLATE, 1), 0);
}

/** The bytes of a zip of these parts, in the arena. */
static inline char *make_workbook(const workbook_part *parts, size_t count, kt_arena *arena,
                                  size_t *length)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
    assert_non_null(source);
    zip_source_keep(source);
    zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, &error);
    assert_non_null(zip);
    for (size_t i = 0; i < count; i++) {
        add_part(zip, &parts[i], arena);
    }
    assert_int_equal(zip_close(zip), 0);
    zip_stat_t stat;
    assert_int_equal(zip_source_stat(source, &stat), 0);
    *length = (size_t)stat.size;
    char *bytes = kt_arena_take(arena, *length + 1, 1);
    assert_int_equal(zip_source_open(source), 0);
    assert_int_equal(zip_source_read(source, bytes, *length), (zip_int64_t)*length);
    assert_int_equal(zip_source_close(source), 0);
    zip_source_free(source);
    zip_error_fini(&error);
    return bytes;
}

#endif
