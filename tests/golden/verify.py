#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Computes the figures of a published run of the sample again, from the replies, by other means.

verify.py RUN PORT CONFIG STORE

RUN is the folder of a published run that was made from the sample server on PORT; CONFIG is the folder
config/ of the tree, STORE that of the cubes the run was made from. Compared are the observations of 12r5 and of sums over them, the occupations of 12ti, and value, shares,
persons off proportion, coverage and number of cells of the indices; the rows of target_groups. The formulas are those of the papers,
written here a second time; nothing of the program is used. Points and intervals of protected cells are read
from the store and proved: the intervals are those that a propagation of all margins leaves, the points are
whole, inside them, meet every margin, and no count moved between two cells of the same sums brings them nearer
to the point that least squares give. Exit code 1 and a line for each difference.
"""
import collections
import csv
import json
import itertools
import math
import random
import struct
import sys
import urllib.request

TOLERANCE = 1e-12
LEVELS = {"KU": "kunta", "SK": "seutukunta", "MK": "maakunta", "EL": "ely"}
BUCKETS = {"KUJOU": "_X1", "SKJOU": "_X1", "MKJO": "_X1", "ELYJO": "_X1",
           "KU199": "_X2", "SK902": "_X2", "MK91": "_X2", "ELY80": "_X2"}
UNEMPLOYED, VACANCIES, LABOUR_FORCE = "TYOTTOMATLOPUSSA", "AVPAIKATLOPUSSA", "TYOVOIMATK"
COLUMNS = {UNEMPLOYED: "unemployed", VACANCIES: "vacancies", LABOUR_FORCE: "labour_force"}
# The contents that are groups of job seekers: as the store calls them, and as target_groups does.
GROUPS = {"TYOTTOMATMIEHET": ("unemployed_men", "men"), "TYOTTOMATNAISET": ("unemployed_women", "women"),
          "TYOTTOMAT25": ("unemployed_under_25", "under_25"), "TYOTTOMAT50": ("unemployed_over_50", "over_50"),
          "PITKAAIKAISTYOTTOMAT": ("unemployed_long_term", "long_term"),
          "TYOTTOMATULK": ("unemployed_foreign", "foreign"), "LYHTYOVKO": ("reduced_week", "reduced_week"),
          "TVKOULUTUSLOP": ("in_services_labour_training", "in_services_labour_training"),
          "KOKEILULOP": ("in_services_trial", "in_services_trial"),
          "HAKIJALOPUSSA": ("job_seekers", "total_jobseekers")}
PARTS_OF_UNEMPLOYED = {"TYOTTOMATMIEHET", "TYOTTOMATNAISET", "TYOTTOMAT25", "TYOTTOMAT50",
                       "PITKAAIKAISTYOTTOMAT", "TYOTTOMATULK"}
MEASURES = COLUMNS | {content: measure for content, (measure, _) in GROUPS.items()}
PROTECTED = (1, 4)
faults = []


def complain(*words):
    faults.append(" ".join(str(w) for w in words))


def fetch(port, table, everything):
    """{(codes...): figure or None if it is hidden} of a whole table."""
    url = f"http://127.0.0.1:{port}/PxWeb/api/v1/fi/StatFin/tyonv/{table}.px"
    query = [{"code": c, "selection": {"filter": "all", "values": ["*"]}} for c in everything]
    body = json.dumps({"query": query, "response": {"format": "json-stat2"}}).encode()
    with urllib.request.urlopen(urllib.request.Request(url, body)) as reply:
        data = json.load(reply)
    codes = [sorted(c["category"]["index"], key=c["category"]["index"].get)
             for c in (data["dimension"][i] for i in data["id"])]
    cells = {}
    for n, value in enumerate(data["value"]):
        key, rest = [], n
        for axis in reversed(codes):
            key.append(axis[rest % len(axis)])
            rest //= len(axis)
        cells[tuple(reversed(key))] = value
        if value is None and data["status"][str(n)] != "...":
            complain(table, key, "has an unexpected symbol")
    return cells


def rows(run, table):
    with open(f"{run}/csv/{table}/{table}_2023.csv", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def same(name, row, column, wanted):
    got = float(row[column]) if row[column] else None
    if wanted is None or got is None:
        if wanted is not got:
            complain(name, column, row[column], "is not", wanted)
    elif not abs(got - wanted) <= TOLERANCE * max(1.0, abs(wanted)):
        complain(name, column, got, "is not", wanted)


class Sum:
    """A sum with what is hidden in it: its point, and its limits."""

    def __init__(self, point=0.0, low=0, high=0):
        self.point, self.low, self.high = point, low, high

    def __add__(self, other):
        return Sum(self.point + other.point, self.low + other.low, self.high + other.high)


def read_cube(path):
    """{codes: (letter, point, low, high)} of a file of store/cubes, as core/cube_file.c describes it."""
    data, at = open(path, "rb").read(), 8
    axes = []

    def take(form):
        nonlocal at
        out = struct.unpack_from("=" + form, data, at)
        at += struct.calcsize("=" + form)
        return out

    for _ in range(6):
        axis = []
        for _ in range(take("Q")[0]):
            axis.append(take(f"{take('Q')[0]}s")[0].decode())
            take(f"{take('Q')[0]}s")
        axes.append(axis)
    cells = math.prod(map(len, axes))
    status = take(f"{cells}B")
    value = take(f"{cells}d")
    ranges = {n: ends for n, *ends in (take("Qdd") for _ in range(take("Q")[0]))}
    return {key: ("APEMLOQB"[status[n]], value[n], *ranges.get(n, (value[n], value[n])))
            for n, key in enumerate(itertools.product(*axes))}


def store_cells(path, contents):
    """As fetch has its keys: (area, month, content) or (area, occupation, month, content) to a Sum; and
    those of them that are hidden."""
    code = {measure: content for content, measure in contents.items()}
    cells, hidden = {}, set()
    for (month, measure, area, occupation, _, _), (letter, *figures) in read_cube(path).items():
        key = (area, month, code[measure]) if occupation == "_T" else \
            (area, occupation, month, code[measure])
        cells[key] = Sum(*figures)
        hidden |= {key} if letter == "Q" else set()
    return cells, hidden


def margins_of(cells, config):
    """[(total, parts, whether they make it)] of all cells of a table."""
    out = []
    first = next(iter(cells))
    areas = sorted({k[0] for k in cells})
    for rest in sorted({k[1:] for k in cells}):
        for level, below in (("seutukunta", "KU"), ("maakunta", "SK"), ("maakunta", "KU"), ("ely", "MK")):
            up = parents(config, level, below)
            for above in sorted(set(up.values()) & set(areas)):
                out.append(((above, *rest), [(a, *rest) for a in areas if up.get(a) == above], True))
        for kind in LEVELS:
            out.append((("SSS", *rest), [(a, *rest) for a in areas if a[:2] == kind], False))
    for area, month, content in sorted({(k[0], *k[-2:]) for k in cells}) if len(first) == 4 else []:
        parts = [(area, o, month, content) for o in sorted({k[1] for k in cells}) if o != "SSS"]
        out.append(((area, "SSS", month, content), parts, area != "SSS"))
    return [(total, parts, makes) for total, parts, makes in out if parts]


def propagate(cells, hidden, margins):
    """Limits of the hidden cells: a part is what the others leave of its total, until nothing moves."""
    low = {k: PROTECTED[0] if k in hidden else s.point for k, s in cells.items()}
    high = {k: PROTECTED[1] if k in hidden else s.point for k, s in cells.items()}
    margins = [m for m in margins if m[0] in hidden or hidden & set(m[1])]
    moved = True
    while moved:
        moved = False
        for total, parts, makes in margins:
            lows, highs = sum(low[p] for p in parts), sum(high[p] for p in parts)
            wanted = [(total, lows, highs if makes else math.inf)]
            wanted += [(p, low[total] - highs + high[p] if makes else -math.inf,
                        high[total] - lows + low[p]) for p in parts if p in hidden]
            for cell, least, most in wanted:
                if cell in hidden and (least > low[cell] or most < high[cell]):
                    low[cell], high[cell] = max(low[cell], least), min(high[cell], most)
                    moved = True
    return low, high


def pattern(cells, hidden, cell, low, high):
    """The mean of what the months before and after say."""
    months = sorted({k[-2] for k in cells})
    at, said = months.index(cell[-2]), []
    for other in months[max(0, at - 1):at] + months[at + 1:at + 2]:
        key = (*cell[:-2], other, cell[-1])
        said.append((low[key] + high[key]) / 2 if key in hidden else cells[key].point)
    middle = sum(PROTECTED) / 2
    return min(max(sum(said) / len(said) if said else middle, PROTECTED[0]), PROTECTED[1])


def nearest_point(targets, margins, values, low, high):
    """Nearest to the targets inside the limits with every margin met: Hildreth's method, each margin's
    multiplier by halving."""
    rows = []
    for total, parts, makes in margins:
        signs = {p: 1 for p in parts if p in targets} | ({total: -1} if total in targets else {})
        known = sum(values[p] for p in parts if p not in targets)
        if signs:
            rows.append([signs, (0 if total in targets else values[total]) - known, makes, 0.0])
    pull = dict.fromkeys(targets, 0.0)

    def at(cell, more=0.0):
        return min(max(targets[cell] + pull[cell] + more, low[cell]), high[cell])

    for _ in range(300):
        moved = 0.0
        for row in rows:
            signs, rest, makes, multiplier = row
            over = sum(n * at(c) for c, n in signs.items()) - rest
            if abs(over) < 1e-6 or not makes and multiplier == 0.0 and over < 0:
                continue
            ends = [-40.0, 40.0 if makes else -multiplier]
            for _ in range(35):
                change = sum(ends) / 2
                ends[sum(n * at(c, n * change) for c, n in signs.items()) > rest] = change
            if not makes and sum(n * at(c, -n * multiplier) for c, n in signs.items()) <= rest:
                change = -multiplier
            for cell, sign in signs.items():
                pull[cell] += sign * change
            row[3] += change
            moved = max(moved, abs(change))
        if moved < 1e-5:
            break
    return {cell: at(cell) for cell in targets}


def check_nearest(cells, hidden, margins, low, high):
    """The whole points are so near to the nearest ones that no count moved from one cell to another of
    the same sums brings them nearer; how many pairs of cells were tried."""
    month = margins[0][0][-2:]
    own = sorted(c for c in hidden if c[-2:] == month)
    targets = {c: pattern(cells, hidden, c, low, high) for c in own}
    values = {k: one.point for k, one in cells.items()}
    near = nearest_point(targets, margins, values, low, high)
    sums, room = collections.defaultdict(set), collections.defaultdict(list)
    for n, (total, parts, makes) in enumerate(margins):
        left = values[total] - sum(values[p] for p in parts)
        for part in parts:
            if makes:
                sums[part].add(n)
            else:
                room[part].append((n, left))
        sums[total].add(-1 - n)
    groups, tried = collections.defaultdict(list), 0
    for cell in own:
        groups[frozenset(sums[cell])].append(cell)
    for group in groups.values():
        for more, less in itertools.permutations(group, 2):
            shared = {n for n, _ in room[less]}
            free = all(left >= 1 or n in shared for n, left in room[more])
            if free and values[more] < high[more] and values[less] > low[less]:
                gain = 2 * (near[more] - values[more] + values[less] - near[less]) - 2
                tried += 1
                if gain > 1e-2:
                    complain(more, "and", less, "would be nearer by", gain)
    return tried


def check_points(name, replies, cells, hidden, config):
    """Intervals and points of the store follow from the replies."""
    for key, figure in replies.items():
        if (figure is None) != (key in hidden) or figure is not None and figure != cells[key].point:
            complain(name, key, "is", cells[key].point, "in the store, not", figure)
    margins = margins_of(cells, config)
    low, high = propagate(cells, hidden, margins)
    for key in hidden:
        one = cells[key]
        if (one.low, one.high) != (low[key], high[key]):
            complain(name, key, "has the limits", one.low, one.high, "and not", low[key], high[key])
        if one.point != int(one.point) or not one.low <= one.point <= one.high:
            complain(name, key, "has the point", one.point)
    for total, parts, makes in margins:
        over = sum(cells[p].point for p in parts) - cells[total].point
        if over > 0 or makes and over != 0:
            complain(name, total, "is missed by", over)
    by_month = collections.Counter()
    for month, content in sorted({k[-2:] for k in cells}):
        of = [m for m in margins if m[0][-2:] == (month, content)]
        by_month[name] += check_nearest(cells, hidden, of, low, high)
    fixed = sum(low[k] == high[k] for k in hidden)
    print(f"{name}: {len(hidden)} hidden cells, {fixed} fixed, {len(margins)} margins met, "
          f"{by_month[name]} moves tried")


def parents(config, level, kind):
    """Each region whose code begins with kind to the one of that level that it lies in today."""
    out = {}
    with open(f"{config}/classifications/memberships.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["member"][:2] == kind and row["parent_level"] == level and not row["valid_to"]:
                out[row["member"]] = row["parent"]
    return out


def check_regions(run, regions):
    """Rows of 12r5 as the source has them: figure or protected."""
    published = {(r["time_period"], r["region_level"], r["region_code"]): r
                 for r in rows(run, "observations") if r["source"] == "12r5-modelled"}
    for (area, month, content), figure in regions.items():
        level = "country" if area == "SSS" else LEVELS[area[:2]]
        row = published[month, level, BUCKETS.get(area, area)]
        if content not in COLUMNS:
            continue
        column = COLUMNS[content]
        same(f"12r5 {month} {area}", row, column, figure)
        if row[column + "_status"] != ("A" if figure is not None else "Q"):
            complain("12r5", month, area, column, "has status", row[column + "_status"])


def check_sums(run, cells, config):
    """Regions that the source has not: sums of maakunta or municipalities, with the limits they leave."""
    published = {(r["time_period"], r["region_code"]): r
                 for r in rows(run, "observations") if r["source"] == "12r5-modelled"}
    for level, kind in (("elinvoimakeskus", "MK"), ("suuralue", "MK"), ("tyollisyysalue", "KU")):
        up = parents(config, level, kind)
        for content, column in ((UNEMPLOYED, "unemployed"), (VACANCIES, "vacancies")):
            sums = collections.defaultdict(Sum)
            for (area, month, code), figure in cells.items():
                if code == content and area in up:
                    sums[month, up[area]] += figure
            for (month, area), total in sums.items():
                row, name = published[month, area], f"12r5 {month} {area}"
                if row[column + "_status"] == "Q":
                    total = Sum(None, *PROTECTED)
                same(name, row, column, total.point)
                same(name, row, column + "_low", total.low)
                same(name, row, column + "_high", total.high)


def whole(number):
    return float(math.floor(number + 0.5))


def check_group(name, row, figure, unemployed, is_part):
    """A row of target_groups: a figure, or the limits of a hidden one; its share where both are known."""
    hidden = figure.point is None
    same(name, row, "persons", figure.point if hidden else whole(figure.point))
    same(name, row, "persons_low", figure.low)
    same(name, row, "persons_high", figure.high)
    known = is_part and not hidden and unemployed.point is not None and unemployed.point > 0
    same(name, row, "share_of_unemployed", whole(figure.point) / whole(unemployed.point) if known else None)
    if (row["obs_status"] == "Q") != hidden:
        complain(name, "has status", row["obs_status"])


def sum_of(figures, points):
    """Hidden figures are Sum(None, 1, 4) and count with their points; one hidden figure beside zeros stays
    hidden."""
    others = [f for f in figures if f.point is None or f.point != 0 or f.high != 0]
    if len(others) == 1:
        return others[0]
    return Sum(sum(points), sum(f.low for f in others), sum(f.high for f in others))


def group_rows(run, content):
    """{(month, level, area): row} of the group that a content is."""
    code = "unemployed" if content == UNEMPLOYED else GROUPS[content][1]
    return {(r["time_period"], r["region_level"], r["region_code"]): r
            for r in rows(run, "target_groups") if r["group_code"] == code}


def check_groups(run, regions, cells, config):
    """Every group of the source's own areas, and of sums over them with the limits they leave."""
    levels = [(level, kind, parents(config, level, kind))
              for level, kind in (("elinvoimakeskus", "MK"), ("suuralue", "MK"), ("tyollisyysalue", "KU"))]

    def published(month, area, content):
        figure = regions[area, month, content]
        return Sum(None, *PROTECTED) if figure is None else Sum(figure, figure, figure)

    def total(month, area, content, up):
        parts = [cells[a, month, content] for a in up if up[a] == area and (a, month, content) in cells]
        shown = [published(month, a, content) for a in up if up[a] == area and (a, month, content) in cells]
        lone = [f for f in shown if f.point is None or f.point != 0]
        return lone[0] if len(lone) == 1 else sum(parts, Sum())

    seen = 0
    months = sorted({month for _, month, _ in regions})
    for content in [UNEMPLOYED, *GROUPS]:
        table, is_part = group_rows(run, content), content in PARTS_OF_UNEMPLOYED | {UNEMPLOYED}
        for month in months:
            for area in sorted({a for a, m, c in regions if m == month and c == content}):
                level = "country" if area == "SSS" else LEVELS[area[:2]]
                check_group(f"{content} {month} {area}", table[month, level, BUCKETS.get(area, area)],
                            published(month, area, content), published(month, area, UNEMPLOYED), is_part)
                seen += 1
            for level, kind, up in levels:
                for area in sorted(set(up.values())):
                    check_group(f"{content} {month} {area}", table[month, level, area],
                                total(month, area, content, up), total(month, area, UNEMPLOYED, up), is_part)
                    seen += 1
    services = {(r["time_period"], r["region_level"], r["region_code"]): r
                for r in rows(run, "target_groups") if r["group_code"] == "in_services"}
    for month, area in sorted({(m, a) for a, m, _ in regions}):
        level = "country" if area == "SSS" else LEVELS[area[:2]]
        keys = [(area, month, c) for c in ("TVKOULUTUSLOP", "KOKEILULOP")]
        check_group(f"in_services {month} {area}", services[month, level, BUCKETS.get(area, area)],
                    sum_of([published(month, area, c) for _, _, c in keys], [cells[k].point for k in keys]),
                    Sum(), False)
        seen += 1
    print(f"{seen} rows of target groups looked at")


def check_occupations(run, occupations):
    """Rows of 12ti at two digits, of areas that the source has itself."""
    columns = {UNEMPLOYED: "unemployed", VACANCIES: "vacancies"}
    published = {(r["time_period"], r["region_code"], r["occupation_code"]): r
                 for r in rows(run, "observations")
                 if r["source"] == "12ti-modelled" and r["occupation_level"] == "isco2"}
    for (area, occupation, month, content), figure in occupations.items():
        row = published.get((month, area, "ISCO-" + occupation))
        if row is not None:
            same(f"12ti {month} {area} {occupation}", row, columns[content], figure)


def indices(cells, alpha):
    """Of [(unemployed, vacancies)]: Sahin et al. 2014, Jackman and Roper 1987, Hellinger."""
    total_u, total_v = sum(u for u, _ in cells), sum(v for _, v in cells)
    shares = [(u / total_u, v / total_v) for u, v in cells]
    if alpha is None:
        return {"mismatch_jr": sum(abs(u - v) for u, v in shares) / 2,
                "hellinger": math.sqrt(max(0, 1 - sum(math.sqrt(u * v) for u, v in shares)))}
    return {"mismatch": 1 - sum(v ** alpha * u ** (1 - alpha) for u, v in shares)}


def markets(regions, occupations, config):
    """{(month, market, scope): {cell: [unemployed, vacancies]}}, cells being sums with their points."""
    out = collections.defaultdict(dict)
    evk = parents(config, "elinvoimakeskus", "MK")
    months = sorted({month for _, month, _ in regions})
    isco = sorted({o for _, o, _, _ in occupations if o.isdigit()})
    for month in months:
        for area in sorted({a for a, _, _ in regions if a[:2] == "MK" and a not in BUCKETS}):
            pair = [regions[area, month, c] for c in (UNEMPLOYED, VACANCIES)]
            out[month, "maakunta", "SSS"][area] = pair
            out[month, "maakunta", evk[area]][area] = pair
            split = [{o: occupations[area, o, month, c] for o in isco} for c in (UNEMPLOYED, VACANCIES)]
            for o in isco:
                cell = [s[o] for s in split]
                out[month, "isco2xmaakunta", "SSS"][area, o] = cell
                for scope in ("SSS", area):
                    old = out[month, "isco1", scope].get(o[0], [Sum(), Sum()])
                    out[month, "isco1", scope][o[0]] = [a + b for a, b in zip(old, cell)]
    return out


def check_indices(run, found, regions):
    for row in rows(run, "mismatch"):
        cells = found.get((row["time_period"], row["market"], row["scope"]))
        if cells is None:
            continue
        name = " ".join(row[k] for k in ("time_period", "market", "scope", "measure", "alpha"))
        pairs = [(u.point, v.point) for u, v in cells.values() if u.point > 0 or v.point > 0]
        alpha = None if row["alpha"] == "_Z" else float(row["alpha"])
        wanted = indices(pairs, alpha).get(row["measure"])
        same(name, row, "value", wanted)
        same(name, row, "markets_n", len(pairs))
        if row["obs_status"] != "Q":
            same(name, row, "tightness", sum(v for _, v in pairs) / sum(u for u, _ in pairs))
        hidden = any(s.low < s.high for pair in cells.values() for s in pair)
        if row["value_low"]:
            low, value, high = (float(row[k]) for k in ("value_low", "value", "value_high"))
            if not low <= value <= high or (low < high and not hidden):
                complain(name, "has the range", low, high, "around", value)
        if row["scope"] == "SSS":
            for column, content, i in (("unemployed_coverage", UNEMPLOYED, 0),
                                       ("vacancies_coverage", VACANCIES, 1)):
                same(name, row, column, sum(p[i] for p in pairs) /
                     regions["SSS", row["time_period"], content])


def parts(cells, alpha):
    """Of {(region, occupation): (unemployed, vacancies)}: both orders, from the mismatch inside each region
    and each occupation, weighted by the share of all matches that it would make."""
    def index(pairs):
        return indices(pairs, alpha)["mismatch"]

    def grouped(side):
        groups = collections.defaultdict(list)
        for key, pair in cells.items():
            groups[key[side]].append(pair)
        sums = {k: tuple(map(sum, zip(*pairs))) for k, pairs in groups.items()}
        total_u, total_v = map(sum, zip(*sums.values()))
        weights = {k: (v / total_v) ** alpha * (u / total_u) ** (1 - alpha) for k, (u, v) in sums.items()}
        return index(sums.values()), sum(w * index(groups[k]) for k, w in weights.items() if w > 0)

    regions, in_regions = grouped(0)
    occupations, in_occupations = grouped(1)
    return {"mismatch": index(cells.values()),
            "mismatch_region": regions, "within_region": in_regions,
            "mismatch_occupation": occupations, "within_occupation": in_occupations,
            "interaction": in_regions - occupations,
            "shapley_region": (regions + in_occupations) / 2,
            "shapley_occupation": (occupations + in_regions) / 2}


def with_unallocated(cells, occupations, month):
    """The cells of isco2xmaakunta with what is in no maakunta, or of no occupation, beside them: the
    country's own row less all others."""
    isco = sorted({o for _, o in cells})
    areas = sorted({a for a, _ in cells})
    out = {}
    for area in [*areas, "SSS"]:
        for o in [*isco, "SSS"]:
            out[area, o] = [occupations[area, o, month, c].point for c in (UNEMPLOYED, VACANCIES)]
    for key in [(a, o) for a in [*areas, "SSS"] for o in isco]:
        for side in range(2):
            out[key[0], "SSS"][side] -= out[key][side]
    for key in [(a, o) for a in areas for o in [*isco, "SSS"]]:
        for side in range(2):
            out["SSS", key[1]][side] -= out[key][side]
    return {key: tuple(pair) for key, pair in out.items()}


def check_decomposition(run, found, occupations):
    seen = collections.Counter()
    for row in rows(run, "decomposition"):
        month, population = row["time_period"], row["population"]
        market = found[month, f"{row['occupation_level']}x{row['region_level']}", "SSS"]
        cells = {key: (u.point, v.point) for key, (u, v) in market.items()}
        if population == "with_X":
            cells = with_unallocated(cells, occupations, month)
        for column, wanted in parts(cells, float(row["alpha"])).items():
            same(f"{month} {population} {row['alpha']}", row, column, wanted)
        shares = [sum(pair[i] for pair in cells.values()) / occupations["SSS", "SSS", month, c].point
                  for i, c in enumerate((UNEMPLOYED, VACANCIES))]
        same(f"{month} {population}", row, "data_coverage", min(shares))
        seen[population] += 1
    if len(seen) < 2:
        complain("populations that were looked at:", seen)


def check_effective_tightness(run, found, config):
    """Distances from unit vectors, and then the sums as they are written."""
    with open(f"{config}/effective_tightness.json", encoding="utf-8") as file:
        entry = json.load(file)["effective_tightness"][0]["distance"]
    at = {}
    for region, (latitude, longitude) in entry["coordinates"].items():
        p, l = math.radians(latitude), math.radians(longitude)
        at[region] = (math.cos(p) * math.cos(l), math.cos(p) * math.sin(l), math.sin(p))
    reach = {(a, b): math.exp(-entry["decay_per_km"] * 2 * 6371.0088 * math.asin(math.dist(at[a], at[b]) / 2))
             for a in at for b in at}
    seen = 0
    for row in rows(run, "effective_tightness"):
        cells = {a: (u.point, v.point) for a, (u, v) in found[row["time_period"], "maakunta", "SSS"].items()}
        seekers = {b: sum(reach[a, b] * cells[a][0] for a in cells) for b in cells}
        own = row["region_code"]
        name = f"{row['time_period']} {own}"
        same(name, row, "unemployed", cells[own][0])
        same(name, row, "vacancies", cells[own][1])
        same(name, row, "tightness", cells[own][1] / cells[own][0])
        same(name, row, "effective_tightness", sum(reach[own, b] * cells[b][1] / seekers[b] for b in cells))
        seen += 1
    if not seen:
        complain("no effective tightness was looked at")


def check_unallocated(run, found, regions):
    """Vacancies in no maakunta, placed one by one where they add most; all where they add least."""
    for row in rows(run, "mismatch"):
        if (row["market"], row["scope"], row["measure"]) != ("maakunta", "SSS", "mismatch"):
            continue
        month, alpha = row["time_period"], float(row["alpha"])
        cells = found[month, "maakunta", "SSS"].values()
        posts = regions["SSS", month, VACANCIES] - sum(v.point for _, v in cells)
        if not row["value_low_unallocated"] or posts != round(posts):
            continue
        matched = lambda u, v: v ** alpha * u ** (1 - alpha)
        u, v = [u.point for u, _ in cells], [v.point for _, v in cells]
        whole = matched(sum(u), sum(v) + posts)
        least = sum(map(matched, u, v)) + min(matched(a, b + posts) - matched(a, b) for a, b in zip(u, v))
        for _ in range(round(posts)):
            best = max(range(len(u)), key=lambda i: matched(u[i], v[i] + 1) - matched(u[i], v[i]))
            v[best] += 1
        same(f"{month} maakunta {alpha}", row, "value_low_unallocated", 1 - sum(map(matched, u, v)) / whole)
        same(f"{month} maakunta {alpha}", row, "value_high_unallocated", 1 - least / whole)


def with_hidden_at(figures, number):
    """The replies' figures with every hidden one at a number."""
    return {k: Sum(*[number if v is None else v] * 3) for k, v in figures.items()}


def drawn(weights, count, random):
    """Counts of so many that fall one by one."""
    found = [0] * len(weights)
    for at in random.choices(range(len(weights)), weights=weights, k=count):
        found[at] += 1
    return found


def check_null(name, row, cells, random):
    """What chance alone makes of a market: in closed form, and by draws of Python's own."""
    u, v = [u.point for u, _ in cells.values()], [v.point for _, v in cells.values()]
    all_u, all_v, n = sum(u), sum(v), sum(a + b > 0 for a, b in zip(u, v))
    if row["setting"] == "closed":
        same(name, row, "value", (n - 1) / 8 * (1 / all_u + 1 / all_v))
        return
    weights = [(a / all_u + b / all_v) / 2 for a, b in zip(u, v)]
    ads = max(int(all_v / float(row["method"].split("cluster=")[1].split()[0]) + 0.5), 1)
    # In few cells a part of the job seekers is drawn: what the others would change is known there.
    few, draws = (round(all_u), 12) if n > 100 else (min(round(all_u), 10000), 60)
    values = []
    for _ in range(draws):
        s, w = drawn(weights, few, random), drawn(weights, ads, random)
        value = 1 - sum(math.sqrt(a * b) for a, b in zip(s, w)) / math.sqrt(few * ads)
        values.append(value - (n - 1) / 8 * (1 / few - 1 / all_u))
    mean = sum(values) / len(values)
    error = math.sqrt(sum((x - mean) ** 2 for x in values) / len(values) / (len(values) - 1))
    if abs(float(row["value"]) - mean) > 5 * error:
        complain(name, "is", row["value"], "and drawn", mean, "with an error of", error)


def check_sheet(run, found):
    """Sensitivity to anything but hidden figures: rows of mismatch, and the null."""
    published = {(r["time_period"], r["market"], r["alpha"]): r for r in rows(run, "mismatch")
                 if r["scope"] == "SSS" and r["measure"] == "mismatch"}
    source, seen = random.Random(1), collections.Counter()
    for row in rows(run, "sensitivity"):
        _, market, alpha = row["headline"].split()
        aspect, setting = row["aspect"], row["setting"]
        month, market = row["time_period"], setting if aspect == "market" else market
        name = f"{month} {row['headline']} {aspect} {setting}"
        if aspect == "null" and (month, market, "SSS") in found:
            check_null(name, row, found[month, market, "SSS"], source)
        elif aspect in ("alpha", "market", "unallocated"):
            other = published[month, market, setting if aspect == "alpha" else alpha]
            column = {"low": "value_low_unallocated", "high": "value_high_unallocated"}.get(setting, "value")
            if row["value"] != other[column]:
                complain(name, "is", row["value"], "and in mismatch", other[column])
        seen[aspect] += 1
    if len(seen) < 5:
        complain("of sensitivity was looked at no more than", dict(seen))


def check_sensitivity(run, regions, occupations, config):
    """Every hidden figure at one number."""
    rules = {n: markets(with_hidden_at(regions, n), with_hidden_at(occupations, n), config)
             for n in (0, *PROTECTED)}
    seen = 0
    for row in rows(run, "sensitivity"):
        _, market, alpha = row["headline"].split()
        key = row["time_period"], market, "SSS"
        if row["aspect"] != "protected_cells" or row["setting"] == "point" or key not in rules[0]:
            continue
        pairs = [(u.point, v.point) for u, v in rules[int(row["setting"])][key].values()]
        wanted = indices(pairs, float(alpha))["mismatch"]
        same(f"{row['time_period']} {row['headline']} {row['setting']}", row, "value", wanted)
        seen += 1
    if not seen:
        complain("no sensitivity was looked at")


def check_contributions(run, found):
    for row in rows(run, "contributions"):
        cells = found.get((row["time_period"], row["market"], row["scope"]))
        if cells is None:
            continue
        key = {"maakunta": row["region_code"], "isco1": row["occupation_code"][5:]}.get(row["market"])
        if key is None:
            continue
        total_u = sum(u.point for u, _ in cells.values())
        total_v = sum(v.point for _, v in cells.values())
        u, v = cells[key]
        name = " ".join(row[k] for k in ("time_period", "market", "scope")) + " " + str(key)
        if row["obs_status"] == "Q" and (row["contribution"] or row["persons_off_proportion"] or
                                         row["unemployed_share"] and row["vacancy_share"]):
            complain(name, "is protected and has a figure")
        if u.low < u.high or v.low < v.high:
            continue
        share_u, share_v = u.point / total_u, v.point / total_v
        same(name, row, "unemployed_share", share_u)
        same(name, row, "vacancy_share", share_v)
        off = u.point - v.point * total_u / total_v
        if abs(float(row["persons_off_proportion"]) - off) > 1e-9 * total_u:
            complain(name, "persons_off_proportion", row["persons_off_proportion"], "is not", off)


def main():
    run, port, config, store = sys.argv[1:]
    regions = fetch(port, "12r5", ["Alue"])
    occupations = {key: figure for key, figure in fetch(port, "12ti", ["Alue", "Ammattiryhmä"]).items()
                   if not key[0].startswith("KU")}  # which the night does not ask for
    region_cells, region_hidden = store_cells(f"{store}/12r5-modelled.cube", MEASURES)
    cells, hidden = store_cells(f"{store}/12ti-modelled.cube", COLUMNS)
    check_points("12r5", regions, region_cells, region_hidden, config)
    check_points("12ti", occupations, cells, hidden, config)
    found = markets(region_cells, cells, config)
    check_regions(run, regions)
    check_sums(run, region_cells, config)
    check_groups(run, regions, region_cells, config)
    check_occupations(run, occupations)
    check_indices(run, found, regions)
    check_decomposition(run, found, cells)
    check_effective_tightness(run, found, config)
    check_unallocated(run, found, regions)
    check_sensitivity(run, regions, occupations, config)
    check_sheet(run, found)
    check_contributions(run, found)
    print("\n".join(faults[:20]))
    print(f"{len(faults)} differences; {len(regions)} and {len(occupations)} cells, "
          f"{len(found)} markets looked at")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
