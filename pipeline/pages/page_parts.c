/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>
#include <string.h>

#include "pages/page.h"

void kt_page_put_part(kt_page *page, const kt_page_part *is, const kt_sheet *sheet)
{
    kt_page_section(page, is->id, kt_page_say(page, is->heading));
    if (is->note != KT_WORDS) {
        kt_html_element(&page->html, "p", KT_FILLED("class", "note"), kt_page_say(page, is->note));
    }
    if (sheet->row_count == 0) {
        kt_html_element(&page->html, "p", NULL, kt_page_say(page, is->nothing));
    } else {
        kt_page_table(page, kt_page_say(page, is->heading), sheet, is->columns, is->most);
    }
    kt_html_close(&page->html);
}

void kt_page_show(kt_page *page, const kt_sheet *sheet, size_t first, size_t count)
{
    if (page->shown != NULL) {
        kt_shown_add(page->shown, sheet, first, count);
    }
}

void kt_page_tell_month(kt_page *page)
{
    const char *month = kt_book_period(page->book);
    if (month != NULL) {
        kt_html_element(&page->html, "p", KT_FILLED("class", "note"),
                        kt_say(page->words, KT_WORD_old_period,
                               KT_FILLED(kt_say_period(page->words, month, page->arena)),
                               page->arena));
    }
}

void kt_page_facts(kt_page *page, const kt_sheet *sheet, size_t row, const kt_page_column *columns)
{
    kt_page_show(page, sheet, row, 1);
    kt_html_open(&page->html, "dl", KT_FILLED("class", "facts"));
    for (size_t i = 0; columns[i].name != NULL; i++) {
        if (*kt_sheet_cell(sheet, row, columns[i].name) != '\0') {
            kt_html_element(&page->html, "dt", NULL, kt_page_title(page, sheet, &columns[i]));
            kt_html_element(&page->html, "dd", NULL, kt_page_cell(page, sheet, row, &columns[i]));
        }
    }
    kt_html_close(&page->html);
}

/* Only those rows of the sheet whose cell of the column is the text. */
static void keep(kt_sheet *sheet, const char *column, const char *text)
{
    size_t count = 0;
    for (size_t row = 0; row < sheet->row_count; row++) {
        if (strcmp(kt_sheet_cell(sheet, row, column), text) == 0) {
            sheet->rows[count++] = sheet->rows[row];
        }
    }
    sheet->row_count = count;
}

kt_sheet kt_page_newest_changes(const kt_page *page, const char *level, const char *code)
{
    kt_sheet found = kt_book_rows(page->book, "changes", KT_FILLED("region_level", "region_code"),
                                  KT_FILLED(level, code));
    const char *newest = "";
    for (size_t row = 0; row < found.row_count; row++) {
        const char *period = kt_sheet_cell(&found, row, "time_period");
        newest = strchr(period, 'M') != NULL && strcmp(period, newest) > 0 ? period : newest;
    }
    keep(&found, "time_period", newest);
    return found;
}

const kt_page_column kt_page_coverage_columns[] = {
    KT_NAMES("need", "indicator"),
    KT_NAMES("theme", "theme"),
    KT_CELLS("time_period"),
    KT_SAID("class", "class"),
    KT_SAID("robustness", "robustness"),
    KT_NUMBERS("coverage_ratio", 2),
    KT_NUMBERS("need_value", 0),
    KT_NUMBERS("n_active", 1),
    KT_NUMBERS("funding_eur", 0),
    KT_NUMBERS("unlocated_share", 0),
    KT_NO_MORE,
};

void kt_page_keep_newest_year(kt_sheet *sheet, const char *known)
{
    const char *newest = "";
    for (size_t row = 0; row < sheet->row_count; row++) {
        const char *year = kt_sheet_cell(sheet, row, "time_period");
        const bool is_known = *kt_sheet_cell(sheet, row, known) != '\0';
        const bool is_past =
            strncmp(year + 1, kt_sheet_cell(sheet, row, "snapshot_as_of"), strlen("2026")) <= 0;
        newest = is_known && is_past && strcmp(year, newest) > 0 ? year : newest;
    }
    keep(sheet, "time_period", newest);
}

kt_sheet kt_page_coverage(const kt_page *page, const char *level, const char *code)
{
    kt_sheet found = kt_book_rows(page->book, "coverage",
                                  KT_FILLED("region_level", "region_code", "sector_code"),
                                  KT_FILLED(level, code, "_T"));
    kt_page_keep_newest_year(&found, "need_value");
    return found;
}

const kt_page_column kt_page_ongoing_columns[] = {
    KT_CELLS("name"),
    KT_CELLS("organisation"),
    KT_SAID("phase", "phase"),
    KT_CELLS("start_date"),
    KT_CELLS("end_date"),
    KT_NUMBERS("granted_eu_state_eur", 0),
    KT_NO_MORE,
};

static bool is_of(const kt_sheet *places, const char *region)
{
    return kt_sheet_find(places, "region_code", region, 0) < places->row_count;
}

/* The configuration has seen to it that they are there. */
static size_t column_of(const kt_csv_table *notes, const char *name)
{
    size_t column = 0;
    const kt_status status = kt_csv_column(notes, name, &column, NULL);
    assert(status == KT_OK);
    (void)status;
    return column;
}

void kt_page_notes(kt_page *page, const kt_sheet *places)
{
    const kt_csv_table *notes = page->notes;
    size_t count = 0;
    kt_page_section(page, "notes", kt_page_say(page, KT_WORD_notes));
    for (size_t row = 0; notes != NULL && row < notes->row_count; row++) {
        if (!is_of(places, kt_csv_cell(notes, row, column_of(notes, "region_code")))) {
            continue;
        }
        const char *period = kt_csv_cell(notes, row, column_of(notes, "period"));
        count++;
        kt_html_element(&page->html, "p", NULL,
                        kt_arena_print(page->arena, "%s: %s",
                                       kt_say_period(page->words, period, page->arena),
                                       kt_csv_cell(notes, row, column_of(notes, "text"))));
    }
    if (count == 0) {
        kt_html_element(&page->html, "p", NULL, kt_page_say(page, KT_WORD_notes_none));
    }
    kt_html_close(&page->html);
}
