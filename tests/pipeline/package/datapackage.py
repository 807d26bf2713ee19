#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds what a run says of itself against its files, by the rules of Data Package 2.0 and CSV on the
Web and by the contract, without any code of the program:

    datapackage.py RUN CONTRACT_FOLDER [public]

Each resource's cells are parsed as their field's type, keys are unique, foreign keys hold."""

import csv
import datetime
import hashlib
import json
import os
import re
import sys

run, contract_folder = sys.argv[1:3]
public = sys.argv[3:] == ["public"]
faults = []
LETTERS = set("APEMLOQB")
# Types of the contract in the words of each standard.
PACKAGE_TYPES = {"text": "string", "code": "string", "date": "date", "integer": "integer", "number": "number",
                 "share": "number", "alpha": "string", "status": "string"}
CSVW_TYPES = dict(PACKAGE_TYPES, number="double", share="double")
QUERY_TYPES = {"string": "type text", "date": "type date", "integer": "Int64.Type", "number": "type number"}
MAP_TYPES = {"String": r".*", "Integer": r"-?\d{1,9}", "Real": r"-?\d+(\.\d+)?", "Date": r"\d{4}-\d\d-\d\d"}


def expect(true, *words):
    if not true:
        faults.append(" ".join(str(word) for word in words))


def load(name):
    with open(os.path.join(run, name), encoding="utf-8") as file:
        return json.load(file)


def read(name):
    """Header and rows of a canonical file; its bytes are as the dialect says."""
    with open(os.path.join(run, name), "rb") as file:
        data = file.read()
    expect(b"\r" not in data and not data.startswith(b"\xef\xbb\xbf") and data.endswith(b"\n"), name, "dialect")
    rows = list(csv.reader(data.decode("utf-8").splitlines(), strict=True))
    return rows[0], rows[1:]


contract = {}
for file_name in sorted(os.listdir(contract_folder)):
    with open(os.path.join(contract_folder, file_name), encoding="utf-8") as opened:
        table = json.load(opened)
        if table["public"] or not public:
            contract[table["table"]] = table
manifest = load("MANIFEST.json")
listed = {file["path"]: file for file in manifest["files"]}
package = load("datapackage.json")
resources = {resource["name"]: resource for resource in package["resources"]}
NAME = re.compile(r"^[a-z0-9._-]+$")
PATH = re.compile(r"^(?!/)(?!.*(^|/)\.)(?!.*\\)[^:]+$")  # relative, no hidden folder, no way up
URL = re.compile(r"^https?://\S+$")


def check_package():
    expect(package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json", "$schema")
    expect(NAME.match(package["name"]), "name", package["name"])
    expect(package["id"].endswith(manifest["run_id"]), "id", package["id"])
    expect(re.match(r"^\d+\.\d+\.\d+(\+[0-9A-Za-z.-]+)?$", package["version"]), "version", package["version"])
    expect(package["created"] == manifest["as_of"], "created", package["created"])
    expect(package["contract"] == manifest["contract"] and package["run_id"] == manifest["run_id"], "of another run")
    expect(package["modelled"] == manifest["modelled"], "modelled")
    expect("contributors" not in package, "contributors")
    for key in ("title", "title_sv", "title_en", "description"):
        expect(isinstance(package[key], str) and package[key], key)
    for licence in package["licenses"]:
        expect("name" in licence or "path" in licence, "licence", licence)
        expect("path" not in licence or URL.match(licence["path"]), "licence", licence)
    expect(list(resources) == sorted(contract), "resources", sorted(set(resources) ^ set(contract)))
    expect(len(resources) == len(package["resources"]), "a resource is there twice")


def check_sources():
    header, rows = read("csv/sources/sources.csv")
    expect([row[0] for row in rows] == [source["name"] for source in package["sources"]], "sources by name")
    for row, source, said in zip(rows, package["sources"], manifest["sources"]):
        cells = dict(zip(header, row))
        for key in ("licence", "citation", "title"):
            expect(cells[key] and source[key] == cells[key], "source", source["name"], key)
        expect(said["id"] == source["name"] and said["licence"] == source["licence"], "source", said["id"])
        for language, key in (("fi", "citation"), ("sv", "citation_sv"), ("en", "citation_en")):
            expect(said["citation"][language] and said["citation"][language] == source[key], "citation", said["id"], key)
        expect(source["version"], "source", source["name"], "version")
        expect("path" not in source or URL.match(source["path"]), "source", source["name"], "path")
    known = {licence["title"] for licence in package["licenses"]} | {licence["name"] for licence in package["licenses"]}
    for licence in {source["licence"] for source in package["sources"]}:
        short = {"CC BY 4.0": "CC-BY-4.0", "CC0": "CC0-1.0"}.get(licence, licence)
        expect(short in known, "licence of a source", licence)


def check_files(resource, table):
    paths = resource["path"] if isinstance(resource["path"], list) else [resource["path"]]
    there = sorted(path for path in listed if path.startswith(f"csv/{table['table']}/"))
    expect(paths == there and all(PATH.match(path) for path in paths), resource["name"], "path", paths)
    expect(isinstance(resource["path"], list) == (table["split"] == "year"), resource["name"], "path")
    expect([part["path"] for part in resource["parts"]] == paths, resource["name"], "parts")
    for part in resource["parts"]:
        with open(os.path.join(run, part["path"]), "rb") as file:
            data = file.read()
        expect(part["bytes"] == len(data), part["path"], "bytes")
        expect(part["hash"] == "sha256:" + hashlib.sha256(data).hexdigest(), part["path"], "hash")
        expect(part["rows"] == listed[part["path"]]["rows"], part["path"], "rows")
    if len(paths) == 1 and table["split"] == "whole":
        expect(resource["bytes"] == resource["parts"][0]["bytes"], resource["name"], "bytes")
        expect(resource["hash"] == resource["parts"][0]["hash"], resource["name"], "hash")
    else:
        expect("bytes" not in resource and "hash" not in resource, resource["name"], "bytes of several files")
    return paths


def check_resource(resource, table):
    expect(resource["$schema"] == "https://datapackage.org/profiles/2.0/dataresource.json", resource["name"])
    expect(NAME.match(resource["name"]) and resource["type"] == "table", resource["name"], "type")
    expect((resource["format"], resource["mediatype"], resource["encoding"]) == ("csv", "text/csv", "utf-8"),
           resource["name"], "format")
    dialect = {key: value for key, value in resource["dialect"].items() if key != "$schema"}
    expect(dialect == {"header": True, "delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True},
           resource["name"], "dialect", dialect)
    for key, language in (("title", "fi"), ("title_sv", "sv"), ("title_en", "en")):
        expect(resource[key] == table["title"][language], resource["name"], key)
    schema = resource["schema"]
    expect(schema["$schema"] == "https://datapackage.org/profiles/2.0/tableschema.json", resource["name"])
    expect(schema["missingValues"] == [""], resource["name"], "missingValues")
    expect(schema["primaryKey"] == table["primaryKey"], resource["name"], "primaryKey")
    keys = [{"fields": key["fields"], "reference": {"resource": key["reference"]["table"],
                                                   "fields": key["reference"]["fields"]}}
            for key in table["foreignKeys"] if key["reference"]["table"] in contract]
    expect(schema.get("foreignKeys", []) == keys, resource["name"], "foreignKeys")
    expect(len(schema["fields"]) == len(table["fields"]), resource["name"], "fields")
    for field, column in zip(schema["fields"], table["fields"]):
        check_field(resource["name"], field, column)


def is_always_filled(name, column):
    ends = {other[end] for other in contract[name]["fields"] for end in ("low", "high") if end in other}
    return not column.get("optional") and "status" not in column and column["name"] not in ends


def check_field(name, field, column):
    place = f"{name}.{column['name']}"
    expect(field["name"] == column["name"] and field["type"] == PACKAGE_TYPES[column["type"]], place, "type")
    expect(field["format"] == "default", place, "format")
    for key, language in (("title", "fi"), ("title_sv", "sv"), ("title_en", "en")):
        expect(field[key] == column["title"][language], place, key)
    expect(field.get("description", "") == column.get("description", ""), place, "description")
    rules = field.get("constraints", {})
    expect(rules.get("required", False) == is_always_filled(name, column), place, "required")
    words = column.get("enum", sorted(LETTERS) if column["type"] == "status" else None)
    expect((sorted(rules["enum"]) if "enum" in rules else None) == (sorted(words) if words else None), place, "enum")
    share = column["type"] == "share"
    number = column["type"] in ("integer", "number", "share")
    expect(rules.get("minimum") == (column.get("minimum", 0 if share else None) if number else None), place, "minimum")
    expect(rules.get("maximum") == (column.get("maximum", 1 if share else None) if number else None), place, "maximum")


def reader_of(field):
    """None for a good cell, else what is wrong with it."""
    rules = field.get("constraints", {})
    pattern = re.compile(rules["pattern"]) if "pattern" in rules else None
    shape = {"integer": re.compile(r"-?\d+"), "number": re.compile(r"-?\d+(\.\d+)?")}.get(field["type"])

    def wrong(cell):
        if cell == "":
            return "empty" if rules.get("required") else None
        if "enum" in rules and cell not in rules["enum"]:
            return "enum"
        if pattern is not None and pattern.fullmatch(cell) is None:
            return "pattern"
        if field["type"] == "date":
            return None if datetime.date.fromisoformat(cell).isoformat() == cell else "date"
        if shape is None:
            return None
        if shape.fullmatch(cell) is None:
            return field["type"]
        value = float(cell)
        return "limits" if not rules.get("minimum", value) <= value <= rules.get("maximum", value) else None

    return wrong


def check_cells(resource, paths):
    schema = resource["schema"]
    names = [field["name"] for field in schema["fields"]]
    readers = [reader_of(field) for field in schema["fields"]]
    key = [names.index(name) for name in schema["primaryKey"]]
    keys, total = set(), 0
    for path in paths:
        header, rows = read(path)
        expect(header == names, path, "header")
        expect(len(rows) == listed[path]["rows"], path, "rows")
        good = [{} for _ in names]  # cells come again and again
        for row in rows:
            for position, cell in enumerate(row):
                if cell not in good[position]:
                    good[position][cell] = readers[position](cell)
                if good[position][cell] is not None:
                    expect(False, path, names[position], repr(cell), good[position][cell])
            keys.add(tuple(row[position] for position in key))
        total += len(rows)
    expect(len(keys) == total, resource["name"], "a key is there twice")


def columns_of(resource, wanted):
    paths = resource["path"] if isinstance(resource["path"], list) else [resource["path"]]
    found = set()
    for path in paths:
        header, rows = read(path)
        places = [header.index(name) for name in wanted]
        found |= {tuple(row[place] for place in places) for row in rows}
    return found


def check_foreign_keys(resource):
    for key in resource["schema"].get("foreignKeys", []):
        known = columns_of(resources[key["reference"]["resource"]], key["reference"]["fields"])
        strangers = columns_of(resource, key["fields"]) - known
        expect(not strangers, resource["name"], key["fields"], sorted(strangers)[:3])


def check_csvw(path, resource, table):
    name = "meta/" + path.rsplit("/", 1)[1] + "-metadata.json"
    expect(name in listed, name, "is not listed")
    document = load(name)
    expect(document["@context"][0] == "http://www.w3.org/ns/csvw", name, "@context")
    expect(document["dc:license"] and document["dc:source"], name, "licence")
    expect([title["@language"] for title in document["dc:title"]] == ["fi", "sv", "en"], name, "dc:title")
    urls = {}
    for described in document["tables"]:
        target = os.path.normpath(os.path.join("meta", described["url"]))
        expect(target in listed, name, target)
        urls[described["url"]] = described["tableSchema"]
    expect(document["tables"][0]["url"] == "../" + path, name, "url")
    schema = document["tables"][0]["tableSchema"]
    expect(schema["primaryKey"] == resource["schema"]["primaryKey"], name, "primaryKey")
    for column, field in zip(schema["columns"], table["fields"]):
        place = f"{name} {field['name']}"
        expect(column["name"] == field["name"] and column["titles"]["und"] == field["name"], place)
        expect({tag: column["titles"][tag] for tag in ("fi", "sv", "en")} == field["title"], place, "titles")
        expect(column["datatype"]["base"] == CSVW_TYPES[field["type"]], place, column["datatype"])
        expect(column.get("required", False) == is_always_filled(table["table"], field), place, "required")
    expect(len(schema["columns"]) == len(table["fields"]), name, "columns")
    keys = [(key["columnReference"], key["reference"]["resource"].rsplit("/", 1)[1][:-4],
             key["reference"]["columnReference"]) for key in schema.get("foreignKeys", [])]
    expect(keys == [(key["fields"], key["reference"]["resource"], key["reference"]["fields"])
                    for key in resource["schema"].get("foreignKeys", [])], name, "foreignKeys")
    for described in urls.values():  # every table that is pointed at is described here
        for key in described.get("foreignKeys", []):
            other = urls.get(key["reference"]["resource"], {"columns": []})
            names = [column["name"] for column in other["columns"]]
            expect(set(key["reference"]["columnReference"]) <= set(names), name, key)


def check_query():
    """Power Query cannot be run here: that every column is in it, with its type, can be read."""
    with open(os.path.join(run, "load/kohtaanto.pq"), encoding="utf-8") as file:
        text = file.read()
    found = {name: re.findall(r'\{"([^"]+)", ([A-Za-z0-9. ]+)\}', columns) for name, again, columns in
             re.findall(r'^        (\w+) = Load\("(\w+)", \{\n(.*?)\n        \}\),?$', text, re.S | re.M) if name == again}
    expect(sorted(found) == sorted(contract), "kohtaanto.pq", sorted(set(found) ^ set(contract)))
    for name, columns in found.items():
        wanted = [(field["name"], QUERY_TYPES[PACKAGE_TYPES[field["type"]]]) for field in contract[name]["fields"]]
        expect(columns == wanted, "kohtaanto.pq", name)
    for opening, closing in ("()", "[]", "{}"):
        bare = re.sub(r'"[^"]*"|//[^\n]*', "", text)
        expect(bare.count(opening) == bare.count(closing), "kohtaanto.pq", opening)


def check_maps():
    header, rows = read(sorted(path for path in listed if path.startswith("csv/observations/"))[-1])
    figures = {}
    for row in rows:
        cells = dict(zip(header, row))
        if cells["occupation_level"] == "_T" and re.match(r"\d{4}M\d\d$", cells["time_period"]):
            key = (cells["region_level"], cells["region_code"], cells["time_period"], cells["source"])
            figures[key] = cells
    newest = max(key[2] for key in figures)
    maps = sorted(path for path in listed if path.startswith("qgis/") and path.endswith(".csv"))
    expect("qgis/kunta.csv" in maps and "qgis/maakunta.csv" in maps, "maps", maps)
    for path in maps:
        level = os.path.basename(path)[:-4]
        header, rows = read(path)
        with open(os.path.join(run, path + "t"), encoding="utf-8") as file:
            types = [kind.strip('"') for kind in file.read().rstrip("\n").split(",")]
        expect(len(types) == len(header) and types[:2] == ["String", "String"], path, "types")
        regions = {key[1] for key in figures if key[0] == level and key[2] == newest and not key[1].startswith("_")}
        expect({row[0] for row in rows} == regions and len(rows) == len(regions), path, "regions")
        for row in rows:
            cells = dict(zip(header, row))
            expect(cells["code"] == re.sub(r"^[A-Z]+(?=\d+$)", "", cells["region_code"]), path, cells["code"])
            expect(cells["name_fi"] and cells["name_sv"] and cells["name_en"], path, cells["region_code"], "names")
            published = figures.get((level, cells["region_code"], newest, cells["source"]), {})
            for name in ("unemployed", "unemployed_low", "unemployed_high", "vacancies", "vacancies_status",
                         "tightness", "tightness_low", "tightness_high", "labour_force", "obs_status"):
                expect(published.get(name) == cells[name], path, cells["region_code"], name)
            for kind, cell in zip(types, row):
                expect(cell == "" or re.fullmatch(MAP_TYPES[kind], cell), path, kind, cell)


def check_catalogue():
    """dcat.jsonld: what DCAT-AP 2 wants of a data set and of each of its files, and what these are."""
    record = load("dcat.jsonld")
    expect(record["@type"] == "dcat:Dataset" and record["dct:identifier"] == package["run_id"], "dcat", "what it is")
    for name in ("dct:title", "dct:description"):
        words = {one["@language"]: one["@value"] for one in record[name]}
        expect(set(words) == {"fi", "sv", "en"} and all(words.values()), "dcat", name)
    expect(record["dct:issued"]["@value"] == package["created"], "dcat", "issued")
    prefixes = set(record["@context"])
    used = set(re.findall(r'"(\w+):\w+"', json.dumps(record))) | set(re.findall(r'"(\w+):\w+":', json.dumps(record)))
    expect(used <= prefixes, "dcat", used - prefixes)
    files = {one["@id"]: one for one in record["dcat:distribution"]}
    expect(set(files) == {path for path in listed if path.startswith("csv/")}, "dcat", "files")
    for path, one in files.items():
        whole = open(os.path.join(run, path), "rb").read()
        expect(one["dcat:accessURL"] == one["dcat:downloadURL"] == {"@id": path}, "dcat", path)
        expect(int(one["dcat:byteSize"]["@value"]) == len(whole), "dcat", path, "size")
        expect(one["spdx:checksum"]["spdx:checksumValue"]["@value"] == hashlib.sha256(whole).hexdigest(), "dcat", path)
    licences = {one["path"] for one in package.get("licenses", []) if "path" in one}
    said = {one["dct:license"]["@id"] for one in files.values() if "dct:license" in one}
    expect(said <= licences, "dcat", "licences", said)


check_package()
check_sources()
check_catalogue()
for name, resource in resources.items():
    if name in contract:
        check_resource(resource, contract[name])
        files = check_files(resource, contract[name])
        check_cells(resource, files)
        check_foreign_keys(resource)
        for path in files:
            check_csvw(path, resource, contract[name])
check_query()
check_maps()
described = {path for path in listed if path.startswith("meta/")}
expect(len(described) == sum(path.startswith("csv/") for path in listed), "a description of no file")
for fault in faults[:50]:
    print(fault)
sys.exit(1 if faults else 0)
