# SPDX-License-Identifier: GPL-3.0-or-later
"""Attacks the sums of a cluster: attack_sums.py RUN LAARI CONFIG_PROJECTS REPORT [--naive]

A reader subtracts what is shown of projects from what is shown of the cluster, and knows the sums
that hold in each project. To which hidden figure do these equations leave one value, and to which 1 to 4
persons of a base, of a project or of the cluster, who are not in what is a part of it, or not in those of
its parts that are reported? With --naive as if every sum were shown: something must be found. Prints what
is told; exit code 1 if there is any."""

import csv
import fractions
import itertools
import sys

run, laari, folder, report = sys.argv[1:5]
naive = "--naive" in sys.argv


def table(path, separator=","):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=separator))


truth = {(row["hankekoodi"], row["indikaattori"]): int(row["toteuma"]) for row in table(report, ";")}
projects = sorted({project for project, _ in truth})
codes = sorted({code for _, code in truth})
hidden = {(row["project_code"], row["indicator_code"])
          for row in table(f"{run}/csv/indicator_values/indicator_values.csv")
          if row["obs_status"] == "Q"}
unknown = {figure: at for at, figure in enumerate(sorted(hidden))}
equations = []


def add(terms, total):
    """The sum of the terms, each a figure with a sign, is the total."""
    row = [fractions.Fraction(0)] * (len(unknown) + 1)
    row[-1] = fractions.Fraction(total)
    for figure, sign in terms:
        if figure in unknown:
            row[unknown[figure]] += sign
        else:
            row[-1] -= sign * truth[figure]
    equations.append(row)


for check in table(f"{folder}/indicator_checks.csv"):
    left, right = check["left"].split("+"), check["right"].split("+")
    if check["relation"] == "equal" and set(left + right) <= set(codes):
        for project in projects:
            if not all((project, code) in truth for code in left + right):
                continue
            add([((project, code), 1) for code in left] + [((project, code), -1) for code in right], 0)
sums = {row["indicator_code"]: row for row in table(f"{run}/csv/laari_results/laari_results.csv")
        if row["laari_id"] == laari and row["project_code"] == "_T"}
parents = {row["code"]: row["parents"].split("+") for row in table(f"{folder}/indicators.csv")
           if row["parents"]}
shown = 0
for code in codes:
    there = [project for project in projects if (project, code) in truth]
    true_sum = sum(truth[project, code] for project in there)
    if naive or sums[code]["realised"]:
        assert naive or int(sums[code]["realised"]) == true_sum, (code, sums[code])
        add([((project, code), 1) for project in there], true_sum)
        shown += any((project, code) in unknown for project in there)
    if sums[code]["rate"] and true_sum:
        rated = [project for project in there if sum(truth[project, of] for of in parents[code])]
        base = [((project, of), 1) for project in rated for of in parents[code]]
        add(base, sum(truth[figure] for figure, _ in base))

# Who of a base is not in a part of it, by project and in all, as rows of the same unknowns.
rests = {}
relations = {((code,), tuple(parents[code])) for code in codes if code in parents}
for check in table(f"{folder}/indicator_checks.csv"):
    left = [code for code in check["left"].split("+") if code in codes]
    relations |= {(some, tuple(check["right"].split("+"))) for count in range(1, len(left) + 1)
                  for some in itertools.combinations(left, count)}
for left, right in sorted(relations):
    whole = []
    for project in projects:
        if {(project, code) for code in left + right} <= set(truth):
            terms = [((project, of), 1) for of in right] + [((project, code), -1) for code in left]
            rests[f"{left} in {right} of {project}"] = terms
            whole += terms
    rests[f"{left} in {right}"] = whole
rests = {name: terms for name, terms in rests.items()
         if 1 <= sum(sign * truth[figure] for figure, sign in terms) <= 4}

# Reduced to echelon form: a row with one unknown tells it.
rank = 0
for column in range(len(unknown)):
    pivot = next((row for row in range(rank, len(equations)) if equations[row][column]), None)
    if pivot is None:
        continue
    equations[rank], equations[pivot] = equations[pivot], equations[rank]
    first = equations[rank][column]
    equations[rank] = [value / first for value in equations[rank]]
    for row, values in enumerate(equations):
        if row != rank and values[column]:
            factor = values[column]
            equations[row] = [a - factor * b for a, b in zip(values, equations[rank])]
    rank += 1
told = [figure for figure, at in unknown.items()
        if any(row[at] and sum(map(bool, row[:-1])) == 1 for row in equations)]
pivots = [next(at for at, value in enumerate(row) if value) for row in equations[:rank]]
for name, terms in rests.items():
    left = [fractions.Fraction(0)] * len(unknown)
    for figure, sign in terms:
        if figure in unknown:
            left[unknown[figure]] += sign
    for row, pivot in zip(equations, pivots):
        factor = left[pivot]
        left = [a - factor * b for a, b in zip(left, row)]
    if not any(left):
        told.append(name)
print(f"{len(unknown)} hidden, {len(rests)} of bases, {shown} sums with hidden figures shown, told: {told}")
sys.exit(1 if told else 0)
