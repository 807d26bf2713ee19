#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the rows of `effective_tightness` against `kohtaanto measure`, digit by digit, and against observations.

effective_tightness.py RUN PROGRAM SOURCE CONFIG

CONFIG is the file with the distances; the weights are computed from it here, by another formula for the great
circle, and given to `measure` as a file. A month in which a region has no figure has none for any region.
"""
import collections
import csv
import io
import json
import math
import subprocess
import sys
import tempfile

run, program, source, config = sys.argv[1:]
with open(config, encoding="utf-8") as file:
    entry = json.load(file)["effective_tightness"][0]


def rows(table):
    with open(f"{run}/csv/{table}/{table}_2023.csv", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def weight(one, other):
    (p1, l1), (p2, l2) = (map(math.radians, entry["distance"]["coordinates"][r]) for r in (one, other))
    cosine = math.sin(p1) * math.sin(p2) + math.cos(p1) * math.cos(p2) * math.cos(l2 - l1)
    return math.exp(-entry["distance"]["decay_per_km"] * 6371.0088 * math.acos(min(1.0, cosine)))


regions = sorted(entry["distance"]["coordinates"])
with tempfile.NamedTemporaryFile("w", suffix=".csv") as weights:
    weights.write(",".join(["region", *regions]) + "\n")
    for one in regions:
        weights.write(",".join([one, *(repr(1.0 if one == r else weight(one, r)) for r in regions)]) + "\n")
    weights.flush()
    cells = "time_period,market,unemployed,vacancies\n"
    for row in rows("observations"):
        if row["source"] == source and row["region_level"] == "maakunta" and row["region_code"] in regions:
            cells += ",".join(row[k] for k in ("time_period", "region_code", "unemployed", "vacancies")) + "\n"
    out = subprocess.run([program, "measure", "effective_tightness", "--weights", weights.name], input=cells,
                         capture_output=True, check=True, text=True).stdout
partial = {line.split(",")[0] for line in cells.splitlines() if "" in line.split(",")}
said = {(r["time_period"], r["market"]): r["value"] for r in csv.DictReader(io.StringIO(out))}
sums, seen = collections.defaultdict(float), 0
for row in rows("effective_tightness"):
    if row["weights"] != entry["name"]:
        continue
    wanted, found = said[row["time_period"], row["region_code"]], row["effective_tightness"]
    wanted = "" if row["time_period"] in partial else wanted
    if (wanted == "") != (found == "") or found and abs(float(found) / float(wanted) - 1) > 1e-9:
        sys.exit(f"{row['time_period']} {row['region_code']}: {found} is not {wanted}")
    if found:
        seen += 1
        sums[row["time_period"]] += int(row["unemployed"]) * float(found) - int(row["vacancies"])
if not seen or any(abs(off) > 1e-6 for off in sums.values()):
    sys.exit(f"{seen} figures; sums off by {dict(sums)}")
