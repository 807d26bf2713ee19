/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PAGES_REGION_H
#define KT_PAGES_REGION_H

#include "pages/page.h"

/** The sections of a region's page; each is put into the page whole. */

#define KT_COUNTRY_LEVEL "country"
#define KT_COUNTRY       "SSS"

/** Whose page it is, and what its sections start from. */
typedef struct kt_place {
    const char *level, *code, *name;
    kt_sheet newest, country; /* changes of the newest month, here and in the country */
    const char *month;        /* that month */
} kt_place;

/** KT_ERR_NOT_FOUND if the run has no figures of it. */
kt_status kt_region_place(const kt_page *page, const char *level, const char *code, kt_place *out,
                          kt_error *err) KT_MUST_CHECK;

/** The whole country. */
kt_place kt_region_country(const kt_page *page);

/** The sentence of a row of changes; NULL where its change is not to be told. */
const char *kt_region_told(const kt_page *page, const kt_sheet *changes, size_t row);

/** What the page is called, and what stands under that: the month, its day, the next one. */
const char *kt_region_title(const kt_page *page, const kt_place *of);
const char *kt_region_subtitle(const kt_page *page, const kt_place *of);

/** Whether job seekers per vacancy are told to have changed in a sheet of changes, in a few words.
 */
kt_word kt_region_change(const kt_sheet *changes);

/** Five numbers, and in words what changed. */
void kt_region_numbers(kt_page *page, const kt_place *of);
void kt_region_trends(kt_page *page, const kt_place *of);

/** Vacancies for each unemployed person over the months, beside the country's. */
void kt_region_tightness(kt_page *page, const kt_place *of);

/** Unemployed and vacancies of this year on the band of the five years before. */
void kt_region_season(kt_page *page, const kt_place *of);

/** Where rates of unemployment and of vacancies have been in five years. */
void kt_region_curve(kt_page *page, const kt_place *of);

/** Vacancies for each unemployed person in groups of occupations, by month. */
void kt_region_heat(kt_page *page, const kt_place *of);

/** The regions of its level (of the country: maakunnat) side by side, and on a map of tiles. */
void kt_region_beside(kt_page *page, const kt_place *of);

/** Its municipalities. */
void kt_region_towns(kt_page *page, const kt_place *of);

/** Its occupations from shortage to surplus. */
void kt_region_occupations(kt_page *page, const kt_place *of);

/** A table with a line for each region: its head (last: a column at its end, NULL for none), and
 * the cells of a line from the region's newest rows of `changes`. */
void kt_region_line_titles(kt_page *page, const char *last);
void kt_region_line_cells(kt_page *page, const kt_sheet *newest);

/** Regions of its level that are of a similar size. */
void kt_region_peers(kt_page *page, const kt_place *of);

/** What people of it count themselves; nothing where they do not. */
void kt_region_own(kt_page *page, const kt_place *of);

/** What the figures come from, and how old they are. */
void kt_region_quality(kt_page *page);

/** What the words of the page mean. */
void kt_region_definitions(kt_page *page);

#endif
