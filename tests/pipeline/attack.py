#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attacks published runs: what do their files together tell of the figures that they protect?

    attack.py [--direct] [--limits 1,4] [--periods 2023M10,...] [--totals] RUN [OLDER_RUN ...]

Reads csv/ alone, as any reader could. Regions nest as dim_region says and occupations as
dim_occupation does; a country is its regions and what is in none; occupations and unknown ones are
the total, which another table shows; a ratio gives its numerator, a share its total. An older run
counts for a figure that it and the newer one allow to be the same.

Each period and measure is a system of equations in whole numbers: bounds are propagated until
nothing moves, then all linear combinations are tried by exact elimination over rationals, and the
bounds again over what came out. Protected cells that end up inside a smaller interval than the
source's own limits are written out, and the exit code is 1; so are those that could only be outside
them, for that tells of a figure that was protected later. With --direct only those are told that
stand in a file as they are: beside a status that is not Q, or as a sum of the cell and zeros. With
--totals occupations are left out.
"""
import argparse
import collections
import csv
import fractions
import glob
import math
import os
import sys

HIDDEN = "Q"
MEASURES = ("unemployed", "vacancies")
NEAR = 1e-6
# Groups of the unemployed, and those of them that nobody is in two of.
PARTS = ("men", "women", "under_20", "under_25", "over_50", "disabled", "foreign", "long_term",
         "fund_members", "laid_off")
APART = (("men", "women"), ("under_25", "over_50"))


def rows_of(run, table, years=()):
    for path in sorted(glob.glob(os.path.join(run, "csv", table, "*.csv"))):
        if years and os.path.splitext(path)[0][-4:] not in years:
            continue
        with open(path, encoding="utf-8", newline="") as lines:
            yield from csv.DictReader(lines)


def parents_of(run, table):
    """code -> (level, {level of the parent: parent}) of what stands today or has no end."""
    found = {}
    for row in rows_of(run, table):
        pairs = (pair.split("=", 1) for pair in row["parents"].split(";") if pair)
        if not row["valid_to"] or row["level"] == "ely":
            found[row["code"]] = (row["level"], dict(pairs))
    return found


def figure_of(row, measure):
    """(low, high, status) as the row has it; None where it says nothing."""
    low, high = row[measure + "_low"], row[measure + "_high"]
    if low == "":
        return None
    return float(low), float(high) if high else math.inf, row[measure + "_status"]


class System:
    """Whole numbers in intervals and the equations between them: {variable: coefficient}, sum."""

    def __init__(self):
        self.low, self.high, self.equations = {}, {}, []
        self.outside = set()  # variables that their relations would have outside their bounds

    def bound(self, name, low, high):
        low = max(math.ceil(low - NEAR), self.low.get(name, 0))
        high = min(high if math.isinf(high) else math.floor(high + NEAR),
                   self.high.get(name, math.inf))
        if low > high:
            self.outside.add(name)
            return False
        moved = low != self.low.get(name) or high != self.high.get(name)
        self.low[name], self.high[name] = low, high
        return moved

    def adds_up(self, total, parts):
        if total in self.low and all(part in self.low for part in parts):
            terms = collections.Counter(parts)
            terms[total] -= 1
            self.equations.append((dict(terms), 0))

    def propagate(self, equations):
        uses = collections.defaultdict(list)
        for number, (terms, _) in enumerate(equations):
            for name in terms:
                uses[name].append(number)
        queue, waiting = collections.deque(range(len(equations))), set(range(len(equations)))
        while queue:
            number = queue.popleft()
            waiting.discard(number)
            for name in self.tighten(*equations[number]):
                for other in uses[name]:
                    if other not in waiting:
                        waiting.add(other)
                        queue.append(other)

    def tighten(self, terms, value):
        ends = {name: sorted((times * self.low[name], times * self.high[name]))
                for name, times in terms.items()}
        least = sum(end[0] for end in ends.values())
        most = sum(end[1] for end in ends.values())
        moved = []
        for name, times in terms.items():
            low = value - (most - ends[name][1]) if math.isfinite(most) else -math.inf
            high = value - (least - ends[name][0]) if math.isfinite(least) else math.inf
            low, high = sorted((low / times, high / times))
            if self.bound(name, low, high):
                moved.append(name)
        return moved

    def eliminate(self):
        """The equations of the open variables, each solved for one that is in no other."""
        rows, where = [], collections.defaultdict(set)
        for terms, value in self.equations:
            open_terms = {}
            for name, times in terms.items():
                if self.low[name] == self.high[name]:
                    value -= times * self.low[name]
                else:
                    open_terms[name] = fractions.Fraction(times)
            if open_terms:
                for name in open_terms:
                    where[name].add(len(rows))
                rows.append((open_terms, fractions.Fraction(value)))
        for number in sorted(range(len(rows)), key=lambda n: len(rows[n][0])):
            if rows[number][0]:
                self.pivot(rows, where, number)
        return [row for row in rows if row[0]]

    @staticmethod
    def pivot(rows, where, number):
        terms, value = rows[number]
        chosen = min(terms, key=lambda name: (len(where[name]), name))
        by = terms[chosen]
        terms = {name: times / by for name, times in terms.items()}
        value /= by
        rows[number] = (terms, value)
        for other in list(where[chosen] - {number}):
            theirs, their_value = rows[other]
            by = theirs[chosen]
            for name, times in terms.items():
                left = theirs.get(name, 0) - by * times
                if left:
                    theirs[name] = left
                    where[name].add(other)
                else:
                    theirs.pop(name, None)
                    where[name].discard(other)
            rows[other] = (theirs, their_value - by * value)

    def solve(self):
        self.propagate(self.equations)
        solved = self.eliminate()
        self.propagate(self.equations + solved)


class Attack:
    def __init__(self, runs, limits, periods, totals):
        self.low, self.high = limits
        self.regions = parents_of(runs[0], "dim_region")
        self.occupations = parents_of(runs[0], "dim_occupation")
        self.systems = collections.defaultdict(System)
        self.hidden = collections.defaultdict(dict)  # of a system: protected variable -> words
        self.shown = collections.defaultdict(set)  # of a system: figures that stand in a file
        self.periods, self.years = periods, {period[:4] for period in periods}
        self.totals = totals
        self.leaks = []
        self.read_run(runs[0], True)
        for run in runs[1:]:
            self.read_run(run, False)
        for key in self.systems:
            self.relate(key)

    def wanted(self, row):
        return (not self.periods or row["time_period"] in self.periods) and not (
            self.totals and row["occupation_level"] != "_T")

    def read_run(self, run, newest):
        for row in rows_of(run, "observations", self.years):
            if not self.wanted(row):
                continue
            for measure in MEASURES:
                self.read_figure(row, measure, newest)
            self.read_ratio(row)
            if newest:
                self.check_ratio(row)
        self.read_shares(run)
        self.read_groups(run)

    def read_groups(self, run):
        """The unemployed of a row are at least its groups, and those of them together that share nobody."""
        groups = collections.defaultdict(dict)
        for row in rows_of(run, "target_groups", self.years):
            if row["persons_low"] and (not self.periods or row["time_period"] in self.periods):
                key = row["time_period"], (row["region_level"], row["region_code"], "_T", "_T")
                groups[key][row["group_code"]] = float(row["persons_low"])
        for (period, name), low in groups.items():
            least = [sum(low.get(group, 0) for group in together) for together in APART]
            least += [low.get(group, 0) for group in PARTS]
            self.systems[period, "unemployed"].bound(name, max(least), math.inf)

    def read_figure(self, row, measure, newest):
        figure = figure_of(row, measure)
        if figure is None:
            return
        low, high, status = figure
        key = row["time_period"], measure
        name = (row["region_level"], row["region_code"], row["occupation_level"],
                row["occupation_code"])
        system = self.systems[key]
        system.bound(name, low, high)
        if status == HIDDEN and newest and (low, high) == (self.low, self.high):
            self.hidden[key][name] = row["source"]
        if status == HIDDEN and row[measure]:
            self.tell(key, name, "is published", row[measure])
        if status != HIDDEN:
            self.shown[key].add(name)

    def read_ratio(self, row):
        """tightness = vacancies / unemployed."""
        name = (row["region_level"], row["region_code"], row["occupation_level"],
                row["occupation_code"])
        if not row["tightness_low"] or not row["tightness_high"]:
            return
        unemployed = self.systems[row["time_period"], "unemployed"]
        vacancies = self.systems[row["time_period"], "vacancies"]
        low, high = float(row["tightness_low"]), float(row["tightness_high"])
        if name in unemployed.low and name in vacancies.low:
            vacancies.bound(name, low * unemployed.low[name], high * unemployed.high[name])
            if low > 0:
                unemployed.bound(name, vacancies.low[name] / high, vacancies.high[name] / low)

    def check_ratio(self, row):
        hidden = [m for m in MEASURES if row[m + "_status"] == HIDDEN]
        exact = row["tightness"] and float(row["tightness"]) > 0
        for measure in hidden:
            other = MEASURES[1 - MEASURES.index(measure)]
            if exact and row[other + "_status"] != HIDDEN and row[other]:
                self.tell((row["time_period"], measure), (row["region_code"],
                          row["occupation_code"]), "is in a ratio", row["tightness"])

    def read_shares(self, run):
        """A share of known cells alone gives the sum of its market."""
        markets = collections.defaultdict(list)
        for row in rows_of(run, "contributions", self.years):
            if self.wanted(row):
                markets[row["time_period"], row["market"], row["scope"]].append(row)
        for (period, _, _), rows in markets.items():
            for measure, column in zip(MEASURES, ("unemployed_share", "vacancy_share")):
                self.read_market(period, measure, column, rows)

    def read_market(self, period, measure, column, rows):
        system = self.systems[period, measure]
        names = [(row["region_level"], row["region_code"], row["occupation_level"],
                  row["occupation_code"]) for row in rows]
        for row, name in zip(rows, names):
            if name in self.hidden[period, measure] and (row[column] or row["contribution"]):
                self.tell((period, measure), name, "has a share", row[column])
        if any(name not in system.low for name in names):
            return
        for row, name in zip(rows, names):
            if (row["obs_status"] in ("A", "P") and row[column] and float(row[column]) > 0 and
                    system.low[name] == system.high[name]):
                total = system.low[name] / float(row[column])
                if abs(total - round(total)) < NEAR * total:
                    system.equations.append((dict(collections.Counter(names)), round(total)))
                return

    def children(self, tree):
        found = collections.defaultdict(list)
        for code, (level, parents) in tree.items():
            for parent_level, parent in parents.items():
                found[parent_level, parent, level].append(code)
        return found

    def relate(self, key):
        system = self.systems[key]
        by_level = collections.defaultdict(set)
        for region_level, region, level, code in system.low:
            by_level[level, code].add((region_level, region))
        below = self.children(self.regions)
        for occupation, regions in by_level.items():
            self.relate_regions(system, occupation, regions, below)
        below = self.children(self.occupations)
        rows = collections.defaultdict(set)
        for region_level, region, level, code in system.low:
            rows[region_level, region].add((level, code))
        for region, occupations in rows.items():
            self.relate_occupations(system, region, occupations, below)

    @staticmethod
    def relate_regions(system, occupation, regions, below):
        for (level, code, child_level), children in below.items():
            if (level, code) in regions:
                system.adds_up((level, code) + occupation,
                               [(child_level, child) + occupation for child in children])
        levels = collections.defaultdict(list)
        for level, code in regions:
            levels[level].append(code)
        for level, codes in levels.items():
            if level == "country":
                continue
            parts = [(level, code) + occupation for code in codes if not code.startswith("_X")]
            if (level, "_X") in regions:
                system.adds_up(("country", "SSS") + occupation,
                               parts + [(level, "_X") + occupation])
            causes = [(level, code) + occupation for code in codes
                      if code.startswith("_X") and code != "_X"]
            if (level, "_X3") in regions:
                system.adds_up((level, "_X") + occupation, causes)

    @staticmethod
    def relate_occupations(system, region, occupations, below):
        for (level, code, child_level), children in below.items():
            if (level, code) in occupations:
                there = [child for child in children if (child_level, child) in occupations]
                finer = {l for l, _ in occupations}
                if child_level in finer and there:
                    system.adds_up(region + (level, code),
                                   [region + (child_level, child) for child in there])
        levels = collections.defaultdict(list)
        for level, code in occupations:
            levels[level].append(region + (level, code))
        for level, names in levels.items():
            if level != "_T" and region + (level, "_X") in names:
                system.adds_up(region + ("_T", "_T"), names)

    def tell(self, key, name, words, figure):
        self.leaks.append((key, name, words, figure))

    def direct(self):
        """A figure that stands in a file and is the cell and zeros."""
        for key, system in self.systems.items():
            for terms, _ in system.equations:
                if sorted(terms.values())[0] == -1:
                    self.direct_sum(key, system, terms)

    def direct_sum(self, key, system, terms):
        total = [name for name, times in terms.items() if times == -1][0]
        parts = [name for name in terms if name != total]
        open_parts = [name for name in parts if system.high[name] > 0]
        if (len(open_parts) == 1 and open_parts[0] in self.hidden[key] and
                total in self.shown[key] and system.low[total] == system.high[total]):
            self.tell(key, open_parts[0], "stands as", (total, system.low[total]))

    def solve(self):
        for key, system in sorted(self.systems.items()):
            system.solve()
            for name in sorted(self.hidden[key]):
                low, high = system.low[name], system.high[name]
                if name in system.outside:
                    self.tell(key, name, "is outside", "%d..%d" % (self.low, self.high))
                elif low > self.low or high < self.high:
                    self.tell(key, name, "is narrowed to", "%d..%d" % (low, high))


def main():
    options = argparse.ArgumentParser()
    options.add_argument("runs", nargs="+")
    options.add_argument("--direct", action="store_true")
    options.add_argument("--limits", default="1,4")
    options.add_argument("--periods", default="")
    options.add_argument("--totals", action="store_true")
    given = options.parse_args()
    limits = tuple(int(end) for end in given.limits.split(","))
    attack = Attack(given.runs, limits, [p for p in given.periods.split(",") if p],
                    given.totals)
    if given.direct:
        attack.direct()
    else:
        attack.solve()
    cells = sum(len(names) for names in attack.hidden.values())
    relations = sum(len(system.equations) for system in attack.systems.values())
    exact = sum(1 for leak in attack.leaks if leak[2] == "is narrowed to" and
                leak[3].split("..")[0] == leak[3].split("..")[1])
    for key, name, words, figure in attack.leaks:
        print(*key, *name, words, figure)
    print("%d protected cells, %d relations: %d told, %d of them exactly"
          % (cells, relations, len(attack.leaks), exact))
    if cells == 0 or relations == 0:
        print("nothing to attack")
        return 2
    return 1 if attack.leaks else 0


if __name__ == "__main__":
    sys.exit(main())
