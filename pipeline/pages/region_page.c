/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/number.h"
#include "pages/chart.h"
#include "pages/page.h"

/*
 * A region in one minute: five numbers and what changed, then how tight its market is beside the
 * whole country's, its occupations, its projects, its municipalities, and how sure all of it is.
 */

#define COUNTRY_LEVEL "country"
#define COUNTRY       "SSS"
#define OCCUPATIONS   60
#define PROJECTS      40

/* What the sections of a region start from. */
typedef struct place {
    const char *level, *code, *name;
    kt_sheet newest, country; /* changes of the newest month, here and in the country */
} place;

/* The row of an indicator in a sheet of changes; row_count if there is none. */
static size_t row_of(const kt_sheet *changes, const char *indicator)
{
    return kt_sheet_find(changes, "indicator", indicator, 0);
}

static const char *figure_of(const kt_page *page, const kt_sheet *changes, const char *indicator,
                             const char *column, int decimals)
{
    const size_t row = row_of(changes, indicator);
    return row < changes->row_count ? kt_page_figure(page, changes, row, column, decimals)
                                    : kt_page_say(page, KT_WORD_status_L);
}

static void put_tile(kt_page *page, const place *of, const char *indicator, int decimals)
{
    kt_html *to = &page->html;
    const char *name = kt_book_name(page->book, "indicator", NULL, indicator, page->words->name);
    kt_html_open(to, "li", NULL);
    kt_html_element(to, "span", NULL, name);
    kt_html_element(to, "b", NULL, figure_of(page, &of->newest, indicator, "value", decimals));
    kt_html_element(to, "span", KT_FILLED("class", "note"),
                    kt_say(page->words, KT_WORD_year_ago,
                           KT_FILLED(figure_of(page, &of->newest, indicator,
                                               "same_period_last_year", decimals)),
                           page->arena));
    if (strcmp(of->code, COUNTRY) != 0) {
        kt_html_element(
            to, "span", KT_FILLED("class", "note"),
            kt_say(page->words, KT_WORD_whole_country,
                   KT_FILLED(figure_of(page, &of->country, indicator, "value", decimals)),
                   page->arena));
    }
}

/* The share of the long-term unemployed stands in its own table. */
static void put_long_term(kt_page *page, const place *of)
{
    put_tile(page, of, "long_term", 0);
    const kt_sheet groups = kt_book_rows(page->book, "target_groups",
                                         KT_FILLED("region_level", "region_code", "group_code"),
                                         KT_FILLED(of->level, of->code, "long_term"));
    if (groups.row_count > 0) {
        kt_html_element(&page->html, "span", KT_FILLED("class", "note"),
                        kt_say(page->words, KT_WORD_share_of_unemployed,
                               KT_FILLED(kt_page_figure(page, &groups, groups.row_count - 1,
                                                        "share_of_unemployed", 1)),
                               page->arena));
    }
    kt_html_close(&page->html);
}

static void put_numbers(kt_page *page, const place *of)
{
    static const struct {
        const char *indicator;
        int decimals;
    } tiles[] = {
        {"unemployed", 0}, {"vacancies", 0}, {"job_seekers_per_vacancy", 1}, {"vacancies_new", 0}};
    kt_page_section(page, "numbers", kt_page_say(page, KT_WORD_numbers));
    kt_html_open(&page->html, "ul", KT_FILLED("class", "tiles"));
    for (size_t i = 0; i < sizeof tiles / sizeof tiles[0]; i++) {
        put_tile(page, of, tiles[i].indicator, tiles[i].decimals);
        kt_html_close(&page->html);
    }
    put_long_term(page, of);
    kt_html_close(&page->html);
    kt_html_close(&page->html);
}

static void put_told(kt_page *page, const kt_sheet *changes, size_t row)
{
    double now = 0.0, before = 0.0;
    const char *value = kt_sheet_cell(changes, row, "value");
    const char *earlier = kt_sheet_cell(changes, row, "same_period_last_year");
    if (!kt_number_read(value, strlen(value), &now) ||
        !kt_number_read(earlier, strlen(earlier), &before)) {
        return;
    }
    const char *indicator = kt_sheet_cell(changes, row, "indicator");
    const int decimals = strcmp(indicator, "job_seekers_per_vacancy") == 0 ? 1 : 0;
    const char *name = kt_book_name(page->book, "indicator", NULL, indicator, page->words->name);
    kt_html_element(&page->html, "li", NULL,
                    kt_say(page->words, now > before ? KT_WORD_told_more : KT_WORD_told_fewer,
                           KT_FILLED(name, kt_say_number(page->words, value, decimals, page->arena),
                                     kt_say_number(page->words, earlier, decimals, page->arena)),
                           page->arena));
}

/* A change is told where the table of changes says that it is one to tell, and nowhere else.
 * Tightness is job seekers per vacancy the other way round: one of them is enough. */
static bool is_told(const kt_sheet *changes, size_t row)
{
    return strcmp(kt_sheet_cell(changes, row, "told"), "true") == 0 &&
           strcmp(kt_sheet_cell(changes, row, "indicator"), "tightness") != 0;
}

static void put_trends(kt_page *page, const place *of)
{
    size_t told = 0;
    kt_page_section(page, "trends", kt_page_say(page, KT_WORD_trends));
    for (size_t row = 0; row < of->newest.row_count; row++) {
        if (!is_told(&of->newest, row)) {
            continue;
        }
        if (told++ == 0) {
            kt_html_open(&page->html, "ul", NULL);
        }
        put_told(page, &of->newest, row);
    }
    if (told > 0) {
        kt_html_close(&page->html);
    } else {
        kt_html_element(&page->html, "p", NULL, kt_page_say(page, KT_WORD_told_none));
    }
    kt_html_element(&page->html, "p", KT_FILLED("class", "note"),
                    kt_page_say(page, KT_WORD_told_note));
    kt_html_close(&page->html);
}

static double number_in(const kt_sheet *sheet, size_t row, const char *column)
{
    double number = NAN;
    const char *cell = kt_sheet_cell(sheet, row, column);
    return kt_number_read(cell, strlen(cell), &number) ? number : NAN;
}

static kt_sheet months_of(const kt_page *page, const char *level, const char *code)
{
    return kt_book_rows(page->book, "changes",
                        KT_FILLED("region_level", "region_code", "indicator"),
                        KT_FILLED(level, code, "tightness"));
}

static void put_chart(kt_page *page, const place *of, const kt_sheet *here, const kt_sheet *country)
{
    const size_t count = here->row_count;
    double *own = kt_arena_array(page->arena, double, count);
    double *other = kt_arena_array(page->arena, double, count);
    const char **labels = kt_arena_array(page->arena, const char *, count);
    for (size_t i = 0; i < count; i++) {
        const char *period = kt_sheet_cell(here, i, "time_period");
        const size_t same = kt_sheet_find(country, "time_period", period, 0);
        labels[i] = kt_arena_print(page->arena, "%s/%.4s", period + 5, period);
        own[i] = number_in(here, i, "value");
        other[i] = same < country->row_count ? number_in(country, same, "value") : NAN;
    }

    const char *name =
        kt_book_name(page->book, "region", COUNTRY_LEVEL, COUNTRY, page->words->name);
    const kt_chart_line lines[] = {{of->name, "own", own}, {name, "other", other}};
    const char *first = kt_sheet_cell(here, 0, "time_period");
    const char *last = kt_sheet_cell(here, count - 1, "time_period");
    const kt_chart chart = {
        .title = kt_page_say(page, KT_WORD_chart_tightness),
        .description = kt_say(page->words, KT_WORD_chart_text,
                              KT_FILLED(of->name, kt_say_period(page->words, first, page->arena),
                                        kt_say_period(page->words, last, page->arena),
                                        kt_page_figure(page, here, count - 1, "value", 2),
                                        kt_say_period(page->words, last, page->arena)),
                              page->arena),
        .count = count,
        .labels = labels,
        .lines = lines,
        .line_count = strcmp(of->code, COUNTRY) == 0 ? 1 : 2,
        .decimals = 2,
    };
    kt_chart_put(page, &chart);
}

static void put_tightness(kt_page *page, const place *of)
{
    static const kt_page_column columns[] = {
        KT_NUMBERS("time_period", 0),
        KT_NUMBERS("value", 3),
        KT_NUMBERS("same_period_last_year", 3),
        KT_NUMBERS("mean_12", 3),
        KT_NO_MORE,
    };
    const kt_sheet here = months_of(page, of->level, of->code);
    const kt_sheet country = months_of(page, COUNTRY_LEVEL, COUNTRY);
    if (here.row_count == 0) {
        return;
    }
    kt_page_section(page, "tightness", kt_page_say(page, KT_WORD_chart_tightness));
    put_chart(page, of, &here, &country);
    kt_html_open(&page->html, "details", NULL);
    kt_html_element(&page->html, "summary", NULL, kt_page_say(page, KT_WORD_data_table));
    kt_page_table(page, kt_page_say(page, KT_WORD_chart_tightness), &here, columns, 0);
    kt_html_close(&page->html);
    kt_html_close(&page->html);
}

/* A table with a note above it, or the words that say that there is nothing. */
typedef struct part {
    const char *id;
    kt_word heading, note, nothing; /* note: KT_WORDS for none */
    const kt_page_column *columns;
    size_t most;
} part;

static void put_part(kt_page *page, const part *is, const kt_sheet *sheet)
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

static void put_occupations(kt_page *page, const place *of)
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
    /* from shortage to surplus */
    static const char *const states[] = {"shortage", "matching_problem", "balance", "surplus"};
    const part is = {
        "occupations", KT_WORD_occupations, KT_WORD_occupations_note, KT_WORD_occupations_none,
        columns,       OCCUPATIONS};
    kt_sheet all = {0};
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        const kt_sheet some =
            kt_book_rows(page->book, "occupation_balance",
                         KT_FILLED("region_level", "region_code", "occupation_level", "state"),
                         KT_FILLED(of->level, of->code, "isco2", states[i]));
        kt_sheet_join(&all, &some, page->arena);
    }
    put_part(page, &is, &all);
}

static void put_coverage(kt_page *page, const place *of)
{
    const part is = {"coverage",
                     KT_WORD_coverage,
                     KT_WORD_coverage_note,
                     KT_WORD_coverage_none,
                     kt_page_coverage_columns,
                     0};
    const kt_sheet rows = kt_page_coverage(page, of->level, of->code);
    put_part(page, &is, &rows);
}

static void put_ongoing(kt_page *page, const place *of)
{
    static const kt_page_column columns[] = {
        KT_CELLS("name"),
        KT_CELLS("organisation"),
        KT_SAID("phase", "phase"),
        KT_CELLS("start_date"),
        KT_CELLS("end_date"),
        KT_NUMBERS("granted_eu_state_eur", 0),
        KT_NO_MORE,
    };
    const part is = {"projects",           KT_WORD_ongoing, KT_WORDS,
                     KT_WORD_ongoing_none, columns,         PROJECTS};
    const kt_sheet rows =
        kt_book_rows(page->book, "ongoing_projects", KT_FILLED("region_level", "region_code"),
                     KT_FILLED(of->level, of->code));
    put_part(page, &is, &rows);
}

static void put_quality(kt_page *page)
{
    static const kt_page_column columns[] = {
        KT_CELLS("title"),
        KT_CELLS("last_period"),
        KT_CELLS("updated_at_source"),
        KT_NUMBERS("age_days", 0),
        KT_SAID("state", "state"),
        KT_CELLS("citation"),
        KT_NO_MORE,
    };
    const part is = {"quality", KT_WORD_quality, KT_WORDS, KT_WORD_nothing, columns, 0};
    put_part(page, &is, kt_book_table(page->book, "sources"));
}

kt_status kt_page_region(kt_page *page, const char *level, const char *code, kt_error *err)
{
    const place of = {
        .level = level,
        .code = code,
        .name = kt_book_name(page->book, "region", level, code, page->words->name),
        .newest = kt_page_newest_changes(page, level, code),
        .country = kt_page_newest_changes(page, COUNTRY_LEVEL, COUNTRY),
    };
    KT_TRY(kt_book_end(page->book, err));
    if (of.newest.row_count == 0) {
        return kt_fail(err, KT_ERR_NOT_FOUND, "region %s: the published run has no figures of it",
                       code);
    }
    const char *period =
        kt_say_period(page->words, kt_sheet_cell(&of.newest, 0, "time_period"), page->arena);
    kt_page_begin(page, of.name,
                  kt_say(page->words, KT_WORD_region_line, KT_FILLED(period), page->arena));
    put_numbers(page, &of);
    put_trends(page, &of);
    put_tightness(page, &of);
    put_occupations(page, &of);
    put_coverage(page, &of);
    put_ongoing(page, &of);
    kt_page_notes(page, &of.newest);
    put_quality(page);
    return kt_page_end(page, err);
}
