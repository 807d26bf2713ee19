#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bad_input.py begin NIGHT FOLDER: the sources of a night in NIGHT, and what they find, in FOLDER.
bad_input.py PLANT FOLDER: one thing of it is wrong from now on."""
import json
import pathlib
import re
import sys

PX = """CHARSET="ANSI";
CODEPAGE="iso-8859-1";
LANGUAGE="fi";
LAST-UPDATED="20260421 08:00";
UNITS="lkm";
STUB="Alue";
HEADING="Tiedot","Kuukausi";
CONTVARIABLE="Tiedot";
VALUES("Alue")="KOKO MAA","Uusimaa","Varsinais-Suomi";
CODES("Alue")="SSS","MK01","MK02";
VALUES("Tiedot")="Avoinna kuukauden aikana";
CODES("Tiedot")="AVOINNA";
VALUES("Kuukausi")="2026M02","2026M03";
TIMEVAL("Kuukausi")=TLIST(M1,"202602"-"202603");
DATA=
90 100
40 45
50 55
;
"""
EUROSTAT = {
    "version": "2.0", "class": "dataset", "label": "Unemployment", "source": "ESTAT",
    "updated": "2026-04-21T11:00:00+0200", "id": ["freq", "unit", "geo", "time"], "size": [1, 1, 1, 3],
    "value": {"0": 259, "1": 268}, "status": {"1": "p"},
    "dimension": {
        "freq": {"category": {"index": {"M": 0}, "label": {"M": "Monthly"}}},
        "unit": {"category": {"index": {"THS_PER": 0}, "label": {"THS_PER": "Thousand persons"}}},
        "geo": {"category": {"index": {"FI": 0}, "label": {"FI": "Finland"}}},
        "time": {"category": {"index": {"2026-01": 0, "2026-02": 1, "2026-03": 2}}}},
    "extension": {"id": "UNE_RT_M", "positions-with-no-data": {"freq": [], "unit": [], "geo": [], "time": [2]}}}


def write(path, value):
    with open(path, "w", encoding="latin-1") as out:
        out.write(value if isinstance(value, str) else json.dumps(value, indent=1))


def begin(night, folder):
    first, second, config = (json.loads((night / name).read_text())
                             for name in ("first.json", "second.json", "night.json"))
    first["variables"][0]["want"] = ["SSS", "MK01", "MK02"]
    write(night / "first.json", first)
    second["measures"][-1]["optional"] = True
    second["others"] = "total"
    write(night / "second.json", second)
    third = dict(first, id="third", title=dict.fromkeys(("fi", "sv", "en"), "third"), protocol="file", format="px", base_url="file:drop", addresses=[{"path": "third.px"}])
    third["variables"] = [dict(first["variables"][0]), first["variables"][1], {"role": "measure", "names": ["Tiedot"]}]
    third["measures"] = [{"measure": "vacancies_open", "code": "AVOINNA", "unit": "posts"}]
    write(night / "third.json", third)
    root = pathlib.Path(__file__).resolve().parents[2]
    fourth = json.loads((root / "tests/fixtures/fetch/une_rt_m.json").read_text())
    fourth["variables"][0].update(want=["FI"], total="FI")
    fourth["measures"] = fourth["measures"][1:]
    fourth.update(ages=first["ages"], observations={"total": True})
    write(night / "une_rt_m.json", fourth)
    config["sources"] += ["third.json", "une_rt_m.json"]
    write(night / "night.json", config)
    tables = [json.loads((night / name).read_text()) for name in ("first-table.json", "second-table.json")]
    # A variable that no role claims, with its total before the parts of it.
    tables[1]["variables"].insert(0, {"code": "Sukupuoli", "text": "Sukupuoli", "values": ["SSS", "1", "2"], "total": "SSS"})
    tables[1]["figures"] *= 3
    for name, table in zip(("first", "second"), tables):
        write(folder / (name + ".json"), table)
    write(folder / "third.px", PX)
    write(folder / "fourth.json", EUROSTAT)


def lose_a_code(table):
    table["variables"][0]["values"].remove("MK02")
    table["figures"] = table["figures"][:6]


def rename_a_content(table):
    contents = next(of for of in table["variables"] if of.get("is") == "contents")
    contents["values"][contents["values"].index("TAYTTYNEET")] = "TAYTTYNEET_2"


def put(*keys_and_value):
    *keys, last, value = keys_and_value

    def change(table):
        for key in keys:
            table = table[key]
        table[last] = value
    return change


# Of a JSON file a change of what it holds, of the PX file a pattern and what stands in its place.
PLANTS = {
    "a wanted code is lost": ("first.json", lose_a_code),
    "an optional content is lost": ("second.json", rename_a_content),
    "another value of a cell": ("second.json", put("figures", 10, 45)),
    "percentages for counts": ("third.px", 'UNITS="lkm"', 'UNITS="prosenttia"'),
    "shares without a unit": ("third.px", "40 45", "40.4 45.0"),
    "a symbol that nobody knows": ("third.px", "40 45", '".." 45'),
    "DATA too short": ("third.px", "40 45", "40"),
    "DATA too long": ("third.px", "40 45", "40 45 46"),
    "DATA ends in the middle": ("third.px", "50 55\n;\n", "50"),
    "a value outside": ("fourth.json", put("value", "3", 270)),
    "a status outside": ("fourth.json", put("status", "3", "p")),
    "an empty position outside": ("fourth.json", put("extension", "positions-with-no-data", "time", [3])),
    "percentages of Eurostat": ("fourth.json", put("dimension", "unit", "category", "label", "THS_PER", "Percentage of persons")),
}


def change_table(path, change):
    table = json.loads(path.read_text())
    table["updated"] = table["updated"].replace("-21T", "-22T")
    change(table)
    write(path, table)


def change_px(path, old, new):
    write(path, path.read_text(encoding="latin-1").replace("20260421", "20260422").replace(old, new))


def plant(name, folder):
    file, *change = PLANTS[name]
    if file == "third.px":
        change_px(folder / file, *change)
        change_table(folder / "second.json", put("figures", 3, 12))
    else:
        change_table(folder / file, *change)
        change_px(folder / "third.px", "90 100", "91 100")


if sys.argv[1] == "begin":
    begin(pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]))
else:
    plant(sys.argv[1], pathlib.Path(sys.argv[2]))
