#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Judges the occupations of a run again, by other means.

    states.py RUN RULES [PORT]

RUN is the folder of a published run, RULES the file occupation_balance.json that it was made with. Unemployed and
vacancies are those of the run's observations; with PORT the persons employed are those that the sample server has.
Angles are compared as angles here, states are followed month by month, and the distance to a threshold is the least
one to many points on the borders of the states.
"""
import csv
import glob
import json
import math
import os
import sys
import urllib.request

run, rules = sys.argv[1], json.load(open(sys.argv[2], encoding="utf-8"))
FLAT, STEEP = math.atan(rules["surplus_below"]), math.atan(rules["shortage_above"])
DEGREES = rules["degrees"]


def expect(truth, *words):
    if not truth:
        sys.exit(" ".join(str(word) for word in words))


def rows_of(table):
    for path in sorted(glob.glob(os.path.join(run, "csv", table, "*.csv"))):
        with open(path, encoding="utf-8") as file:
            yield from csv.DictReader(file)


def number(cell):
    return float(cell) if cell else None


def ruling(state, x, y):
    return {"surplus": x, "shortage": y}.get(state, math.hypot(x, y) / math.sqrt(2))


def judge(x, y):
    angle = math.atan2(y, x)
    state = "surplus" if angle < FLAT else "shortage" if angle > STEEP else "matching_problem"
    return state if ruling(state, x, y) >= DEGREES[state][0] else "balance"


def degree(state, x, y):
    return 1 if state == "balance" else max(2, 1 + sum(ruling(state, x, y) >= t for t in DEGREES[state]))


def borders():
    """Points that lie on the border of two states, with both."""
    arc, points = DEGREES["matching_problem"][0] * math.sqrt(2), []
    for i in range(4001):
        far = i / 4000
        points += [(far * math.cos(a), far * math.sin(a)) for a in (FLAT, STEEP)]
        points += [(DEGREES["surplus"][0], DEGREES["surplus"][0] * math.tan(FLAT) * far),
                   (DEGREES["shortage"][0] / math.tan(STEEP) * far, DEGREES["shortage"][0])]
        angle = FLAT + (STEEP - FLAT) * far
        points.append((arc * math.cos(angle), arc * math.sin(angle)))
    for x, y in points:
        around = {judge(max(x + 1e-7 * math.cos(a), 0), max(y + 1e-7 * math.sin(a), 0))
                  for a in (math.pi * k / 8 + 0.01 for k in range(16))}
        if len(around) > 1:
            yield x, y, around


BORDERS = list(borders())


def distance(state, x, y):
    """To the nearest place where the state ends or begins."""
    least = min(math.hypot(x - bx, y - by) for bx, by, states in BORDERS if state in states)
    return least if judge(x, y) == state else -least


def following(month):
    year, of_year = int(month[:4]), int(month[5:])
    return f"{year + of_year // 12}M{of_year % 12 + 1:02d}"


observed = {(r["region_level"], r["region_code"], r["occupation_level"], r["occupation_code"], r["time_period"]): r
            for r in rows_of("observations") if r["source"] == rules["source"]}
series = {}
for row in rows_of("occupation_balance"):
    key = (row["region_level"], row["region_code"], row["occupation_level"], row["occupation_code"])
    series.setdefault(key, []).append(row)
expect(series, "there are no rows")

levels = {one["level"]: one.get("months", 0) for one in rules["occupations"]}
wanted = {key[:4] for key in observed if key[0] in rules["region_levels"] and key[2] in levels and levels[key[2]] == 0
          and not key[1].startswith("_X") and not key[3].startswith("_X")}
whole = {key for key in series if levels[key[2]] == 0}
expect(whole == wanted, "other regions and occupations:", sorted(whole ^ wanted)[:5])

looked = held = 0
for key, rows in series.items():
    state = seen = month = None
    waited = months = 0
    for row in rows:
        where = (*key, row["time_period"])
        source = observed[where]
        for figure in ("unemployed", "vacancies"):
            expect(row[figure] == source[figure], where, figure, row[figure], "is not", source[figure])
        u, v, e = (number(row[name]) for name in ("unemployed", "vacancies", "employed"))
        if u is None or v is None or not e or u + e < rules["least_base"]:
            expect(row["state"] == row["state_raw"] == "not_assessable", where, "is assessed")
            expect(row["obs_status"] in "QOLMB", where, "has no reason")
            expect(not any(row[name] for name in ("unemployment_rate", "vacancy_rate", "degree", "months_in_state",
                                                  "distance_to_threshold", "robustness")), where, "says more")
            state, month = None, row["time_period"]
            continue
        x, y = u / (u + e), v / (v + e)
        raw = judge(x, y)
        expect(abs(number(row["unemployment_rate"]) - x) <= 1e-12 and abs(number(row["vacancy_rate"]) - y) <= 1e-12,
               where, "has other rates")
        expect(row["state_raw"] == raw, where, row["state_raw"], "is not", raw)
        corners = {judge(number(source["unemployed" + a]) / (number(source["unemployed" + a]) + e),
                         number(source["vacancies" + b]) / (number(source["vacancies" + b]) + e))
                   for a in ("_low", "_high") for b in ("_low", "_high")}
        expect(row["robustness"] == ("robust" if corners == {raw} else "fragile"), where, "robustness", corners)
        breaks = "B" in (source["unemployed_status"], source["vacancies_status"])
        if state is None or breaks or month is None or following(month) != row["time_period"]:
            state, seen, waited, months = raw, raw, 0, 1
        else:
            waited = 0 if raw == state else waited + 1 if raw == seen else 1
            seen = raw
            if raw != state and (waited >= rules["hold_months"] or -distance(state, x, y) >= rules["margin"]):
                state, waited, months = raw, 0, 1
            else:
                months += 1
        month = row["time_period"]
        if levels[key[2]] == 0:
            expect(row["state"] == state, where, row["state"], "is not", state)
            expect(int(row["months_in_state"]) == months, where, "months", row["months_in_state"], "are not", months)
        state = row["state"]
        expect(int(row["degree"]) == degree(state, x, y), where, "degree", row["degree"])
        looked += 1
        held += state != raw
        if looked % 7 == 0:
            away = distance(state, x, y)
            expect(abs(number(row["distance_to_threshold"]) - away) <= 2e-4, where, row["distance_to_threshold"],
                   "is not", away)
expect(looked > 1000 and held > 10, "too little was looked at:", looked, held)

if len(sys.argv) > 3:
    body = json.dumps({"query": [{"code": c, "selection": {"filter": "all", "values": ["*"]}}
                                 for c in ("alue_28_20250101", "ammatti_104_20161021", "timeperiod_y")],
                       "response": {"format": "json-stat2"}}).encode()
    reply = json.load(urllib.request.urlopen(urllib.request.Request(
        f"http://127.0.0.1:{sys.argv[3]}/PxWeb/api/v1/fi/StatFin/tyokay/115s.px", body)))
    codes = [sorted(reply["dimension"][d]["category"]["index"], key=reply["dimension"][d]["category"]["index"].get)
             for d in reply["id"]]
    cells, at = {}, 0
    for area in codes[0]:
        for occupation in codes[1]:
            for year in codes[2]:
                cells[area, occupation, year] = reply["value"][at]
                at += 1
    parents = {r["code"]: dict(p.split("=") for p in r["parents"].split(";") if p)
               for r in rows_of("dim_region") if r["level"] == "maakunta"}
    for key, rows in series.items():
        areas = [key[1]] if key[0] in ("country", "maakunta") else \
            [code for code, up in parents.items() if up.get(key[0]) == key[1] and (code, "SSS", codes[2][0]) in cells]
        jobs = [code for code in codes[1] if code.startswith(key[3].partition("-")[2]) and code != "SSS"
                and len(code) == 2]
        for row in rows:
            year = max(y for y in codes[2] if y <= row["time_period"][:4])
            persons = sum(cells[a, j, year] for a in areas for j in jobs)
            expect(float(row["employed"]) == persons and row["employed_year"] == year, key, row["time_period"],
                   row["employed"], row["employed_year"], "is not", persons, year)
print(f"{looked} rows judged again, {held} of them held")
