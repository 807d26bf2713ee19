#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Workbooks of a run as zip and XML say them, without the program and without a library for them:

    workbook.py compare RUN CONTRACT_FOLDER CODE...     every sheet of these regions against csv/
    workbook.py plant RUN CODE SHEET FROM TO            puts a number in place of another in a sheet
    workbook.py converted RUN CONTRACT_FOLDER CODE FODS what LibreOffice made of a workbook
    workbook.py cover RUN CODE                          the texts of the cover, a line a row

Which rows a region's are is worked out here once more: those that name it in a foreign key to
dim_region; of tables split by years the newest whole months of the table's last 25 that stay within
300 rows, at least one."""

import csv
import datetime
import glob
import json
import os
import re
import sys
import xml.etree.ElementTree as tree
import zipfile

sys.dont_write_bytecode = True

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINKS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MONTHS, ROWS = 25, 300
NUMBERS = ("integer", "number", "share")
LEVELS = ("country", "maakunta", "elinvoimakeskus", "tyollisyysalue", "coordinator", "own")


def unescape(text):
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found.group(1), 16)), text)


def text_of(element):
    return unescape("".join(part.text or "" for part in element.iter(MAIN + "t")))


class Book:
    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        assert self.zip.testzip() is None
        relations = {link.get("Id"): link.get("Target")
                     for link in self.parse("xl/_rels/workbook.xml.rels")}
        self.sheets = {sheet.get("name"): "xl/" + relations[sheet.get(LINKS + "id")]
                       for sheet in self.parse("xl/workbook.xml").iter(MAIN + "sheet")}
        self.strings = [text_of(string) for string in self.parse("xl/sharedStrings.xml")]
        styles = self.parse("xl/styles.xml").find(MAIN + "cellXfs")
        self.formats = [int(style.get("numFmtId")) for style in styles]

    def parse(self, part):
        return tree.fromstring(self.zip.read(part))

    def cells(self, sheet):
        """Rows of (kind, value): number, day, text; None where nothing stands."""
        for row in self.parse(self.sheets[sheet]).iter(MAIN + "row"):
            found = []
            for cell in row:
                place = 0
                for letter in re.match("[A-Z]+", cell.get("r")).group(0):
                    place = place * 26 + ord(letter) - 64
                found += [None] * (place - 1 - len(found))
                found.append(self.value(cell))
            yield int(row.get("r")), found

    def value(self, cell):
        assert cell.find(MAIN + "f") is None, "a formula"
        kind = cell.get("t", "n")
        if kind == "s":
            return ("text", self.strings[int(cell.find(MAIN + "v").text)])
        if kind == "inlineStr":
            return ("text", text_of(cell))
        assert kind == "n", kind
        number = cell.find(MAIN + "v").text
        if self.formats[int(cell.get("s", "0"))] == 14:
            day = datetime.date(1899, 12, 30) + datetime.timedelta(int(number))
            return ("day", day.isoformat())
        return ("number", float(number))


def schema_of(contract, table):
    with open(os.path.join(contract, table + ".json"), encoding="utf-8") as file:
        return json.load(file)


def month_of(period):
    found = re.fullmatch(r"(\d{4})M(\d\d)|(\d{4})Q(\d)|Y(\d{4})", period)
    if found.group(1):
        return int(found.group(1)) * 12 + int(found.group(2)) - 1
    if found.group(3):
        return int(found.group(3)) * 12 + int(found.group(4)) * 3 - 1
    return int(found.group(5)) * 12 + 11


def levels_of(run):
    with open(os.path.join(run, "csv/dim_region/dim_region.csv"), encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["level"] in LEVELS]
    # A code that stands for units of several levels is the page of the highest one.
    rows.sort(key=lambda row: LEVELS.index(row["level"]), reverse=True)
    return {row["code"]: row["level"] for row in rows}


def own_rows(run, schema, codes):
    """The rows of each region that a workbook has, by code."""
    keys = [dict(zip(key["reference"]["fields"], key["fields"]))
            for key in schema["foreignKeys"] if key["reference"]["table"] == "dim_region"]
    levels = levels_of(run)
    found, newest = {code: [] for code in codes}, -1
    for path in sorted(glob.glob(os.path.join(run, "csv", schema["table"], "*.csv"))):
        with open(path, encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if schema["split"] == "year":
                    newest = max(newest, month_of(row["time_period"]))
                for code in {row[key["code"]] for key in keys
                             if "level" not in key or levels.get(row[key["code"]]) == row[key["level"]]}:
                    if code in found:
                        found[code].append(row)
    if schema["split"] == "year":
        found = {code: newest_of(rows, newest) for code, rows in found.items()}
    return found


def newest_of(rows, newest):
    counts = {}
    for row in rows:
        month = month_of(row["time_period"])
        if month > newest - MONTHS:
            counts[month] = counts.get(month, 0) + 1
    first, total = newest + 1, 0
    for month in sorted(counts, reverse=True):
        total += counts[month]
        if total > ROWS and total > counts[month]:
            break
        first = month
    return [row for row in rows if month_of(row["time_period"]) >= first]


def is_same(kind, written, found):
    if written == "" or found is None:
        return written == "" and found is None
    if kind in NUMBERS:
        return found[0] == "number" and float("%.16g" % float(written)) == found[1]
    if kind == "date":
        return found == ("day", written)
    return found == ("text", written)


def compare(run, contract, codes):
    books = {code: Book(os.path.join(run, "xlsx", code + ".xlsx")) for code in codes}
    with open(os.path.join(run, "MANIFEST.json"), encoding="utf-8") as file:
        manifest = json.load(file)
    wanted = {code: ["cover"] for code in codes}
    cells, faults, kinds = 0, [], set()
    for table in sorted(os.listdir(os.path.join(run, "csv"))):
        schema = schema_of(contract, table)
        rows_by_code = own_rows(run, schema, codes) if schema["public"] else {}
        for code, rows in rows_by_code.items():
            if not rows:
                continue
            wanted[code].append(table)
            sheet = dict(books[code].cells(table)) if table in books[code].sheets else {}
            fields = schema["fields"]
            if sheet.get(1) != [("text", field["name"]) for field in fields] or len(sheet) != len(rows) + 1:
                faults.append(f"{code}, {table}: {len(sheet) - 1} rows, expected {len(rows)}")
                continue
            for number, row in enumerate(rows, 2):
                found = sheet[number] + [None] * (len(fields) - len(sheet[number]))
                for field, cell in zip(fields, found):
                    cells += 1
                    kinds.add(cell and cell[0])
                    if not is_same(field["type"], row[field["name"]], cell):
                        faults.append(f"{code}, {table}: row {number}, {field['name']}: {cell}, "
                                      f"expected {row[field['name']]!r}")
    for code, book in books.items():
        if list(book.sheets) != wanted[code] + ["columns"]:
            faults.append(f"{code}: sheets {list(book.sheets)}, expected {wanted[code]} and columns")
        faults += [f"{code}: the cover lacks {text}" for text in cover_lacks(book, code, manifest)]
    print(f"{cells} cells of {len(books)} workbooks")
    print("\n".join(faults[:30]))
    return 0 if not faults and cells > 1000 and kinds == {None, "number", "day", "text"} else 1


def cover_lacks(book, code, manifest):
    texts = {cell[1] for _, row in book.cells("cover") for cell in row if cell}
    wanted = {code, manifest["run_id"], manifest["as_of"]}
    wanted.add("kohtaanto " + manifest["program"]["version"])
    for source in manifest["sources"]:
        wanted |= {source["id"], source["licence"], *source["title"].values(),
                   *source["citation"].values()}
    wanted |= set("APEMLOQB") | {"observations", "csv/observations/"}
    return sorted(str(text) for text in wanted - texts if text)


def plant(run, code, sheet, before, after):
    path = os.path.join(run, "xlsx", code + ".xlsx")
    part = Book(path).sheets[sheet]
    os.chmod(path, 0o644)
    with zipfile.ZipFile(path) as book:
        parts = [(entry, book.read(entry)) for entry in book.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for entry, data in parts:
            if entry.filename == part:
                changed = re.sub(before, after, data.decode(), count=1)
                assert changed != data.decode(), "nothing to change"
                data = changed.encode()
            book.writestr(entry, data)


def converted(run, contract, code, fods):
    import spreadsheet
    book = Book(os.path.join(run, "xlsx", code + ".xlsx"))
    made = {table.get(spreadsheet.TABLE + "name"): table
            for table in tree.parse(fods).iter(spreadsheet.TABLE + "table")}
    assert list(made) == list(book.sheets), list(made)
    cells, kinds, faults = 0, {}, []
    for sheet in [name for name in book.sheets if name not in ("cover", "columns")]:
        fields = schema_of(contract, sheet)["fields"]
        rows = list(spreadsheet.rows_in(made[sheet]))
        for number, wanted in list(book.cells(sheet))[1:]:
            got = rows[number - 1] + [None] * len(fields)
            wanted += [None] * (len(fields) - len(wanted))
            for field, one, other in zip(fields, wanted, got):
                cells += 1
                kinds.setdefault(field["type"], set()).add(other and other[0])
                if not is_taken(one, other):
                    faults.append(f"{sheet}: row {number}, {field['name']}: {one} became {other}")
    print(f"{cells} cells, {kinds}")
    print("\n".join(faults[:30]))
    assert kinds["integer"] <= {"float", None} and kinds["share"] <= {"percentage", None}, kinds
    assert kinds["code"] <= {"string", None} and kinds["date"] <= {"date", None}, kinds
    return 0 if not faults and cells > 1000 else 1


def is_taken(one, other):
    if one is None or other is None:
        return one is other
    if one[0] == "number":
        return (other[0] in ("float", "percentage", "currency") and
                abs(float(other[1]) - one[1]) <= 1e-14 * abs(one[1]) + 1e-20)
    return other == ({"day": "date", "text": "string"}[one[0]], one[1])


if sys.argv[1] == "compare":
    sys.exit(compare(sys.argv[2], sys.argv[3], sys.argv[4:]))
elif sys.argv[1] == "plant":
    plant(*sys.argv[2:7])
elif sys.argv[1] == "converted":
    sys.exit(converted(*sys.argv[2:6]))
else:
    for _, line in Book(os.path.join(sys.argv[2], "xlsx", sys.argv[3] + ".xlsx")).cells("cover"):
        print("\t".join("" if cell is None else str(cell[1]) for cell in line))
