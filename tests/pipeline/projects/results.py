# SPDX-License-Identifier: GPL-3.0-or-later
"""laari_results once more, from the published CSV alone, where no figure is hidden.

results.py RUN CORRELATION CONFIG_PROJECTS: every row of the table is made again and compared. Scales are assumed to
have that correlation of the two answers of a person.
"""

import collections
import csv
import datetime
import math
import sys

run, correlation, folder = sys.argv[1], float(sys.argv[2]), sys.argv[3]
Z = 1.959963984540054


def published(name):
    with open(f"{run}/csv/{name}/{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text):
    return None if text == "" else float(text)


def chi_square_tail(q, df):
    """By the series of the regularised lower incomplete gamma function."""
    if df == 0:
        return None
    a, x = df / 2, q / 2
    if x == 0:
        return 1.0
    term = total = 1 / a
    for n in range(1, 2000):
        term *= x / (a + n)
        total += term
    return 1 - total * math.exp(-x + a * math.log(x) - math.lgamma(a))


def wilson(x, n):
    p, square = x / n, Z * Z
    middle = (p + square / (2 * n)) / (1 + square / n)
    half = Z / (1 + square / n) * math.sqrt(p * (1 - p) / n + square / (4 * n * n))
    return p, max(0, middle - half), min(1, middle + half)


def period_order(period):
    return "9999" if period == "END" else period.replace("H1", "06").replace("H2", "12")


def day(text):
    return datetime.date.fromisoformat(text)


def go_together(code, order):
    """A quarter of a year at most between the money and the counts, as far as the project runs."""
    end = projects[code]["end_date"] or "9999-12-31"
    counted = order + ("-30" if order.endswith("-06") else "-31")
    counted = end if order == "9999" else min(counted if "-" in order else order + "-12-31", end)
    money = min(projects[code]["last_snapshot_date"], end)
    return abs((day(counted) - day(money)).days) <= 92


OTHER_DAYS = "money and counts of other days"
projects = {row["project_code"]: row for row in published("projects") if row["current"] == "true"}
indicators = {row["indicator_code"]: row for row in published("indicators")}
checks = [(row["period"], row["left"].split("+"), row["relation"], row["right"].split("+"))
          for row in csv.DictReader(open(f"{folder}/indicator_checks.csv", encoding="utf-8"))]
values, period_words = collections.defaultdict(list), {}
for row in published("indicator_values"):
    if row["current"] == "true" and row["sex"] == "all":
        assert row["obs_status"] == "A", row
        values[row["project_code"], row["indicator_code"], row["measure"]].append(
            (period_order(row["report_period"]), float(row["value"])))
        period_words[period_order(row["report_period"])] = row["report_period"]
answers = collections.defaultdict(list)
for row in published("indicator_scores"):
    if row["current"] == "true":
        answers[row["project_code"], row["indicator_code"], row["stage"]].append(
            (period_order(row["report_period"]), int(row["n"]), float(row["mean"]), float(row["sd"])))


def newest(code, indicator, measure, until="9999"):
    known = [value for value in values[code, indicator, measure] if value[0] <= until]
    return max(known) if known else None


def contradicts(code, indicator, order):
    """A realised figure that takes part in a sum which is none, or that fell or was fallen below."""
    at = {name: value for (project, name, measure), all_of in values.items()
          if project == code and measure == "realised" for period, value in all_of if period == order}
    for _, left, relation, right in checks:
        if indicator in left + right and set(left + right) <= set(at):
            a, b = sum(at[name] for name in left), sum(at[name] for name in right)
            if a > b or (relation == "equal" and a != b):
                return True
    own = at.get(indicator)
    return own is not None and any(
        (value > own) if period < order else (value < own and period > order)
        for period, value in values[code, indicator, "realised"])


def pooled(parts, least):
    """Weighed parts (value, variance) around their mean: Q, df, p, I2 and why it is not said."""
    whole, q = parts[0][0], 0.0  # all or none of each project: no scatter
    if all(variance > 0 for _, variance in parts):
        whole = sum(value / variance for value, variance in parts) / sum(1 / v for _, v in parts)
        q = sum((value - whole) ** 2 / variance for value, variance in parts)
    df = len(parts) - 1
    i2 = max(0.0, (q - df) / q) if q > 0 else 0.0
    reason = f"fewer than {least} projects" if len(parts) < least else \
        "not homogeneous" if i2 >= 0.75 else ""
    return whole, q, df, chi_square_tail(q, df), i2, reason


def row_of(**figures):
    return {key: value for key, value in figures.items() if value is not None and value != ""}


def heterogeneity(q, df, p, i2, reason):
    homogeneous = "true" if not reason else "false" if reason == "not homogeneous" else ""
    return row_of(q=q, df=df, p_value=p, i2=i2, reason=reason, homogeneous=homogeneous)


def shares(code, members, least):
    """The rows of one indicator."""
    kind = "cost_per_output" if indicators[code]["kind"] == "output" else "cost_per_result"
    parents = [parent for parent in indicators[code]["parent_code"].split("+") if parent]
    rows, rates, reporting = {}, {}, []
    sums = collections.Counter()
    left_out, other_days, newest_day, newest_period = 0, 0, "", ""
    for member in members:
        target, done = newest(member, code, "target"), newest(member, code, "realised")
        if not target and not done:
            continue
        base = [newest(member, parent, "realised", done[0]) for parent in parents] if done else []
        doubted = bool(done) and (contradicts(member, code, done[0]) or any(
            contradicts(member, parent, part[0]) for parent, part in zip(parents, base) if part))
        row = row_of(target=target and target[1], realised=done and done[1])
        whole_sums = collections.Counter() if doubted else sums
        whole_sums["target"] += target[1] if target else 0
        if done:
            reporting.append(member)
            left_out += doubted
            euros, money = (float(projects[member]["realised_eu_state_eur"]),
                            projects[member]["last_snapshot_date"])
            row |= {"report_period": period_words[done[0]], "money_as_of": money}
            if not doubted:
                newest_day, newest_period = max(newest_day, money), max(newest_period, done[0])
            if not go_together(member, done[0]):
                if done[1] > 0:
                    other_days += not doubted
                    row["reason"] = OTHER_DAYS
            else:
                row |= {kind: euros / done[1]} if done[1] > 0 else {}
                whole_sums["euros"] += euros
                whole_sums["bought"] += done[1]
                whole_sums["cost"] += 1
            whole_sums["realised"] += done[1]
            if base and all(base):
                own = done[1], sum(part[1] for part in base)
                row["rate"], row["ci_low"], row["ci_high"] = wilson(*own)
                if not doubted:
                    rates[member] = own
        if target and done:
            row["achievement"] = done[1] / target[1]
            whole_sums["both_target"] += target[1]
            whole_sums["both_done"] += done[1]
        rows[member] = row
    whole = row_of(k_projects=len(members), n_reporting=len(reporting), n_inconsistent=left_out,
                   money_as_of=newest_day, report_period=period_words.get(newest_period))
    if not reporting:
        whole["reason"] = "not reported"
    whole |= row_of(target=sums["target"] if sums["target"] else None,
                    realised=sums["realised"] if len(reporting) > left_out else None,
                    achievement=sums["both_done"] / sums["both_target"] if sums["both_target"] else None)
    said = False
    if rates:
        x, n = sum(x for x, _ in rates.values()), sum(n for _, n in rates.values())
        p = x / n
        _, q, df, tail, i2, reason = pooled(
            [(own / all_of, p * (1 - p) / all_of) for own, all_of in rates.values()], least)
        whole |= heterogeneity(q, df, tail, i2, reason)
        said = not reason
        if said:
            whole["rate"], whole["ci_low"], whole["ci_high"] = wilson(x, n)
            for member, (own, all_of) in rates.items():
                half = Z * math.sqrt(p * (1 - p) / all_of)
                rows[member] |= row_of(funnel_low=max(0, p - half), funnel_high=min(1, p + half),
                                       outside_funnel=str(abs(own / all_of - p) > half).lower())
    elif reporting and (parents or left_out == len(reporting)):
        whole["reason"] = "no project"
    if left_out and len(rates) < least and "reason" in whole:
        whole["reason"] += f": {left_out} left out as inconsistent"
    if kind == "cost_per_output" or said:
        whole["n_cost"] = sums["cost"] if sums["bought"] else 0
        if sums["bought"]:
            whole[kind] = sums["euros"] / sums["bought"]
        elif other_days:
            whole["reason"] = "; ".join(filter(None, [whole.get("reason"), OTHER_DAYS]))
    rows["_T"] = whole
    return rows


def changes(code, members, least):
    """The rows of one scale."""
    rows, parts, persons = {}, {}, 0
    for member in members:
        before, after = answers[member, code, "start"], answers[member, code, "end"]
        if not before or not after:
            continue
        (_, n0, m0, s0), (_, n1, m1, s1) = max(before), max(after)
        n = min(n0, n1)
        persons += n
        variance = (s0 * s0 + s1 * s1 - 2 * correlation * s0 * s1) / n
        parts[member] = m1 - m0, variance
        half = Z * math.sqrt(variance)
        rows[member] = row_of(change=m1 - m0, change_low=m1 - m0 - half, change_high=m1 - m0 + half,
                              persons=n)
    whole = row_of(k_projects=len(members), n_reporting=len(rows))
    if not parts:
        rows["_T"] = whole | {"reason": "not reported"}
        return rows
    mean, q, df, tail, i2, reason = pooled(list(parts.values()), least)
    whole |= heterogeneity(q, df, tail, i2, reason) | {"persons": persons}
    if not reason:
        half = Z / math.sqrt(sum(1 / variance for _, variance in parts.values()))
        whole |= {"change": mean, "change_low": mean - half, "change_high": mean + half}
        for member, (own, variance) in parts.items():
            half = Z * math.sqrt(variance)
            rows[member] |= row_of(funnel_low=mean - half, funnel_high=mean + half,
                                   outside_funnel=str(abs(own - mean) > half).lower())
    rows["_T"] = whole
    return rows


found = published("laari_results")
names = [name for name in found[0] if name not in
         ("laari_id", "indicator_code", "project_code", "mean_cosine", "silhouette",
          "snapshot_as_of", "obs_status")]
words = {"outside_funnel", "homogeneous", "reason", "money_as_of", "report_period", "reason_codes"}
CODES = {"fewer than": "few_projects", "not homogeneous": "not_homogeneous",
         "no project": "no_project", "not reported": "not_reported",
         "hidden figures": "hidden", "more than its base": "above_base",
         "nobody in its base": "empty_base", "money and counts": "other_days"}


def codes_of(reason):
    """Each part of a reason by its code."""
    parts = [part for whole in reason.split("; ") for part in whole.split(": ")]
    return "|".join("inconsistent" if part.endswith("inconsistent") else
                    next(code for words, code in CODES.items() if part.startswith(words))
                    for part in parts)


clusters = {row["laari_id"]: row for row in published("laari") if row["basis"] == "configured"}
asked = collections.defaultdict(dict)
for row in found:
    asked[row["laari_id"], row["indicator_code"]][row["project_code"]] = row
for (laari, code), rows in asked.items():
    members = [member for member in clusters[laari]["projects"].split("|") if member]
    least = max(3, int(clusters[laari]["min_projects"]))
    wanted = (shares if code in indicators else changes)(code, members, least)
    assert set(rows) == set(wanted), (laari, code, set(rows), set(wanted))
    for project, row in rows.items():
        have = {name: row[name] if name in words else float(row[name])
                for name in names if row[name] != ""}
        want = dict(wanted[project])
        if want.get("reason"):
            want["reason_codes"] = codes_of(want["reason"])
        assert set(have) == set(want), (laari, code, project, have, want)
        for name, value in have.items():
            same = value == want[name] if name in words else \
                math.isclose(value, want[name], rel_tol=1e-9, abs_tol=1e-9)
            assert same, (laari, code, project, name, value, want[name])
        assert project != "_T" or row["mean_cosine"] == clusters[laari]["mean_cosine"], row
print(f"{len(found)} rows")
