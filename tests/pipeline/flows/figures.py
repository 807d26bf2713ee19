#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The old table of flows (2310, 2006M01-2020M08) of the files in ../shared.

    figures.py serve SHARED ROOT [OPTIONS]   as one more table of the stand-in for Statistics Finland
    figures.py check SHARED ROOT RUN         the run's table `flows` against what the files say
"""

import csv
import gzip
import math
import os
import sys

CONTENTS = {
    "AVPAIKATYHT": "Avoimet_tyopaikat_kauden_aikana",
    "UUDETAVP": "Uudet_avoimet_tyopaikat_kauden_aikana",
    "TAYTTYNEET": "Tayttyneet_tyopaikat_kauden_aikana",
    "KESTO": "Tayttyneiden_tyopaikkojen_avoinnaolon_km_kesto_paivaa",
}
FLOWS = {
    "vacancies_open": "AVPAIKATYHT",
    "vacancies_new": "UUDETAVP",
    "vacancies_filled": "TAYTTYNEET",
    "open_days": "KESTO",
}
FIRST = "2018-01-01"  # two years and eight months are enough of it
LAST = "2020-08-01"


def codes_of(root, level):
    """Names of a level, in Finnish and Swedish, and their codes; those of today come first."""
    found = {"Maarianhamina - Mariehamn": "KU478"} if level == "kunta" else {}
    with open(os.path.join(root, "config/classifications/regions.csv"), encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["level"] == level]
    for row in sorted(rows, key=lambda row: row["valid_to"] != ""):
        for name in (row["name_fi"], row["name_sv"]):
            found.setdefault(name, row["code"])
    return found


def figures(shared, root):
    """(region, month, content) -> the figure, None where the source shows none."""
    found = {}
    for level in ("kokomaa", "maakunta", "seutukunta", "kunta"):
        codes = {} if level == "kokomaa" else codes_of(root, level)
        path = os.path.join(shared, "data/statfin", level + "_2310.csv.gz")
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                region = "SSS" if level == "kokomaa" else codes[row[level]]
                for content, column in CONTENTS.items():
                    if row["time"] >= FIRST:
                        figure = None if row[column] == "" else float(row[column])
                        found[region, row["time"], content] = figure
    return found


def serve(shared, root, options):
    sys.path.insert(0, os.path.join(shared, "statfin-stand-in"))
    import serve as stand_in

    folder = options[options.index("--cache") + 1]
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(os.path.abspath(folder), "2310.csv")
    with open(path, "w", encoding="utf-8") as file:
        print("alue,tiedot,value,time", file=file)
        for (region, month, content), figure in figures(shared, root).items():
            print(region, content, "" if figure is None else figure, month, sep=",", file=file)
    stand_in.TABLES["2310"] = ("tyonv", path, "alue", "Alue", stand_in.month, "timeperiod_m", "Kuukausi")
    stand_in.TITLES["2310"] = "Avoimet, uudet ja täyttyneet työpaikat"
    stand_in.CONTENTS.update(CONTENTS)
    sys.argv = ["serve.py", "--only", "2310", *options]
    stand_in.main()


def published(run):
    rows = {}
    folder = os.path.join(run, "csv/flows")
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            for row in csv.DictReader(file):
                rows[row["region_level"], row["region_code"], row["period_start"], row["flow"]] = row
    return rows


def expect(good, words):
    if not good:
        sys.exit("not so: " + words)


def grown(root):
    """Municipalities that others were merged into after the table's last month."""
    path = os.path.join(root, "config/classifications/municipality_changes.csv")
    with open(path, encoding="utf-8") as file:
        return {row["successor"] for row in csv.DictReader(file) if row["date"] > LAST}


def check_own(rows, source, larger):
    """Each figure of the source is there as it was; what it shows no figure of is protected."""
    levels = {"SS": "country", "MK": "maakunta", "SK": "seutukunta", "KU": "kunta"}
    seen = {"A": 0, "Q": 0}
    for (level, region, month, flow), row in rows.items():
        if region in larger or level != levels.get(region[:2]):
            continue
        figure = source.get((region, month, FLOWS[flow]), "none")
        if figure == "none":
            continue
        if row["obs_status"] == "A":
            expect(float(row["value"]) == figure, f"{region} {month} {flow}: {row} is {figure}")
        else:
            expect(figure is None and row["value"] == "", f"{region} {month} {flow}: {row}")
            limits = ("", "") if flow == "open_days" else ("1", "4")
            expect((row["value_low"], row["value_high"]) == limits, f"the limits of {row}")
        seen[row["obs_status"]] = seen.get(row["obs_status"], 0) + 1
    expect(set(seen) == {"A", "Q"} and min(seen.values()) > 1000, f"the statuses {seen}")


def check_sums(rows, source, root):
    """Counts of a suuralue are those of its maakunta together; days are those of nobody."""
    above = {}
    with open(os.path.join(root, "config/classifications/memberships.csv"), encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["parent_level"] == "suuralue" and row["member"].startswith("MK"):
                above.setdefault(row["parent"], []).append(row["member"])
    checked = 0
    for (level, region, month, flow), row in rows.items():
        if level != "suuralue" or region not in above:
            continue
        parts = [source[one, month, FLOWS[flow]] for one in above[region]]
        if flow == "open_days" and len(parts) > 1:
            expect((row["value"], row["obs_status"]) == ("", "L"), f"a sum of days: {row}")
        else:
            expect(float(row["value"]) == sum(parts), f"{row}: its regions have {parts}")
        checked += 1
    expect(checked >= 5 * 32 * 4, f"{checked} rows of suuralue")


def check_rest(rows, source):
    """What the regions leave over of the country: it has it, and days have none."""
    for (level, region, month, flow), row in rows.items():
        if level == "maakunta" and region == "_X":
            parts = [
                figure
                for (code, when, content), figure in source.items()
                if code.startswith("MK") and when == month and content == FLOWS[flow]
            ]
            rest = source["SSS", month, FLOWS[flow]] - sum(parts)
            good = row["obs_status"] == "L" if flow == "open_days" else float(row["value"]) == rest
            expect(good, f"{row}: expected {rest}")
            expect(flow == "open_days" or math.isclose(rest, abs(rest)), f"{month} {flow}: {rest} left")


def check(shared, root, run):
    rows, source = published(run), figures(shared, root)
    check_own(rows, source, grown(root))
    check_sums(rows, source, root)
    check_rest(rows, source)


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(sys.argv[2], sys.argv[3], sys.argv[4:])
    else:
        check(*sys.argv[2:])
