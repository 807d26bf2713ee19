/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_SERVER_WRITE_H
#define KT_SERVER_WRITE_H

#include "server/table.h"

/** The forms of kt_form, one function each or for several alike. */

/** JSON-stat 2.0 of PxWeb, of either version, and the metadata of version 2. */
void kt_write_jsonstat(const kt_served_table *table, const kt_selection *selection, FILE *out);

/** PX-JSON; the contents have to be the last variable. */
void kt_write_pxjson(const kt_served_table *table, const kt_selection *selection, FILE *out);

/** A PX file, the contents as its last variable. */
void kt_write_px(const kt_served_table *table, const kt_selection *selection, FILE *out);

/** JSON-stat 2.0 of Eurostat: sparse values, letters as status, no roles. */
void kt_write_eurostat(const kt_served_table *table, const kt_selection *selection, FILE *out);

#endif
