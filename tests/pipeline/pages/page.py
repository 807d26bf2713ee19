# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks at a page as a reader, a browser and a statistician would.

page.py FILE CSV_FOLDER LANGUAGE CODE...: elements are nested as they should be, ids are unique and
links lead to places of the page or to files beside it, nothing is fetched from anywhere, and every number in its words
is a cell of a row of one of the codes in a published table, as the language writes it.
"""

import csv
import decimal
import glob
import html.parser
import json
import os
import re
import sys

VOID = {"meta", "br", "col", "link"}
SHAPES = {"line", "path", "rect"}


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.ids, self.links, self.words, self.faults = [], [], [], [], []
        self.lang = self.policy = None
        self.counting = False
        self.headings = []
        self.kinds, self.counts = {}, []  # tiles of each kind, and how many the legend says

    def handle_starttag(self, tag, attributes):
        have = dict(attributes)
        self.ids += [have["id"]] if "id" in have else []
        self.links += [have["href"]] if "href" in have else []
        self.links += ["#" + name for name in have.get("aria-labelledby", "").split()]
        if tag == "html":
            self.lang = have.get("lang")
        if have.get("http-equiv") == "Content-Security-Policy":
            self.policy = have["content"]
        fetches = tag == "link" and have.get("rel") != "alternate"  # a feed waits for its reader
        if fetches or "src" in have or tag in ("script", "iframe", "img", "object"):
            self.faults.append(f"<{tag}> would fetch something")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)
        classes = have.get("class", "").split()
        if "tile" in classes:
            self.kinds[classes[1]] = self.kinds.get(classes[1], 0) + 1
        self.counting = "count" in classes

    def handle_startendtag(self, tag, attributes):
        if tag not in SHAPES:
            self.faults.append(f"<{tag}/> is no shape")

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes something else")

    def handle_data(self, data):
        if self.counting:
            self.counts.append(int(data.strip("()")))
            self.counting = False
            return
        if self.open and self.open[-1] not in ("style", "title"):
            inside_svg = "svg" in self.open and self.open[-1] == "text"
            if not inside_svg:  # the axis has round numbers of its own
                self.words.append(data)


def written(cell, language):
    """The ways in which a cell may be written."""
    try:
        number = decimal.Decimal(cell)
    except decimal.InvalidOperation:
        return set()
    ways = set()
    for places in range(4):
        for value, behind in ((number, ""), (number * 100, "%")):
            quantum = decimal.Decimal(1).scaleb(-places)
            for mode in (decimal.ROUND_HALF_EVEN, decimal.ROUND_HALF_UP, decimal.ROUND_HALF_DOWN):
                ways.add(f"{abs(value.quantize(quantum, mode)):,}" + behind)
    if language == "en":
        return ways
    return {way.replace(",", "\u00a0").replace(".", ",") for way in ways}


def newest_month(folder):
    with open(f"{folder}/changes/changes.csv", encoding="utf-8", newline="") as rows:
        return max(row["time_period"] for row in csv.DictReader(rows) if "M" in row["time_period"])


def main():
    file, folder, language, *codes = sys.argv[1:]
    page = Page()
    with open(file, encoding="utf-8") as source:
        page.feed(source.read())
    faults = page.faults
    if page.open:
        faults.append(f"<{page.open[-1]}> stays open")
    if len(set(page.ids)) != len(page.ids):
        faults.append("an id stands twice")
    for link in page.links:
        there = link[1:] in page.ids if link.startswith("#") else link.startswith("mailto:") or os.path.exists(
            os.path.join(os.path.dirname(file), link))
        if not there:
            faults.append(f"a link leads to {link}")
    if page.lang != language or "default-src 'none'" not in (page.policy or ""):
        faults.append("no language, or no policy")
    if page.headings[0] != 1 or page.headings.count(1) != 1 or any(
        later > earlier + 1 for earlier, later in zip(page.headings, page.headings[1:])
    ):
        faults.append(f"headings jump: {page.headings}")

    if page.counts and page.counts != [page.kinds.get(f"k{i}", 0) for i in range(len(page.counts))]:
        faults.append(f"the legend counts {page.counts}, the map has {page.kinds}")
    known, said, days = set(), set(), set()
    with open(f"{folder}/../MANIFEST.json", encoding="utf-8") as manifest:
        days.add(tuple(map(int, json.load(manifest)["as_of"][:10].split("-"))))
    newest = newest_month(folder)
    for table in glob.glob(f"{folder}/*/*.csv"):
        with open(table, encoding="utf-8", newline="") as rows:
            for row in csv.reader(rows):
                # regions stand beside others, whose newest figures are those of changes
                beside = table.endswith("/changes.csv") and newest in row
                if set(codes) & set(row) or beside or table.endswith("/sources.csv"):
                    for cell in row:
                        ways = written(cell, language)
                        known |= ways
                        if re.fullmatch(r"\d{4}-\d\d-\d\d(T\S+)?", cell):  # an instant is told by its day
                            days.add(tuple(map(int, cell[:10].split("-"))))
                        if not ways:  # words, codes and days have digits of their own
                            said |= set(re.findall(r"\d+", cell) + re.findall(r"\d+[.]\d+", cell))
    shape = r"\d{1,3}(?:\u00a0\d{3})+(?:,\d+)?%?|\d+(?:,\d+)?%?" if language != "en" else (
        r"\d{1,3}(?:,\d{3})+(?:\.\d+)?%?|\d+(?:\.\d+)?%?"
    )
    count = 0
    own_words = " ".join(page.words).replace("\u00a0%", "%")
    own_words = re.sub(r"kohtaanto \d+\.\d+\.\d+|(Ajo|Körning|Run) [0-9a-f]{16}|\d{4}-\d\d-\d\d\S*", " ", own_words)
    for day, month, year in re.findall(r"\b(\d+)[./](\d+)[./](\d{4})\b", own_words):
        count += 1
        if (int(year), int(month), int(day)) not in days:
            faults.append(f"{day}.{month}.{year} is no day of {codes}")
    own_words = re.sub(r"\b\d+[./]\d+[./]\d{4}\b", " ", own_words)
    for number in re.findall(shape, own_words):
        count += 1
        if number not in known and number not in said:
            faults.append(f"{number} is no cell of {codes}")
    if count < 20:
        faults.append(f"only {count} numbers")
    for fault in faults[:20]:
        print(fault)
    print(f"{count} numbers")
    sys.exit(bool(faults))


main()
