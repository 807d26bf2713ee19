#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports of small projects, drawn at random: random_reports.py SEED PROJECTS FIRST.csv SECOND.csv

Each project counts participants by sex and position in two half years, cumulatively. The second report
corrects some of it, and repeats the rest. Figures hold together, as a reader would expect."""
import random
import sys

STATUSES = ("EECO02", "EECO04", "EECO05")
SEXES = ("n", "m", "muu")


def draw_people(draw, before):
    """{(indicator, sex): count} of one period, none below that of the period before."""
    found = {}
    for sex in SEXES:
        most = {"n": 9, "m": 7, "muu": 1}[sex]
        for code in STATUSES:
            found[code, sex] = draw.choice((0, 0, draw.randint(0, 3), draw.randint(0, most)))
        found["EECO12", sex] = draw.randint(0, sum(found[code, sex] for code in STATUSES))
        found["EECO03", sex] = draw.randint(0, found["EECO02", sex])
        found["EECR04", sex] = draw.randint(0, found["EECO02", sex] + found["EECO04", sex])
    found = {key: count + before.get(key, 0) for key, count in found.items()}
    for sex in SEXES:
        found["EECO01", sex] = sum(found[code, sex] for code in STATUSES)
    return found


def draw_project(draw):
    first = draw_people(draw, {})
    return {"2024-H1": first, "2024-H2": draw_people(draw, first)}


def rows_of(project, people, third):
    for period, counts in sorted(people.items()):
        for code in sorted({code for code, _ in counts}):
            by_sex = {sex: counts[code, sex] for sex in SEXES if third or sex != "muu"}
            yield f"{project};{code};{period};;;{sum(by_sex.values())};"
            for sex, count in by_sex.items():
                yield f"{project};{code};{period};{sex};;{count};"


def corrected(draw, people):
    """One person more of one sex in one position, in the later period."""
    counts = dict(people["2024-H2"])
    sex, code = draw.choice(("n", "m")), draw.choice(STATUSES)
    counts[code, sex] += draw.randint(1, 2)
    counts["EECO01", sex] = sum(counts[status, sex] for status in STATUSES)
    return {"2024-H1": people["2024-H1"], "2024-H2": counts}


def main():
    draw = random.Random(int(sys.argv[1]))
    reports = [], []
    for number in range(int(sys.argv[2])):
        code, people, third = f"S3{number:04}", draw_project(draw), draw.random() < 0.5
        reports[0].extend(rows_of(code, people, third))
        if draw.random() < 0.6:
            reports[1].extend(rows_of(code, corrected(draw, people), third))
    for path, rows in zip(sys.argv[3:5], reports):
        with open(path, "w", encoding="utf-8") as out:
            out.write("hankekoodi;indikaattori;jakso;sukupuoli;tavoite;toteuma;pvm\n")
            out.write("".join(row + "\n" for row in rows))


main()
