#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sums the occupations of municipalities into employment areas again, from the service's own figures.

    areas.py RUN PORT CLASSIFICATIONS LIMIT

RUN was published from the sample server on PORT. Of each row of 12ti-kunta-modelled of the newest month are known,
from the replies alone, the sum of its published cells and how many are hidden: its figure lies between that sum with
all of them at 1 and with all at 4, and so must its interval. It is exact where none is hidden. Whether it is
assessable follows from its point, which lies there too; where all that the point can be is on one side of the limit,
the status must be on that side. Intervals of areas that are a maakunta's municipalities are held against the maakunta's
own row. Exit code 1 and a line for each difference.
"""
import collections
import csv
import glob
import json
import sys
import urllib.request

run, port, classes, limit = sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4])
CONTENTS = {"TYOTTOMATLOPUSSA": "unemployed", "AVPAIKATLOPUSSA": "vacancies"}
faults = []


def rows_of(pattern):
    for path in sorted(glob.glob(pattern)):
        with open(path, encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def fetch(period):
    query = [{"code": "timeperiod_m", "selection": {"filter": "item", "values": [period]}}]
    query += [{"code": c, "selection": {"filter": "all", "values": ["*"]}}
              for c in ("Alue", "Ammattiryhmä", "contentscode")]
    body = json.dumps({"query": query, "response": {"format": "json-stat2"}}).encode()
    url = f"http://127.0.0.1:{port}/PxWeb/api/v1/fi/StatFin/tyonv/12ti.px"
    with urllib.request.urlopen(urllib.request.Request(url, body)) as reply:
        data = json.load(reply)
    axes = [sorted(d["category"]["index"], key=d["category"]["index"].get)
            for d in (data["dimension"][i] for i in data["id"])]
    cells = {}
    for n, value in enumerate(data["value"]):
        key, rest = {}, n
        for name, axis in reversed(list(zip(data["id"], axes))):
            key[name] = axis[rest % len(axis)]
            rest //= len(axis)
        cells[key["Alue"], key["Ammattiryhmä"], key["contentscode"]] = value
    return cells


def occupations_of(code, all_codes):
    if code == "_X":
        return [c for c in all_codes if c.startswith("X")]
    digits = code.partition("-")[2]
    return [c for c in all_codes if c not in ("SSS",) and not c.startswith("X") and c.startswith(digits)]


observed = [r for r in rows_of(run + "/csv/observations/*.csv") if r["source"] == "12ti-kunta-modelled"]
newest = max(r["time_period"] for r in observed)
cells = fetch(newest)
all_codes = sorted({key[1] for key in cells})
members = collections.defaultdict(list)
for row in rows_of(classes + "/memberships.csv"):
    if row["parent_level"] == "tyollisyysalue" and not row["valid_to"]:
        members[row["parent"]].append(row["member"])
seen = collections.Counter()
for row in observed:
    if row["time_period"] != newest or row["region_code"].startswith("_X"):
        continue
    for content, name in CONTENTS.items():
        parts = [cells[area, code, content] for area in members[row["region_code"]]
                 for code in occupations_of(row["occupation_code"], all_codes)]
        known, hidden = sum(p for p in parts if p is not None), sum(p is None for p in parts)
        low, high, status = float(row[name + "_low"]), float(row[name + "_high"]), row[name + "_status"]
        where = f"{row['region_code']} {row['occupation_code']} {name}"
        seen[status] += 1
        if not known + hidden <= low <= high <= known + 4 * hidden:
            faults.append(f"{where}: {low}..{high} of {known} known and {hidden} hidden")
        if (hidden == 0) != (status == "A"):
            faults.append(f"{where}: {status} with {hidden} hidden")
        if (row[name] == "") != (status == "Q") or status == "E" and not low <= float(row[name]) <= high:
            faults.append(f"{where}: {row[name]!r} is {status} in {low}..{high}")
        share = [1 - known / figure if figure else 0 for figure in (low, high)]
        if status == "E" and low < high and share[0] > limit:
            faults.append(f"{where}: at least {share[0]} of it is hidden, and it has a value")
        if status == "Q" and hidden > 1 and share[1] <= limit:
            faults.append(f"{where}: at most {share[1]} of it is hidden, and it has none")
for fault in faults[:20]:
    print(fault)
print(dict(seen), "in", newest)
sys.exit(1 if faults or not all(seen[s] for s in "AEQ") else 0)
