#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes modelled persons employed by maakunta and occupation of two digits, for the real figures of 12ti.

    employed.py ROOT FILE

Shares are those of the sample (config/sample/shares.csv), round numbers of our own; 2,400,000 persons in 2021 and 2022.
"""
import collections
import csv
import sys

root, out = sys.argv[1:]


def read(name):
    with open(f"{root}/config/{name}", encoding="utf-8") as file:
        return list(csv.DictReader(file))


shares = {(row["kind"], row["code"]): int(row["labour_force"]) for row in read("sample/shares.csv")}
jobs = {code: share for (kind, code), share in shares.items() if kind == "occupation" and share > 0}
areas = collections.Counter()
for row in read("classifications/memberships.csv"):
    if row["parent_level"] == "maakunta" and row["valid_to"] == "":
        areas[row["parent"]] += shares.get(("municipality", row["member"]), 0)
persons = collections.Counter()
for area, size in areas.items():
    for job, share in jobs.items():
        count = round(2400000 * size / areas.total() * share / sum(jobs.values()))
        for key in ((area, job), (area, "SSS"), ("SSS", job), ("SSS", "SSS")):
            persons[key] += count
with open(out, "w", encoding="utf-8") as file:
    file.write("Vuosi,Alue,Ammatti,Employed\n")
    for year in (2021, 2022):
        file.writelines(f"{year},{area},{job},{count}\n" for (area, job), count in sorted(persons.items()))
