#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""peers.py CSV LEVEL CODE: the region and the four of its level whose unemployed are the nearest to its
own by ratio, by name, from the tables."""

import csv
import os
import sys


def read(folder, table):
    with open(os.path.join(folder, table, table + ".csv"), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


folder, level, code = sys.argv[1:4]
rows = [r for r in read(folder, "changes") if r["region_level"] == level and r["indicator"] == "unemployed" and r["value"]]
newest = max(r["time_period"] for r in rows)
found = {r["region_code"]: float(r["value"]) for r in rows if r["time_period"] == newest}
names = {r["code"]: r["name_fi"] for r in read(folder, "dim_region") if r["level"] == level}
others = sorted((max(v / found[code], found[code] / v), c) for c, v in found.items() if c != code and v > 0)
for one in [code] + [c for _, c in others[:4]]:
    print(names[one])
