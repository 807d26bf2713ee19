#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Asks `kohtaanto why` for rows of every table of a published run, and holds the answers against
the run itself, its manifest and the archive.

    why.py ROOT PROGRAM CONFIG WORKSPACE
"""

import csv
import glob
import json
import os
import subprocess
import sys

root, program, config, workspace = sys.argv[1:]
run = os.path.realpath(os.path.join(workspace, "published/current"))
with open(os.path.join(run, "MANIFEST.json"), encoding="utf-8") as file:
    manifest = json.load(file)
replies = {sha for source in manifest["sources"] for sha in source["replies"]}


def expect(truth, *words):
    if not truth:
        sys.exit(" ".join(str(word) for word in words))


def ask(table, keys, *options):
    return subprocess.run(
        [program, "why", "--config", config, "--workspace", workspace, *options, table,
         *(f"{name}={value}" for name, value in keys.items())],
        capture_output=True, check=True, text=True).stdout


def rows_of(table):
    rows = []
    for path in sorted(glob.glob(os.path.join(run, "csv", table, "*.csv"))):
        with open(path, encoding="utf-8", newline="") as file:
            rows += csv.DictReader(file)
    return rows


def check_row(table, row, answer):
    """The answer's row is the published one."""
    expect(set(answer["row"]) == set(row), table, "has other columns")
    for name, text in row.items():
        found = answer["row"][name]
        same = found is None if text == "" else (
            found == text if isinstance(found, str) else float(text) == found)
        expect(same, table, name, repr(text), "became", repr(found))


def check_replies(table, answer):
    """Every reply is one of the manifest's, and the archive has it where the hash says."""
    for source in answer.get("sources", {}).values():
        expect(source["replies"], table, "has no replies")
        for reply in source["replies"]:
            sha = reply["sha256"]
            expect(sha in replies, table, sha, "is not in the manifest")
            expect(os.path.exists(os.path.join(workspace, "archive", sha[:2], sha[2:] + ".zst")),
                   sha, "is not in the archive")
            expect(reply["received"] and reply["request"], table, sha, "has no receipt")
        expect(answer["checks"], table, "has no checks")


def hidden(value):
    """Every figure of the answer with status Q, in whatever list it stands."""
    if isinstance(value, dict):
        for name in value:
            if name.endswith("_status") and value[name] == "Q" and name[:-7] in value:
                yield name[:-7], value
        for one in value.values():
            yield from hidden(one)
    elif isinstance(value, list):
        for one in value:
            yield from hidden(one)


def check_hidden(table, answer):
    for name, figure in hidden(answer):
        expect(figure[name] is None, table, "shows a hidden", name)
        if name + "_low" in figure and name != "tightness":
            limits = (figure[name + "_low"], figure[name + "_high"])
            expect(limits == (1, 4), table, name, "is narrower than the source's limits", limits)
        for share in ("unemployed_share", "vacancy_share"):
            measure = {"unemployed": "unemployed_share", "vacancies": "vacancy_share"}.get(name)
            expect(share != measure or figure.get(share) is None, table, share, "tells", name)


def check(table, row, key):
    answer = json.loads(ask(table, {name: row[name] for name in key}, "--format", "json", "--all"))
    check_row(table, row, answer)
    check_replies(table, answer)
    check_hidden(table, answer)
    expect(answer["run"]["run_id"] == manifest["run_id"], table, "is of another run")
    for line in answer.get("recomputed", []):
        expect(line["verdict"] == "equal", table, row, line)
    return answer


def some(rows, count):
    return rows[:: max(1, len(rows) // count)]


asked = 0
for path in sorted(glob.glob(os.path.join(root, "config/contract/*.json"))):
    with open(path, encoding="utf-8") as file:
        schema = json.load(file)
    table, key = schema["table"], schema["primaryKey"]
    rows = rows_of(table)
    large = table in ("observations", "mismatch", "contributions")
    chosen = some(rows, 6 if large else 2)
    chosen += [row for row in rows if row.get("unemployed_status") == "Q"][:2]
    for row in chosen:
        answer = check(table, row, key)
        asked += 1
        if large:
            expect("inputs" in answer and isinstance(answer["inputs"], dict), table, "no inputs")
    if rows:
        words = ask(table, {name: rows[0][name] for name in key})
        expect(manifest["run_id"] in words, table, "does not name its run")
expect(asked > 30, "only", asked, "rows were asked")
print(asked, "rows")
