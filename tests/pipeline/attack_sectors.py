#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attacks the published sectors: what do their sums tell of the figures that they protect?

    attack_sectors.py [--limits 1,4] RUN

Reads csv/ alone. Of each period, source and revision: sectors sum to all of them, divisions to their
section, regions to the country with what is in none; a region that has R posts of N has R + C - N of
a sector's C at least; and a total that `observations` hides stands in no row. A row without a figure
can be anything. Each sum is a sum of intervals. A row with the source's limits, or with none, that
ends up inside them is written out, and the exit code is 1; none are the rows of zeros.
"""
import argparse
import collections
import csv
import glob
import math
import os
import sys


def rows_of(run, table):
    for path in sorted(glob.glob(os.path.join(run, "csv", table, "*.csv"))):
        with open(path, encoding="utf-8", newline="") as lines:
            yield from csv.DictReader(lines)


def interval_of(row):
    if not row["vacancies_low"]:
        return 0, math.inf
    return float(row["vacancies_low"]), float(row["vacancies_high"] or math.inf)


class Attack:
    def __init__(self, run, limits):
        self.limits, self.leaks, self.equations = limits, [], 0
        self.sections = {(row["revision"], row["code"]): row["parents"].split("tol1=")[-1].split(";")[0]
                         for row in rows_of(run, "dim_sector") if row["level"] == "tol2"}
        self.totals = {(row["time_period"], row["region_level"], row["region_code"]): row
                       for row in rows_of(run, "observations")
                       if row["occupation_level"] == "_T"}
        tables = collections.defaultdict(dict)
        for row in rows_of(run, "sectors"):
            table = row["time_period"], row["source"], row["sector_revision"]
            tables[table][row["region_level"], row["region_code"],
                          row["sector_level"], row["sector_code"]] = row
        for name, table in tables.items():
            self.attack_table(name, table)

    def attack_table(self, name, table):
        for key, row in table.items():
            if row["obs_status"] == "Q" and row["vacancies"]:
                self.leaks.append((name, key, "is published"))
            self.hold_to_observations(name, key, row)
        below = collections.defaultdict(list)
        for region_level, region, level, code in table:
            here = region_level, region
            if level != "_T":
                below[here + ("_T", "_T"), level].append(here + (level, code))
            if level == "tol2":
                section = self.sections.get((name[2], code))
                below[here + ("tol1", section), level].append(here + (level, code))
            if region_level != "country" and not region.startswith("_X"):
                below[("country", "SSS", level, code), region_level].append((region_level, region, level, code))
        for (total, level), parts in below.items():
            rest = [(level, "_X") + total[2:]] if total[0] == "country" and level in (
                "maakunta", "seutukunta", "kunta") else []
            if total in table and all(part in table for part in rest):
                self.solve(name, table, total, parts + rest)
        self.hold_overlap(name, table)

    def hold_to_observations(self, name, key, row):
        """A total that one table covers stands in no other."""
        other = self.totals.get((name[0],) + key[:2])
        exact = row["vacancies"] and row["vacancies_low"] == row["vacancies_high"]
        if key[2] == "_T" and other and other["vacancies_status"] == "Q" and exact:
            self.leaks.append((name, key, "is covered in observations"))

    def solve(self, name, table, total, parts):
        ends = {key: interval_of(table[key]) for key in [total] + parts}
        self.equations += 1
        for part in parts:
            others = [ends[other] for other in parts if other != part]
            least = ends[total][0] - sum(end[1] for end in others)
            most = ends[total][1] - sum(end[0] for end in others)
            self.hold(name, table, part, least, most, total)

    def hold_overlap(self, name, table):
        """A region and a sector of the country that cannot pass one another."""
        everything = table.get(("country", "SSS", "_T", "_T"))
        if everything is None:
            return
        for key in table:
            region, sector = table.get(key[:2] + ("_T", "_T")), table.get(("country", "SSS") + key[2:])
            if key[0] != "country" and key[2] != "_T" and region and sector:
                least = interval_of(region)[0] + interval_of(sector)[0] - interval_of(everything)[1]
                most = min(interval_of(region)[1], interval_of(sector)[1])
                self.hold(name, table, key, least, most, ("all", "posts"))

    def hold(self, name, table, key, least, most, total):
        low, high = self.limits
        row = table[key]
        open_row = (not row["vacancies_low"] or
                    row["obs_status"] == "Q" and interval_of(row) == (low, high))
        if open_row and (least > low or 0 < most < high):
            self.leaks.append((name, key, "is %g..%g in %s" % (least, most, " ".join(total))))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--limits", default="1,4")
    parser.add_argument("run")
    given = parser.parse_args()
    attack = Attack(given.run, tuple(float(end) for end in given.limits.split(",")))
    for name, key, words in attack.leaks[:20]:
        print(" ".join(name), " ".join(key), words)
    print("%d leaks, %d sums tried" % (len(attack.leaks), attack.equations))
    return 1 if attack.leaks else 0


if __name__ == "__main__":
    sys.exit(main())
