/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/text.h"
#include "reading.h"

/* The cells of one row as a project. */

typedef struct filling {
    const kt_project_format *format;
    const kt_project_column *column;
    const kt_list_cell *cell;
    kt_project *project;
    kt_list_faults *faults;
    kt_arena *arena;
} filling;

static bool reject(const filling *work, const char *expected)
{
    work->faults->reason =
        kt_arena_print(work->arena, "column %s: \"%.*s\", expected %s", work->column->names[0],
                       kt_utf8_cut(work->cell->text, 40), work->cell->text, expected);
    work->faults->shown =
        kt_arena_print(work->arena, "column %s: expected %s", work->column->names[0], expected);
    return false;
}

/* Our word for theirs; the text itself where no word fits. */
static const char *translate(const kt_project_column *column, const char *text, bool *known)
{
    *known = false;
    for (size_t i = 0; i < column->word_count; i++) {
        if (strcmp(column->words[i].theirs, text) == 0) {
            *known = true;
            return column->words[i].ours;
        }
    }
    return text;
}

/* A spreadsheet that takes 00100 for a number leaves 100. */
static const char *whole_postcode(const char *text, kt_arena *arena)
{
    const size_t length = strlen(text);
    const bool cut = length < 5 && strspn(text, "0123456789") == length;
    return cut ? kt_arena_print(arena, "%.*s%s", (int)(5 - length), "00000", text) : text;
}

/* "4 Työllistävä, osaava ja osallistava Suomi", "Toimintalinja 4": TL4. NULL where no number says
 * which priority it is. */
static const char *short_priority(const char *text, kt_arena *arena)
{
    const size_t length = strlen(text), digits = strspn(text, "0123456789");
    if (digits == length || kt_text_code_fault(text, length) == NULL) {
        return text;
    }
    const char *at = text + strcspn(text, "0123456789");
    const size_t count = strspn(at, "0123456789");
    return count == 0 ? NULL : kt_arena_print(arena, "TL%.*s", (int)count, at);
}

static bool fill_text(const filling *work)
{
    bool known = false;
    const kt_project_text to = work->column->text;
    const char *text = kt_list_clean(work->cell->text, work->arena);
    if (to == KT_PROJECT_NAME || to == KT_PROJECT_SUMMARY) {
        text = kt_list_without_contacts(text, work->arena);
    }
    if (to == KT_PROJECT_PRIORITY) {
        text = short_priority(text, work->arena);
    }
    if (to == KT_PROJECT_PLACE_POSTCODE || to == KT_PROJECT_SEAT_POSTCODE) {
        text = whole_postcode(text, work->arena);
    }
    const char **field = &work->project->text[to];
    *field = *field == NULL && text != NULL ? translate(work->column, text, &known) : *field;
    return true;
}

static bool fill_sum(const filling *work)
{
    int64_t *sum = &work->project->sum[work->column->sum];
    int64_t cents = 0;
    if (!kt_list_money(work->format, work->cell, &cents)) {
        return reject(work, work->format->decimal_signs[0] == ',' ? "an amount as 1234,50"
                                                                  : "an amount as 1234.50");
    }
    *sum = *sum == KT_NO_MONEY ? cents : *sum;
    return true;
}

static bool fill_day(const filling *work, int64_t *day)
{
    int64_t read = 0;
    if (!kt_list_day(work->format, work->cell, &read)) {
        return reject(work,
                      kt_arena_print(work->arena, "a day as %s", work->format->date_orders[0]));
    }
    *day = *day == KT_NO_DAY ? read : *day;
    return true;
}

static bool fill_status(const filling *work)
{
    bool known = false;
    const char *text = kt_list_clean(work->cell->text, work->arena);
    const char *word = translate(work->column, text, &known);
    work->project->text[KT_PROJECT_STATUS_RAW] = text;
    if (!known) {
        work->faults->status = work->column->names[0];
        return true;
    }
    for (int i = 0; i < KT_PROJECT_STATUS_COUNT; i++) {
        if (strcmp(kt_project_status_name((kt_project_status)i), word) == 0) {
            work->project->status = (kt_project_status)i;
        }
    }
    return true;
}

static bool fill_location(const filling *work)
{
    const char *code = NULL;
    const char *name = NULL;
    const char **text = work->project->text;
    kt_list_location(work->cell->text, work->arena, &code, &name);
    if (text[KT_PROJECT_LOCATION_CODE] == NULL && text[KT_PROJECT_LOCATION_NAME] == NULL) {
        text[KT_PROJECT_LOCATION_CODE] = code;
        text[KT_PROJECT_LOCATION_NAME] = name;
    }
    return true;
}

static bool fill_period(const filling *work)
{
    static const char *const periods[] = {"2007-2013", "2014-2020", "2021-2027"};
    bool known = false;
    const char *text = kt_list_clean(work->cell->text, work->arena);
    const char *word = translate(work->column, text, &known);
    for (size_t i = 0; i < sizeof periods / sizeof periods[0]; i++) {
        if (strcmp(word, periods[i]) == 0) {
            work->project->period = periods[i];
            return true;
        }
    }
    return reject(work, "a period as 2021-2027");
}

static bool fill_cell(const filling *work)
{
    switch (work->column->holds) {
    case KT_LIST_HOLDS_TEXT:
        return fill_text(work);
    case KT_LIST_HOLDS_SUM:
        return fill_sum(work);
    case KT_LIST_HOLDS_START:
        return fill_day(work, &work->project->start_day);
    case KT_LIST_HOLDS_END:
        return fill_day(work, &work->project->end_day);
    case KT_LIST_HOLDS_STATUS:
        return fill_status(work);
    case KT_LIST_HOLDS_LOCATION:
        return fill_location(work);
    case KT_LIST_HOLDS_PERIOD:
        return fill_period(work);
    case KT_LIST_HOLDS_CURRENCY:
        return strcmp(work->cell->text, "EUR") == 0 || reject(work, "EUR");
    case KT_LIST_HOLDS_NOTHING:
        break;
    }
    return true;
}

/* The period that the beginning of the code means, else the format's. */
static const char *period_of(const kt_project_format *format, const char *code)
{
    for (size_t i = 0; i < format->by_code_count; i++) {
        if (kt_text_starts(code, format->by_code[i].theirs)) {
            return format->by_code[i].ours;
        }
    }
    return format->period;
}

static void start_project(kt_project *project)
{
    project->start_day = KT_NO_DAY;
    project->end_day = KT_NO_DAY;
    for (size_t i = 0; i < KT_PROJECT_SUM_COUNT; i++) {
        project->sum[i] = KT_NO_MONEY;
    }
}

bool kt_list_fill(const kt_project_format *format, const kt_list_header *header,
                  const kt_list_row *row, kt_arena *arena, kt_project *out, kt_list_faults *faults)
{
    start_project(out);
    *faults = (kt_list_faults){0};
    for (size_t i = 0; i < format->column_count; i++) {
        const size_t at = header->at[i];
        if (at == KT_NO_CELL || at >= row->count) {
            continue;
        }
        kt_list_cell cell = row->cells[at];
        const kt_project_column *column = &format->columns[i];
        if (column->holds == KT_LIST_HOLDS_NOTHING || kt_list_empty(&cell)) {
            continue;
        }
        if (column->holds != KT_LIST_HOLDS_TEXT && column->holds != KT_LIST_HOLDS_STATUS) {
            cell.text = kt_list_clean(cell.text, arena);
        }
        const filling work = {format, column, &cell, out, faults, arena};
        if (!fill_cell(&work)) {
            return false;
        }
    }
    if (out->period == NULL) {
        out->period = period_of(format, out->text[KT_PROJECT_PROJECT_CODE]);
    }
    if (out->period == NULL) {
        faults->reason = "no period, expected one as 2021-2027";
    }
    out->format = format->id;
    out->source_row = row->line;
    return faults->reason == NULL;
}
