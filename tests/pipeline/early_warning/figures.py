#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""figures.py FOLDER: register.csv and begun.csv, six years of made counts.

Each figure has a season, the size of its region, and counts that come by threes. In the last three
months lay-offs of MK04 are tripled, inflow into occupation 25 is fourfold in MK06 and new vacancies of
MK07 fall to a quarter. In MK02 a month of lay-offs is missing, in MK06 a month of inflow is hidden.
"""
import csv
import math
import random
import sys

REGIONS = {"MK01": 9000, "MK02": 2500, "MK04": 1100, "MK05": 900, "MK06": 3000, "MK07": 1000}
OCCUPATIONS = {"25": 0.02, "52": 0.12, "61": 0.0008}
MONTHS = [f"{year}M{month:02d}" for year in range(2018, 2024) for month in range(1, 13)]
LAST = set(MONTHS[-3:])
draw = random.Random(20231231)


def count(mean, month):
    """A count by threes around a mean with a season."""
    season = 1 + 0.2 * math.sin(2 * math.pi * int(month[5:]) / 12)
    left, number = mean * season / 3, 0
    if left > 200:
        return 3 * max(0, round(draw.gauss(left, math.sqrt(left))))
    product = math.exp(-left)
    total, share = product, draw.random()
    while share > total and product > 0:
        number += 1
        product *= left / number
        total += product
    return 3 * number


def register():
    size = {"U": 1.0, "V": 0.3, "L": 0.1, "N": 0.15}
    for content, share in size.items():
        for month in MONTHS:
            sum_ = 0
            for region, people in REGIONS.items():
                changed = 3 if (region, content) == ("MK04", "L") and month in LAST else \
                    0.25 if (region, content) == ("MK07", "N") and month in LAST else 1
                figure = count(people * share * changed, month)
                sum_ += figure
                missing = (region, content, month) == ("MK02", "L", "2022M05")
                yield [region, month, content, ".." if missing else figure]
            yield ["SSS", month, content, sum_]


def begun():
    for month in MONTHS:
        country = dict.fromkeys([*OCCUPATIONS, "SSS"], 0)
        for region, people in REGIONS.items():
            all_ = count(people * 0.1, month)
            for occupation, share in OCCUPATIONS.items():
                changed = 4 if (region, occupation) == ("MK06", "25") and month in LAST else 1
                figure = count(people * share * changed, month)
                all_ += figure
                country[occupation] += figure
                hidden = (region, occupation, month) == ("MK06", "61", "2021M11")
                yield [region, occupation, month, "B", "..." if hidden else figure]
            country["SSS"] += all_
            yield [region, "SSS", month, "B", all_]
        for occupation, figure in country.items():
            yield ["SSS", occupation, month, "B", figure]


def write(name, columns, rows):
    with open(f"{sys.argv[1]}/{name}", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(columns)
        out.writerows(rows)


write("register.csv", ["region", "month", "content", "figure"], register())
write("begun.csv", ["region", "occupation", "month", "content", "figure"], begun())
