/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PAGES_COMPARE_PAGE_H
#define KT_PAGES_COMPARE_PAGE_H

#include "pages/region.h"

#define KT_COMPARED_LEAST 2
#define KT_COMPARED_MOST  5

/** Two to five regions side by side; of each, level and code are given. KT_ERR_NOT_FOUND if the run
 * has no figures of one. */
kt_status kt_page_compare(kt_page *page, const kt_place *asked, size_t count,
                          kt_error *err) KT_MUST_CHECK;

#endif
