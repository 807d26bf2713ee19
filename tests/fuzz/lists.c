/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "core/text.h"
#include "transform/project_list.h"

/*
 * Lists of funded projects (KT_FUZZ_FORMAT) under libFuzzer: whatever the bytes are, each row is
 * accounted for, or one line says what is wrong with the file; it never crashes, leaks or hangs.
 * "unquoted" and "quoted" are CSV, "workbook" is an .xlsx, and "sheet" the parts of one, with a NUL
 * byte between them, so that what the fuzzer changes is not lost in packing.
 */

static kt_project_formats *formats;

static void demand(int truth)
{
    if (!truth) {
        abort();
    }
}

static int is_format(const char *name)
{
    return strcmp(KT_FUZZ_FORMAT, name) == 0;
}

static void check_texts(const kt_project *project)
{
    size_t bad = 0;
    for (int i = 0; i < KT_PROJECT_TEXT_COUNT; i++) {
        const char *text = project->text[i];
        demand(text == NULL || kt_utf8_valid(text, strlen(text), &bad));
    }
    demand(project->text[KT_PROJECT_PROJECT_CODE] != NULL && project->period != NULL);
}

static void check_list(const kt_project_list *list)
{
    demand(list->rows == list->project_count + list->joined + list->left_out + list->reject_count +
                             list->footers + list->blanks);
    demand(list->reject_count * 100 <= list->rows);
    for (size_t i = 0; i < list->project_count; i++) {
        check_texts(&list->projects[i]);
    }
    for (size_t i = 0; i < list->reject_count; i++) {
        demand(strchr(list->rejects[i].reason, '\n') == NULL);
    }
}

static void read_list(const char *bytes, size_t length, const char *id)
{
    kt_arena *arena = kt_arena_open("fuzz", 0);
    const kt_project_file file = {.bytes = bytes, .length = length, .name = "list"};
    const kt_project_format *found = NULL;
    kt_project_list *list = NULL;
    kt_error err = {0};
    kt_status status =
        kt_project_list_read(&file, kt_project_formats_find(formats, id), arena, &list, &err);
    if (status == KT_OK) {
        check_list(list);
        demand(kt_project_format_of(formats, &file, &found, &err) == KT_OK || err.message[0] != 0);
    } else {
        demand(status == KT_ERR_FORMAT || status == KT_ERR_DATA);
        demand(strncmp(err.message, "list: ", strlen("list: ")) == 0);
        demand(strchr(err.message, '\n') == NULL);
    }
    kt_arena_free(arena);
}

/* The first parts are those that fuzzing is for; the others stand as they are. */
static void read_parts(const char *bytes, size_t length)
{
    static const char *const names[] = {
        "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml",       "xl/styles.xml",
        "xl/workbook.xml",          "xl/_rels/workbook.xml.rels", "_rels/.rels"};
    zip_error_t error;
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
    demand(source != NULL);
    zip_source_keep(source);
    zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, &error);
    demand(zip != NULL);
    const char *at = bytes;
    for (size_t i = 0; i < sizeof names / sizeof names[0] && at <= bytes + length; i++) {
        const size_t part = strlen(at);
        const zip_int64_t index =
            zip_file_add(zip, names[i], zip_source_buffer(zip, at, part, 0), 0);
        demand(index >= 0);
        demand(zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0) == 0);
        at += part + 1;
    }
    demand(zip_close(zip) == 0);
    zip_stat_t stat;
    demand(zip_source_stat(source, &stat) == 0 && zip_source_open(source) == 0);
    char *made = malloc(stat.size + 1);
    demand(made != NULL && zip_source_read(source, made, stat.size) == (zip_int64_t)stat.size);
    zip_source_close(source);
    zip_source_free(source);
    read_list(made, stat.size, "eura2021");
    free(made);
}

static void load_formats(void)
{
    kt_arena *arena = kt_arena_open("formats", 0);
    formats = kt_project_formats_load(KT_FUZZ_FORMATS, arena, kt_problems_new(arena));
    demand(formats != NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (formats == NULL) {
        load_formats();
    }
    char *bytes = malloc(size + 1);
    demand(bytes != NULL);
    memcpy(bytes, data, size);
    bytes[size] = '\0';
    if (is_format("sheet")) {
        read_parts(bytes, size);
    } else if (is_format("unquoted")) {
        read_list(bytes, size, "eura2007");
    } else {
        read_list(bytes, size, is_format("quoted") && size % 2 == 1 ? "kohesio" : "eura2021");
    }
    free(bytes);
    return 0;
}
