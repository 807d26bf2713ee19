#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""picture.py SVG ROWS.csv COLUMN CODE: a chart on its own is whole XML without names of colours that
other programs do not know, says what it is, of where and of which day; and its line is the column of
the rows of that region: heights go with the figures, from the first month to the last."""

import csv
import re
import sys
import xml.etree.ElementTree

SVG = "{http://www.w3.org/2000/svg}"


def main():
    path, rows, column, code = sys.argv[1:5]
    root = xml.etree.ElementTree.parse(path).getroot()
    text = open(path, encoding="utf-8").read()
    faults = []
    if root.tag != SVG + "svg" or "viewBox" not in root.attrib:
        faults.append("it is no drawing of its own")
    if "var(" in text or "href" in text or "<script" in text:
        faults.append("it needs something else")
    words = [t for e in root.findall(SVG + "text") for t in e.itertext()]
    if len(words) < 3 or not re.search(r"\d{4}-\d\d-\d\d", words[-2] + words[-1]):
        faults.append(f"it does not say what it is and of which day: {words}")
    inner = root.find(SVG + "svg")
    lines = [p.get("d") for p in inner.iter(SVG + "path") if p.get("class") == "line own"]
    with open(rows, encoding="utf-8", newline="") as file:
        figures = [float(r[column]) for r in csv.DictReader(file) if r["region_code"] == code and r[column]]
    points = [tuple(map(float, p.split())) for p in re.findall(r"[ML]([\d.]+ [\d.]+)", lines[0])] if lines else []
    if len(points) != len(figures) or len(figures) < 3:
        faults.append(f"{len(points)} points of {len(figures)} figures")
    else:
        least, most = figures.index(min(figures)), figures.index(max(figures))
        slope = (points[most][1] - points[least][1]) / (figures[most] - figures[least])
        for (x, y), figure in zip(points, figures):
            wanted = points[least][1] + slope * (figure - figures[least])
            if slope >= 0 or abs(y - wanted) > 0.11:
                faults.append(f"{figure} is drawn at {y}, expected {wanted:.1f}")
        if points != sorted(points):
            faults.append("months do not go from left to right")
    print("\n".join(faults))
    return 1 if faults else 0


sys.exit(main())
