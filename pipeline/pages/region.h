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
} kt_place;

/** Five numbers, and in words what changed. */
void kt_region_numbers(kt_page *page, const kt_place *of);
void kt_region_trends(kt_page *page, const kt_place *of);

/** Vacancies for each unemployed person over the months, beside the country's. */
void kt_region_tightness(kt_page *page, const kt_place *of);

/** Its occupations from shortage to surplus. */
void kt_region_occupations(kt_page *page, const kt_place *of);

/** What the figures come from, and how old they are. */
void kt_region_quality(kt_page *page);

#endif
