# SPDX-License-Identifier: GPL-3.0-or-later
"""Plants labels that cannot be shown, one after another, and holds check-config to one line each.

labels.py PROGRAM CONFIG: CONFIG is a copy of the tree's configuration, which is changed and restored.
"""

import subprocess
import sys

UNSEEN = "a text may hold neither control characters nor marks of direction"
LINE = "expected one line without control characters and marks of direction"
# file, what stands there, what is put in its place, where and what is told; None: no mistake
CASES = [
    ("i18n/fi.json", "{shown} riviä", "{shown} {shwn} riviä", 'i18n/fi.json: words.more_rows: nothing is filled in at "{shwn}'),
    ("i18n/sv.json", '    "notes": "Anteckningar",\n', "", "i18n/sv.json: words.notes: missing, expected a text"),
    ("i18n/fi.json", "Muistiinpanot", "\u202eMuistiinpanot", f"i18n/fi.json: words.notes: {UNSEEN}"),
    ("i18n/fi.json", "Muistiinpanot", "\\u0007Muistiinpanot", f"i18n/fi.json: words.notes: {UNSEEN}"),
    ("i18n/fi.json", '"Muistiinpanot"', '" "', "i18n/fi.json: words.notes: expected some words"),
    ("i18n/fi.json", "Muistiinpanot", "<b>Muistiinpanot", None),
    ("i18n/fi.json", '"decimal": ","', '"decimal": "\u202e"', f"i18n/fi.json: decimal: {UNSEEN}"),
    ("i18n/fi.json", "Muistiinpanot", b"\xffMuistiinpanot", "i18n/fi.json: line 35, column 14: unable to decode byte 0xff"),
    ("i18n/fi.json", "{", "", "i18n/fi.json: line "),
    ("pages.json", '"fi"', '"../x"', 'pages.json: languages[0]: expected a language such as fi, found "../x"'),
    ("pages.json", '"fi"', '""', 'pages.json: languages[0]: expected a language such as fi, found ""'),
    ("pages.json", '"sv"', '"fi"', 'pages.json: languages[1]: "fi" a second time'),
    ("pages.json", '"sv"', '"de"', "i18n/de.json: cannot open: No such file or directory"),
    ("pages.json", '"languages"', '"feedback": "javascript:alert(1)", "languages"',
     'pages.json: feedback: expected an address that begins with https:// or mailto:, found "javascript:alert(1)"'),
    ("pages.json", '"languages"', '"feedback": "mailto:palaute@example.org", "languages"', None),
    ("pages.json", '"languages"', '"maps": [{"level": "maakunta", "file": "x.geojson"}], "languages"',
     "pages.json: maps[0].credit: missing, expected a text"),
    ("pages.json", '"languages"', '"maps": [{"level": "maakunta", "file": "x.geojson", "credit": "a\\u202e"}], "languages"',
     f"pages.json: maps[0].credit: {UNSEEN}"),
    ("i18n/sv.json", '"language": "sv"', '"language": "../x"', 'i18n/sv.json says that its language is "../x"'),
    ("notes.csv", "text\n", "text\nMK19,2026M06,a\u202eb\n", f"notes.csv: row 2, column text: {LINE}"),
    ("notes.csv", "text\n", 'text\nMK19,2026M06,"a\nb"\n', f"notes.csv: row 2, column text: {LINE}"),
    ("notes.csv", "text\n", "text\nMK91,2026M06,a\n",
     'notes.csv: row 2, column region_code: expected the code of a region such as MK01, found "MK91"'),
    ("notes.csv", "text\n", "text\nMK19,2026M06,<b>\nOWN_ITA,2026,x\n", None),
    ("classifications/regions.csv", ",Lappi,", ",Lap\u202epi,", f"column name_fi: {LINE}"),
    ("classifications/regions.csv", ",Lappi,", ",Lap\x07pi,", f"column name_fi: {LINE}"),
    ("classifications/regions.csv", ",Lappi,", ',"Lap\npi",', f"column name_fi: {LINE}"),
    ("classifications/occupations.csv", "Johtajat", "Joh\u2066tajat", f"column name_fi: {LINE}"),
    ("contract/own_counts.json", "Omat luvut", "Omat \u202eluvut", f"contract/own_counts.json: title.fi: {UNSEEN}"),
    ("contract/own_counts.json", '"table": "own_counts"', '"table": "../own"', 'own_counts.json: table: "../own", expected'),
    ("contract/own_counts.json", '"name": "value", "type": "number"', '"name": "value", "type": "figure"',
     'own_counts.json: fields[5].type: "figure", expected text'),
    ("sources/12r5.json", '"fi": "', '"fi": "\u202e', f"sources/12r5.json: title.fi: {UNSEEN}"),
    ("projects/models.csv", "evidence\n", "evidence\nx,A\u202eB,kohtaanto,C,,\n", f"models.csv: row 2, column name: {LINE}"),
    ("projects/laari.json", '"fi": "', '"fi": "\u202e', "laari.json: "),
]
# what follows from the mistake is told as well
FOLLOWED = ("sources/12r5.json",)


def as_bytes(text):
    return text if isinstance(text, bytes) else text.encode()


def main():
    program, folder = sys.argv[1:]
    faults = 0
    for name, old, new, told in CASES:
        path = f"{folder}/{name}"
        with open(path, "rb") as file:
            before = file.read()
        assert as_bytes(old) in before, (name, old)
        with open(path, "wb") as file:
            file.write(before.replace(as_bytes(old), as_bytes(new), 1))
        said = subprocess.run([program, "check-config", "--config", f"{folder}/kohtaanto.json"],
                              capture_output=True, timeout=120, check=False)
        with open(path, "wb") as file:
            file.write(before)
        lines = (said.stdout + said.stderr).decode().splitlines()
        good = said.returncode == 0 if told is None else (
            said.returncode == 78 and told in lines[0] and (len(lines) == 1 or name in FOLLOWED))
        print("ok" if good else "FAILED", name, ascii(new), said.returncode, ascii(lines[:3]) if not good else "")
        faults += not good
    sys.exit(faults > 0)


main()
