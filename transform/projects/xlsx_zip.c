/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <string.h>

#include "core/cleanup.h"
#include "xlsx.h"

#define ENTRIES_LIMIT  2000
#define INFLATED_LIMIT ((size_t)256 << 20)
#define RATIO_LIMIT    200
#define SMALL_ENTRY    ((zip_uint64_t)1 << 20) /* no harm at any ratio */
#define DEPTH_LIMIT    64
#define PIECE_SIZE     65536

static kt_status refuse(const kt_xlsx *book, const char *found, const char *expected, kt_error *err)
{
    return kt_fail(err, KT_ERR_FORMAT, "%s: %s, expected %s", book->name, found, expected);
}

static kt_status check_entry(const kt_xlsx *book, zip_uint64_t index, size_t *total, kt_error *err)
{
    const zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
    zip_stat_t stat;
    if (zip_stat_index(book->zip, index, 0, &stat) != 0 || (stat.valid & needed) != needed) {
        return refuse(book, "a broken zip archive", "a whole .xlsx (still being written?)", err);
    }
    KT_TRY(kt_xlsx_check_words(book, stat.name, err));
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE) {
        return refuse(book, "a workbook with a password", "one without", err);
    }
    if (stat.size > SMALL_ENTRY && stat.size / RATIO_LIMIT > stat.comp_size) {
        return kt_fail(err, KT_ERR_FORMAT,
                       "%s: %.64s grows from %llu to %llu bytes, expected at most %d times as much",
                       book->name, stat.name, (unsigned long long)stat.comp_size,
                       (unsigned long long)stat.size, RATIO_LIMIT);
    }
    if (stat.size > INFLATED_LIMIT - *total) {
        return kt_fail(err, KT_ERR_FORMAT,
                       "%s: a workbook that grows to more than %zu MiB, expected a list",
                       book->name, INFLATED_LIMIT >> 20);
    }
    *total += (size_t)stat.size;
    return KT_OK;
}

static kt_status check_entries(const kt_xlsx *book, kt_error *err)
{
    const zip_int64_t entries = zip_get_num_entries(book->zip, 0);
    if (entries > ENTRIES_LIMIT) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: a zip of %lld entries, expected at most %d",
                       book->name, (long long)entries, ENTRIES_LIMIT);
    }
    size_t total = 0;
    for (zip_int64_t i = 0; i < entries; i++) {
        KT_TRY(check_entry(book, (zip_uint64_t)i, &total, err));
    }
    return KT_OK;
}

kt_status kt_xlsx_open(const kt_workbook_file *file, kt_xlsx *book, kt_error *err)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(file->bytes, file->length, 0, &error);
    if (source != NULL) {
        book->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
    }
    if (source != NULL && book->zip == NULL) {
        zip_source_free(source);
    }
    zip_error_fini(&error);
    if (book->zip == NULL) {
        return refuse(book, "a broken zip archive", "a whole .xlsx (still being written?)", err);
    }
    book->left = INFLATED_LIMIT;
    KT_TRY(check_entries(book, err));
    return kt_xlsx_check_types(book, err);
}

/* A part while expat reads it. */
typedef struct xml_part {
    kt_xlsx *book;
    const char *part;
    const kt_xml_events *events;
    XML_Parser parser;
    size_t depth;
    kt_status status; /* what was met: expat's callbacks cannot fail themselves */
    kt_error *err;
} xml_part;

static inline void kt_auto_xml(XML_Parser *parser)
{
    if (*parser != NULL) {
        XML_ParserFree(*parser);
    }
}

static inline void kt_auto_zip_file(zip_file_t **file)
{
    if (*file != NULL) {
        (void)zip_fclose(*file);
    }
}

static const char *local(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon == NULL ? name : colon + 1;
}

const char *kt_xml_attribute(const char **attributes, const char *name)
{
    for (; *attributes != NULL; attributes += 2) {
        if (strcmp(local(attributes[0]), name) == 0) {
            return attributes[1];
        }
    }
    return NULL;
}

static void stop(xml_part *part, kt_status status)
{
    if (status != KT_OK && part->status == KT_OK) {
        part->status = status;
        XML_StopParser(part->parser, XML_FALSE);
    }
}

static kt_status fail_part(const xml_part *part, const char *words)
{
    return kt_fail(part->err, KT_ERR_FORMAT, "%s: %s: line %lu: %s", part->book->name, part->part,
                   (unsigned long)XML_GetCurrentLineNumber(part->parser), words);
}

static void on_start(void *context, const char *name, const char **attributes)
{
    xml_part *part = context;
    if (part->status != KT_OK) {
        return;
    }
    if (++part->depth > DEPTH_LIMIT) {
        stop(part, fail_part(part, "elements nested deeper than 64"));
    } else {
        stop(part, part->events->start(part->events->context, local(name), attributes, part->err));
    }
}

static void on_end(void *context, const char *name)
{
    xml_part *part = context;
    part->depth--;
    if (part->status == KT_OK && part->events->end != NULL) {
        stop(part, part->events->end(part->events->context, local(name), part->err));
    }
}

static void on_text(void *context, const char *bytes, int length)
{
    xml_part *part = context;
    if (part->status == KT_OK && part->events->text != NULL) {
        stop(part, part->events->text(part->events->context, bytes, (size_t)length, part->err));
    }
}

/* No workbook has one, and entities come with it. */
static void on_doctype(void *context, const char *name, const char *system, const char *public,
                       int internal)
{
    (void)name, (void)system, (void)public, (void)internal;
    xml_part *part = context;
    stop(part, fail_part(part, "a document type, expected none in a workbook"));
}

static kt_status parse_pieces(xml_part *part, zip_file_t *file)
{
    for (bool more = true; more;) {
        void *piece = XML_GetBuffer(part->parser, PIECE_SIZE);
        const zip_int64_t got = piece == NULL ? -1 : zip_fread(file, piece, PIECE_SIZE);
        if (got < 0) {
            return fail_part(part, "cannot be unpacked, expected a whole .xlsx");
        }
        if ((size_t)got > part->book->left) {
            return fail_part(part, "grows beyond what a list may be");
        }
        part->book->left -= (size_t)got;
        more = got > 0;
        const enum XML_Status parsed = XML_ParseBuffer(part->parser, (int)got, !more);
        KT_TRY(part->status);
        if (parsed != XML_STATUS_OK) {
            return fail_part(part, XML_ErrorString(XML_GetErrorCode(part->parser)));
        }
    }
    return KT_OK;
}

kt_status kt_xlsx_parse(kt_xlsx *book, const char *part, const kt_xml_events *events, kt_error *err)
{
    KT_AUTO(zip_file) zip_file_t *file = zip_fopen(book->zip, part, ZIP_FL_NOCASE);
    if (file == NULL) {
        return kt_fail(err, KT_ERR_FORMAT,
                       "%s: %.200s cannot be opened, expected a workbook that has it", book->name,
                       part);
    }
    KT_AUTO(xml) XML_Parser parser = XML_ParserCreate(NULL);
    if (parser == NULL) {
        return kt_fail(err, KT_ERR_IO, "%s: no memory left", book->name);
    }
    xml_part reading = {.book = book, .part = part, .events = events, .parser = parser, .err = err};
    XML_SetUserData(parser, &reading);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    XML_SetStartDoctypeDeclHandler(parser, on_doctype);
    return parse_pieces(&reading, file);
}
