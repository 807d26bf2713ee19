#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds target_groups against observations, which have the unemployed too, and `why` against rows of
both: a value where the share of hidden figures is within the limit, and none where it is not.

    same.py PROGRAM CONFIG WORKSPACE
"""

import csv
import glob
import json
import os
import subprocess
import sys

program, config, workspace = sys.argv[1:]
run = os.path.realpath(os.path.join(workspace, "published/current"))


def rows_of(table):
    for path in sorted(glob.glob(f"{run}/csv/{table}/*.csv")):
        with open(path, encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def expect(truth, *words):
    if not truth:
        sys.exit(" ".join(str(word) for word in words))


def figure(row, name, status):
    return row[name], row[name + "_low"], row[name + "_high"], row[status]


def ask(table, row, keys):
    words = [f"{key}={row[key]}" for key in keys]
    answer = json.loads(subprocess.run(
        [program, "why", "--config", config, "--workspace", workspace, "--format", "json", table, *words],
        capture_output=True, check=True, text=True).stdout)
    for line in answer.get("recomputed", []):
        expect(line["verdict"] == "equal", table, words, line)
    for section in answer.values():
        if isinstance(section, dict) and "protected_share_limit" in section:
            share = next(section[name] for name in section if name.endswith("_protected_share"))
            return share > section["protected_share_limit"]
    return None


observed = {(row["time_period"], row["region_level"], row["region_code"]):
            figure(row, "unemployed", "unemployed_status") for row in rows_of("observations")
            if row["source"] == "12r5-modelled" and row["occupation_code"] == "_T"}
groups = list(rows_of("target_groups"))
counted = [row for row in groups if row["group_code"] == "unemployed"]
for row in counted:
    place = row["time_period"], row["region_level"], row["region_code"]
    expect(figure(row, "persons", "obs_status") == observed[place], row, "and", observed[place])

withheld = [row for row in groups if row["obs_status"] == "Q" and int(row["persons_high"]) > 4]
estimated = [row for row in groups if row["obs_status"] == "E" and row["region_code"][:2] != "_X"]
expect(withheld and estimated, "there is nothing to ask:", len(withheld), "and", len(estimated))
for rows, hidden in ((withheld, True), (estimated, False)):
    for row in rows[:: max(1, len(rows) // 8)]:
        told = ask("target_groups", row, ("time_period", "region_level", "region_code", "group_code"))
        expect(told == hidden, row, "has a value, and why says", told)
print(len(counted), "figures of both tables,", len(withheld), "withheld")
