#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the groups, and the stocks of observations, of a run to the source's reply, summed a second time.

target_groups.py SHARED RUN REPLY

RUN is the folder of a published run, REPLY a reply of 12r5 of one month as JSON-stat 2.0 or PX-JSON.
Memberships are those of SHARED, not the program's. A region whose parts are all known must be the sum of
them; one with hidden parts must lie in what their limits leave. Prints a line for each difference; exit
code 1 if there is any.
"""
import collections
import csv
import json
import sys

GROUPS = {"HAKIJALOPUSSA": "total_jobseekers", "TYOTTOMATLOPUSSA": "unemployed", "TYOTTOMATMIEHET": "men",
          "TYOTTOMATNAISET": "women", "TYOTTOMAT20": "under_20", "TYOTTOMAT25": "under_25",
          "TYOTTOMAT50": "over_50", "TYOTTOMATSAIR": "disabled", "TYOTTOMATULK": "foreign",
          "PITKAAIKAISTYOTTOMAT": "long_term", "KASSASSA": "fund_members", "LOMAUTETTU": "laid_off",
          "LYHTYOVKO": "reduced_week", "TYOLLISTETTYLOP": "in_services_subsidised_work",
          "TYOHARJOITTELULOP": "in_services_work_practice", "KOKEILULOP": "in_services_trial",
          "TVKOULUTUSLOP": "in_services_labour_training", "VALMENNUSLOP": "in_services_coaching",
          "MTPPALVELUTLOP": "in_services_other"}
OF_UNEMPLOYED = {"unemployed", "men", "women", "under_20", "under_25", "over_50", "disabled", "foreign",
                 "long_term", "fund_members", "laid_off"}
FIGURES = {"TYOTTOMATLOPUSSA": "unemployed", "AVPAIKATLOPUSSA": "vacancies", "TYOVOIMATK": "labour_force"}
LEVELS = {"KU": "kunta", "SK": "seutukunta", "MK": "maakunta", "EL": "ely"}
CAUSES = {"KUJOU": "_X1", "SKJOU": "_X1", "MKJO": "_X1", "ELYJO": "_X1",
          "KU199": "_X2", "SK902": "_X2", "MK91": "_X2", "ELY80": "_X2"}
faults = []


def read_jsonstat(data, time=None):
    """{(area, content): figure}; with the dimension of time, {period: that}."""
    size, axes = data["size"], []
    for name in data["id"]:
        index = data["dimension"][name]["category"]["index"]
        axes.append(sorted(index, key=index.get) if isinstance(index, dict) else index)
    area, content = data["id"].index("Alue"), data["id"].index("contentscode")
    cells, periods = {}, collections.defaultdict(dict)
    for n, value in enumerate(data["value"]):
        key, rest = [], n
        for axis, count in zip(reversed(axes), reversed(size)):
            key.append(axis[rest % count])
            rest //= count
        key.reverse()
        cells[key[area], key[content]] = value
        if time is not None:
            periods[key[data["id"].index(time)]][key[area], key[content]] = value
    return cells if time is None else periods


def read_pxjson(data):
    keys = [c["code"] for c in data["columns"] if c["type"] != "c"]
    contents = [c["code"] for c in data["columns"] if c["type"] == "c"]
    cells = {}
    for row in data["data"]:
        area = row["key"][keys.index("Alue")]
        for content, value in zip(contents, row["values"]):
            cells[area, content] = None if value == "..." else float(value)
    return cells


def read_reply(path):
    with open(path, encoding="utf-8-sig") as file:
        data = json.load(file)
    return read_jsonstat(data) if "dimension" in data else read_pxjson(data)


def memberships(shared):
    """{level: {region of the source: the region it is a part of}}"""
    out = collections.defaultdict(dict)
    with open(f"{shared}/data/classifications/municipality_2026.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            out["tyollisyysalue"]["KU" + row["code"]] = "TA" + row["tyollisyysalue"]
            out["elinvoimakeskus"][row["maakunta"]] = "EVK" + row["elinvoimakeskus"]
            out["suuralue"][row["maakunta"]] = row["suuralue"]
    return out


def same(name, row, column, wanted):
    got = float(row[column]) if row[column] else None
    if (got is None) != (wanted is None) or got is not None and abs(got - wanted) > 1e-12 * abs(wanted):
        faults.append(f"{name}: {column} is {row[column]!r}, not {wanted}")


def hold(name, row, known, hidden, status, figure="persons", state="obs_status"):
    """hidden figures of 1 to 4 beside known ones."""
    if hidden == 0:
        for column in (figure, figure + "_low", figure + "_high"):
            if column in row:
                same(name, row, column, known)
        wanted = "A"
    elif status == "Q":
        for column, limit in ((figure, None), (figure + "_low", 1), (figure + "_high", 4)):
            same(name, row, column, limit)
        wanted = "Q"
    else:
        # More than half of it hidden: no value. What that half is, is between 1 and 4 for each.
        withheld = row[figure] == ""
        low, high = float(row[figure + "_low"]), float(row[figure + "_high"])
        value = low if withheld else float(row[figure])
        if not known + hidden <= low <= value <= high <= known + 4 * hidden:
            faults.append(f"{name}: {low} {value} {high} of {known} and {hidden} hidden")
        if 4 * hidden <= known if withheld else hidden > known:
            faults.append(f"{name}: {row[figure]!r} though {known} are known beside {hidden} hidden")
        wanted = "Q" if withheld else "E"
    if row[state] != wanted:
        faults.append(f"{name}: has the status {row[state]}, not {wanted}")


def main():
    shared, run, reply = sys.argv[1:]
    cells = read_reply(reply)
    areas = sorted({area for area, _ in cells})
    with open(f"{run}/csv/target_groups/target_groups_2026.csv", encoding="utf-8") as file:
        rows = {(r["region_level"], r["region_code"], r["group_code"]): r for r in csv.DictReader(file)}
    with open(f"{run}/csv/observations/observations_2026.csv", encoding="utf-8") as file:
        stocks = {(r["region_level"], r["region_code"]): r for r in csv.DictReader(file)
                  if r["source"] == "12r5"}
    seen = set()

    def row_of(level, code, group):
        seen.add((level, code, group))
        return rows[level, code, group]

    def parts_of(parts, *contents):
        figures = [cells[p, content] for p in parts for content in contents]
        known = sum(f for f in figures if f is not None)
        hidden = sum(f is None for f in figures)
        return known, hidden, "Q" if hidden == 1 and known == 0 else "E" if hidden else "A"

    def check(level, code, parts):
        for content, group in GROUPS.items():
            known, hidden, status = parts_of(parts, content)
            hold(f"{level} {code} {group}", row_of(level, code, group), known, hidden, status)
        services = [c for c, g in GROUPS.items() if g.startswith("in_services_")]
        hold(f"{level} {code} in_services", row_of(level, code, "in_services"), *parts_of(parts, *services))
        for content, column in FIGURES.items():
            hold(f"{level} {code} {column}", stocks[level, code], *parts_of(parts, content), column,
                 column + "_status")

    for area in areas:
        level = "country" if area == "SSS" else LEVELS[area[:2]]
        check(level, CAUSES.get(area, area), [area])
    for level, up in memberships(shared).items():
        for code in sorted(set(up.values())):
            check(level, code, [part for part in up if up[part] == code])

    # What the regions of a level leave over of the country.
    for level, kind in (("kunta", "KU"), ("seutukunta", "SK"), ("maakunta", "MK"), ("ely", "EL")):
        parts = [a for a in areas if a[:2] == kind and a not in CAUSES]
        for content, group in GROUPS.items():
            known, hidden, _ = parts_of(parts, content)
            row = row_of(level, "_X", group)
            if hidden == 0:
                same(f"{level} _X {group}", row, "persons", cells["SSS", content] - known)
            elif not (cells["SSS", content] - known - 4 * hidden <= float(row["persons_high"])):
                faults.append(f"{level} _X {group}: {row}")
        for content, column in FIGURES.items():
            known, hidden, _ = parts_of(parts, content)
            if hidden == 0:
                same(f"{level} _X {column}", stocks[level, "_X"], column, cells["SSS", content] - known)

    for (level, code, group), row in rows.items():
        all_of = rows[level, code, "unemployed"]
        wanted = None
        if group in OF_UNEMPLOYED and row["persons"] and all_of["persons"] and float(all_of["persons"]) > 0:
            wanted = float(row["persons"]) / float(all_of["persons"])
            wanted = wanted if 0 <= wanted <= 1 else None
        same(f"{level} {code} {group}", row, "share_of_unemployed", wanted)

    levels = collections.Counter(level for level, _, _ in seen)
    for needed in ("country", "kunta", "seutukunta", "maakunta", "ely", "suuralue", "elinvoimakeskus",
                   "tyollisyysalue"):
        if levels[needed] == 0:
            faults.append(f"no row of {needed} was looked at")
    print("\n".join(faults[:20]))
    print(f"{len(faults)} differences in {len(seen)} of {len(rows)} rows, {len(stocks)} of observations")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
