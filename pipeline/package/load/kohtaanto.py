# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads one published run of kohtaanto, with the types that its datapackage.json declares.

    import kohtaanto
    run = kohtaanto.Run("/srv/kohtaanto/published")   # or the folder of one run
    table = run.table("observations")                 # a DataFrame; without pandas a list of dicts
    for row in run.rows("mismatch"): ...              # dicts, one row at a time, without pandas

Which run is newest is asked once, when Run is made: MANIFEST.json is read through `current`, and
every later file is taken from the run that it names. A run never changes, so tables of one Run
belong together even if another one is published meanwhile. Each file is held against its sha256.

Codes and periods are text (so is the code NA), an empty cell is missing, days are dates. Needs
nothing but Python 3.7; uses pandas where it is installed.
"""

import csv
import datetime
import hashlib
import io
import json
import os

try:
    import pandas
except ImportError:
    pandas = None


class Broken(Exception):
    """What is on disk is not what the manifest says."""


def _read(path):
    with open(path, "rb") as file:
        return file.read()


def _folder_of(manifest):
    stamp = manifest["as_of"].replace("-", "").replace(":", "")
    return f"{stamp}_{manifest['run_id']}"


def _resolve(folder):
    """The manifest and the folder of its run, whatever `current` says from now on."""
    link = os.path.join(folder, "current", "MANIFEST.json")
    if os.path.exists(link):
        manifest = json.loads(_read(link))
        return manifest, os.path.join(folder, "runs", _folder_of(manifest))
    folder = os.path.realpath(folder)  # `current` itself was named
    return json.loads(_read(os.path.join(folder, "MANIFEST.json"))), folder


def _date(text):
    return datetime.date(int(text[0:4]), int(text[5:7]), int(text[8:10]))


_TYPES = {"string": str, "integer": int, "number": float, "date": _date}


class Run:
    def __init__(self, folder):
        self.manifest, self.folder = _resolve(folder)
        self._files = {file["path"]: file for file in self.manifest["files"]}
        self.package = json.loads(self._bytes("datapackage.json"))
        if self.package["run_id"] != self.manifest["run_id"]:
            raise Broken(f"{self.folder}: datapackage.json is of run {self.package['run_id']}")
        self._resources = {resource["name"]: resource for resource in self.package["resources"]}

    @property
    def tables(self):
        return list(self._resources)

    def fields(self, table):
        return self._resources[table]["schema"]["fields"]

    def _bytes(self, path):
        listed = self._files.get(path)
        if listed is None:
            raise Broken(f"{self.folder}: {path} is not in MANIFEST.json")
        data = _read(os.path.join(self.folder, *path.split("/")))
        if hashlib.sha256(data).hexdigest() != listed["sha256"]:
            raise Broken(f"{self.folder}/{path}: not the bytes that MANIFEST.json lists")
        return data

    def _parts(self, table):
        return [self._bytes(part["path"]) for part in self._resources[table]["parts"]]

    def rows(self, table):
        """Every row as a dict; None is missing."""
        types = [(field["name"], _TYPES[field["type"]]) for field in self.fields(table)]
        for part in self._parts(table):
            cells = csv.reader(io.StringIO(part.decode("utf-8"), newline=""), strict=True)
            if next(cells) != [name for name, _ in types]:
                raise Broken(f"{self.folder}: {table} has other columns than datapackage.json says")
            for row in cells:
                yield {
                    name: None if cell == "" else read(cell)
                    for (name, read), cell in zip(types, row)
                }

    def _frame(self, table, part):
        fields = self.fields(table)
        # Whatever is no number is read as text, so that no program guesses at it.
        kinds = {"integer": "Int64", "number": "float64"}
        frame = pandas.read_csv(
            io.BytesIO(part),
            dtype={field["name"]: kinds.get(field["type"], str) for field in fields},
            keep_default_na=False,
            na_values=[""],
            encoding="utf-8",
            float_precision="round_trip",
        )
        if list(frame.columns) != [field["name"] for field in fields]:
            raise Broken(f"{self.folder}: {table} has other columns than datapackage.json says")
        for field in fields:
            if field["type"] == "date":
                days = pandas.to_datetime(frame[field["name"]], format="%Y-%m-%d")
                frame[field["name"]] = days
        return frame

    def table(self, table):
        """The whole table: a DataFrame, or a list of dicts where there is no pandas."""
        if pandas is None:
            return list(self.rows(table))
        frames = [self._frame(table, part) for part in self._parts(table)]
        full = [frame for frame in frames if len(frame) > 0] or frames[:1]
        return pandas.concat(full, ignore_index=True)


if __name__ == "__main__":
    import sys

    opened = Run(sys.argv[1] if len(sys.argv) > 1 else ".")
    print(opened.folder)
    for listed in opened.tables:
        print(listed, sum(1 for _ in opened.rows(listed)))
