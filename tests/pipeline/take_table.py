#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""take_table.py TABLE_URL FILE [FORMAT]: a whole table of a PxWeb v1 service as one file."""
import json
import sys
import urllib.request


def ask(url, body=None):
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data)) as reply:
        return reply.read()


def main(url, path, form="json-stat2"):
    variables = json.loads(ask(url))["variables"]
    query = [{"code": v["code"], "selection": {"filter": "item", "values": v["values"]}}
             for v in variables]
    with open(path, "wb") as out:
        out.write(ask(url, {"query": query, "response": {"format": form}}))


main(*sys.argv[1:])
