#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports of small projects, drawn at random: random_reports.py SEED PROJECTS FIRST.csv SECOND.csv

Each project counts participants by sex, position and age in three half years, cumulatively, some without
the non-binary ones, who are in the totals or are not. Three of four projects do not report everything:
indicators, sexes of them or single figures are missing. The second report corrects some of it, and repeats
the rest. Figures hold together, as a reader would expect. The last project is larger."""
import random
import sys

STATUSES = ("EECO02", "EECO04", "EECO05")
AGES = ("EECO06", "EECO07", "EECO08")
SEXES = ("n", "m", "muu")
PERIODS = ("2024-H1", "2024-H2", "2025-H1")


def draw_people(draw, before, size):
    """{(indicator, sex): count} of one period, none below that of the period before."""
    found = {}
    for sex in SEXES:
        most = {"n": 9 * size, "m": 7 * size, "muu": 1}[sex]
        for code in STATUSES:
            found[code, sex] = draw.choice((0, 0, draw.randint(0, 3), draw.randint(0, most)))
        people = sum(found[code, sex] for code in STATUSES)
        found["EECO12", sex] = draw.randint(0, people)
        for code in AGES:
            found[code, sex] = draw.choice((0, draw.randint(0, people)))
            people -= found[code, sex]
        found["EECO03", sex] = draw.randint(0, found["EECO02", sex])
        found["EECR04", sex] = draw.randint(0, found["EECO02", sex] + found["EECO04", sex])
    found = {key: count + before.get(key, 0) for key, count in found.items()}
    for sex in SEXES:
        found["EECO01", sex] = sum(found[code, sex] for code in STATUSES)
    return found


def draw_project(draw, size):
    found, people = {}, {}
    for period in PERIODS:
        people = draw_people(draw, people, size)
        found[period] = people
    return found


def draw_gaps(draw, people):
    """What is not reported of a project: {(code, period, sex)}, sex "" of the total."""
    gaps = set()
    for code in sorted({code for code, _ in people[PERIODS[0]]}):
        never = draw.random() < 0.2
        for sex in ("",) + SEXES:
            without = never or draw.random() < (0.1 if sex == "" else 0.2)
            gaps |= {(code, period, sex) for period in PERIODS if without or draw.random() < 0.05}
    return gaps


def rows_of(project, people, third, gaps):
    """third: non-binary participants are reported, silently counted or left out."""
    for period, counts in sorted(people.items()):
        for code in sorted({code for code, _ in counts}):
            by_sex = {sex: counts[code, sex] for sex in SEXES if third == "reported" or sex != "muu"}
            silent = counts[code, "muu"] if third == "counted" else 0
            by_sex = {"": sum(by_sex.values()) + silent, **by_sex}
            for sex, count in by_sex.items():
                if (code, period, sex) not in gaps:
                    yield f"{project};{code};{period};{sex};;{count};"


def corrected(draw, people):
    """One person more of one sex in one position, or two, in the last period."""
    counts = dict(people[PERIODS[-1]])
    sex, code = draw.choice(("n", "m")), draw.choice(STATUSES)
    counts[code, sex] += draw.randint(1, 2)
    counts["EECO01", sex] = sum(counts[status, sex] for status in STATUSES)
    return {**people, PERIODS[-1]: counts}


def main():
    draw = random.Random(int(sys.argv[1]))
    reports = [], []
    count = int(sys.argv[2])
    for number in range(count):
        code, people = f"S3{number:04}", draw_project(draw, 5 if number == count - 1 else 1)
        third = ("reported", "counted", "left out")[number % 3]
        gaps = draw_gaps(draw, people) if number % 4 != 1 else set()
        reports[0].extend(rows_of(code, people, third, gaps))
        if draw.random() < 0.6:
            reports[1].extend(rows_of(code, corrected(draw, people), third, gaps))
    for path, rows in zip(sys.argv[3:5], reports):
        with open(path, "w", encoding="utf-8") as out:
            out.write("hankekoodi;indikaattori;jakso;sukupuoli;tavoite;toteuma;pvm\n")
            out.write("".join(row + "\n" for row in rows))


main()
