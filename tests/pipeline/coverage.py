#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""coverage.py RUN PROJECTS: the tables coverage, coverage_summary and white_spots of a published
run, made a second time from its other tables and from what PROJECTS (config/projects) says of needs
and of areas of our own. Fractions in place of cents; what is split into whole cents may be a cent
off for each part, sums may not be off at all."""

import csv
import datetime
import glob
import json
import math
import sys
from fractions import Fraction

RUN, PROJECTS = sys.argv[1:3]
DAY = datetime.date.fromisoformat


def table(name):
    rows = []
    for path in sorted(glob.glob(f"{RUN}/csv/{name}/*.csv")):
        with open(path, encoding="utf-8", newline="") as file:
            rows += list(csv.DictReader(file))
    return rows


def number(cell):
    return None if cell == "" else float(cell)


def near(found, wanted, what, tolerance=1e-9):
    if (found is None) != (wanted is None):
        sys.exit(f"{what}: {found}, expected {wanted}")
    if found is not None and abs(found - wanted) > tolerance * max(1.0, abs(wanted)):
        sys.exit(f"{what}: {found}, expected {wanted}")


def same(found, wanted, what):
    if found != wanted:
        sys.exit(f"{what}: {found}, expected {wanted}")


with open(f"{PROJECTS}/needs.json", encoding="utf-8") as file:
    CONFIG = json.load(file)
with open(f"{PROJECTS}/areas.csv", encoding="utf-8", newline="") as file:
    AREAS = {row["region_code"]: row["members"].split("|") for row in csv.DictReader(file)}

# Municipalities of today, and the region of each level that they are in.
PARENTS, CELLS = {}, {level: [] for level in CONFIG["levels"]}
AREA_OF = {}
for row in table("dim_region"):
    if row["valid_to"] != "" or row["code"].startswith("_X") or row["code"] == "SSS":
        continue
    parents = dict(part.split("=") for part in row["parents"].split(";") if part)
    if row["level"] == "kunta":
        PARENTS[row["code"]] = {**parents, "kunta": row["code"]}
    if row["level"] in CELLS:
        CELLS[row["level"]].append(row["code"])


def towns_of(level, code):
    if code in AREAS:
        return {town for town, up in PARENTS.items() if up.get("maakunta") in AREAS[code]}
    return {town for town, up in PARENTS.items() if up.get(level) == code}


def cells_of(place, level):
    if place[0] == "national":
        return {"SSS"}
    return {PARENTS[town].get(level) for town in towns_of(*place)} - {None}


def area_of(level, cell):
    areas = {up.get("coordinator") for up in PARENTS.values() if up.get(level) == cell} - {None}
    return areas.pop() if len(areas) == 1 else "SSS" if areas else "_X"


class Project:
    def __init__(self, row):
        self.code, self.relation = row["project_code"], row["relation"]
        self.parent = row["parent_code"]
        self.granted = Fraction(row["granted_eu_state_eur"] or 0)
        self.realised = Fraction(row["realised_eu_state_eur"] or 0)
        dates = row["start_date"], row["end_date"]
        self.days = (DAY(dates[0]), DAY(dates[1])) if all(dates) else None
        self.seen = DAY(row["last_snapshot_date"])
        self.places, self.themes = [], {}

    def share(self, year, realised=False):
        if self.days is None:
            return Fraction(0)
        first, last = self.days
        if realised and first <= self.seen < last:
            last = self.seen
        inside = (min(last, datetime.date(year, 12, 31)) - max(first, datetime.date(year, 1, 1))).days
        return Fraction(max(0, inside + 1), (last - first).days + 1)

    def weight(self, scheme, theme):
        return Fraction(1) if theme == "_T" else self.themes.get((scheme, theme), Fraction(0))

    def is_at_work(self, year):
        return self.days is not None and self.days[0].year <= year <= self.days[1].year

    def undertaking(self):
        return self.parent if self.relation == "parallel" and self.parent else self.code


ALL = {row["project_code"]: Project(row) for row in table("projects") if row["current"] == "true"}
for row in table("project_regions"):
    if row["role"] == "implementation":
        place = (row["region_level"], row["region_code"])
        ALL[row["project_code"]].places.append((place, Fraction(row["weight"])))
for row in table("project_themes"):
    ALL[row["project_code"]].themes[row["scheme"], row["code"]] = Fraction(row["weight"])
LIST = [ALL[code] for code in sorted(ALL)]
PLACES = {place for project in LIST for place, _ in project.places}
STANDS = {(place, level): cells_of(place, level) for place in PLACES for level in CELLS}

# Published figures by table, region and period.
STOCKS, GROUPS, EMPLOYED, SECTORS = {}, {}, {}, {}
for row in table("observations"):
    if row["occupation_level"] == "_T":
        STOCKS.setdefault((row["region_level"], row["region_code"], row["time_period"]), row)
for row in table("target_groups"):
    GROUPS[row["group_code"], row["region_level"], row["region_code"], row["time_period"]] = row
for row in table("sectors"):
    if row["sector_level"] == "_T" and row["sector_revision"] == "tol2008":
        EMPLOYED[row["region_level"], row["region_code"], row["time_period"]] = row
    if row["sector_level"] == "tol1" and row["sector_revision"] == "tol2008" and row["sector_code"] != "_X":
        SECTORS[row["region_level"], row["region_code"], row["sector_code"], row["time_period"]] = row
MONTHS = {key[2] for key in STOCKS}
HAS_VALUE = {"A", "P", "E", "B"}
ORDER = "BQOLMEPA"


def ends(row, name, status):
    letter = row[status]
    value = number(row[name])
    if f"{name}_low" in row:
        return letter, value, number(row[f"{name}_low"]), number(row[f"{name}_high"])
    return letter, value, value, value


def gap(measure, level, cell, period):
    rows = STOCKS.get((level, cell, period)), STOCKS.get(("country", "SSS", period))
    if rows[0] is None or rows[1] is None:
        return "L", None, None, None
    figures = [ends(row, name, f"{name}_status") for row in rows for name in ("unemployed", "vacancies")]
    absent = [one[0] for one in figures if one[0] not in HAS_VALUE]
    letter = min(absent or [one[0] for one in figures], key=ORDER.index)
    if letter in "OLM":
        return letter, None, None, None
    (_, u, ul, uh), (_, v, vl, vh), (_, su, sul, suh), (_, sv, svl, svh) = figures
    low, high = ul - vh * suh / svl, uh - vl * sul / svh
    if measure == "below_scope":
        low, high = -high, -low
    low, high = max(0.0, low), max(0.0, high)
    if letter == "Q":
        return ("E", low, low, low) if low == high else ("Q", None, low, high)
    value = u - v * su / sv if measure == "above_scope" else v * su / sv - u
    return letter, max(0.0, value), low, high


def figure(need, level, cell, period):
    where = need["of"]["where"]
    if need["of"]["table"] == "target_groups":
        row, name = GROUPS.get((where["group_code"][0], level, cell, period)), "persons"
    else:
        row, name = EMPLOYED.get((level, cell, period)), "employed"
    found = ("L", None, None, None) if row is None else ends(row, name, "obs_status")
    if found[0] == "Q" and found[2] is not None and found[2] == found[3]:
        return "E", found[2], found[2], found[2]
    return ("L", None, None, None) if found[0] in HAS_VALUE and found[1] is None else found


def need_of(need, level, cell, period):
    if period is None:
        return "L", None, None, None
    if need["measure"] == "figure":
        return figure(need, level, cell, period)
    return gap(need["measure"], level, cell, period)


def stock_period(year):
    known = [month for month in MONTHS if month.startswith(str(year)) and all(
        STOCKS.get(("country", "SSS", month), {}).get(f"{name}_status", "L") in HAS_VALUE
        for name in ("unemployed", "vacancies"))]
    return max(known, default=None)


def need_period(need, level, year):
    if need["measure"] != "figure":
        return stock_period(year)
    known = [month for month in MONTHS if month.startswith(str(year)) and any(
        figure(need, level, cell, month)[0] in HAS_VALUE for cell in CELLS[level])]
    return max(known, default=None)


def cell_at(place, level):
    stands = STANDS[place, level]
    return next(iter(stands)) if len(stands) == 1 else "_X"


def money(level, year, scheme, theme, realised=False):
    """Euros of each cell, and of how many parts they are."""
    found, parts = {}, {}
    for project in LIST:
        whole = (project.realised if realised else project.granted) * project.share(year, realised)
        weight = project.weight(scheme, theme)
        for place, share in project.places:
            cell = cell_at(place, level)
            found[cell] = found.get(cell, 0) + whole * share * weight
            parts[cell] = parts.get(cell, 0) + (1 if whole * weight else 0)
    return found, parts


def money_apart(level, year, scheme, theme):
    """Euros of known places in several cells of the level, and in none."""
    several = nowhere = Fraction(0)
    for project in LIST:
        whole = project.granted * project.share(year) * project.weight(scheme, theme)
        for place, share in project.places:
            stands = len(STANDS[place, level])
            several += whole * share if stands > 1 else 0
            nowhere += whole * share if stands == 0 and place[0] != "unknown" else 0
    return several, nowhere


def count(level, cell, scheme, theme, year=None):
    return len({project.undertaking() for project in LIST
                if project.relation != "ghost" and project.weight(scheme, theme) > 0
                and (year is None or project.is_at_work(year))
                and any(cell_at(place, level) == cell for place, share in project.places if share)})


def classify(cell, need, needs, fundings, active, unknown):
    limits = CONFIG["limits"]
    known = [value for value in needs.values() if value is not None]
    if cell["status"] == "Q":
        return "suppressed"
    if need is None or unknown > limits["unknown_share"]:
        return "unknown"
    if need == 0:
        return "no_need"
    quarter = sorted(known, reverse=True)[math.ceil(len(known) / 4) - 1]
    if active == 0 and need >= quarter:
        return "white"
    total = sum(known) - needs[cell["code"]] + need
    funding = sum(fundings[code] for code, value in needs.items() if value is not None)
    if funding == 0:
        return "unknown"
    ratio = fundings[cell["code"]] / funding / (need / total)
    return "thin" if ratio < limits["thin"] else "heavy" if ratio > limits["heavy"] else "proportional"


def ranks(values):
    return [sum(other < value for other in values) + (values.count(value) + 1) / 2 for value in values]


def covariance(a, b):
    mean_a, mean_b = sum(a) / len(a), sum(b) / len(b)
    return sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b)) / len(a)


def check_summary(row, fundings, needs, what):
    known = [code for code in needs if needs[code] is not None]
    same(int(row["n_cells"]), len(known), f"{what} n_cells")
    total, all_need = sum(fundings[code] for code in known), sum(needs[code] for code in known)
    names = ("dissimilarity", "hhi", "gini", "concentration_index", "spearman")
    if len(known) < 2 or total == 0 or all_need == 0:
        same([row[name] for name in names], [""] * 5, what)
        return
    f = [fundings[code] / total for code in known]
    n = [needs[code] / all_need for code in known]
    count_of = len(f)
    near(number(row["dissimilarity"]), sum(abs(x - y) for x, y in zip(f, n)) / 2, f"{what} D")
    near(number(row["hhi"]), sum(x * x for x in f), f"{what} HHI")
    near(number(row["gini"]), sum(abs(x - y) for x in f for y in f) / (2 * count_of), f"{what} Gini")
    index = 2 * covariance(f, [(r - 0.5) / count_of for r in ranks(n)]) * count_of
    near(number(row["concentration_index"]), index, f"{what} CI")
    spread = math.sqrt(covariance(ranks(f), ranks(f)) * covariance(ranks(n), ranks(n)))
    wanted = covariance(ranks(f), ranks(n)) / spread if spread > 0 else None
    near(number(row["spearman"]), wanted, f"{what} Spearman")


def nearest(level, cell, scheme, theme, year):
    best = (0.0, "")
    for project in LIST:
        if project.relation == "ghost" or not project.is_at_work(year):
            continue
        near_to = 0.0
        for place, _ in project.places:
            stands = STANDS[place, level]
            if place[0] == "unknown":
                continue
            if place[0] == "national" or cell in stands:
                near_to = 1.0
                continue
            own = cell_at(place, level)
            alike = own != "_X" and area_of(level, own) == area_of(level, cell)
            near_to = max(near_to, 0.5 if alike else 0.25)
        likeness = near_to * float(project.weight(scheme, theme))
        if likeness > best[0]:
            best = (likeness, project.code)
    return best


def check_spread(rows, cells, column, total, what):
    """Figures of a sensitivity are whole or not there."""
    shares = [rows[cell][column] for cell in cells]
    if "" not in shares and total is not None:
        same(sum(round(float(share) * 100) for share in shares), total, f"{what} {column}")
    return "" not in shares


def key_of(row):
    return row["need"], row["theme_scheme"], row["theme"], row["region_level"], row["time_period"]


COVERAGE, BY_SECTOR, SPOTS, SECTOR_SPOTS = {}, {}, {}, {}
for row in table("coverage"):
    if row["sector_level"] == "_T":
        COVERAGE.setdefault(key_of(row), {})[row["region_code"]] = row
    else:
        BY_SECTOR.setdefault(key_of(row), {})[row["region_code"], row["sector_code"]] = row
SUMMARY = {key_of(row): row for row in table("coverage_summary")}
for row in table("white_spots"):
    if row["sector_level"] == "_T":
        SPOTS.setdefault(key_of(row), {})[row["region_code"]] = row
    else:
        SECTOR_SPOTS.setdefault(key_of(row), {})[row["region_code"], row["sector_code"]] = row
YEARS = sorted({year for project in LIST if project.days
                for year in range(project.days[0].year, project.days[1].year + 1)})
NEEDS = {need["need"]: need for need in CONFIG["needs"]}
KEYS = {(need["need"], scheme, theme, level, f"Y{year}") for need in CONFIG["needs"]
        for scheme, themes in need["projects"].items() for theme in themes
        for level in need.get("levels", CELLS) for year in YEARS}
OF_SECTORS = {key for key in KEYS if NEEDS[key[0]]["measure"] == "above_mean"}
same(set(COVERAGE), KEYS - OF_SECTORS, "keys of coverage")
same(set(BY_SECTOR), OF_SECTORS, "keys of coverage by sector")
same(set(SUMMARY), KEYS, "keys of coverage_summary")

CLASSES, SPREADS = {}, 0


def check_cell(row, needs, fundings, unlocated, topic, what):
    global SPREADS
    status, value, low, high = needs[row["region_code"]]
    same(row["obs_status"], status, f"{what} status")
    near(number(row["need_value"]), value, f"{what} need")
    near(number(row["need_low"]), low, f"{what} need_low")
    near(number(row["need_high"]), high, f"{what} need_high")
    values = {code: need[1] for code, need in needs.items()}
    unclassified = 0.0 if topic == "_T" else number(row["unclassified_share"]) or 0.0
    unknown = max(unlocated or 0.0, unclassified)
    cell = {"code": row["region_code"], "status": status}
    made = [classify(cell, one, values, fundings, int(row["n_active"]), unknown)
            for one in (value, low, high)]
    same(row["class"], made[0], f"{what} class")
    CLASSES[made[0]] = CLASSES.get(made[0], 0) + 1
    wanted = "" if value is None else "fragile" if made[1:] != [made[0]] * 2 else "robust"
    same(row["robustness"], wanted, f"{what} robustness")
    known = [code for code in values if values[code] is not None]
    funding, need = sum(fundings[code] for code in known), sum(values[code] for code in known)
    has = value is not None and funding > 0 and value > 0
    ratio = fundings[cell["code"]] / funding / (value / need) if has else None
    near(number(row["coverage_ratio"]), ratio, f"{what} ratio")
    for column, name in (("eur_per_unemployed", "unemployed"), ("eur_per_vacancy", "vacancies"),
                         ("eur_per_long_term_unemployed", "long_term_unemployed")):
        persons = number(row[name])
        near(number(row[column]), fundings[cell["code"]] / persons if persons else None,
             f"{what} {column}")


def check_sheet(key, rows):
    global SPREADS
    need_id, scheme, theme, level, period = key
    need, year, what = NEEDS[need_id], int(period[1:]), "/".join(key)
    same(set(rows), set(CELLS[level]) | {"SSS", "_X"}, f"{what} regions")
    at, month = need_period(need, level, year), stock_period(year)
    found, parts = money(level, year, scheme, theme)
    realised, _ = money(level, year, scheme, theme, True)
    unknown, _ = money(level, year, scheme, "unknown")
    everything, _ = money(level, year, scheme, "_T")
    needs = {cell: need_of(need, level, cell, at) for cell in CELLS[level]}
    fundings = {cell: float(rows[cell]["funding_eur"]) for cell in rows}
    summary = SUMMARY[key]
    cents = {cell: round(fundings[cell] * 100) for cell in rows}
    listed = round(float(summary["listed_eur"]) * 100)
    same(sum(cents.values()), listed, f"{what} cells and what stands apart")
    same(cents["SSS"], round(float(summary["national_eur"]) * 100), f"{what} national")
    apart = sum(round(float(summary[name]) * 100) for name in ("shared_eur", "unlocated_eur"))
    same(cents["_X"], apart, f"{what} in no single region")
    rest = listed - cents["SSS"]
    unlocated = apart / rest if rest else None
    for cell, row in rows.items():
        here = f"{what}/{cell}"
        slack = 0.01 * (parts.get(cell, 0) + 1)
        near(fundings[cell], float(found.get(cell, 0)), f"{here} funding", slack)
        near(float(row["funding_realised_eur"]), float(realised.get(cell, 0)), f"{here} realised", slack)
        same(int(row["n_projects"]), count(level, cell, scheme, theme), f"{here} n_projects")
        same(int(row["n_active"]), count(level, cell, scheme, theme, year), f"{here} n_active")
        if cell in ("SSS", "_X"):
            same((row["class"], row["obs_status"]), ("", "M"), here)
            continue
        same(row["need_period"], at or "", f"{here} need_period")
        stock = STOCKS.get((level, cell, month), {})
        same(row["unemployed"], stock.get("unemployed", ""), f"{here} unemployed")
        same(row["vacancies"], stock.get("vacancies", ""), f"{here} vacancies")
        group = GROUPS.get(("long_term", level, cell, month), {})
        same(row["long_term_unemployed"], group.get("persons", ""), f"{here} long-term")
        near(number(row["unlocated_share"]), unlocated, f"{here} unlocated")
        whole = float(everything.get(cell, 0))
        near(number(row["unclassified_share"]), float(unknown.get(cell, 0)) / whole if whole else None,
             f"{here} unclassified", 1e-3)
        check_cell(row, needs, fundings, unlocated, theme, here)
    check_summary(summary, fundings, {cell: one[1] for cell, one in needs.items()}, what)
    SPREADS += check_spread(rows, CELLS[level], "national_share_eur", cents["SSS"], what)
    spread, nowhere = money_apart(level, year, scheme, theme)
    if check_spread(rows, CELLS[level], "shared_share_eur", None, what):
        got = sum(float(rows[cell]["shared_share_eur"]) for cell in CELLS[level])
        near(got, float(spread), f"{what} shared_share_eur", 0.01 * (parts.get("_X", 0) + 1))
    near(float(summary["shared_eur"]), float(spread + nowhere), f"{what} shared",
         0.01 * (parts.get("_X", 0) + 1))
    return at


def check_spots(key, rows):
    need_id, scheme, theme, level, period = key
    white = sorted((code for code, row in rows.items() if row["class"] == "white"),
                   key=lambda code: (-float(rows[code]["need_value"]), code))
    spots = SPOTS.pop(key, {})
    same(set(spots), set(white), f"{'/'.join(key)} white spots")
    for rank, code in enumerate(white, 1):
        spot, what = spots[code], f"{'/'.join(key)}/{code}"
        same(int(spot["rank"]), rank, f"{what} rank")
        same(spot["need_value"], rows[code]["need_value"], f"{what} need")
        same(spot["coordinator_area"], area_of(level, code), f"{what} area")
        likeness, project = nearest(level, code, scheme, theme, int(period[1:]))
        same(spot["nearest_project_code"], project, f"{what} nearest")
        near(number(spot["nearest_similarity"]), likeness if project else None, f"{what} similarity")


def months_before(month, count_of):
    last = int(month[:4]) * 12 + int(month[5:]) - 1
    return [f"{at // 12}M{at % 12 + 1:02d}" for at in range(last - count_of + 1, last + 1)]


def rate(vacancies, employed):
    return vacancies / (vacancies + employed)


def above_mean(need, level, cell, sector, month):
    """Posts above those of the mean rate, from limits where months are hidden."""
    rows = [SECTORS.get((level, cell, sector, one)) for one in months_before(month, need["months"])]
    letters, rates = [], []
    for at, row in enumerate(rows):
        if row is None or row["employed"] == "" or (at > 0 and row["obs_status"] == "B"):
            return "L", None, None, None
        letter, value, low, high = ends(row, "vacancies", "obs_status")
        if letter == "Q":
            letter, value = "E", (low + high) / 2
        if letter not in HAS_VALUE:
            return "L", None, None, None
        employed = float(row["employed"])
        if high + employed == 0:
            return "M", None, None, None
        letters.append(letter)
        rates.append([rate(one, employed) for one in (value, low, high)])
    mean, mean_low, mean_high = (math.fsum(one) / len(rates) for one in zip(*rates))
    letter, value, low, high = ends(rows[-1], "vacancies", "obs_status")
    employed = float(rows[-1]["employed"])
    least = max(0.0, low - employed * mean_high / (1 - mean_high))
    most = max(0.0, high - employed * mean_low / (1 - mean_low))
    if letter == "Q":
        return ("E", least, least, least) if least == most else ("Q", None, least, most)
    found = max(0.0, value - employed * mean / (1 - mean))
    return min(letters, key=ORDER.index), found, least, most


def money_by_sector(level, year, scheme, theme):
    found, parts = {}, {}
    for project in LIST:
        whole = project.granted * project.share(year) * project.weight(scheme, theme)
        for place, share in project.places:
            for (other, sector), weight in project.themes.items():
                if other == "sector_tol2008":
                    key = cell_at(place, level), "_X" if sector == "unknown" else sector
                    found[key] = found.get(key, 0) + whole * share * weight
                    parts[key] = parts.get(key, 0) + (1 if whole else 0)
    return found, parts


def no_topic(project, scheme, theme):
    """The share of a project of which nobody knows the sector, or the theme where one is asked for."""
    sector = project.themes.get(("sector_tol2008", "unknown"), Fraction(0))
    unknown = Fraction(0) if theme == "_T" else project.themes.get((scheme, "unknown"), Fraction(0))
    return sector + unknown - sector * unknown


def unclassified_of(level, region, year, scheme, theme):
    whole = unknown = Fraction(0)
    for project in LIST:
        for place, share in project.places:
            if cell_at(place, level) == region:
                here = project.granted * project.share(year) * share
                whole += here
                unknown += here * no_topic(project, scheme, theme)
    return float(unknown / whole) if whole else None


def count_sector(level, region, sector, scheme, theme, year=None):
    code = "unknown" if sector == "_X" else sector
    return len({project.undertaking() for project in LIST
                if project.relation != "ghost" and project.weight(scheme, theme) > 0
                and project.weight("sector_tol2008", code) > 0
                and (year is None or project.is_at_work(year))
                and any(cell_at(place, level) == region for place, share in project.places if share)})


def check_sector_cell(row, cell, needs, fundings, unlocated, unclassified, what):
    status, value, low, high = needs[cell]
    same(row["obs_status"], status, f"{what} status")
    # the mean of rates is a sum in another order: an end at 0 may be a rounding of it
    for name, one in (("need_value", value), ("need_low", low), ("need_high", high)):
        near(number(row[name]), one, f"{what} {name}", 1e-7)
    near(number(row["unclassified_share"]), unclassified, f"{what} unclassified", 1e-3)
    same([row[name] for name in ("unemployed", "long_term_unemployed", "national_share_eur",
                                 "shared_share_eur", "eur_per_unemployed")], [""] * 5, f"{what} job seekers")
    values = {one: number(BY_SECTOR[what_key(what)][one]["need_value"]) for one in needs}
    unknown = max(unlocated or 0.0, unclassified or 0.0)
    described = {"code": cell, "status": status}
    made = [classify(described, number(row[name]), values, fundings, int(row["n_active"]), unknown)
            for name in ("need_value", "need_low", "need_high")]
    same(row["class"], made[0], f"{what} class")
    CLASSES[made[0]] = CLASSES.get(made[0], 0) + 1
    wanted = "" if value is None else "fragile" if made[1:] != [made[0]] * 2 else "robust"
    same(row["robustness"], wanted, f"{what} robustness")


def what_key(what):
    return tuple(what.split("/")[:5])


def check_sector_sheet(key, rows):
    need_id, scheme, theme, level, period = key
    need, year, what = NEEDS[need_id], int(period[1:]), "/".join(key)
    sectors = sorted({key[2] for key in SECTORS})
    same(set(rows), {(region, sector) for region in [*CELLS[level], "SSS", "_X"]
                     for sector in [*sectors, "_X"]}, f"{what} cells")
    known = [one[3] for one, row in SECTORS.items() if one[0] == level and one[1] in CELLS[level]
             and one[3].startswith(str(year)) and row["obs_status"] in HAS_VALUE]
    month = max(known, default=None)
    cells = [(region, sector) for region in CELLS[level] for sector in sectors]
    needs = {cell: above_mean(need, level, *cell, month) if month else ("L", None, None, None)
             for cell in cells}
    found, parts = money_by_sector(level, year, scheme, theme)
    fundings = {cell: float(rows[cell]["funding_eur"]) for cell in rows}
    summary = SUMMARY[key]
    listed = round(float(summary["listed_eur"]) * 100)
    same(sum(round(one * 100) for one in fundings.values()), listed, f"{what} all cells")
    national = round(float(summary["national_eur"]) * 100)
    located = round(float(summary["located_eur"]) * 100)
    unlocated = (listed - national - located) / (listed - national) if listed > national else None
    shares = {region: unclassified_of(level, region, year, scheme, theme) for region in CELLS[level]}
    for cell, row in rows.items():
        here = f"{what}/{'/'.join(cell)}"
        near(fundings[cell], float(found.get(cell, 0)), f"{here} funding", 0.01 * (parts.get(cell, 0) + 1))
        same(int(row["n_projects"]), count_sector(level, *cell, scheme, theme), f"{here} n_projects")
        same(int(row["n_active"]), count_sector(level, *cell, scheme, theme, year), f"{here} n_active")
        if cell not in needs:
            same((row["class"], row["obs_status"]), ("", "M"), here)
            continue
        same(row["need_period"], month or "", f"{here} need_period")
        stock = SECTORS.get((level, *cell, month), {}) if month else {}
        same(row["vacancies"], stock.get("vacancies", ""), f"{here} vacancies")
        check_sector_cell(row, cell, needs, fundings, unlocated, shares[cell[0]], here)
    check_summary(summary, fundings, {cell: number(rows[cell]["need_value"]) for cell in cells}, what)
    return month


def check_sector_spots(key, rows):
    white = sorted((cell for cell, row in rows.items() if row["class"] == "white"),
                   key=lambda cell: (-float(rows[cell]["need_value"]), cell))
    spots = SECTOR_SPOTS.pop(key, {})
    same(set(spots), set(white), f"{'/'.join(key)} white spots")
    for rank, cell in enumerate(white, 1):
        same(int(spots[cell]["rank"]), rank, f"{'/'.join(key)} {cell} rank")
        same(spots[cell]["coordinator_area"], area_of(key[3], cell[0]), f"{'/'.join(key)} {cell} area")


NEWEST = {}
for key in sorted(BY_SECTOR):
    if check_sector_sheet(key, BY_SECTOR[key]) is not None:
        NEWEST[key[:4]] = key
for key in NEWEST.values():
    check_sector_spots(key, BY_SECTOR[key])
same(SECTOR_SPOTS, {}, "white spots of sectors in other years")

NEWEST = {}
for key in sorted(COVERAGE):
    if check_sheet(key, COVERAGE[key]) is not None:
        NEWEST[key[:4]] = key
for key in NEWEST.values():
    check_spots(key, COVERAGE[key])
same(SPOTS, {}, "white spots of other years")

# All years and what is in none are what the list grants.
for topic in {key[:4] for key in SUMMARY if key[2] == "_T"}:
    rows = [SUMMARY[(*topic, f"Y{year}")] for year in YEARS]
    total = sum(round(float(row["listed_eur"]) * 100) for row in rows)
    total += round(float(rows[0]["undated_eur"]) * 100)
    same(total, round(sum(project.granted for project in LIST) * 100), f"{topic} all money")
print(f"{len(LIST)} projects, {len(COVERAGE)} maps of regions, {len(BY_SECTOR)} of sectors, {SPREADS} with national money spread; cells by class:",
      ", ".join(f"{name} {CLASSES[name]}" for name in sorted(CLASSES)))
