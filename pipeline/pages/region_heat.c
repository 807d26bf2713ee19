/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "pages/region.h"

/*
 * Groups of occupations by month, each cell with its figure: the shade only helps the eye. Shades
 * are fifths of the way to the greatest figure of the table.
 */

#define SHADES 5

static double greatest_of(const kt_sheet *rows)
{
    double greatest = 0.0;
    for (size_t row = 0; row < rows->row_count; row++) {
        greatest = fmax(greatest, kt_sheet_number(rows, row, "tightness"));
    }
    return greatest;
}

static const char *shade_of(const kt_page *page, double value, double greatest)
{
    if (isnan(value)) {
        return "n words"; /* why there is no figure */
    }
    if (!(greatest > 0.0)) {
        return "n";
    }
    const int shade = (int)fmin(SHADES - 1, floor(SHADES * value / greatest));
    return kt_arena_print(page->arena, "n s%d", shade);
}

static void put_head(kt_page *page, const kt_sheet *months)
{
    kt_html *to = &page->html;
    kt_html_open(to, "thead", NULL);
    kt_html_open(to, "tr", NULL);
    kt_html_element(to, "th", KT_FILLED("scope", "col"), kt_page_say(page, KT_WORD_dim_occupation));
    for (size_t i = 0; i < months->row_count; i++) {
        const char *period = kt_sheet_cell(months, i, "time_period");
        kt_html_element(to, "th", KT_FILLED("scope", "col", "class", "n"),
                        kt_say_month(period, 2, page->arena));
    }
    kt_html_close(to);
    kt_html_close(to);
}

static void put_group(kt_page *page, const kt_sheet *group, double greatest)
{
    kt_html *to = &page->html;
    kt_html_open(to, "tr", NULL);
    kt_html_element(to, "th", KT_FILLED("scope", "row"),
                    kt_book_name(page->book, "occupation", NULL,
                                 kt_sheet_cell(group, 0, "occupation_code"), page->words->name));
    for (size_t i = 0; i < group->row_count; i++) {
        const double value = kt_sheet_number(group, i, "tightness");
        const bool known = !isnan(value);
        kt_html_element(
            to, "td", KT_FILLED("class", shade_of(page, value, greatest)),
            known ? kt_say_number(page->words, kt_sheet_cell(group, i, "tightness"), 2, page->arena)
                  : kt_page_figure(page, group, i, "tightness", 2));
    }
    kt_html_close(to);
}

/* The rows of an occupation: those of the newest month begin with each of them. */
static kt_sheet group_of(const kt_page *page, const kt_sheet *rows, const char *occupation)
{
    return kt_sheet_pick(rows, KT_FILLED("occupation_code"), KT_FILLED(occupation), page->arena);
}

static void put_heat(kt_page *page, const kt_sheet *rows)
{
    const char *caption = kt_page_say(page, KT_WORD_heat);
    const char *newest = kt_sheet_cell(rows, rows->row_count - 1, "time_period");
    const kt_sheet groups =
        kt_sheet_pick(rows, KT_FILLED("time_period"), KT_FILLED(newest), page->arena);
    const kt_sheet months = group_of(page, rows, kt_sheet_cell(&groups, 0, "occupation_code"));
    const double greatest = greatest_of(rows);
    kt_page_table_begin(page, caption);
    put_head(page, &months);
    kt_html_open(&page->html, "tbody", NULL);
    for (size_t i = 0; i < groups.row_count; i++) {
        const char *code = kt_sheet_cell(&groups, i, "occupation_code");
        if (strcmp(code, "_X") != 0) {
            const kt_sheet group = group_of(page, rows, code);
            put_group(page, &group, greatest);
        }
    }
    kt_html_close(&page->html);
    kt_page_table_end(page);
}

void kt_region_heat(kt_page *page, const kt_place *of)
{
    const kt_sheet rows =
        kt_book_history(page->book, KT_HISTORY_OCCUPATIONS,
                        KT_FILLED("region_level", "region_code"), KT_FILLED(of->level, of->code));
    kt_page_section(page, "groups", kt_page_say(page, KT_WORD_heat));
    kt_html_element(&page->html, "p", KT_FILLED("class", "note"),
                    kt_page_say(page, rows.row_count > 0 ? KT_WORD_heat_note : KT_WORD_heat_none));
    if (rows.row_count > 0) {
        put_heat(page, &rows);
    }
    kt_html_close(&page->html);
}
