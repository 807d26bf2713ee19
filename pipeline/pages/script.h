/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PAGES_SCRIPT_H
#define KT_PAGES_SCRIPT_H

/**
 * The one script of the pages: it puts a field above the tables of the index that leaves only the
 * rows in which its words stand. Without it nothing is lost, as the tables are there whole.
 */
extern const char kt_page_script[];

#endif
