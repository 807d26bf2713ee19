/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PROJECTS_XLSX_H
#define KT_PROJECTS_XLSX_H

#include <expat.h>
#include <zip.h>

#include "core/text.h"
#include "rows.h"

/**
 * A workbook as far as a list needs it: a zip of XML parts. What is too large, holds macros, links
 * to other workbooks or declares a document type is refused before anything of it is read.
 */
typedef struct kt_xlsx {
    const char *name; /* for messages */
    zip_t *zip;
    kt_arena *arena;
    size_t left;              /* bytes that its parts may still inflate to */
    bool from_1904;           /* days are counted from then */
    const char *sheet_part;   /* "xl/worksheets/sheet1.xml" */
    const char *strings_part; /* NULL */
    const char *styles_part;  /* NULL */
    const char **strings;     /* shared ones */
    size_t string_count, string_room;
    bool *dated; /* for each style whether its numbers are days */
    size_t style_count, style_room;
} kt_xlsx;

static inline void kt_auto_xlsx(kt_xlsx *book)
{
    if (book->zip != NULL) {
        zip_discard(book->zip);
    }
}

/** Opens the zip and looks at what it says of its entries, and these of one another. */
kt_status kt_xlsx_open(const kt_workbook_file *file, kt_xlsx *book, kt_error *err) KT_MUST_CHECK;

/** Refuses words, a part's name or type, that tell of macros or of links to other files. */
kt_status kt_xlsx_check_words(const kt_xlsx *book, const char *words, kt_error *err) KT_MUST_CHECK;

/** The same of every type that its relations and its list of types tell. */
kt_status kt_xlsx_check_types(kt_xlsx *book, kt_error *err) KT_MUST_CHECK;

/** Elements of a part; names and attributes without their prefixes. A status ends the part. */
typedef struct kt_xml_events {
    void *context;
    kt_status (*start)(void *context, const char *name, const char **attributes, kt_error *err);
    kt_status (*end)(void *context, const char *name, kt_error *err);
    kt_status (*text)(void *context, const char *bytes, size_t length, kt_error *err); /* NULL */
} kt_xml_events;

kt_status kt_xlsx_parse(kt_xlsx *book, const char *part, const kt_xml_events *events,
                        kt_error *err) KT_MUST_CHECK;

/** The attribute of that name, whatever its prefix; NULL. */
const char *kt_xml_attribute(const char **attributes, const char *name);

/** Which parts there are: the sheet of that name (NULL: the first that is not hidden). */
kt_status kt_xlsx_find_parts(kt_xlsx *book, const char *sheet, kt_error *err) KT_MUST_CHECK;

/** The names of its sheets, in the arena of the book. */
kt_status kt_xlsx_find_sheets(kt_xlsx *book, const char *const **names, size_t *count,
                              kt_error *err) KT_MUST_CHECK;

kt_status kt_xlsx_read_strings(kt_xlsx *book, kt_error *err) KT_MUST_CHECK;
kt_status kt_xlsx_read_styles(kt_xlsx *book, kt_error *err) KT_MUST_CHECK;

/** Turns _x000D_ and its like, by which a workbook writes letters that XML cannot have, into them.
 */
void kt_xlsx_unescape(char *text);

/** The day of a number; false for none that Excel shows. */
bool kt_xlsx_day(const kt_xlsx *book, double number, int64_t *day);

#endif
