#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Computes the table `early_warning` of a published run again from its other tables, by other means.

weighed.py RUN RULES

RUN is the folder of a published run, RULES its early_warning.json. Declared breaks are those that the
rows tell (status B). Exit code 1 and a line for each difference.
"""
import csv
import functools
import glob
import json
import math
import statistics
import sys

WORDS = ["region_level", "region_code", "sector_level", "sector_code", "occupation_level",
         "occupation_code"]
NORMAL = statistics.NormalDist()
faults = []


def month_number(month):
    return int(month[:4]) * 12 + int(month[5:]) - 1


def read(run, table):
    for name in sorted(glob.glob(f"{run}/csv/{table}/*.csv")):
        with open(name, encoding="utf-8") as file:
            yield from csv.DictReader(file)


def figures_of(run, signal):
    """{cell: {month: (value or None, status)}} and the newest month."""
    cells, newest = {}, -1
    for ask in signal["of"]:
        for row in read(run, ask["table"]):
            month = row["time_period"]
            if "M" in month and all(row[k] in v for k, v in ask["where"].items()) and \
                    not row["region_code"].startswith("_X"):
                cell = tuple(row.get(word, "_T") for word in WORDS)
                text = row[ask["figures"][0]]
                number = month_number(month)
                newest = max(newest, number)
                cells.setdefault(cell, {})[number] = (
                    float(text) if text else None, row["obs_status"])
    return cells, newest


def window(of, last, months):
    got = [of.get(m, (None, "L")) for m in range(last - months + 1, last + 1)]
    values = [v for v, _ in got]
    return None if None in values else sum(values)


def broken(of, first, last):
    return any(of.get(m, (None, "L"))[1] == "B" for m in range(first + 1, last + 1))


def spread_of(cells):
    points = []
    for _, before in cells:
        m = statistics.fmean(before)
        if m > 0:
            points.append((m, statistics.variance(before) / m))
    a, b = 1.0, 0.0
    for _ in range(300):
        w = [1 / (a + b * m) ** 2 for m, _ in points]
        s = [math.fsum(x) for x in zip(*[(q, q * m, q * m * m, q * y, q * m * y)
                                         for q, (m, y) in zip(w, points)])]
        if not s:
            break
        d = s[0] * s[2] - s[1] ** 2
        if d > 1e-12 * s[0] * s[2]:
            a, b = (s[2] * s[3] - s[1] * s[4]) / d, (s[0] * s[4] - s[1] * s[3]) / d
        else:
            a, b = s[3] / s[0], 0.0
        if a < 1:
            a, b = 1.0, max((s[4] - s[1]) / s[2], 0.0)
        elif b < 0:
            a, b = max(s[3] / s[0], 1.0), 0.0
    return a, b


def student(t, freedom):
    """Lower tail for an even number of degrees of freedom (Abramowitz and Stegun 26.7.4)."""
    assert freedom % 2 == 0
    cosine2, term, total = freedom / (freedom + t * t), 1.0, 1.0
    for i in range(1, freedom // 2):
        term *= cosine2 * (2 * i - 1) / (2 * i)
        total += term
    return (1 + t / math.sqrt(freedom + t * t) * total) / 2


@functools.cache
def student_quantile(share, freedom):
    low, high = -1e3, 1e3
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if student(middle, freedom) < share else (low, middle)
    return low


class Usual:
    def __init__(self, before, now, spread, weight):
        m = (sum(before) + 0.5) / 3
        drawn = (weight * (spread[0] * m + spread[1] * m * m) +
                 2 * statistics.variance(before)) / (weight + 2)
        variance = max(drawn, m) * 4 / 3
        self.mean, self.size, self.share = m, m * m / (variance - m), m / variance
        top = max(m, now) + 20 * math.sqrt(variance) + 100
        self.point, self.up_to, log = [], [], math.log(1 - self.share)
        for k in range(int(top)):
            self.point.append(math.exp(math.lgamma(k + self.size) - math.lgamma(self.size) -
                                  math.lgamma(k + 1) + self.size * math.log(self.share) +
                                  k * log))
        running = 0.0
        for p in self.point:
            running += p
            self.up_to.append(running)

    def quantile(self, share):
        return next(k for k, p in enumerate(self.up_to) if p >= share)

    def p_value(self, now, freedom):
        now = int(now)
        lower = self.up_to[now] if now < len(self.up_to) else 1.0
        upper = math.fsum(self.point[now:])
        tail = min(lower, upper)
        return 1.0 if tail >= 1 else min(1.0, 2 * student(NORMAL.inv_cdf(tail), freedom))


def q_values(p):
    order, least, out = sorted(range(len(p)), key=lambda i: p[i]), 1.0, [0.0] * len(p)
    for rank in range(len(p), 0, -1):
        least = min(least, p[order[rank - 1]] * len(p) / rank)
        out[order[rank - 1]] = least
    return out


def near(name, text, wanted, tolerance):
    if (text == "") != (wanted is None) or (
            wanted is not None and abs(float(text) - wanted) > tolerance * max(1e-3, abs(wanted))):
        faults.append(f"{name} is {text or 'empty'}, not {wanted}")


def check_month(rules, signal, cells, month, rows):
    months, weight = rules["months"], rules["family_weight"]
    shown = months if signal.get("as") == "mean" else 1
    weighed, told = {}, 0
    for cell, of in cells.items():
        now = window(of, month, months)
        before = [window(of, month - 12 * y, months) for y in (1, 2, 3)]
        first = month - 36 - months + 1
        if now is not None and None not in before and not broken(of, first, month):
            weighed[cell] = (now, before)
        row = rows.get(cell)
        if row is None and month in of and of[month][1] != "L":
            faults.append(f"{cell} {month} has no row")
        elif row is not None:
            bare = now is not None and not broken(of, month - months + 1, month)
            near(f"{cell} value", row["value"], now / shown if bare else None, 1e-12)
    spread = spread_of(list(weighed.values()))
    freedom = int(weight) + 2
    share = NORMAL.cdf(student_quantile((1 - rules["level"]) / 2, freedom))
    families = {}
    for cell, (now, before) in weighed.items():
        usual = Usual(before, now, spread, weight)
        families.setdefault((cell[0], cell[2], cell[4]), []).append(
            (cell, usual.p_value(now, freedom), now > usual.mean))
        near(f"{cell} usual_low", rows[cell]["usual_low"], usual.quantile(share) / shown, 1e-9)
        near(f"{cell} usual_high", rows[cell]["usual_high"], usual.quantile(1 - share) / shown, 1e-9)
    for members in families.values():
        for (cell, _, up), q in zip(members, q_values([p for _, p, _ in members])):
            wanted = "none" if q > rules["rate"] else "up" if up else "down"
            near(f"{cell} q_value", rows[cell]["q_value"], q, 1e-6)
            told += wanted != "none"
            if rows[cell]["direction"] != wanted:
                faults.append(f"{cell} {month} is {rows[cell]['direction']}, not {wanted}")
    for cell, row in rows.items():
        if cell not in weighed and (row["usual_low"] or row["q_value"] or row["direction"]):
            faults.append(f"{cell} {month} is weighed")
    return len(weighed), told


def main():
    run = sys.argv[1]
    with open(sys.argv[2], encoding="utf-8") as file:
        rules = json.load(file)
    published = list(read(run, "early_warning"))
    seen, weighed, told = 0, 0, 0
    for signal in rules["signals"]:
        cells, newest = figures_of(run, signal)
        for month in range(newest - rules["shown"] + 1, newest + 1) if cells else ():
            rows = {tuple(row[word] for word in WORDS): row for row in published
                    if row["signal"] == signal["signal"] and
                    month_number(row["time_period"]) == month}
            seen += len(rows)
            some = check_month(rules, signal, cells, month, rows)
            weighed, told = weighed + some[0], told + some[1]
    if seen != len(published):
        faults.append(f"{len(published)} rows are published, {seen} belong there")
    print("\n".join(faults[:20]))
    print(f"{len(faults)} differences; {seen} rows, {weighed} weighed, {told} told")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
