/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "xlsx.h"

/* Which parts a workbook has, its shared strings, and which of its styles are days. */

#define STRINGS_LIMIT 4000000
#define STYLES_LIMIT  100000
#define STRING_LIMIT  ((size_t)1 << 20)

/* What the workbook and its relations say. */
typedef struct book_parts {
    kt_xlsx *book;
    const char *folder;      /* of the workbook's part, with its slash */
    const char *wanted;      /* the sheet's name; NULL */
    const char *workbook;    /* its part */
    const char *relation_id; /* of the sheet that was chosen */
    const char **names;      /* of all sheets */
    size_t name_count, name_room;
} book_parts;

static const char *resolve(const book_parts *parts, const char *target)
{
    if (target[0] == '/') {
        return kt_arena_copy(parts->book->arena, target + 1);
    }
    return kt_arena_print(parts->book->arena, "%s%s", parts->folder, target);
}

static kt_status on_root(void *context, const char *name, const char **attributes, kt_error *err)
{
    (void)err;
    book_parts *parts = context;
    const char *type = kt_xml_attribute(attributes, "Type");
    const char *target = kt_xml_attribute(attributes, "Target");
    if (strcmp(name, "Relationship") == 0 && type != NULL && target != NULL &&
        kt_text_ends(type, "/officeDocument")) {
        parts->workbook = resolve(parts, target);
    }
    return KT_OK;
}

static bool is_hidden(const char **attributes)
{
    const char *state = kt_xml_attribute(attributes, "state");
    return state != NULL && strcmp(state, "visible") != 0;
}

static void add_name(book_parts *parts, const char *title)
{
    kt_arena *arena = parts->book->arena;
    parts->names = kt_arena_grow(arena, parts->names, parts->name_count, &parts->name_room,
                                 sizeof *parts->names);
    parts->names[parts->name_count++] = kt_arena_copy(arena, title == NULL ? "" : title);
}

static kt_status on_workbook(void *context, const char *name, const char **attributes,
                             kt_error *err)
{
    (void)err;
    book_parts *parts = context;
    if (strcmp(name, "workbookPr") == 0) {
        const char *from = kt_xml_attribute(attributes, "date1904");
        parts->book->from_1904 =
            from != NULL && (strcmp(from, "1") == 0 || strcmp(from, "true") == 0);
    }
    if (strcmp(name, "sheet") != 0) {
        return KT_OK;
    }
    /* sheetId comes before the id of the relation, and is another. */
    const char *id = kt_xml_attribute(attributes, "id");
    const char *title = kt_xml_attribute(attributes, "name");
    add_name(parts, title);
    const bool fits =
        parts->wanted == NULL ? !is_hidden(attributes) : kt_text_same(title, parts->wanted);
    if (parts->relation_id == NULL && id != NULL && fits) {
        parts->relation_id = kt_arena_copy(parts->book->arena, id);
    }
    return KT_OK;
}

static kt_status on_relation(void *context, const char *name, const char **attributes,
                             kt_error *err)
{
    (void)err;
    book_parts *parts = context;
    kt_xlsx *book = parts->book;
    const char *id = kt_xml_attribute(attributes, "Id");
    const char *type = kt_xml_attribute(attributes, "Type");
    const char *target = kt_xml_attribute(attributes, "Target");
    if (strcmp(name, "Relationship") != 0 || type == NULL || target == NULL) {
        return KT_OK;
    }
    if (kt_text_same(id, parts->relation_id)) {
        book->sheet_part = resolve(parts, target);
    } else if (kt_text_ends(type, "/sharedStrings")) {
        book->strings_part = resolve(parts, target);
    } else if (kt_text_ends(type, "/styles")) {
        book->styles_part = resolve(parts, target);
    }
    return KT_OK;
}

/* "xl/workbook.xml" has its relations in "xl/_rels/workbook.xml.rels". */
static const char *relations_of(book_parts *parts)
{
    kt_arena *arena = parts->book->arena;
    const char *slash = strrchr(parts->workbook, '/');
    const size_t length = slash == NULL ? 0 : (size_t)(slash - parts->workbook) + 1;
    parts->folder = kt_arena_copy_n(arena, parts->workbook, length);
    return kt_arena_print(arena, "%s_rels/%s.rels", parts->folder, parts->workbook + length);
}

/* Where the workbook's own part is, and what it says. */
static kt_status read_parts(kt_xlsx *book, const char *sheet, book_parts *parts, kt_error *err)
{
    *parts =
        (book_parts){.book = book, .folder = "", .wanted = sheet, .workbook = "xl/workbook.xml"};
    KT_TRY(kt_xlsx_parse(book, "_rels/.rels", &(kt_xml_events){parts, on_root, NULL, NULL}, err));
    return kt_xlsx_parse(book, parts->workbook, &(kt_xml_events){parts, on_workbook, NULL, NULL},
                         err);
}

kt_status kt_xlsx_find_sheets(kt_xlsx *book, const char *const **names, size_t *count,
                              kt_error *err)
{
    book_parts parts;
    KT_TRY(read_parts(book, NULL, &parts, err));
    *names = parts.names;
    *count = parts.name_count;
    return KT_OK;
}

kt_status kt_xlsx_find_parts(kt_xlsx *book, const char *sheet, kt_error *err)
{
    book_parts parts;
    KT_TRY(read_parts(book, sheet, &parts, err));
    if (parts.relation_id == NULL) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: a workbook without a sheet%s%s, expected one",
                       book->name, sheet == NULL ? " that is shown" : " called ",
                       sheet == NULL ? "" : sheet);
    }
    const char *relations = relations_of(&parts);
    KT_TRY(kt_xlsx_parse(book, relations, &(kt_xml_events){&parts, on_relation, NULL, NULL}, err));
    if (book->sheet_part == NULL) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: %s: no part of the sheet %s", book->name, relations,
                       parts.relation_id);
    }
    return KT_OK;
}

/* A string is the text of its runs, without what says how to pronounce it. */
typedef struct strings_part {
    kt_xlsx *book;
    kt_text text;
    bool in_text;
    size_t aside; /* depth inside rPh */
} strings_part;

static kt_status on_string_start(void *context, const char *name, const char **attributes,
                                 kt_error *err)
{
    (void)attributes, (void)err;
    strings_part *part = context;
    if (strcmp(name, "si") == 0) {
        kt_text_clear(&part->text);
    }
    part->aside += strcmp(name, "rPh") == 0;
    part->in_text = strcmp(name, "t") == 0 && part->aside == 0;
    return KT_OK;
}

static kt_status on_string_text(void *context, const char *bytes, size_t length, kt_error *err)
{
    strings_part *part = context;
    if (part->in_text && !kt_text_add(&part->text, bytes, length)) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: %s: string %zu is longer than 1 MiB",
                       part->book->name, part->book->strings_part, part->book->string_count + 1);
    }
    return KT_OK;
}

static kt_status on_string_end(void *context, const char *name, kt_error *err)
{
    strings_part *part = context;
    kt_xlsx *book = part->book;
    part->in_text = false;
    part->aside -= strcmp(name, "rPh") == 0;
    if (strcmp(name, "si") != 0) {
        return KT_OK;
    }
    if (book->string_count == STRINGS_LIMIT) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: %s: more strings than %d", book->name,
                       book->strings_part, STRINGS_LIMIT);
    }
    char *text = kt_arena_copy_n(book->arena, part->text.length == 0 ? "" : part->text.bytes,
                                 part->text.length);
    kt_xlsx_unescape(text);
    book->strings = kt_arena_grow(book->arena, book->strings, book->string_count,
                                  &book->string_room, sizeof *book->strings);
    book->strings[book->string_count++] = text;
    return KT_OK;
}

kt_status kt_xlsx_read_strings(kt_xlsx *book, kt_error *err)
{
    if (book->strings_part == NULL) {
        return KT_OK;
    }
    strings_part part = {.book = book, .text = {.limit = STRING_LIMIT}};
    const kt_xml_events events = {&part, on_string_start, on_string_end, on_string_text};
    const kt_status status = kt_xlsx_parse(book, book->strings_part, &events, err);
    kt_text_free(&part.text);
    return status;
}

static bool is_hex(char letter)
{
    return (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'F') ||
           (letter >= 'a' && letter <= 'f');
}

static bool is_escape(const char *at)
{
    if (at[0] != '_' || at[1] != 'x') {
        return false;
    }
    for (size_t i = 2; i < 6; i++) {
        if (!is_hex(at[i])) {
            return false;
        }
    }
    return at[6] == '_';
}

/* A letter takes at most three bytes where its escape took seven. */
static char *put_letter(char *to, unsigned long letter)
{
    if (letter == 0 || (letter >= 0xd800 && letter <= 0xdfff)) {
        *to++ = ' ';
    } else if (letter < 0x80) {
        *to++ = (char)letter;
    } else if (letter < 0x800) {
        *to++ = (char)(0xc0 | (letter >> 6));
        *to++ = (char)(0x80 | (letter & 0x3f));
    } else {
        *to++ = (char)(0xe0 | (letter >> 12));
        *to++ = (char)(0x80 | ((letter >> 6) & 0x3f));
        *to++ = (char)(0x80 | (letter & 0x3f));
    }
    return to;
}

void kt_xlsx_unescape(char *text)
{
    char *to = text;
    for (const char *from = text; *from != '\0';) {
        if (is_escape(from)) {
            const char digits[] = {from[2], from[3], from[4], from[5], '\0'};
            to = put_letter(to, strtoul(digits, NULL, 16));
            from += 7;
        } else {
            *to++ = *from++;
        }
    }
    *to = '\0';
}

/* The number formats of the workbook's own, and what its cells are in. */
typedef struct styles_part {
    kt_xlsx *book;
    bool in_cells;
    kt_text dated; /* ids of formats of days, each with a blank before and behind it */
} styles_part;

/* Letters of a day or year outside of what is quoted, escaped or in brackets. */
static bool shows_days(const char *format)
{
    for (const char *at = format; *at != '\0'; at++) {
        const char *end = *at == '"'   ? strchr(at + 1, '"')
                          : *at == '[' ? strchr(at + 1, ']')
                                       : NULL;
        if (end != NULL) {
            at = end;
        } else if (*at == '\\' || *at == '_' || *at == '*') {
            at += at[1] != '\0';
        } else if (strchr("dDyY", *at) != NULL) {
            return true;
        }
    }
    return false;
}

/* Ids that every workbook has: 14-17 and 22 are days, 27-36 and 50-58 those of East Asia. */
static bool is_dated_id(const styles_part *part, const char *id)
{
    const long number = strtol(id, NULL, 10);
    char key[32];
    snprintf(key, sizeof key, " %ld ", number);
    return (number >= 14 && number <= 17) || number == 22 || (number >= 27 && number <= 36) ||
           (number >= 50 && number <= 58) ||
           (part->dated.bytes != NULL && strstr(part->dated.bytes, key) != NULL);
}

static kt_status on_style(void *context, const char *name, const char **attributes, kt_error *err)
{
    styles_part *part = context;
    kt_xlsx *book = part->book;
    const char *id = kt_xml_attribute(attributes, "numFmtId");
    const char *format = kt_xml_attribute(attributes, "formatCode");
    if (strcmp(name, "numFmt") == 0 && id != NULL && format != NULL && shows_days(format) &&
        part->dated.length < STYLES_LIMIT) {
        kt_text_print(&part->dated, " %ld ", strtol(id, NULL, 10));
    }
    part->in_cells |= strcmp(name, "cellXfs") == 0;
    if (!part->in_cells || strcmp(name, "xf") != 0) {
        return KT_OK;
    }
    if (book->style_count == STYLES_LIMIT) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: %s: more styles than %d", book->name,
                       book->styles_part, STYLES_LIMIT);
    }
    book->dated = kt_arena_grow(book->arena, book->dated, book->style_count, &book->style_room,
                                sizeof *book->dated);
    book->dated[book->style_count++] = id != NULL && is_dated_id(part, id);
    return KT_OK;
}

static kt_status on_style_end(void *context, const char *name, kt_error *err)
{
    (void)err;
    styles_part *part = context;
    part->in_cells &= strcmp(name, "cellXfs") != 0;
    return KT_OK;
}

kt_status kt_xlsx_read_styles(kt_xlsx *book, kt_error *err)
{
    if (book->styles_part == NULL) {
        return KT_OK;
    }
    styles_part part = {.book = book};
    const kt_xml_events events = {&part, on_style, on_style_end, NULL};
    const kt_status status = kt_xlsx_parse(book, book->styles_part, &events, err);
    kt_text_free(&part.dated);
    return status;
}
