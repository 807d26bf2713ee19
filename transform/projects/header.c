/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/text.h"
#include "rows.h"

/* Titles and dates of an export may stand above the names of the columns. */
#define ROWS_BEFORE 20

typedef struct search {
    const kt_project_format *format;
    const char *name;
    kt_arena *arena;
    kt_list_header best;
    kt_error error; /* of a header that is found, and has a column twice */
    size_t seen;
    bool found;
} search;

static bool is_blank(char letter)
{
    return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
}

/* A no-break space is a blank too. */
static const char *pass_blanks(const char *at)
{
    for (;;) {
        if (is_blank(*at)) {
            at++;
        } else if (strncmp(at, "\xc2\xa0", 2) == 0) {
            at += 2;
        } else {
            return at;
        }
    }
}

static char small(char letter)
{
    if (letter >= 'A' && letter <= 'Z') {
        return (char)(letter | 0x20);
    }
    return letter;
}

#define NAME_SIZE 512

/* The name as it is compared; a longer one is compared as far as there is room. */
static void fold_name(const char *name, char folded[NAME_SIZE])
{
    size_t length = 0;
    for (const char *at = pass_blanks(name); *at != '\0' && length + 2 < NAME_SIZE;) {
        const char *after = pass_blanks(at);
        if (after == at) {
            folded[length++] = small(*at++);
        } else if (*after != '\0') {
            folded[length++] = ' ';
        }
        at = after > at ? after : at;
    }
    folded[length] = '\0';
}

static bool same_name(const char *a, const char *b)
{
    char folded_a[NAME_SIZE];
    char folded_b[NAME_SIZE];
    fold_name(a, folded_a);
    fold_name(b, folded_b);
    return strcmp(folded_a, folded_b) == 0;
}

static bool has_name(const kt_project_column *column, const char *name)
{
    for (size_t i = 0; i < column->name_count; i++) {
        if (same_name(column->names[i], name)) {
            return true;
        }
    }
    return false;
}

/* The format's column of that name; KT_NO_CELL. */
static size_t find_column(const kt_project_format *format, const char *name)
{
    for (size_t i = 0; i < format->column_count; i++) {
        if (has_name(&format->columns[i], name)) {
            return i;
        }
    }
    return KT_NO_CELL;
}

static size_t named_cells(const kt_list_row *row)
{
    size_t count = row->count;
    while (count > 0 && kt_list_empty(&row->cells[count - 1])) {
        count--;
    }
    return count;
}

static void add_missing(kt_list_header *header, const kt_project_column *column, kt_arena *arena)
{
    header->missing = header->missing_count == 0
                          ? column->names[0]
                          : kt_arena_print(arena, "%s, %s", header->missing, column->names[0]);
    header->missing_count++;
}

/* One cell of what may be the header; true if its column stands there already. */
static bool match_cell(const search *looking, const kt_list_row *row, size_t cell,
                       kt_list_header *header)
{
    const char *name = row->cells[cell].text;
    const size_t column = find_column(looking->format, name);
    if (column != KT_NO_CELL && header->at[column] == KT_NO_CELL) {
        header->at[column] = cell;
        header->columns[cell] = &looking->format->columns[column];
        return false;
    }
    if (column != KT_NO_CELL && same_name(row->cells[header->at[column]].text, name)) {
        return true;
    }
    header->unknown[header->unknown_count] = kt_list_clean(name, looking->arena);
    header->unknown_count += !kt_list_empty(&row->cells[cell]);
    return false;
}

static void match(search *looking, const kt_list_row *row, kt_list_header *header)
{
    const kt_project_format *format = looking->format;
    size_t twice = 0;
    *header = (kt_list_header){.line = row->line, .count = named_cells(row)};
    header->at = kt_arena_array(looking->arena, size_t, format->column_count);
    header->columns = kt_arena_array(looking->arena, const kt_project_column *, header->count + 1);
    header->unknown = kt_arena_array(looking->arena, const char *, header->count + 1);
    memset(header->at, 0xff, format->column_count * sizeof *header->at);
    for (size_t i = 0; i < header->count; i++) {
        twice = match_cell(looking, row, i, header) ? i + 1 : twice;
    }
    for (size_t i = 0; i < format->column_count; i++) {
        if (format->columns[i].required && header->at[i] == KT_NO_CELL) {
            add_missing(header, &format->columns[i], looking->arena);
        }
    }
    if (header->missing_count == 0 && twice > 0) {
        (void)kt_fail(&looking->error, KT_ERR_FORMAT, "%s: row %zu, column %zu: a second %.64s",
                      looking->name, row->line, twice, row->cells[twice - 1].text);
    }
}

static kt_status look_at(void *context, const kt_list_row *row, kt_error *err)
{
    (void)err;
    search *looking = context;
    kt_list_header header;
    match(looking, row, &header);
    if (looking->best.at == NULL || header.missing_count < looking->best.missing_count) {
        looking->best = header;
    }
    looking->found = header.missing_count == 0;
    return looking->found || ++looking->seen == ROWS_BEFORE ? KT_ERR_CANCELLED : KT_OK;
}

static kt_status look_through(const kt_list_body *body, search *looking, kt_error *err)
{
    const kt_list_sink sink = {looking, look_at};
    looking->seen = 0;
    const kt_status status = kt_list_rows(body, &sink, err);
    return status == KT_ERR_CANCELLED ? KT_OK : status;
}

kt_status kt_list_find_header(kt_list_body *body, const kt_project_format *format, kt_arena *arena,
                              kt_list_header *out, kt_error *err)
{
    search looking = {.format = format, .name = body->file->name, .arena = arena};
    if (body->container == KT_LIST_XLSX) {
        KT_TRY(look_through(body, &looking, err));
    }
    kt_status status = KT_OK;
    const char *separators = body->container == KT_LIST_XLSX ? "" : format->separators;
    for (; *separators != '\0' && !looking.found; separators++) {
        body->separator = *separators;
        body->container = kt_list_container(format, *separators);
        status = look_through(body, &looking, err);
    }
    if (looking.error.status != KT_OK) {
        return kt_fail(err, looking.error.status, "%s", looking.error.message);
    }
    /* The wrong separator can make nonsense of quotes: what the right one gives counts. */
    if (looking.best.at == NULL && status != KT_OK) {
        return status;
    }
    if (looking.best.at == NULL) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: no row, expected the names of columns",
                       body->file->name);
    }
    *out = looking.best;
    return KT_OK;
}
