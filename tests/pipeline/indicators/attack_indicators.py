#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attacks indicator_values of a published run: which hidden figure has one possible value alone?

    attack_indicators.py CONFIG_PROJECTS RUN
    attack_indicators.py CONFIG_PROJECTS --naive YYYY-MM-DD=REPORT ...

A reader knows that women, men and non-binary make the total, the checks of the catalogue, what an
indicator cannot exceed, that cumulative figures do not fall, and what was known on the day of each
report. Each project is a system of attack.py; a figure is safe if two tables of whole numbers that
differ in it are both possible: they are searched for until they are found or there are none. A hidden
zero is told of only where it is that of non-binary participants among others.

With --naive the reports are attacked as if small counts alone were hidden: something must be found.
Prints what is told; the exit code is 1 if there is any."""
import collections
import csv
import os
import random
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from attack import System, rows_of  # noqa: E402

SEXES = {"": "all", "n": "f", "m": "m", "muu": "nb"}
MOST = 200  # more than any figure of the reports
STEPS, TRIES = 300, 40  # of a search; a figure that is not settled by then counts as told


def table_of(path):
    with open(path, encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def relations(folder):
    """(left codes, right codes, equal) of all that is known of indicators."""
    found = [(row["left"].split("+"), row["right"].split("+"), row["relation"] == "equal")
             for row in table_of(os.path.join(folder, "indicator_checks.csv"))]
    for row in table_of(os.path.join(folder, "indicators.csv")):
        if row["parents"]:
            found.append(([row["code"]], row["parents"].split("+"), False))
    return found


def published(run):
    """{project: {(measure, code, period, sex): [(day, value or None)]}}"""
    found = collections.defaultdict(lambda: collections.defaultdict(list))
    for row in rows_of(run, "indicator_values"):
        key = row["measure"], row["indicator_code"], row["report_period"], row["sex"]
        value = None if row["obs_status"] == "Q" else int(row["value"])
        found[row["project_code"]][key].append((row["snapshot_date"], value))
    return found


def naive(reports):
    found = collections.defaultdict(lambda: collections.defaultdict(list))
    for report in sorted(reports):
        day, path = report.split("=", 1)
        with open(path, encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter=";"):
                key = "realised", row["indikaattori"], row["jakso"], SEXES[row["sukupuoli"]]
                count = int(row["toteuma"])
                hidden = 1 <= count <= 4 or key[3] == "nb" or key[1] == "EECO12"
                versions = found[row["hankekoodi"]][key]
                if not versions or versions[-1][2] != count:
                    versions.append((day, None if hidden else count, count))
    return {project: {key: [version[:2] for version in versions] for key, versions in keys.items()}
            for project, keys in found.items()}


class Project(System):
    """Variables are (measure, code, period, sex, day of the version)."""

    def __init__(self, figures, known):
        super().__init__()
        self.figures, self.hidden, self.slacks = figures, set(), 0
        for key, versions in figures.items():
            for day, value in versions:
                self.bound(key + (day,), value or 0, MOST if value is None else value)
                if value is None:
                    self.hidden.add(key + (day,))
        for day in sorted({day for versions in figures.values() for day, _ in versions}):
            self.know(day, known)

    def at(self, day, *key):
        days = [version for version, _ in self.figures.get(key, ()) if version <= day]
        return key + (max(days),) if days else None

    def relate(self, left, right, equal):
        if None in right or not left:
            return
        terms = collections.Counter(left)
        terms.subtract(right)
        if not equal:
            self.slacks += 1
            slack = "slack", self.slacks
            self.bound(slack, 0, 20 * MOST)
            terms[slack] = 1
        self.equations.append(({name: times for name, times in terms.items() if times}, 0))

    def know(self, day, known):
        for measure, code, period, sex in self.figures:
            here = self.at(day, measure, code, period, sex)
            if here is None:
                continue
            if sex == "all":
                parts = [self.at(day, measure, code, period, part) for part in ("f", "m", "nb")]
                self.relate([part for part in parts if part], [here], None not in parts[:2])
            if measure == "realised":
                later = [other for other in self.figures
                         if other[:2] == (measure, code) and other[3] == sex and other[2] > period]
                for other in later:
                    self.relate([here], [self.at(day, *other)], False)
            for left, right, equal in known:
                if left[0] == code:
                    cells = [self.at(day, measure, one, period, sex) for one in left]
                    there = [cell for cell in cells if cell]
                    self.relate(there, [self.at(day, measure, one, period, sex) for one in right],
                                equal and None not in cells)

    def with_bounds(self, low, high):
        other = System()
        other.low, other.high, other.equations = dict(low), dict(high), self.equations
        return other

    def has_table(self, low, high):
        """Whether whole numbers within the bounds meet everything: a few ways through, each in an
        order of its own, and all of them where they are few."""
        for number in range(TRIES):
            found = self.search(low, high, random.Random(number))
            if found is not None:
                return found
        return False

    def search(self, low, high, draw):
        """True, False, or None where it takes too long."""
        stack = [(low, high)]
        for _ in range(STEPS):
            if not stack:
                return False
            system = self.with_bounds(*stack.pop())
            system.propagate(self.equations)
            if system.outside:
                continue
            wide = [name for name in system.low if name[0] != "slack"
                    and system.low[name] < system.high[name]]
            if not wide:
                return True
            name = min(wide, key=lambda one: (system.high[one] - system.low[one], one))
            values = list(range(int(system.low[name]), int(system.high[name]) + 1))
            draw.shuffle(values)
            for value in values:
                stack.append(({**system.low, name: value}, {**system.high, name: value}))
        return None if stack else False

    def is_told(self, name):
        if self.low[name] == self.high[name]:
            return True
        found = 0
        for value in range(int(self.low[name]), int(self.high[name]) + 1):
            low, high = {**self.low, name: value}, {**self.high, name: value}
            found += self.has_table(low, high)
            if found == 2:
                return False
        return True

    def is_secret(self, name):
        if self.high[name] > 0 or name[3] != "nb":
            return self.high[name] > 0
        total = self.at(name[4], *name[:3], "all")
        return total is not None and self.high[total] > 0

    def told(self):
        self.solve()
        if self.outside:
            return [("does not hold together",) + tuple(sorted(self.outside)[:1])]
        return [name for name in sorted(self.hidden) if self.is_secret(name) and self.is_told(name)]


def main():
    known = relations(sys.argv[1])
    tables = naive(sys.argv[3:]) if sys.argv[2] == "--naive" else published(sys.argv[2])
    told, hidden, shown = [], 0, 0
    for project, figures in sorted(tables.items()):
        one = Project(figures, known)
        hidden += len(one.hidden)
        shown += sum(len(versions) for versions in figures.values()) - len(one.hidden)
        told += [(project,) + name for name in one.told()]
    for name in told:
        print("told:", *name)
    print(f"{len(tables)} projects, {shown} figures shown, {hidden} hidden, {len(told)} of these told")
    return 1 if told or not hidden else 0


sys.exit(main())
