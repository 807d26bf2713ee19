/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "xlsx.h"

/* Macros and links to other files. A part may be called anything: its type tells what it is. */

static char small(char letter)
{
    if (letter >= 'A' && letter <= 'Z') {
        return (char)(letter | 0x20);
    }
    return letter;
}

/* True if name begins with the word (of small letters), whatever its case. */
static bool begins(const char *name, const char *word)
{
    size_t at = 0;
    while (word[at] != '\0' && small(name[at]) == word[at]) {
        at++;
    }
    return word[at] == '\0';
}

static bool ends_so(const char *name, const char *word)
{
    const size_t length = strlen(name), end = strlen(word);
    return length >= end && begins(name + length - end, word);
}

/* True if name holds the word (of small letters), whatever its case. */
static bool holds(const char *name, const char *word)
{
    for (; *name != '\0'; name++) {
        if (begins(name, word)) {
            return true;
        }
    }
    return false;
}

#define LINKS "a workbook with links to other files"

static kt_status refuse(const kt_xlsx *book, const char *found, kt_error *err)
{
    return kt_fail(err, KT_ERR_FORMAT,
                   "%s: %s, expected one saved as plain .xlsx with values alone", book->name,
                   found);
}

kt_status kt_xlsx_check_words(const kt_xlsx *book, const char *words, kt_error *err)
{
    static const struct {
        const char *word, *found;
    } banned[] = {
        {"vbaproject", "a workbook with macros"},
        {"macrosheet", "a workbook with macros"},
        {"macroenabled", "a workbook with macros"},
        {"externallink", LINKS},
        {"connections", "a workbook with connections to data elsewhere"},
    };
    for (size_t i = 0; i < sizeof banned / sizeof banned[0]; i++) {
        if (holds(words, banned[i].word)) {
            return refuse(book, banned[i].found, err);
        }
    }
    return KT_OK;
}

/* A relation says the type of its target, [Content_Types].xml those of parts. */
static kt_status on_type(void *context, const char *name, const char **attributes, kt_error *err)
{
    static const char *const places[] = {"Type", "ContentType"};
    (void)name;
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        const char *type = kt_xml_attribute(attributes, places[i]);
        KT_TRY(type == NULL ? KT_OK : kt_xlsx_check_words(context, type, err));
    }
    const char *mode = kt_xml_attribute(attributes, "TargetMode");
    const char *type = kt_xml_attribute(attributes, "Type");
    const bool leaves = mode != NULL && strcmp(mode, "External") == 0;
    /* an address in a cell is a text, and nobody follows it here */
    return leaves && (type == NULL || !ends_so(type, "/hyperlink")) ? refuse(context, LINKS, err)
                                                                    : KT_OK;
}

static bool has_types(const char *part)
{
    return ends_so(part, ".rels") || ends_so(part, "[content_types].xml");
}

kt_status kt_xlsx_check_types(kt_xlsx *book, kt_error *err)
{
    const kt_xml_events events = {book, on_type, NULL, NULL};
    const zip_int64_t entries = zip_get_num_entries(book->zip, 0);
    for (zip_int64_t i = 0; i < entries; i++) {
        const char *part = zip_get_name(book->zip, (zip_uint64_t)i, 0);
        KT_TRY(part != NULL && has_types(part) ? kt_xlsx_parse(book, part, &events, err) : KT_OK);
    }
    return KT_OK;
}
