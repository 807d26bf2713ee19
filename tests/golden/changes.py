#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Computes the table `changes` of a published run again from `observations`, `flows` and `target_groups`,
by other means.

changes.py RUN STEP [SOURCE MEASURE PERIOD]...

RUN is the folder of a published run, STEP its analysis.allocated_step; then the declared breaks: a
measure of a source that stands on a new basis from that month on (of flows and groups status B says
so). Exit code 1 and a line for each
difference.
"""
import csv
import functools
import glob
import math
import statistics
import sys

FIGURES = {"unemployed": ["unemployed"], "vacancies": ["vacancies"],
           "tightness": ["unemployed", "vacancies"],
           "job_seekers_per_vacancy": ["unemployed", "vacancies"]}
RATIOS = {"tightness": ("vacancies", "unemployed"),
          "job_seekers_per_vacancy": ("unemployed", "vacancies")}
TURNED = "job_seekers_per_vacancy"
WITHOUT = {"Q": "protected", "O": "missing", "L": "not_collected", "M": "impossible"}
ORDER = "BQOLMEPA"  # worst first
FINEST_FIRST = ["kunta", "seutukunta", "maakunta", "ely", "suuralue"]
faults = []


@functools.cache
def months_back(month, count):
    number = int(month[:4]) * 12 + int(month[5:]) - 1 - count
    return f"{number // 12}M{number % 12 + 1:02d}"


def number(text):
    return float(text) if text else None


class Observations:
    """Rows over all occupations, by (level, code, month)."""

    def __init__(self, run, breaks):
        self.rows, self.breaks = {}, breaks
        for name in sorted(glob.glob(f"{run}/csv/observations/*.csv")):
            with open(name, encoding="utf-8") as file:
                for row in csv.DictReader(file):
                    if row["occupation_level"] == "_T":
                        self.rows[row["region_level"], row["region_code"], row["time_period"]] = row
        self.levels = {level for level, code, _ in self.rows if code == "_X"}

    def value(self, place, month, figure):
        row = self.rows.get((*place, month))
        if row and figure == TURNED:
            if self.status(place, month, figure) in "QOLM":
                return None
            nobody = self.interval(place, month, "unemployed") == (0, 0)
            return 0.0 if nobody else number(row["unemployed"]) / number(row["vacancies"])
        return number(row[figure]) if row else None

    def status(self, place, month, figure):
        row = self.rows.get((*place, month))
        if row and figure == TURNED:
            return self.turned_status(row)
        return row[figure + "_status"] if row else "L"

    @staticmethod
    def turned_status(row):
        """Of unemployed over vacancies, which no column has."""
        of, per = row["unemployed_status"], row["vacancies_status"]
        if per not in "OLM" and float(row["vacancies_high"] or "inf") <= 0:
            return "M"
        absent = [status for status in (of, per) if status in "OLM"]
        if absent:
            return min(absent, key=ORDER.index)
        if "Q" in (of, per) or float(row["vacancies"] or 0) <= 0:
            nothing = float(row["unemployed_high"] or 1) == 0 and float(row["vacancies_low"] or 0) > 0
            return "E" if nothing else "Q"
        return min((of, per), key=ORDER.index)

    def interval(self, place, month, figure):
        row = self.rows[(*place, month)]
        if figure == TURNED:
            of, per = (self.interval(place, month, name) for name in RATIOS[TURNED])
            return of[0] / per[1], of[1] / per[0] if per[0] > 0 else math.inf
        high = number(row[figure + "_high"])
        return number(row[figure + "_low"]), math.inf if high is None else high

    def left_over(self, place):
        if place[0] == "country":
            return None
        level = place[0] if place[0] in self.levels else next(
            level for level in FINEST_FIRST if level in self.levels)
        return level, "_X"

    def share(self, place, month, figure):
        """Of the country, in the regions of the place's level."""
        left = self.left_over(place)
        if left is None:
            return 1.0
        country, rest = (self.value(p, month, figure) for p in (("country", "SSS"), left))
        return None if not country or rest is None else 1.0 - rest / country

    def placed(self, place, month, figure):
        """The interval with every place that posts without a region could have."""
        low, high = self.interval(place, month, figure)
        left = self.left_over(place)
        if figure == "unemployed" or left is None:
            return low, high
        more = max(0.0, self.interval(left, month, "vacancies")[1])
        posts = self.interval(place, month, "vacancies")[1] + more
        fewest = self.interval(place, month, "unemployed")[0]
        if figure == "vacancies":
            return low, posts
        if figure == TURNED:
            return fewest / posts, high
        return low, posts / fewest if fewest > 0 else math.inf

    def broken(self, indicator, earlier, later):
        return any(figure in FIGURES[indicator] and earlier < month <= later
                   for figure, month in self.breaks)


class Others:
    """A figure of flows or target_groups, looked at as Observations is; indicators are its rows' own."""

    def __init__(self, run, table, figure, name):
        self.rows, self.figure = {}, figure
        for path in sorted(glob.glob(f"{run}/csv/{table}/*.csv")):
            with open(path, encoding="utf-8") as file:
                for row in csv.DictReader(file):
                    if row[name] not in FIGURES and "M" in row["time_period"] and \
                            row.get("occupation_level", "_T") == "_T":
                        self.rows[row["region_level"], row["region_code"], row[name],
                                  row["time_period"]] = row
        self.left = {}
        for level, code, indicator, _ in self.rows:
            if code == "_X":
                self.left.setdefault(indicator, set()).add(level)
        self.indicators = {key[2] for key in self.rows}
        self.months = sorted({key[3] for key in self.rows})[-25:]

    def row(self, place, month, indicator):
        return self.rows.get((*place, indicator, month))

    def value(self, place, month, indicator):
        row = self.row(place, month, indicator)
        return number(row[self.figure]) if row else None

    def status(self, place, month, indicator):
        row = self.row(place, month, indicator)
        return row["obs_status"] if row else "L"

    def interval(self, place, month, indicator):
        row = self.row(place, month, indicator)
        high = number(row[self.figure + "_high"])
        return number(row[self.figure + "_low"]), math.inf if high is None else high

    def left_over(self, place, indicator, levels):
        if place[0] == "country":
            return None
        there = self.left.get(indicator, set())
        level = next((level for level in [place[0], *FINEST_FIRST]
                      if level in there and level in levels), None)
        return level and (level, "_X")

    def share(self, place, month, indicator):
        if place[0] == "country" or indicator.startswith("open_days"):
            return 1.0
        left = self.left_over(place, indicator, self.levels)
        country = self.value(("country", "SSS"), month, indicator)
        rest = self.value(left, month, indicator) if left else None
        return None if not country or rest is None else 1.0 - rest / country

    def placed(self, place, month, indicator):
        low, high = self.interval(place, month, indicator)
        left = self.left_over(place, indicator, self.levels)
        if left is None or indicator.startswith("open_days"):
            return low, high
        row = self.row(left, month, indicator)
        more = number(row[self.figure + "_high"]) if row else None
        return low, high + max(0.0, more or 0.0)

    def broken(self, indicator, earlier, later):
        place, months = self.place, []
        while later > earlier:
            months.append(later)
            later = months_back(later, 1)
        return any(self.status(place, month, indicator) == "B" for month in months)


def figures_of(indicator):
    return FIGURES.get(indicator, [indicator])


def distance(a, b):
    return max(a[0] - b[1], b[0] - a[1])


@functools.cache
def not_comparable(all_, place, indicator, month, step):
    before = months_back(month, 12)
    absent = [all_.status(place, m, indicator) for m in (before, month)
              if all_.value(place, m, indicator) is None]
    if absent:
        return WITHOUT[min(absent, key=ORDER.index)]
    if all_.broken(indicator, before, month):
        return "break"
    for figure in figures_of(indicator):
        then, now = (all_.share(place, m, figure) for m in (before, month))
        if then is None or now is None or abs(now - then) > step + 1e-12:
            return "allocated_share"
    return ""


def usual_change(all_, place, indicator, month, step):
    changes = []
    for back in range(36):
        m = months_back(month, back)
        if not not_comparable(all_, place, indicator, m, step):
            changes.append(abs(all_.value(place, m, indicator) -
                               all_.value(place, months_back(m, 12), indicator)))
    return statistics.median(changes) if len(changes) >= 12 else None


def mean(all_, place, indicator, months):
    """Of months from the newest to the oldest; sums divided for the ratio."""
    values = [all_.value(place, m, indicator) for m in months]
    if None in values or all_.broken(indicator, months[-1], months[0]):
        return None
    if indicator.startswith("open_days"):
        return None
    if indicator not in RATIOS:
        return statistics.fmean(values)
    parts = [[all_.value(place, m, f) for m in months] for f in RATIOS[indicator]]
    return None if None in parts[0] + parts[1] else math.fsum(parts[0]) / math.fsum(parts[1])


def reason(all_, place, indicator, month, step, usual):
    before = months_back(month, 12)
    wrong = not_comparable(all_, place, indicator, month, step)
    if wrong:
        return wrong
    then, now = (all_.interval(place, m, indicator) for m in (before, month))
    least = distance(then, now)
    if least <= 0 and (then[0] != then[1] or now[0] != now[1]):
        return "hidden_cells"
    if usual is None:
        return "usual_unknown"
    if least <= usual:
        return "usual"
    apart = distance(*(all_.placed(place, m, indicator) for m in (before, month)))
    return "" if apart > 0 else "unallocated"


def same(name, row, column, wanted):
    got = number(row[column])
    if (got is None) != (wanted is None) or (
            got is not None and abs(got - wanted) > 1e-12 * max(1.0, abs(wanted))):
        faults.append(f"{name} {column} {row[column]} is not {wanted}")


def wanted_interval(all_, place, indicator, month):
    return all_.status(place, month, indicator) not in "OLM"


def check(all_, row, step):
    place, indicator = (row["region_level"], row["region_code"]), row["indicator"]
    month, name = row["time_period"], " ".join(list(row.values())[:4])
    usual = usual_change(all_, place, indicator, month, step)
    year = [months_back(month, back) for back in range(12)]
    same(name, row, "value", all_.value(place, month, indicator))
    same(name, row, "previous_period", all_.value(place, year[1], indicator))
    same(name, row, "same_period_last_year", all_.value(place, months_back(month, 12), indicator))
    same(name, row, "mean_12", mean(all_, place, indicator, year))
    so_far = mean(all_, place, indicator, year[:int(month[5:])])
    if so_far is not None and isinstance(all_, Others) and all_.figure == "value" and \
            not indicator.startswith(("vacancies_open", "job_seekers_during")):
        so_far *= int(month[5:])
    same(name, row, "year_to_date", so_far)
    same(name, row, "usual_change", usual)
    if wanted_interval(all_, place, indicator, month):
        low, high = all_.placed(place, month, indicator)
        same(name, row, "value_low_unallocated", low)
        same(name, row, "value_high_unallocated", None if high == math.inf else high)
    why = reason(all_, place, indicator, month, step, usual)
    comparable = why in ("", "hidden_cells", "usual_unknown", "usual", "unallocated")
    wanted = {"reason": why, "told": "true" if why == "" else "false",
              "comparable": "true" if comparable else "false",
              "obs_status": all_.status(place, month, indicator)}
    for column, text in wanted.items():
        if row[column] != text:
            faults.append(f"{name} {column} {row[column]} is not {text}")


def main():
    run, step, breaks = sys.argv[1], float(sys.argv[2]), sys.argv[3:]
    all_ = Observations(run, {tuple(breaks[i + 1:i + 3]) for i in range(0, len(breaks), 3)})
    others = [Others(run, "flows", "value", "flow"),
              Others(run, "target_groups", "persons", "group_code")]
    tally, of_observations, of_others = {}, 0, 0
    with open(f"{run}/csv/changes/changes.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    levels = {row["region_level"] for row in rows if row["indicator"] not in FIGURES}
    for row in rows:
        if row["indicator"] in FIGURES:
            of = all_
            of_observations += 1
        else:
            of = next(one for one in others if row["indicator"] in one.indicators)
            of.levels, of.place = levels, (row["region_level"], row["region_code"])
            of_others += 1
        check(of, row, step)
        tally[row["reason"] or "told"] = tally.get(row["reason"] or "told", 0) + 1
    months = sorted({m for _, _, m in all_.rows})[-25:]
    regions = {(level, code) for level, code, _ in all_.rows if not code.startswith("_X")}
    if of_observations != len(regions) * len(FIGURES) * len(months):
        faults.append(f"{of_observations} rows for {len(regions)} regions")
    wanted = sum(1 for one in others for key, row in one.rows.items()
                 if key[0] in levels and not key[1].startswith("_X") and key[3] in one.months and
                 row["obs_status"] != "L")
    if of_others != wanted:
        faults.append(f"{of_others} rows for {wanted} of flows and groups")
    print("\n".join(faults[:20]))
    print(f"{len(faults)} differences;", ", ".join(f"{v} {k}" for k, v in sorted(tally.items())))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
