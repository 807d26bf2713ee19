/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PAGES_SITE_H
#define KT_PAGES_SITE_H

#include "pages/page.h"
#include "pipeline/page_settings.h"
#include "publish/made_file.h"

/**
 * The pages of a run: html/<language>/<code>.html of every region that has figures in the newest
 * month (municipalities stand on the pages of their areas), an index of them that can be searched,
 * and a page of the run itself. All of it follows from the tables, from what people configured, and
 * from what the manifest says of the run: the publisher makes it, and check-output makes it again.
 */
typedef struct kt_site {
    const kt_contract *contract;
    const kt_page_settings *settings; /* languages, notes */
    kt_book_run run;                  /* folder: of the run or its staging folder */
    unsigned threads;
} kt_site;

/** Every page, in the order of their names; none where no language is configured. */
kt_status kt_site_make(const kt_site *site, kt_arena *arena, kt_made_file **out, size_t *count,
                       kt_error *err) KT_MUST_CHECK;

/** True for a path that only a page may have. */
bool kt_site_owns(const char *path);

/** The index of all regions: the five numbers of each, and what changed. */
kt_status kt_page_index(kt_page *page, kt_error *err) KT_MUST_CHECK;

/** The run: its sources and their ages, checks, what was revised, what would change its headline.
 */
kt_status kt_page_run(kt_page *page, kt_error *err) KT_MUST_CHECK;

/** The accessibility statement. */
#define KT_ACCESSIBILITY_FILE "accessibility.html"
kt_status kt_page_accessibility(kt_page *page, kt_error *err) KT_MUST_CHECK;

/** The run in a few words, as an entry of a feed (Atom, RFC 4287): entry.xml beside the index. */
kt_status kt_page_entry(kt_page *page, kt_error *err) KT_MUST_CHECK;
#define KT_ATOM       "http://www.w3.org/2005/Atom"
#define KT_ENTRY_FILE "entry.xml"

/** A region that has a page. */
typedef struct kt_site_region {
    const char *level, *code;
} kt_site_region;

/** Those that have figures in the newest month, in the order of the levels. Texts are the book's.
 */
const kt_site_region *kt_site_regions(kt_book *book, kt_arena *arena, size_t *count);

/** Levels of regions that have pages, from the country downwards; ended by NULL. */
extern const char *const kt_site_levels[];

#endif
