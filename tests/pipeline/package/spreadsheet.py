#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a spreadsheet made of csv-fi, cell by cell:

    spreadsheet.py take RUN FOLDER ROWS      the first rows of every file of csv-fi, for the program
    spreadsheet.py compare FOLDER CONVERTED CONTRACT_FOLDER

Numbers must be numbers of the same value, days must be days, and codes, periods and letters must be
the very text. Texts for people must be the very text, too, unless all of it is a number."""

import csv
import json
import os
import re
import sys
import xml.etree.ElementTree as tree

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
NUMBERS = ("integer", "number", "share", "alpha")


def take(run, folder, rows):
    os.makedirs(folder)
    for table in sorted(os.listdir(os.path.join(run, "csv-fi"))):
        for name in sorted(os.listdir(os.path.join(run, "csv-fi", table))):
            with open(os.path.join(run, "csv-fi", table, name), "rb") as file:
                lines = file.read().split(b"\r\n")[: rows + 1]
            with open(os.path.join(folder, f"{table}@{name}"), "wb") as file:
                file.write(b"\r\n".join(line for line in lines if line) + b"\r\n")


def words_of(cell):
    """The text of a cell: blanks that stand together are elements of their own."""
    parts = []
    for paragraph in cell.findall(TEXT + "p"):
        parts.append(paragraph.text or "")
        for child in paragraph.iter():
            if child is not paragraph:
                count = int(child.get(TEXT + "c", "1")) if child.tag == TEXT + "s" else 0
                parts.append(" " * count + (child.text or "") + (child.tail or ""))
    return "".join(parts)


def value_of(cell):
    kind = cell.get(OFFICE + "value-type")
    if kind is None:
        return None
    if kind == "date":
        return ("date", cell.get(OFFICE + "date-value"))
    if kind == "string":
        return ("string", words_of(cell))
    return (kind, cell.get(OFFICE + "value", cell.get(OFFICE + "boolean-value")))


def rows_of(path):
    return rows_in(tree.parse(path))


def rows_in(table):
    for row in table.iter(TABLE + "table-row"):
        cells = []
        for cell in row.findall(TABLE + "table-cell"):
            repeated = int(cell.get(TABLE + "number-columns-repeated", "1"))
            cells += [value_of(cell)] * min(repeated, 100)
        for _ in range(min(int(row.get(TABLE + "number-rows-repeated", "1")), 1000)):
            yield cells


def is_same(kind, written, found):
    if written == "":
        return found is None
    if found is None:
        return False
    if kind in NUMBERS and re.fullmatch(r"-?\d+(,\d+)?", written):
        number = float(written.replace(",", "."))
        # The flat file has 15 digits, and no more than 20 decimals.
        return found[0] == "float" and abs(float(found[1]) - number) <= 1e-14 * abs(number) + 1e-20
    if kind == "date":
        return found == ("date", written)
    if kind == "text" and re.fullmatch(r"[\d ,.%:/+-]+", written):
        return True
    return found == ("string", written)


def compare(folder, converted, contract):
    cells = numbers = 0
    faults = []
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(contract, name.split("@")[0] + ".json"), encoding="utf-8") as file:
            fields = json.load(file)["fields"]
        with open(os.path.join(folder, name), encoding="utf-8-sig", newline="") as file:
            wanted = list(csv.reader(file, delimiter=";"))
        found = list(rows_of(os.path.join(converted, name[:-4] + ".fods")))[: len(wanted)]
        if len(found) != len(wanted):
            faults.append(f"{name}: {len(found)} rows, expected {len(wanted)}")
            continue
        if [cell and cell[1] for cell in found[0][: len(fields)]] != [field["name"] for field in fields]:
            faults.append(f"{name}: header {found[0]}")
        for number, (row, got) in enumerate(zip(wanted[1:], found[1:]), 2):
            got = got + [None] * (len(fields) - len(got))
            for field, written, cell in zip(fields, row, got):
                cells += 1
                numbers += field["type"] in NUMBERS and written != ""
                if not is_same(field["type"], written, cell):
                    faults.append(f"{name}: row {number}, {field['name']}: {written!r} became {cell}")
    print(f"{cells} cells, {numbers} of them numbers, of {len(os.listdir(folder))} files")
    for fault in faults[:30]:
        print(fault)
    return 1 if faults or numbers == 0 else 0


if __name__ != "__main__":
    pass
elif sys.argv[1] == "take":
    take(sys.argv[2], sys.argv[3], int(sys.argv[4]))
else:
    sys.exit(compare(*sys.argv[2:5]))
