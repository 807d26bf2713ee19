#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attacks the groups of published runs: what do target_groups tell of figures that are protected?

    attack_groups.py [--limits 1,4] [--periods 2023M10,...] [--beyond REPLY] RUN [OLDER_RUN ...]

The tables are read as any reader could, the unemployed of observations beside the groups. Each period
is a system of attack.py: regions nest, a country is its regions and what is in none; men and women, and
the young and the old, are at most the unemployed, as each group of these is; the services are the sum of
their kinds; job seekers are at least the unemployed, those in services and those on a reduced week.

A group of a region that has a row of the unemployed but none of its own may be a protected figure: it is
told of if it could be one, but not all of the source's limits. So are figures with the status Q.

With --beyond REPLY (the table as the source publishes it, JSON-stat 2.0 or PX-JSON, of any months) the
figures that the source hides are held to what the source itself tells: only those that the run tells
more of are written out. The exit code is 1 if there are any.
"""
import argparse
import collections
import json
import math
import sys

sys.dont_write_bytecode = True
from attack import APART, HIDDEN, PARTS, Attack, System, parents_of, rows_of  # noqa: E402
from target_groups import CAUSES, GROUPS, LEVELS, read_jsonstat  # noqa: E402

ALL = "unemployed"
SERVICES = sorted(group for group in GROUPS.values() if group.startswith("in_services_"))
OF_SOURCE = ("country", "kunta", "seutukunta", "maakunta", "ely")
MOST = 10 ** 7  # more than there are people in the country


class Groups:
    """A system for each period, of figures (region level, region, group)."""

    def __init__(self, regions):
        self.below = Attack.children(self, regions)
        self.systems = collections.defaultdict(System)
        self.hidden = collections.defaultdict(set)  # of a period: figures with the source's limits
        self.left_out = collections.defaultdict(set)  # figures without a row

    def read_run(self, run, limits, periods, newest):
        years = {period[:4] for period in periods}
        for row in rows_of(run, "observations", years):
            if row["source"].startswith("12r5") and row["occupation_level"] == "_T":
                self.read_row(row, ALL, ALL, limits, periods, newest)
        for row in rows_of(run, "target_groups", years):
            self.read_row(row, row["group_code"], "persons", limits, periods, newest)

    def read_row(self, row, group, column, limits, periods, newest):
        period, low, high = row["time_period"], row[column + "_low"], row[column + "_high"]
        if not low or (periods and period not in periods):
            return
        name = row["region_level"], row["region_code"], group
        low, high = float(low), float(high) if high else MOST
        self.systems[period].bound(name, low, high)
        status = row["obs_status" if column == "persons" else column + "_status"]
        if newest and status == HIDDEN and (low, high) == limits:
            self.hidden[period].add(name)

    def read_reply(self, path, limits):
        for period, cells in read_reply(path).items():
            for (area, content), figure in cells.items():
                level = "country" if area == "SSS" else LEVELS.get(area[:2])
                if level is None or content not in GROUPS or figure is math.nan:
                    continue
                code = CAUSES.get(area, area.replace("EL", "ELY", 1) if area[:3] != "ELY" and
                                  level == "ely" else area)
                name = level, code, GROUPS[content]
                self.systems[period].bound(name, *(limits if figure is None else (figure, figure)))
                if figure is None:
                    self.hidden[period].add(name)

    def leave_rest(self):
        """What is in none of a level's regions, which the source has by cause alone."""
        for system in self.systems.values():
            for level, _, group in list(system.low):
                for code in ("_X", "_X3") if level != "country" else ():
                    system.bound((level, code, group), 0, MOST)

    def leave_out(self, groups):
        """Figures that the source has and the run does not show."""
        for period, system in self.systems.items():
            for level, code, group in [name for name in system.low if name[2] == ALL]:
                for other in groups if level in OF_SOURCE and code != "_X3" else ():
                    name = level, code, other
                    if name not in system.low:
                        system.bound(name, 0, MOST)
                        self.left_out[period].add(name)

    def relate(self):
        for system in self.systems.values():
            for region in {name[:2] for name in system.low}:
                self.relate_groups(system, region)
            by_group = collections.defaultdict(set)
            for level, code, group in system.low:
                by_group[group].add((level, code))
            for group, regions in by_group.items():
                Attack.relate_regions(system, (group,), regions, self.below)

    def relate_groups(self, system, region):
        for parts in APART + tuple((part,) for part in PARTS):
            self.at_most(system, region, parts, ALL)
        self.at_most(system, region, ("under_20",), "under_25")
        self.at_most(system, region, (ALL, "in_services", "reduced_week"), "total_jobseekers")
        self.at_most(system, region, (ALL,) + tuple(SERVICES) + ("reduced_week",), "total_jobseekers")
        system.adds_up(region + ("in_services",), [region + (group,) for group in SERVICES])

    @staticmethod
    def at_most(system, region, parts, total):
        """The parts that have a figure are at most the total: a rest, which nests as they do, makes it up."""
        there = [part for part in parts if region + (part,) in system.low]
        if there and region + (total,) in system.low:
            rest = region + (" less ".join([total] + there),)
            system.bound(rest, 0, MOST)
            system.adds_up(region + (total,), [region + (part,) for part in there] + [rest])

    def solve(self):
        self.relate()
        for system in self.systems.values():
            system.solve()


def read_reply(path):
    """{period: {(area, content): figure, None where the source hides it, NAN where it has none}}"""
    with open(path, encoding="utf-8-sig") as file:
        data = json.load(file)
    found = collections.defaultdict(dict)
    if "dimension" not in data:
        keys = [c["code"] for c in data["columns"] if c["type"] != "c"]
        contents = [c["code"] for c in data["columns"] if c["type"] == "c"]
        for row in data["data"]:
            at = dict(zip(keys, row["key"]))
            for content, value in zip(contents, row["values"]):
                found[at["timeperiod_m"]][at["Alue"], content] = None if value == "..." else float(value)
        return found
    status = data.get("status", {})
    told = [None if status.get(str(n)) == "..." else 0 if status.get(str(n)) == "-" else
            math.nan if value is None else value for n, value in enumerate(data["value"])]
    time = data["role"]["time"][0]
    for period, of in read_jsonstat(dict(data, value=told), time).items():
        found[period] = of
    return found


def told_of(groups, limits):
    """(period, name, low, high) of what a run tells more of than that it is protected."""
    for period, system in sorted(groups.systems.items()):
        for name in sorted(groups.hidden[period] | groups.left_out[period]):
            low, high = max(system.low[name], limits[0]), min(system.high[name], limits[1])
            if name in system.outside and name in groups.hidden[period]:
                yield period, name, math.inf, -math.inf
            elif low <= high and (low, high) != limits:
                yield period, name, low, high


def beyond(groups, source, limits):
    """The same of what the source hides, where the source tells less."""
    for period, names in sorted(source.hidden.items()):
        system, own = groups.systems.get(period), source.systems[period]
        for name in sorted(names) if system is not None else ():
            low, high = max(system.low.get(name, 0), limits[0]), min(system.high.get(name, math.inf),
                                                                     limits[1])
            if low > own.low[name] or high < own.high[name]:
                yield period, name, low, high


def main():
    options = argparse.ArgumentParser()
    options.add_argument("runs", nargs="+")
    options.add_argument("--limits", default="1,4")
    options.add_argument("--periods", default="")
    options.add_argument("--beyond", default="")
    given = options.parse_args()
    limits = tuple(int(end) for end in given.limits.split(","))
    periods = [period for period in given.periods.split(",") if period]
    regions = parents_of(given.runs[0], "dim_region")
    groups = Groups(regions)
    for number, run in enumerate(given.runs):
        groups.read_run(run, limits, periods, number == 0)
    groups.leave_out({name[2] for system in groups.systems.values() for name in system.low})
    groups.solve()
    if given.beyond:
        source = Groups(regions)
        source.read_reply(given.beyond, limits)
        source.leave_rest()
        source.solve()
        leaks = list(beyond(groups, source, limits))
        figures = sum(len(source.hidden[period]) for period in groups.systems)
    else:
        leaks = list(told_of(groups, limits))
        figures = sum(map(len, groups.hidden.values())) + sum(map(len, groups.left_out.values()))
    for period, name, low, high in leaks:
        print(period, *name, "is narrowed to %s..%s" % (low, high))
    relations = sum(len(system.equations) for system in groups.systems.values())
    print("%d figures that are or may be protected, %d relations: %d told"
          % (figures, relations, len(leaks)))
    if figures == 0 or relations == 0:
        print("nothing to attack")
        return 2
    return 1 if leaks else 0


if __name__ == "__main__":
    sys.exit(main())
