# SPDX-License-Identifier: GPL-3.0-or-later
"""organisations and ongoing_projects once more, from the published CSV alone.

actors.py RUN CLASSIFICATIONS: projects and project_regions of the run, memberships.csv and
coordinators.csv of the folder. Every row of both tables is made again and compared.
"""

import collections
import csv
import datetime
import decimal
import json
import sys

run, classifications = sys.argv[1:3]
LEVELS = ["maakunta", "tyollisyysalue", "elinvoimakeskus", "coordinator"]
CENT = decimal.Decimal("0.01")


def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def published(name):
    return table(f"{run}/csv/{name}/{name}.csv")


parents = collections.defaultdict(dict)
for row in sorted(table(f"{classifications}/memberships.csv"), key=lambda row: row["valid_from"]):
    parents[row["member"]][row["parent_level"]] = row["parent"]
for row in table(f"{classifications}/coordinators.csv"):
    parents[row["member"]]["coordinator"] = row["parent"]


def parent(code, level):
    if level in parents[code]:
        return parents[code][level]
    above = [parents[code][key] for key in parents[code] if key == "maakunta"]
    return parent(above[0], level) if above else None


regions = {row["code"]: row["level"] for row in table(f"{classifications}/regions.csv")}
abolished = {row["abolished"] for row in table(f"{classifications}/municipality_changes.csv")}
today = [code for code, level in regions.items() if level == "kunta" and code not in abolished]


def reached(level, place_level, place):
    """The units that have municipalities of the place, and whether all are in one."""
    inside = [code for code in today if code == place or parent(code, place_level) == place]
    units = {parent(code, level) for code in inside}
    return sorted(unit for unit in units if unit), len(units) == 1 and None not in units


def places_at(level, rows):
    found = collections.defaultdict(float)
    for row in rows:
        if row["region_level"] in ("national", "unknown"):
            found[row["region_level"], row["region_code"]] += float(row["weight"])
            continue
        units, whole = reached(level, row["region_level"], row["region_code"])
        if not whole:
            found[level, "_X"] += float(row["weight"])
        for unit in units:
            found[level, unit] += float(row["weight"]) if whole else 0.0
    return sorted(found.items())


def split(euros, weights):
    """Cents by weights, rounded down, the cents left over to the largest rests."""
    if euros == "":
        return [None] * len(weights)
    cents = int(decimal.Decimal(euros) / CENT)
    exact = [cents * weight / sum(weights) for weight in weights]
    parts = [int(part + 1e-9) for part in exact]
    order = sorted(range(len(weights)), key=lambda i: (-round(exact[i] - parts[i], 9), i))
    for i in order[: cents - sum(parts)]:
        parts[i] += 1
    return parts


def months_after(day, months):
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    last = (datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(1)).day
    return datetime.date(year, month, min(day.day, last))


with open(f"{run}/MANIFEST.json", encoding="utf-8") as file:
    seen = datetime.date.fromisoformat(json.load(file)["as_of"][:10])
soon = months_after(seen, 6)


def phase(row):
    if row["status"] in ("ended", "interrupted"):
        return None
    start = datetime.date.fromisoformat(row["start_date"])
    end = datetime.date.fromisoformat(row["end_date"])
    if start > seen:
        return "starting" if start <= soon else None
    return None if end < seen else "ending" if end <= soon else "running"


projects = [row for row in published("projects") if row["current"] == "true"]
placed = collections.defaultdict(list)
for row in published("project_regions"):
    if row["role"] == "implementation":
        placed[row["project_code"]].append(row)

# A name with one business id anywhere has it everywhere. Names of these tests have no legal form.
ids = collections.defaultdict(set)
for row in projects:
    if row["business_id"]:
        ids[row["beneficiary"].lower()].add(row["business_id"])


def organisation(row):
    words = row["beneficiary"].lower().split()
    if not words:
        return "_P"  # lists of these tests name everybody; who is empty is a person's own firm
    known = ids[row["beneficiary"].lower()]
    return row["business_id"] or (min(known) if len(known) == 1 else " ".join(words))


for row in projects:
    row["organisation"] = organisation(row)

organisations = collections.defaultdict(lambda: [0, 0, 0, 0, 0, None, None])
ongoing = {}
for level in LEVELS + ["country"]:
    for row in projects:
        at = phase(row)
        ghost = row["granted_eu_state_eur"] not in ("",) and float(row["granted_eu_state_eur"]) == 0
        places = [(("country", "SSS"), 1.0)]
        if level != "country":
            places = places_at(level, placed[row["project_code"]])
        weights = [weight for _, weight in places]
        granted = split(row["granted_eu_state_eur"], weights)
        realised = split(row["realised_eu_state_eur"], weights)
        role = "partner" if row["relation"] == "joint" and row["parent_code"] else "beneficiary"
        for (place, weight), own, spent in zip(places, granted, realised):
            if place[0] != level and level != LEVELS[0]:
                continue
            key = (*place, row["period"], row["organisation"], role)
            of = organisations[key]
            if weight > 0:
                of[0] += not ghost
                of[1] += not ghost and at in ("running", "ending")
                of[2] += not ghost and at == "ending"
                of[3] += not ghost and at == "starting"
                of[5] = own if of[5] is None else of[5] + (own or 0)
                of[6] = spent if of[6] is None else of[6] + (spent or 0)
            else:
                of[4] += not ghost
            if at and not ghost:
                ongoing[(*place, row["project_code"])] = (
                    at, round(weight, 9), row["name"], row["organisation"],
                    own if weight > 0 else None, spent if weight > 0 else None)


def cents(text):
    return None if text == "" else int(decimal.Decimal(text) / CENT)


found = {}
for row in published("organisations"):
    key = tuple(row[name] for name in
                ("region_level", "region_code", "period", "organisation_code", "role"))
    found[key] = [int(row[name]) for name in ("projects", "projects_running", "projects_ending",
                                              "projects_starting", "projects_around")]
    found[key] += [cents(row["granted_eu_state_eur"]), cents(row["realised_eu_state_eur"])]
    assert row["reference_date"] == seen.isoformat(), row
wanted = {key: of for key, of in organisations.items()
          if of[0] or of[4] or of[5] or of[6]}
assert found == wanted, {key: (found.get(key), wanted.get(key)) for key in {*found, *wanted}
                         if found.get(key) != wanted.get(key)}

found = {}
for row in published("ongoing_projects"):
    found[row["region_level"], row["region_code"], row["project_code"]] = (
        row["phase"], round(float(row["weight"]), 9), row["name"], row["organisation_code"],
        cents(row["granted_eu_state_eur"]), cents(row["realised_eu_state_eur"]))
assert found == ongoing, {key: (found.get(key), ongoing.get(key)) for key in {*found, *ongoing}
                          if found.get(key) != ongoing.get(key)}

# Euros of each level, with those of the whole country and of no known place, are all euros.
total = sum(cents(row["granted_eu_state_eur"]) for row in projects)
for level in LEVELS:
    of = sum(row[5] or 0 for key, row in organisations.items()
             if key[0] in (level, "national", "unknown"))
    assert of == total, (level, of, total)
print(f"{len(wanted)} rows of organisations, {len(ongoing)} of projects at work, {total} cents")
