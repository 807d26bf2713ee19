#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds data_source of a run's table `sensitivity` against the shares of its table `two_sources`.

    sheet.py RUN
"""

import csv
import glob
import math
import os
import sys


def rows_of(run, table):
    for path in sorted(glob.glob(os.path.join(run, "csv", table, "*.csv"))):
        with open(path, encoding="utf-8") as file:
            yield from csv.DictReader(file)


def mismatch(cells):
    unemployed, vacancies = (sum(cell[i] for cell in cells) for i in (0, 1))
    return 1 - math.fsum(math.sqrt(u / unemployed * v / vacancies) for u, v in cells)


def main(run):
    figures, expected = {}, {}
    for row in rows_of(run, "two_sources"):
        if row["region_level"] != "country" and row["register"] and row["survey"]:
            place = row["time_period"], row["region_level"]
            of = figures.setdefault(place, {}).setdefault(row["region_code"], {})
            of[row["indicator"]] = float(row["register"]), float(row["survey"])
    for (period, level), regions in figures.items():
        both = [of for of in regions.values() if len(of) == 2]
        for side, name in enumerate(("register", "survey")):
            if len(both) > 1:
                expected[period, f"mismatch {level} 0.5", name] = mismatch(
                    [(of["unemployed"][side], of["vacancies"][side]) for of in both]
                )
    found = {
        (row["time_period"], row["headline"], row["setting"]): float(row["value"])
        for row in rows_of(run, "sensitivity")
        if row["aspect"] == "data_source"
    }
    if len(expected) < 80 or set(found) != set(expected):
        sys.exit(f"not so: {len(found)} rows, expected {len(expected)}, and at least 80")
    worst = max(abs(found[key] - expected[key]) for key in expected)
    if worst > 1e-12:
        sys.exit(f"not so: off by {worst}")
    print(f"{len(found)} rows, off by at most {worst:.1e}")


main(sys.argv[1])
