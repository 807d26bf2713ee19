# SPDX-License-Identifier: GPL-3.0-or-later
"""laari once more, from the published CSV alone: who is alike whom, and how much.

laari.py RUN: names of its projects hold no place and nothing that every project says, so that small
letters are all that the texts are prepared by; no project has a summary.
"""

import collections
import csv
import math
import sys

run = sys.argv[1]
AT_LEAST, LEAST, DF_CAP = 0.6, 3, 0.2


def published(name):
    with open(f"{run}/csv/{name}/{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


projects = {row["project_code"]: row for row in published("projects") if row["current"] == "true"}
codes = sorted(projects)
place = {row["project_code"]: row["region_code"] for row in published("project_regions")
         if row["role"] == "implementation" and row["region_level"] == "maakunta"}


def grams(text):
    found = collections.Counter()
    for word in text.split():
        word = f" {word} "
        for size in range(3, 6):
            found.update(word[i:i + size] for i in range(max(1, len(word) - size + 1)))
            if len(word) <= size:
                break  # a short word counts once
    return found


counts = {code: grams(projects[code]["name"].lower()) for code in codes}
texts_with = collections.Counter(gram for of in counts.values() for gram in of)
vectors = {}
for code, of in counts.items():
    weights = {gram: (1 + math.log(times)) * (math.log((1 + len(codes)) / (1 + texts_with[gram])) + 1)
               for gram, times in of.items() if texts_with[gram] <= DF_CAP * len(codes)}
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    vectors[code] = {gram: weight / length for gram, weight in weights.items()}


def cosine(a, b):
    return sum(weight * vectors[b].get(gram, 0) for gram, weight in vectors[a].items())


clusters = {row["laari_id"]: row for row in published("laari")}
members = {name: [code for code in row["projects"].split("|") if code]
           for name, row in clusters.items()}
taken = {code for name, row in clusters.items() if row["basis"] == "configured"
         for code in members[name]}

# Suggested: what links of free projects join.
group = {code: code for code in codes if code not in taken}
for a in group:
    for b in group:
        elsewhere = a in place and b in place and place[a] != place[b]
        others = projects[a]["beneficiary"] != projects[b]["beneficiary"]
        plain = {projects[a]["relation"], projects[b]["relation"]} <= {"main", "replication"}
        if a < b and elsewhere and others and plain and cosine(a, b) >= AT_LEAST:
            old, new = max(group[a], group[b]), min(group[a], group[b])
            group = {code: new if of == old else of for code, of in group.items()}
wanted = collections.defaultdict(list)
for code, of in group.items():
    wanted[of].append(code)
wanted = {of: sorted(of_group) for of, of_group in wanted.items() if len(of_group) >= LEAST}
found = {name: members[name] for name, row in clusters.items() if row["basis"] == "suggested"}
assert found == wanted, (found, wanted)


def mean_distance(code, others):
    return sum(1 - cosine(code, other) for other in others) / len(others)


def silhouette(name, code):
    own = [other for other in members[name] if other != code]
    far = [mean_distance(code, members[other]) for other in clusters
           if other != name and members[other]]
    if not own:
        return 0.0
    a, b = mean_distance(code, own), min(far)
    return (b - a) / max(a, b)


for name, row in clusters.items():
    own = members[name]
    assert int(row["projects_n"]) == len(own), row
    if len(own) > 1:
        pairs = [cosine(a, b) for a in own for b in own if a < b]
        assert abs(float(row["mean_cosine"]) - sum(pairs) / len(pairs)) < 2e-6, (row, pairs)
        mean = sum(silhouette(name, code) for code in own) / len(own)
        assert abs(float(row["silhouette"]) - mean) < 2e-6, (row, mean)
print({name: (len(own), clusters[name]["mean_cosine"], clusters[name]["silhouette"])
       for name, own in members.items()})
