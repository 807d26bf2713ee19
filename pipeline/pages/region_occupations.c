/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pages/chart.h"
#include "pages/dots.h"
#include "pages/region.h"

#define MOST     60 /* rows of the table */
#define EACH_END 10 /* occupations that are drawn from either end */

/* From shortage to surplus. */
static kt_sheet occupations_of(const kt_page *page, const kt_place *of)
{
    static const char *const states[] = {"shortage", "matching_problem", "balance", "surplus"};
    kt_sheet all = {0};
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        const kt_sheet some =
            kt_book_rows(page->book, "occupation_balance",
                         KT_FILLED("region_level", "region_code", "occupation_level", "state"),
                         KT_FILLED(of->level, of->code, "isco2", states[i]));
        kt_sheet_join(&all, &some, page->arena);
    }
    return all;
}

typedef struct ranked {
    size_t row;
    double far; /* how far the rates are apart: vacancies less unemployment */
} ranked;

static int by_far(const void *a, const void *b)
{
    const ranked *one = a, *other = b;
    return one->far > other->far ? -1 : one->far < other->far ? 1 : one->row < other->row ? -1 : 1;
}

/* Rows with both rates, those with the most vacancies for the unemployed first. */
static size_t rank(const kt_sheet *rows, ranked *out)
{
    size_t count = 0;
    for (size_t row = 0; row < rows->row_count; row++) {
        const double far = kt_sheet_number(rows, row, "vacancy_rate") -
                           kt_sheet_number(rows, row, "unemployment_rate");
        if (!isnan(far)) {
            out[count++] = (ranked){row, far};
        }
    }
    qsort(out, count, sizeof *out, by_far);
    return count;
}

static kt_dots_row row_of(const kt_page *page, const kt_sheet *rows, size_t row)
{
    static const kt_page_column state = KT_SAID("state", "state");
    const char *name = kt_book_name(page->book, "occupation", NULL,
                                    kt_sheet_cell(rows, row, "occupation_code"), page->words->name);
    return (kt_dots_row){
        .name = name,
        .words = kt_arena_print(page->arena, "%s: %s", name, kt_page_cell(page, rows, row, &state)),
        .value = kt_sheet_number(rows, row, "vacancy_rate"),
        .low = NAN,
        .high = NAN,
        .other = kt_sheet_number(rows, row, "unemployment_rate"),
    };
}

static void put_chart(kt_page *page, const kt_sheet *rows)
{
    ranked *order = kt_arena_array(page->arena, ranked, rows->row_count + 1);
    const size_t count = rank(rows, order);
    kt_dots_row *drawn = kt_arena_array(page->arena, kt_dots_row, count + 1);
    size_t drawn_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (i < EACH_END || i + EACH_END >= count) {
            drawn[drawn_count++] = row_of(page, rows, order[i].row);
        }
    }
    const kt_key keys[] = {{"dot", kt_page_say(page, KT_WORD_curve_vacancies)},
                           {"circle", kt_page_say(page, KT_WORD_curve_unemployment)}};
    const kt_dots dots = {.id = "occupations",
                          .title = kt_page_say(page, KT_WORD_occupations_chart),
                          .description = kt_page_say(page, KT_WORD_occupations_read),
                          .rows = drawn,
                          .count = drawn_count,
                          .line = NAN,
                          .percent = true};
    if (drawn_count > 0) {
        kt_html_element(&page->html, "p", NULL, kt_page_say(page, KT_WORD_occupations_read));
        kt_keys_put(page, keys, sizeof keys / sizeof keys[0]);
        kt_dots_put(page, &dots);
    }
}

void kt_region_occupations(kt_page *page, const kt_place *of)
{
    static const kt_page_column columns[] = {
        KT_NAMES("occupation_code", "occupation"),
        KT_SAID("state", "state"),
        KT_NUMBERS("degree", 0),
        KT_NUMBERS("unemployed", 0),
        KT_NUMBERS("vacancies", 0),
        KT_SAID("robustness", "robustness"),
        KT_NO_MORE,
    };
    const kt_sheet rows = occupations_of(page, of);
    kt_page_section(page, "occupations", kt_page_say(page, KT_WORD_occupations));
    kt_html_element(&page->html, "p", KT_FILLED("class", "note"),
                    kt_page_say(page, KT_WORD_occupations_note));
    if (rows.row_count == 0) {
        kt_html_element(&page->html, "p", NULL, kt_page_say(page, KT_WORD_occupations_none));
    } else {
        put_chart(page, &rows);
        kt_page_table(page, kt_page_say(page, KT_WORD_occupations), &rows, columns, MOST);
    }
    kt_html_close(&page->html);
}
