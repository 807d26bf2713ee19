#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attacks the figures of reports in a published run: which persons does a reader count exactly?

    attack_indicators.py CONFIG_PROJECTS RUN YYYY-MM-DD=REPORT ...
    attack_indicators.py CONFIG_PROJECTS --naive YYYY-MM-DD=REPORT ...

What is secret follows from the reports alone: figures of 1 to 4, sensitive indicators, non-binary
participants (their zero too, where there are others), and 1 to 4 persons that nobody reports: what is
left of a total or of a base without some of its parts, and by how much a figure differs from that of
another period or another report; and who is neither woman nor man where that is not reported.

A reader knows that women, men and non-binary make the total, the checks of the catalogue, what an
indicator cannot exceed, that cumulative figures do not fall, and what was known on the day of each
report. Each project is a system of attack.py; a secret is safe if a table of whole numbers in which it
is something else is possible too, which lp_solve decides. Other tables of the run may have no figure of
a report that indicator_values hides, and nothing that is made of one.

With --naive the reports are attacked as if small counts alone were hidden: something of each kind must
be found. Prints what is told; the exit code is 1 if there is any."""
import collections
import csv
import itertools
import os
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from attack import System, rows_of  # noqa: E402

SEXES = {"": "all", "n": "f", "m": "m", "muu": "nb"}
SMALL = range(1, 5)
FOUND = (0, 1)  # exit codes of lp_solve; what takes it too long counts as told


def table_of(path, delimiter=","):
    with open(path, encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=delimiter))


class Catalogue:
    """(left codes, right codes, equal) of all that is known of indicators."""

    def __init__(self, folder):
        self.known = [(row["left"].split("+"), row["right"].split("+"), row["relation"] == "equal")
                      for row in table_of(os.path.join(folder, "indicator_checks.csv"))]
        self.parents, self.sensitive = {}, set()
        for row in table_of(os.path.join(folder, "indicators.csv")):
            if row["parents"]:
                self.parents[row["code"]] = row["parents"].split("+")
                self.known.append(([row["code"]], self.parents[row["code"]], False))
            if row["sensitive"] == "yes":
                self.sensitive.add(row["code"])


def reported(reports):
    """{project: {(measure, code, period, sex): [(day, value)]}}, a version for each other word."""
    found = collections.defaultdict(lambda: collections.defaultdict(list))
    for report in sorted(reports):
        day, path = report.split("=", 1)
        for row in table_of(path, ";"):
            for measure, column in (("realised", "toteuma"), ("target", "tavoite")):
                key = measure, row["indikaattori"], row["jakso"], SEXES[row["sukupuoli"]]
                versions = found[row["hankekoodi"]][key]
                said = (row[column], row["pvm"], row.get("peruste"))
                if row[column] and not (versions and versions[-1][2] == said):
                    versions.append((day, int(row[column]), said))
    return {project: {key: [version[:2] for version in versions]
                      for key, versions in keys.items() if versions}
            for project, keys in found.items()}


def hidden_in(run):
    """{(project, measure, code, period, sex, day): hidden} of what is published."""
    return {(row["project_code"], row["measure"], row["indicator_code"], row["report_period"],
             row["sex"], row["snapshot_date"]): row["obs_status"] == "Q"
            for row in rows_of(run, "indicator_values")}


class Project(System):
    """Variables are (measure, code, period, sex, day of the version)."""

    def __init__(self, figures, catalogue, hides):
        super().__init__()
        self.figures, self.catalogue = figures, catalogue
        self.truth, self.secrets, self.slacks = {}, {}, 0
        self.hidden, self.rests = set(), set()
        for key, versions in figures.items():
            for day, value in versions:
                self.truth[key + (day,)] = value
        self.most = 3 * max(self.truth.values()) + 20
        for name, value in self.truth.items():
            if hides(name, value):
                self.hidden.add(name)
            self.bound(name, *((0, self.most) if name in self.hidden else (value, value)))
            self.keep_figure(name, value)
        for day in sorted({name[4] for name in self.truth}):
            self.know(day)
        self.keep_growth()

    def at(self, day, *key):
        days = [version for version, _ in self.figures.get(key, ()) if version <= day]
        return key + (max(days),) if days else None

    def keep_figure(self, name, value):
        kind, other = "figure", name[3] == "nb" and name[1] not in self.catalogue.sensitive
        total = self.figures.get(name[:3] + ("all",), ())
        if value in SMALL or (value and (name[1] in self.catalogue.sensitive or other)):
            self.secrets[name] = kind
        elif other and any(version for _, version in total):
            self.secrets[name] = kind

    def relate(self, left, right, equal):
        """The left sum is at most the right one, and is it where that is so and could be meant."""
        if None in right or not left:
            return
        rest = sum(self.truth[name] for name in right) - sum(self.truth[name] for name in left)
        if rest < 0:
            return
        self.add_form(left, right, 0 if equal and rest == 0 else None)
        for count in range(1, len(left) + 1):
            for some in itertools.combinations(left, count):
                self.keep_rest("rest", some, right)

    def add_form(self, left, right, rest):
        terms = collections.Counter(left)
        terms.subtract(right)
        terms = {name: times for name, times in terms.items() if times}
        if rest is None:
            self.slacks += 1
            rest = "slack", self.slacks
            self.bound(rest, 0, 5 * self.most)  # a sum of a few
            self.truth[rest] = -sum(times * self.truth[name] for name, times in terms.items())
            terms[rest] = 1
        self.equations.append((terms, 0))
        return rest

    def keep_rest(self, kind, left, right, always=False):
        rest = sum(self.truth[name] for name in right) - sum(self.truth[name] for name in left)
        known = (kind == "others", frozenset(left), frozenset(right))
        if (rest in SMALL or (always and rest > 0)) and known not in self.rests:
            self.rests.add(known)
            self.secrets[self.add_form(left, right, None)] = f"{kind} of {right[0]} {left}: {rest}"

    def know(self, day):
        for measure, code, period, sex in self.figures:
            here = self.at(day, measure, code, period, sex)
            if here is None:
                continue
            if sex == "all":
                parts = [self.at(day, measure, code, period, part) for part in ("f", "m", "nb")]
                self.relate([part for part in parts if part], [here], None not in parts[:2])
                if None not in parts[:2] and parts[2] is None:
                    self.keep_rest("others", parts[:2], [here], True)
            if measure == "realised":
                for other in self.figures:
                    if other[:2] == (measure, code) and other[3] == sex and other[2] > period:
                        later = self.at(day, *other)
                        if later and self.truth[here] <= self.truth[later]:
                            self.add_form([here], [later], None)
            for left, right, equal in self.catalogue.known:
                if left[0] == code:
                    cells = [self.at(day, measure, one, period, sex) for one in left]
                    there = [cell for cell in cells if cell]
                    self.relate(there, [self.at(day, measure, one, period, sex) for one in right],
                                equal and None not in cells)

    def keep_growth(self):
        for one, two in itertools.combinations([name for name in self.truth if len(name) == 5], 2):
            if (one[:2], one[3]) == (two[:2], two[3]) and (one[0] == "realised" or one[2] == two[2]):
                less, more = sorted((one, two), key=lambda name: self.truth[name])
                self.keep_rest("growth", [less], [more])

    def is_possible(self, low, high):
        """Whether whole numbers within the bounds meet everything, as lp_solve says."""
        names = {name: f"x{number}" for number, name in enumerate(self.low)}
        lines = ["min: ;"]
        for terms, value in self.equations:
            lines.append(" + ".join(f"{times} {names[name]}" for name, times in terms.items()) +
                         f" = {value};")
        for name, short in names.items():
            lines.append(f"{short} >= {low[name]}; {short} <= {high[name]};")
        lines.append("int " + ",".join(names.values()) + ";")
        return subprocess.run(["lp_solve", "-S1", "-timeout", "30"], input="\n".join(lines), text=True,
                              stdout=subprocess.DEVNULL, check=False).returncode in FOUND

    def is_told(self, name):
        more, less = self.truth[name] + 1, self.truth[name] - 1
        return not (more <= self.high[name] and self.is_possible({**self.low, name: more}, self.high)
                    or less >= self.low[name] and self.is_possible(self.low, {**self.high, name: less}))

    def told(self):
        self.solve()
        assert not self.outside, sorted(self.outside, key=str)[:3]
        return [(kind, name) for name, kind in self.secrets.items() if self.is_told(name)]


def order_of(period):
    return "9999" if period == "END" else period.replace("H1", "06").replace("H2", "12")


class Derived:
    """Rows of one project in other tables, against which of its figures are shown."""

    def __init__(self, run, parents):
        self.parents, self.told, self.rows = parents, [], 0
        self.shown = collections.defaultdict(dict)
        for row in rows_of(run, "indicator_values"):
            if row["sex"] == "all" and row["current"] == "true":
                key = row["project_code"], row["indicator_code"], row["measure"]
                self.shown[key][order_of(row["report_period"])] = row["value"] or None
        for table in ("indicator_progress", "laari_results"):
            for row in rows_of(run, table):
                if row["project_code"] != "_T" and not row.get("change"):
                    self.look_at(table, row)

    def newest(self, project, code, measure, until="9999"):
        """The newest period by then, and its figure; None where it is not shown."""
        known = {period: value for period, value in self.shown[project, code, measure].items()
                 if period <= until}
        return (max(known), known[max(known)]) if known else ("", None)

    def look_at(self, table, row):
        self.rows += 1
        project, code = row["project_code"], row["indicator_code"]
        period, realised = self.newest(project, code, "realised")
        _, target = self.newest(project, code, "target")
        bases = [self.newest(project, base, "realised", period)[1]
                 for base in self.parents.get(code, ())]
        allowed = {"realised": realised, "target": target,
                   "achievement": realised and target, "progress": realised and target,
                   "cost_per_output": realised, "cost_per_result": realised}
        for column in ("rate", "ci_low", "ci_high", "funnel_low", "funnel_high"):
            allowed[column] = realised and bases and None not in bases
        for column, value in allowed.items():
            if row.get(column) and not value:
                self.told.append((table, project, code, column, row[column]))
            if column in ("realised", "target") and row[column] and row[column] != value:
                self.told.append((table, project, code, column, row[column], value))


def main():
    catalogue, naive = Catalogue(sys.argv[1]), sys.argv[2] == "--naive"
    tables, hidden = reported(sys.argv[3:]), {} if naive else hidden_in(sys.argv[2])
    kinds, secrets, told, covered = collections.Counter(), 0, [], 0
    for project, figures in sorted(tables.items()):
        one = Project(figures, catalogue, lambda name, value: value in SMALL or name[3] == "nb" or
                      name[1] in catalogue.sensitive if naive else hidden[(project,) + name])
        secrets, covered = secrets + len(one.secrets), covered + len(one.hidden)
        for kind, name in one.told():
            kinds[kind.split()[0]] += 1
            told.append((project, kind) + name)
    if not naive:
        derived = Derived(sys.argv[2], catalogue.parents)
        print(f"{derived.rows} rows of other tables")
        told += derived.told
    for name in told:
        print("told:", *name)
    print(f"{len(tables)} projects, {covered} figures hidden, {secrets} secrets,"
          f" {len(told)} of these told: {dict(kinds)}")
    if naive:
        return 0 if set(kinds) >= {"figure", "rest", "others", "growth"} else 1
    return 1 if told or not secrets else 0


if __name__ == "__main__":
    sys.exit(main())
