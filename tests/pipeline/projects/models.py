# SPDX-License-Identifier: GPL-3.0-or-later
"""models and model_use once more, from the published CSV and the files that people keep.

models.py RUN PROJECTS_FOLDER: every row of both tables is made again and compared.
"""

import collections
import csv
import json
import sys

run, folder = sys.argv[1:3]


def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def published(name):
    return table(f"{run}/csv/{name}/{name}.csv")


with open(f"{run}/MANIFEST.json", encoding="utf-8") as file:
    seen = json.load(file)["as_of"][:10]

projects = {row["project_code"]: row for row in published("projects") if row["current"] == "true"}
placed = collections.defaultdict(list)
for row in published("project_regions"):
    if row["role"] == "implementation":
        placed[row["project_code"]].append((row["region_level"], row["region_code"]))


def first_of(code):
    taken_up = False
    while projects[code]["relation"] in ("replication", "continuation") and projects[code]["parent_code"]:
        taken_up |= projects[code]["relation"] == "replication"
        code = projects[code]["parent_code"]
    return code, taken_up


spread = {first_of(code)[0] for code in projects if first_of(code)[1]}
kept = {row["model_id"]: row for row in table(f"{folder}/models.csv")}
model_of = {first: first for first in spread}
for row in kept.values():
    for code in filter(None, row["source_projects"].split("|")):
        if code in projects:
            model_of[first_of(code)[0] if first_of(code)[0] in spread else code] = row["model_id"]

uses = {}
for code in sorted(projects):
    row = projects[code]
    first = first_of(code)[0] if first_of(code)[0] in spread else code
    if first not in model_of or row["start_date"] > seen or float(row["granted_eu_state_eur"]) == 0:
        continue
    runs = row["status"] not in ("ended", "interrupted") and row["end_date"] >= seen
    for place in placed[code]:
        key = (model_of[first], *place, row["beneficiary"].lower())
        before = uses.get(key)
        state = "piloted" if runs or before and before[0] == "piloted" else "ended"
        since = min(row["start_date"], before[1]) if before else row["start_date"]
        uses[key] = (state, since, f"{before[2]}|{code}" if before else code, "portfolio")
levels = {row["code"]: row["level"] for row in published("dim_region")}
for row in table(f"{folder}/model_use.csv"):
    level = "national" if row["region_code"] == "SSS" else levels[row["region_code"]]
    key = (row["model_id"], level, row["region_code"], row["organisation"].lower() or "_X")
    uses[key] = (row["state"], row["since"], row["source"], "stated")

# Absent: a need of the model's theme is in the highest quarter, and no live use has part of the
# maakunta. Uses of these tests lie in a maakunta each.
needs = collections.defaultdict(lambda: collections.defaultdict(dict))
for row in published("coverage"):
    if row["region_level"] == "maakunta" and row["theme_scheme"] == "theme" and row["need_value"]:
        if row["region_code"].startswith("MK") and row["theme"] != "_T":
            needs[row["theme"], row["need"]][row["time_period"]][row["region_code"]] = \
                float(row["need_value"])
high = collections.defaultdict(set)
for (theme, need), years in needs.items():
    newest = years[max(years)]
    least = sorted(newest.values())[len(newest) - (len(newest) + 3) // 4]
    for region, value in newest.items():
        if value > 0 and value >= least:
            high[theme, region].add(need)
assert high, "no need is high anywhere"
themes = {row["model_id"]: row["theme"].split("|") for row in published("models")}
for model, own in themes.items():
    live = {key[2] for key, use in uses.items() if key[0] == model and use[0] != "ended"}
    levels_of = {key[1] for key, use in uses.items() if key[0] == model and use[0] != "ended"}
    if not live and model not in kept or levels_of - {"maakunta"}:
        continue
    for region in {region for _, region in high} - live:
        missed = set().union(*(high[theme, region] for theme in own))
        if missed:
            uses[model, "maakunta", region, "_Z"] = ("absent", "", "", "", missed)

found = {}
absences = 0
for row in published("model_use"):
    key = tuple(row[name] for name in
                ("model_id", "region_level", "region_code", "organisation_code"))
    found[key] = tuple(row[name] for name in ("state", "since", "source", "basis"))
    if row["state"] == "absent":
        absences += 1
        assert len(set(row["needs"].split("|"))) == row["needs"].count("|") + 1, row
        found[key] += (set(row["needs"].split("|")),)
    else:
        assert row["needs"] == "", row
assert found == uses, {key: (found.get(key), uses.get(key)) for key in {*found, *uses}
                       if found.get(key) != uses.get(key)}

models = {row["model_id"]: row for row in published("models")}
assert set(models) == set(kept) | {model for model in model_of.values()}, set(models)
for model, row in models.items():
    states = [use[0] for key, use in uses.items() if key[0] == model and use[0] != "absent"]
    assert int(row["uses"]) == len(states) - states.count("ended"), row
    assert int(row["uses_rooted"]) == states.count("rooted"), row
    assert int(row["uses_ended"]) == states.count("ended"), row
    assert row["basis"] == ("stated" if model in kept else "portfolio"), row
assert absences > 0, "no model is absent anywhere"
print(f"{len(models)} models, {len(uses)} uses, {absences} absences")
