#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Computes the figures of a published run of the sample again, from the replies, by other means.

verify.py RUN PORT CONFIG

RUN is the folder of a published run that was made from the sample server on PORT; CONFIG is the folder
config/ of the tree. Compared are the observations of 12r5 and of sums over them, the occupations of 12ti, and value, shares,
persons off proportion, coverage and number of cells of the indices. The formulas are those of the papers,
written here a second time; nothing of the program is used. Exit code 1 and a line for each difference.
"""
import collections
import csv
import json
import math
import sys
import urllib.request

TOLERANCE = 1e-12
LEVELS = {"KU": "kunta", "SK": "seutukunta", "MK": "maakunta", "EL": "ely"}
BUCKETS = {"KUJOU": "_X1", "SKJOU": "_X1", "MKJO": "_X1", "ELYJO": "_X1",
           "KU199": "_X2", "SK902": "_X2", "MK91": "_X2", "ELY80": "_X2"}
UNEMPLOYED, VACANCIES, LABOUR_FORCE = "TYOTTOMATLOPUSSA", "AVPAIKATLOPUSSA", "TYOVOIMATK"
PROTECTED = (1, 4)
faults = []


def complain(*words):
    faults.append(" ".join(str(w) for w in words))


def fetch(port, table, everything):
    """{(codes...): figure or None if it is hidden} of a whole table."""
    url = f"http://127.0.0.1:{port}/PxWeb/api/v1/fi/StatFin/tyonv/{table}.px"
    query = [{"code": c, "selection": {"filter": "all", "values": ["*"]}} for c in everything]
    body = json.dumps({"query": query, "response": {"format": "json-stat2"}}).encode()
    with urllib.request.urlopen(urllib.request.Request(url, body)) as reply:
        data = json.load(reply)
    codes = [sorted(c["category"]["index"], key=c["category"]["index"].get)
             for c in (data["dimension"][i] for i in data["id"])]
    cells = {}
    for n, value in enumerate(data["value"]):
        key, rest = [], n
        for axis in reversed(codes):
            key.append(axis[rest % len(axis)])
            rest //= len(axis)
        cells[tuple(reversed(key))] = value
        if value is None and data["status"][str(n)] != "...":
            complain(table, key, "has an unexpected symbol")
    return cells


def rows(run, table):
    with open(f"{run}/csv/{table}/{table}_2023.csv", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def same(name, row, column, wanted):
    got = float(row[column]) if row[column] else None
    if wanted is None or got is None:
        if wanted is not got:
            complain(name, column, row[column], "is not", wanted)
    elif not abs(got - wanted) <= TOLERANCE * max(1.0, abs(wanted)):
        complain(name, column, got, "is not", wanted)


class Sum:
    """A sum with what is hidden in it: its point, and its limits."""

    def __init__(self, point=0.0, low=0, high=0):
        self.point, self.low, self.high = point, low, high

    def __add__(self, other):
        return Sum(self.point + other.point, self.low + other.low, self.high + other.high)


def known(figure, point):
    return Sum(figure, figure, figure) if figure is not None else Sum(point, *PROTECTED)


def points(figures, total):
    """Hidden parts of a known total share evenly what the others leave, inside the limits."""
    hidden = [k for k, v in figures.items() if v is None]
    left = total - sum(v for v in figures.values() if v is not None) if total is not None else None
    each = 2.5 if left is None or not hidden else left / len(hidden)
    return {k: known(v, min(max(each, PROTECTED[0]), PROTECTED[1])) for k, v in figures.items()}


def parents(config, level, kind):
    """Each region whose code begins with kind to the one of that level that it lies in today."""
    out = {}
    with open(f"{config}/classifications/memberships.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["member"][:2] == kind and row["parent_level"] == level and not row["valid_to"]:
                out[row["member"]] = row["parent"]
    return out


def check_regions(run, regions):
    """Rows of 12r5 as the source has them: figure or protected."""
    columns = {UNEMPLOYED: "unemployed", VACANCIES: "vacancies", LABOUR_FORCE: "labour_force"}
    published = {(r["time_period"], r["region_level"], r["region_code"]): r
                 for r in rows(run, "observations") if r["source"] == "12r5-modelled"}
    for (area, month, content), figure in regions.items():
        level = "country" if area == "SSS" else LEVELS[area[:2]]
        row = published[month, level, BUCKETS.get(area, area)]
        column = columns[content]
        same(f"12r5 {month} {area}", row, column, figure)
        if row[column + "_status"] != ("A" if figure is not None else "Q"):
            complain("12r5", month, area, column, "has status", row[column + "_status"])


def check_sums(run, regions, config):
    """Regions that the source has not: sums of maakunta or municipalities, with the limits they leave."""
    published = {(r["time_period"], r["region_code"]): r
                 for r in rows(run, "observations") if r["source"] == "12r5-modelled"}
    for level, kind in (("elinvoimakeskus", "MK"), ("suuralue", "MK"), ("tyollisyysalue", "KU")):
        up = parents(config, level, kind)
        for content, column in ((UNEMPLOYED, "unemployed"), (VACANCIES, "vacancies")):
            sums = collections.defaultdict(Sum)
            for (area, month, code), figure in regions.items():
                if code == content and area in up:
                    sums[month, up[area]] += known(figure, 2.5)
            for (month, area), total in sums.items():
                row, name = published[month, area], f"12r5 {month} {area}"
                same(name, row, column + "_low", total.low)
                same(name, row, column + "_high", total.high)
                if not total.low <= float(row[column]) <= total.high:
                    complain(name, column, row[column], "is outside its limits")


def check_occupations(run, occupations):
    """Rows of 12ti at two digits, of areas that the source has itself."""
    columns = {UNEMPLOYED: "unemployed", VACANCIES: "vacancies"}
    published = {(r["time_period"], r["region_code"], r["occupation_code"]): r
                 for r in rows(run, "observations")
                 if r["source"] == "12ti-modelled" and r["occupation_level"] == "isco2"}
    for (area, occupation, month, content), figure in occupations.items():
        row = published.get((month, area, "ISCO-" + occupation))
        if row is not None:
            same(f"12ti {month} {area} {occupation}", row, columns[content], figure)


def indices(cells, alpha):
    """Of [(unemployed, vacancies)]: Sahin et al. 2014, Jackman and Roper 1987, Hellinger."""
    total_u, total_v = sum(u for u, _ in cells), sum(v for _, v in cells)
    shares = [(u / total_u, v / total_v) for u, v in cells]
    if alpha is None:
        return {"mismatch_jr": sum(abs(u - v) for u, v in shares) / 2,
                "hellinger": math.sqrt(max(0, 1 - sum(math.sqrt(u * v) for u, v in shares)))}
    return {"mismatch": 1 - sum(v ** alpha * u ** (1 - alpha) for u, v in shares)}


def markets(regions, occupations, config):
    """{(month, market, scope): {cell: [unemployed, vacancies]}}, cells being sums with their points."""
    out = collections.defaultdict(dict)
    evk = parents(config, "elinvoimakeskus", "MK")
    months = sorted({month for _, month, _ in regions})
    isco = sorted({o for _, o, _, _ in occupations if o.isdigit()})
    for month in months:
        for area in sorted({a for a, _, _ in regions if a[:2] == "MK" and a not in BUCKETS}):
            pair = [known(regions[area, month, c], 2.5) for c in (UNEMPLOYED, VACANCIES)]
            out[month, "maakunta", "SSS"][area] = pair
            out[month, "maakunta", evk[area]][area] = pair
            split = [points({o: occupations[area, o, month, c]
                             for o in {k[1] for k in occupations} - {"SSS"}},
                            occupations[area, "SSS", month, c]) for c in (UNEMPLOYED, VACANCIES)]
            for o in isco:
                cell = [s[o] for s in split]
                out[month, "isco2xmaakunta", "SSS"][area, o] = cell
                for scope in ("SSS", area):
                    old = out[month, "isco1", scope].get(o[0], [Sum(), Sum()])
                    out[month, "isco1", scope][o[0]] = [a + b for a, b in zip(old, cell)]
    return out


def check_indices(run, found, regions):
    for row in rows(run, "mismatch"):
        cells = found.get((row["time_period"], row["market"], row["scope"]))
        if cells is None:
            continue
        name = " ".join(row[k] for k in ("time_period", "market", "scope", "measure", "alpha"))
        pairs = [(u.point, v.point) for u, v in cells.values() if u.point > 0 or v.point > 0]
        alpha = None if row["alpha"] == "_Z" else float(row["alpha"])
        wanted = indices(pairs, alpha).get(row["measure"])
        same(name, row, "value", wanted)
        same(name, row, "markets_n", len(pairs))
        hidden = any(s.low < s.high for pair in cells.values() for s in pair)
        if row["value_low"]:
            low, value, high = (float(row[k]) for k in ("value_low", "value", "value_high"))
            if not low <= value <= high or (low < high and not hidden):
                complain(name, "has the range", low, high, "around", value)
        if row["scope"] == "SSS":
            for column, content, i in (("unemployed_coverage", UNEMPLOYED, 0),
                                       ("vacancies_coverage", VACANCIES, 1)):
                same(name, row, column, sum(p[i] for p in pairs) /
                     regions["SSS", row["time_period"], content])


def check_contributions(run, found):
    for row in rows(run, "contributions"):
        cells = found.get((row["time_period"], row["market"], row["scope"]))
        if cells is None:
            continue
        key = {"maakunta": row["region_code"], "isco1": row["occupation_code"][5:]}.get(row["market"])
        if key is None:
            continue
        total_u = sum(u.point for u, _ in cells.values())
        total_v = sum(v.point for _, v in cells.values())
        u, v = cells[key]
        name = " ".join(row[k] for k in ("time_period", "market", "scope")) + " " + str(key)
        if row["obs_status"] == "Q" and any(row[c] for c in (
                "unemployed_share", "vacancy_share", "contribution", "persons_off_proportion")):
            complain(name, "is protected and has a figure")
        if u.low < u.high or v.low < v.high:
            continue
        share_u, share_v = u.point / total_u, v.point / total_v
        same(name, row, "unemployed_share", share_u)
        same(name, row, "vacancy_share", share_v)
        off = u.point - v.point * total_u / total_v
        if abs(float(row["persons_off_proportion"]) - off) > 1e-9 * total_u:
            complain(name, "persons_off_proportion", row["persons_off_proportion"], "is not", off)


def main():
    run, port, config = sys.argv[1:]
    regions = fetch(port, "12r5", ["Alue"])
    occupations = fetch(port, "12ti", ["Alue", "Ammattiryhmä"])
    found = markets(regions, occupations, config)
    check_regions(run, regions)
    check_sums(run, regions, config)
    check_occupations(run, occupations)
    check_indices(run, found, regions)
    check_contributions(run, found)
    print("\n".join(faults[:20]))
    print(f"{len(faults)} differences; {len(regions)} and {len(occupations)} cells, "
          f"{len(found)} markets looked at")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
