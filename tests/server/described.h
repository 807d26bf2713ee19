/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_SERVER_DESCRIBED_H
#define KT_SERVER_DESCRIBED_H

#include "core/problems.h"
#include "server/table.h"

/**
 * Reads a table out of a JSON file, for tests of services of any kind:
 *
 *     {"id": "13760", "subject": "aku", "title": "Arbeidsledige", "source": "SSB",
 *      "updated": "2026-10-29T07:00:00Z", "discontinued": false,
 *      "variables": [
 *        {"code": "Region", "text": "region", "is": "geo", "values": ["0", "03"],
 *         "labels": ["Hele landet", "Oslo"], "total": "0",
 *         "codelists": [{"id": "vs_Fylker", "label": "fylker", "values": ["03"]},
 *                       {"id": "agg_Alt", "label": "alt", "values": ["x"], "members": [["03"]]}]},
 *        {"code": "ContentsCode", "text": "innhold", "is": "contents", "values": ["Ledige"]},
 *        {"code": "Tid", "text": "måned", "is": "time", "first": "2026M01", "count": 3}],
 *      "figures": [1, 2, "...", 4, 5, 6], "flags": {"5": "p"}}
 *
 * Figures stand row-major, a symbol in place of one that there is not; without the key each follows
 * from the cell's codes (kt_test_figure) or, where a variable has "weights", a number for each of
 * its values, is the product of the weights: so parts add up to totals. Flags are Eurostat's, by
 * the cell's place. Periods are listed, or counted from the first: 2026M01, 2026-01, 2026Q1,
 * 2026K1, 2026-Q1, 2026. NULL if anything is wrong; problems then says what.
 */
kt_served_table *kt_served_table_load(const char *path, kt_arena *arena, kt_problems *problems);

#endif
