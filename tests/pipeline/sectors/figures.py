#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the table `sectors` of a run against what the server says, by other means.

    figures.py PORT ROOT RUN
"""

import csv
import glob
import json
import math
import os
import sys
import urllib.request

port, root, run = sys.argv[1:]
API = f"http://127.0.0.1:{port}/PxWeb/api/v1/fi/StatFin/"


def expect(truth, *words):
    if not truth:
        sys.exit(" ".join(str(word) for word in words))


def table(path, query):
    """Every cell that is asked for: its codes in the order of the reply's dimensions -> its figure,
    None where it is protected."""
    body = json.dumps({"query": [{"code": code, "selection": {"filter": "all", "values": values}}
                                 for code, values in query.items()],
                       "response": {"format": "json-stat2"}}).encode()
    request = urllib.request.Request(API + path, body, {"Content-Type": "application/json"})
    reply = json.load(urllib.request.urlopen(request))
    lists = [sorted(reply["dimension"][name]["category"]["index"],
                    key=reply["dimension"][name]["category"]["index"].get) for name in reply["id"]]
    found = {}
    for at, figure in enumerate(reply["value"]):
        key, rest = {}, at
        for name, codes in zip(reversed(reply["id"]), reversed(lists)):
            key[name], rest = codes[rest % len(codes)], rest // len(codes)
        found[tuple(key[name] for name in reply["id"])] = figure
    return reply["id"], found


def read(name):
    with open(os.path.join(root, "config/classifications", name), encoding="utf-8") as file:
        return list(csv.DictReader(file))


def by_place(path, query):
    """(region, sector, period) -> figure."""
    names, cells = table(path, query)
    places = [next(i for i, name in enumerate(names) if name.lower().startswith(start))
              for start in ("alue", "toimiala", "timeperiod")]
    return {tuple(key[place] for place in places): figure for key, figure in cells.items()}


vacancies = by_place("tyonv/12tw.px", {"Alue": ["*"], "Toimiala": ["*"]})
employed = by_place("tyokay/tyolliset.px", {"alue_28_20250101": ["*"], "toimiala_1_20080101": ["*"]})
parent = {row["code"]: row["parent"] for row in read("sectors.csv")
          if row["revision"] == "tol2025" and row["level"] == "tol2"}
flows = [row for row in read("sector_correspondences.csv") if row["from_revision"] == "tol2008"]
rows = []
for name in sorted(glob.glob(os.path.join(run, "csv/sectors/*.csv"))):
    with open(name, encoding="utf-8", newline="") as file:
        rows += csv.DictReader(file)


def source_code(row):
    """What the source calls the row's sector."""
    unknown = {"tol1": "X", "tol2": "00"}
    return {"_T": "SSS", "_X": unknown.get(row["sector_level"])}.get(
        row["sector_code"], row["sector_code"].replace("TOL-", ""))


def rate(vacant, workers):
    return "" if vacant + workers == 0 else vacant / (vacant + workers)


def same(text, number):
    return text == "" if number == "" else text != "" and math.isclose(float(text), number,
                                                                      rel_tol=1e-12)


def check_own(row):
    figure = vacancies[row["region_code"], source_code(row), row["time_period"]]
    workers = employed[row["region_code"], source_code(row), row["employed_year"]]
    expect(row["employed_year"] == "2021", "not the newest year", row)
    expect(float(row["employed"]) == workers, workers, "are employed, not", row)
    expect(row["vacancy_rate_definition"] == "v_over_v_plus_employed", row)
    if figure is None:
        expect((row["vacancies"], row["vacancies_low"], row["vacancies_high"], row["obs_status"],
                row["vacancy_rate"]) == ("", "1", "4", "Q", ""), "shown though hidden", row)
        return
    expect(row["vacancies"] == row["vacancies_low"] == row["vacancies_high"] == f"{figure:.0f}" and
           row["obs_status"] == "A", figure, "is not", row)
    expect(same(row["vacancy_rate"], rate(figure, workers)), "another rate", row)


def converted_from(row, figures, period):
    """A section from the divisions that go to it: whole ones and parts."""
    found = 0
    for division in {flow["from_code"] for flow in flows if "TOL-01" <= flow["from_code"] <= "TOL-99"}:
        own = [flow for flow in flows if flow["from_code"] == division]
        inside = [flow for flow in own if parent[flow["to_code"]] == row["sector_code"]]
        figure = figures[row["region_code"], division.replace("TOL-", ""), period]
        if not inside:
            continue
        if figure is None:
            return None
        parts = {flow["to_code"]: math.floor(figure * float(flow["share"])) for flow in own}
        largest = max(own, key=lambda flow: float(flow["share"]))["to_code"]
        parts[largest] += figure - sum(parts.values())
        found += sum(parts[flow["to_code"]] for flow in inside)
    return found


own = converted = 0
sums = {}
for row in rows:
    place = row["region_level"] in ("country", "maakunta") and not row["region_code"].startswith("_")
    if not place:
        continue
    if row["sector_revision"] == "tol2008":
        check_own(row)
        own += 1
    elif row["sector_level"] == "tol1" and row["sector_code"] in ("TOL-G", "TOL-J", "TOL-K", "TOL-T"):
        expect(row["obs_status"] in "EQ", "converted, and not E or Q", row)
        expect(row["vacancies_low"] == row["vacancies_high"] == "", "an end that nobody knows", row)
        found = converted_from(row, vacancies, row["time_period"])
        if found is not None:
            expect(float(row["vacancies"]) == found, found, "is not", row)
            workers = converted_from(row, employed, "2021")
            expect(float(row["employed"]) == workers, workers, "are employed, not", row)
            expect(row["vacancy_rate_definition"] == "v_over_v_plus_employed_converted", row)
            expect(same(row["vacancy_rate"], rate(found, workers)), "another rate", row)
            converted += 1
    if row["sector_level"] == "tol1" and row["region_code"] == "SSS":
        key = row["time_period"], row["sector_revision"]
        sums[key] = sums.get(key, 0) + float(row["vacancies"] or "nan")
# Two months, nineteen maakunta and the country, 21 sections and 88 divisions, three that are none.
expect(own == 2 * 20 * 112 and converted > 50, own, "rows of the source,", converted, "converted")
for (period, revision), total in sums.items():
    expect(math.isnan(total) or total == vacancies["SSS", "SSS", period], period, revision, total)
