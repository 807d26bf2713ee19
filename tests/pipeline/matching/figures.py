#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Flows that follow from the published stocks by a known function, and what has to come of them.

    figures.py make RUN FILE                  writes the flows, from the run's `observations`
    figures.py check RUN SETTINGS PROGRAM     the tables `matching_function` and `counterfactual` of the
                                              run against `measure` on the published figures
"""

import csv
import glob
import io
import json
import math
import subprocess
import sys

SOURCE = "12r5-modelled"
NO_HIRES = "2022M05"  # months of which the country's figure is left out
NO_OUTFLOW = "2022M08"


def expect(good, words):
    if not good:
        sys.exit("not so: " + words)


def table(run, name):
    for path in sorted(glob.glob(f"{run}/csv/{name}/*.csv")):
        with open(path, encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def after(month, steps):
    at = int(month[:4]) * 12 + int(month[5:]) - 1 + steps
    return f"{at // 12}M{at % 12 + 1:02d}"


def number(text):
    return math.nan if text == "" else float(text)


def stocks_of(run):
    """(level, region) -> month -> (unemployed, vacancies, labour force)"""
    found = {}
    for row in table(run, "observations"):
        if row["source"] == SOURCE and row["occupation_level"] == "_T" and row["region_code"][:2] != "_X":
            line = found.setdefault((row["region_level"], row["region_code"]), {})
            line[row["time_period"]] = tuple(number(row[c]) for c in ("unemployed", "vacancies", "labour_force"))
    return found


def make(run, path):
    stocks = {key: line for key, line in stocks_of(run).items() if key[0] == "maakunta"}
    totals, rows = {}, []
    for place, ((_, region), line) in enumerate(sorted(stocks.items())):
        for at, month in enumerate(sorted(line)[1:]):
            unemployed, vacancies, _ = line[after(month, -1)]
            # Shocks without a pattern that the stocks have: fractions of multiples of irrational numbers.
            shock = [(at * root + place * 0.37) % 1.0 - 0.5 for root in (math.sqrt(2), math.sqrt(3), math.sqrt(5))]
            new = 0.4 * vacancies * math.exp(0.4 * shock[0])
            started = 0.12 * unemployed * math.exp(0.2 * shock[1])
            filled = 0.8 * vacancies**0.3 * unemployed**0.3 * new**0.25 * started**0.15 * math.exp(0.1 * shock[2])
            figures = [round(one) for one in (filled, new, started, 0.11 * unemployed)]
            rows.append([region, month] + figures)
            total = totals.setdefault(month, [0] * 4)
            totals[month] = [a + b for a, b in zip(total, figures)]
    for month, total in totals.items():
        total[0] = "" if month == NO_HIRES else total[0]
        total[3] = "" if month == NO_OUTFLOW else total[3]
        rows.append(["SSS", month] + total)
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["region", "month", "filled", "new", "started", "ended"])
        out.writerows(rows)


def flows_of(run):
    found = {}
    for row in table(run, "flows"):
        if row["occupation_level"] == "_T":
            key = row["region_level"], row["region_code"], row["flow"], row["time_period"]
            found[key] = number(row["value"])
    return found


def measure(program, name, params, header, rows):
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(header)
    out.writerows([["" if isinstance(c, float) and math.isnan(c) else c if isinstance(c, str) else repr(c) for c in row]
                   for row in rows])
    words = [f"--param={key}={value}" for key, value in params.items()]
    done = subprocess.run([program, "measure", name] + words,
                          input=text.getvalue(), capture_output=True, text=True, check=False)
    expect(done.returncode == 0, f"measure {name} {params}: {done.stderr}")
    return list(csv.DictReader(io.StringIO(done.stdout)))


def same(a, b, words):
    a, b = number(a), number(b)
    expect(math.isnan(a) == math.isnan(b), f"{words}: {a} is {b}")
    expect(math.isnan(a) or abs(a - b) <= 1e-9 * max(abs(a), abs(b), 1e-6), f"{words}: {a} is {b}")


def rows_of_function(spec, settings, stocks, flows, level, region, market):
    """The rows of one market, without the ends that lack a figure."""
    def stock(month, at):
        return stocks[level, region].get(month, (math.nan,) * 3)[at]

    def tightness(month):
        return math.log(stock(month, 1) / stock(month, 0)) if stock(month, 1) > 0 else math.nan

    names = [spec["hires"]]
    if spec["fit"]["model"] == "stockflow":
        names += [settings["new_vacancies"], settings["new_unemployed"]]
    rows = []
    for month in sorted({key[3] for key in flows if key[:3] == (level, region, spec["hires"])}):
        before = after(month, -1)
        figures = [flows.get((level, region, name, month), math.nan) for name in names]
        figures += [stock(before, 1), stock(before, 0)]
        figures += [tightness(after(before, -lag - 1)) for lag in range(spec.get("instruments", 0))]
        rows.append([month, month[5:] if market == "calendar_month" else region] + figures)
    whole = [at for at, row in enumerate(rows) if not any(math.isnan(figure) for figure in row[2:])]
    return rows[whole[0]:whole[-1] + 1] if whole else []


def check_function(spec, settings, stocks, flows, scope, published, program):
    market = spec.get("markets")
    places = [(spec["scopes"], scope)]
    if market not in (None, "calendar_month"):
        places = sorted(key for key in stocks if key[0] == market)
    rows = []
    for level, region in places:
        rows += rows_of_function(spec, settings, stocks, flows, level, region, market)
    mine = {row["term"]: row for row in published if row["scope"] == scope and row["model"] == spec["name"]}
    words = f"{scope} {spec['name']}"
    if not rows:
        expect(list(mine) == ["_T"] and mine["_T"]["reason"] != "" and mine["_T"]["estimate"] == "", words)
        return
    header = ["time_period", "market", "hires"]
    header += ["new_vacancies", "new_unemployed"] if spec["fit"]["model"] == "stockflow" else []
    header += ["vacancies", "unemployed"] + [f"instrument_{lag + 1}" for lag in range(spec.get("instruments", 0))]
    if market is None:
        header, rows = [h for h in header if h != "market"], [[row[0]] + row[2:] for row in rows]
    made = measure(program, "matching_function", spec["fit"], header, rows)
    expect([row["term"] for row in made] == list(dict.fromkeys(row["term"] for row in made)), words)
    expect({row["term"] for row in made} == set(mine), words + ": terms")
    months = sorted(row[0] for row in rows)
    for row in made:
        other = mine[row["term"]]
        for name in ("estimate", "standard_error", "n"):
            same(row[name], other[name], f"{words} {row['term']} {name}")
        expect(row["admissible"] == other["admissible"], words)
        expect(row["reason"] == "" or row["reason"] == other["reason"], words + ": reason")
        expect((other["first_period"], other["last_period"]) == (months[0], months[-1]), words + ": periods")


def check_path(spec, run, stocks, flows, program):
    mismatch = {row["time_period"]: number(row["value"]) for row in table(run, "mismatch")
                if row["market"] == spec["market"] and row["scope"] == spec["scope"]
                and row["measure"] == "mismatch" and float(row["alpha"]) == spec["fit"]["alpha"]}
    published = {row["time_period"]: row for row in table(run, "counterfactual")}
    line, paths = stocks["country", spec["scope"]], [[]]
    for month, (unemployed, _, labour_force) in sorted(line.items()):
        ended, started = (flows.get(("country", spec["scope"], spec[name], after(month, 1)), math.nan)
                          for name in ("outflow", "inflow"))
        row = [month, unemployed / labour_force, ended / unemployed, started / (labour_force - unemployed),
               mismatch.get(month, math.nan)]
        same(repr(row[1]), published[month]["observed_rate"], month)
        if any(math.isnan(one) for one in row[1:]):
            expect(published[month]["counterfactual_rate"] == "", f"{month} has no path")
            paths.append([])
        else:
            paths[-1].append(row)
    paths = [path for path in paths if path]
    expect([path[0][0] for path in paths] == [min(line), NO_OUTFLOW], "two paths")
    for path in paths:
        header = ["time_period", "unemployment_rate", "job_finding", "separation", "mismatch"]
        for row in measure(program, "counterfactual_unemployment", spec["fit"], header, path):
            other = published[row["time_period"]]
            for name in ("counterfactual_rate", "mismatch_unemployment"):
                same(row[name], other[name], f"{row['time_period']} {name}")
            expect(f" start={path[0][0]}" in other["method"], "the start is told")


def check(run, settings, program):
    with open(settings, encoding="utf-8") as file:
        settings = json.load(file)
    stocks, flows = stocks_of(run), flows_of(run)
    published = list(table(run, "matching_function"))
    fitted = 0
    for spec in settings["functions"]:
        for _, scope in sorted(key for key in stocks if key[0] == spec["scopes"]):
            check_function(spec, settings, stocks, flows, scope, published, program)
            fitted += 1
    expect(fitted == len({(row["scope"], row["model"]) for row in published}), "nothing else is published")
    check_path(settings["counterfactual"], run, stocks, flows, program)


if __name__ == "__main__":
    {"make": make, "check": check}[sys.argv[1]](*sys.argv[2:])
