#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Gives the cells of a crossed market of a run, from its observations, to `kohtaanto measure decomposition`,
and holds the table `decomposition` against what that says, digit by digit.

decomposition.py RUN PROGRAM REGION_LEVEL OCCUPATION_LEVEL

Periods in which a figure of a cell is not published are left out: the run knows more of them.
"""
import collections
import csv
import io
import subprocess
import sys

run, program, region_level, occupation_level = sys.argv[1:]
PARTS = ("mismatch", "mismatch_region", "within_region", "mismatch_occupation", "within_occupation",
         "interaction", "shapley_region", "shapley_occupation")


def rows(table):
    with open(f"{run}/csv/{table}/{table}_2023.csv", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def measure(cells, alpha):
    text = "region,occupation,unemployed,vacancies\n" + "".join(",".join(c) + "\n" for c in cells)
    out = subprocess.run([program, "measure", "decomposition", "--param", f"alpha={alpha}"], input=text,
                         capture_output=True, check=True, text=True).stdout
    return next(csv.DictReader(io.StringIO(out)))


cells = collections.defaultdict(list)
for row in rows("observations"):
    if row["region_level"] == region_level and row["occupation_level"] == occupation_level \
            and row["region_code"] not in ("_X1", "_X2", "_X3"):
        known = row["region_code"] != "_X" and row["occupation_code"] != "_X"
        cells[row["time_period"], known].append(
            (row["region_code"], row["occupation_code"], row["unemployed"], row["vacancies"]))

seen = collections.Counter()
for row in rows("decomposition"):
    if (row["region_level"], row["occupation_level"]) != (region_level, occupation_level):
        continue
    own = list(cells[row["time_period"], True])
    if row["population"] == "with_X":
        own += cells[row["time_period"], False]
    if any("" in cell for cell in own):
        continue
    said = measure(own, row["alpha"])
    for part in PARTS:
        if abs(float(said[part]) - float(row[part])) > 1e-12:
            sys.exit(f"{row['time_period']} {row['population']} {row['alpha']} {part}: "
                     f"{row[part]} is not {said[part]}")
    seen[row["population"]] += 1
print(dict(seen))
sys.exit(0 if min(seen["with_X"], seen["without_X"]) > 0 else "no period without a protected figure")
