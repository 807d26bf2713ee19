#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""write_table.py JSON_STAT FILE px|long|wide: the table of a JSON-stat file as PX or CSV."""
import csv
import itertools
import json
import sys


def codes_of(table, name):
    index = table["dimension"][name]["category"]["index"]
    return sorted(index, key=index.get)


def cells_of(table):
    names = table["id"]
    for at, codes in enumerate(itertools.product(*(codes_of(table, n) for n in names))):
        yield dict(zip(names, codes)), table["value"][at], table.get("status", {}).get(str(at), "")


def quoted(texts):
    return ",".join('"%s"' % text for text in texts)


def write_px(table, path):
    def cell(value, status):
        return '"%s"' % status if value is None else "%g" % value

    time, contents = table["role"]["time"][0], table["role"]["metric"][0]
    with open(path, "w", encoding="iso-8859-15") as out:
        print('CHARSET="ANSI";\nAXIS-VERSION="2010";\nCODEPAGE="iso-8859-15";\nLANGUAGE="fi";', file=out)
        print('LAST-UPDATED="%s";' % table["updated"].replace("-", "").replace("T", " ")[:14], file=out)
        print("STUB=%s;" % quoted(table["id"]), file=out)
        print('CONTVARIABLE="%s";' % contents, file=out)
        for name in table["id"]:
            labels = table["dimension"][name]["category"]["label"]
            codes = codes_of(table, name)
            print('VALUES("%s")=%s;' % (name, quoted(labels[code] for code in codes)), file=out)
            print('CODES("%s")=%s;' % (name, quoted(codes)), file=out)
        months = [code.replace("M", "") for code in codes_of(table, time)]
        print('TIMEVAL("%s")=TLIST(M1,"%s"-"%s");' % (time, months[0], months[-1]), file=out)
        print("DATA=", file=out)
        for _, value, status in cells_of(table):
            print(cell(value, status), file=out)
        print(";", file=out)


def write_long(table, path):
    with open(path, "w", encoding="iso-8859-1", newline="") as out:
        out.write("Työttömät ja paikat\r\n")
        rows = csv.writer(out, delimiter=";")
        rows.writerow(["kuukausi", "tieto", "alue", "arvo", "merkki"])
        for at, value, status in cells_of(table):
            figure = "" if value is None else ("%g" % value).replace(".", ",")
            rows.writerow([at["timeperiod_m"], at["contentscode"], at["Alue"], figure, status])


def write_wide(table, path):
    rows = {}
    for at, value, status in cells_of(table):
        row = rows.setdefault((at["Alue"], at["contentscode"]), {})
        row[at["timeperiod_m"]] = status if value is None else "%g" % value
    months = codes_of(table, "timeperiod_m")
    with open(path, "w", newline="") as out:
        sheet = csv.writer(out)
        sheet.writerow(["alue", "tieto"] + months)
        for key, row in rows.items():
            sheet.writerow(list(key) + [row[month] for month in months])


def main(source, path, form):
    with open(source) as file:
        table = json.load(file)
    {"px": write_px, "long": write_long, "wide": write_wide}[form](table, path)


main(*sys.argv[1:])
