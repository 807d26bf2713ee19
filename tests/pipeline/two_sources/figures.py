#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds a run's table `two_sources` against the register's and the surveys' own figures of ../shared.

    figures.py SHARED ROOT RUN FIRST LAST      quarters, such as 2013Q1 2023Q3
"""

import csv
import gzip
import os
import sys

CONTENTS = {"unemployed": "TYOTTOMATLOPUSSA", "vacancies": "AVPAIKATLOPUSSA"}


def expect(good, words):
    if not good:
        sys.exit("not so: " + words)


def suuralue_of(root):
    with open(os.path.join(root, "config/classifications/memberships.csv"), encoding="utf-8") as file:
        return {
            row["member"]: row["parent"]
            for row in csv.DictReader(file)
            if row["parent_level"] == "suuralue" and row["member"].startswith("MK")
        }


def register(shared, root):
    """(region, month, content) -> posts or persons, of the country and of each suuralue."""
    above, found = suuralue_of(root), {}
    path = os.path.join(shared, "data/statfin/tyonv_12r5_2006M01_2023M10.csv.gz")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            region = "SSS" if row["alue"] == "SSS" else above.get(row["alue"])
            if region is not None and row["tiedot"] in CONTENTS.values():
                key = region, row["time"][:7], row["tiedot"]
                found[key] = found.get(key, 0) + float(row["value"])
    return found


def surveys(shared):
    """(indicator, region, first month) -> what the survey says."""
    found = {}
    for indicator, name, column, scale in (
        ("unemployed", "tyti_137i.csv", "suuralue_2012", 1000),
        ("vacancies", "atp_11n1.csv", "suuralue", 1),
    ):
        with open(os.path.join(shared, "data/statfin", name), encoding="utf-8") as file:
            for row in csv.DictReader(file):
                found[indicator, row[column], row["time"][:7]] = float(row["value"]) * scale
    return found


def months_of(quarter):
    first = 3 * int(quarter[5]) - 2
    return [f"{quarter[:4]}-{first + i:02d}" for i in range(3)]


def counted(months, indicator, region, quarter):
    """Of persons the mean of three month-ends; of posts the end of the second month, a day before."""
    figures = [months[region, month, CONTENTS[indicator]] for month in months_of(quarter)]
    return round(sum(figures) / 3) if indicator == "unemployed" else figures[1]


def main(shared, root, run, first, last):
    months, asked = register(shared, root), surveys(shared)
    with open(os.path.join(run, "csv/two_sources/two_sources.csv"), encoding="utf-8") as file:
        rows = {(r["indicator"], r["region_code"], r["time_period"]): r for r in csv.DictReader(file)}
    quarters = [f"{y}Q{q}" for y in range(2013, 2024) for q in range(1, 5)]
    checked = 0
    for quarter in quarters[quarters.index(first) : quarters.index(last) + 1]:
        for indicator in CONTENTS:
            for region in ("SSS", "SA1", "SA2", "SA3", "SA4"):
                row = rows[indicator, region, quarter]
                survey = asked[indicator, region, months_of(quarter)[0]]
                own = counted(months, indicator, region, quarter)
                expect(float(row["survey"]) == survey, f"{row}: the survey says {survey}")
                expect(float(row["register"]) == own, f"{row}: the register says {own}")
                expect(abs(float(row["ratio"]) - own / survey) < 1e-15, f"{row}: {own / survey}")
                expect(row["obs_status"] == "A", f"{row}: expected A")
                checked += 1
    print(f"{checked} ratios")


if __name__ == "__main__":
    main(*sys.argv[1:])
