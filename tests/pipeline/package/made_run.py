#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a published run of one table whose cells are those that programs like to guess at, with
current pointing at it: made_run.py PUBLISHED"""

import hashlib
import json
import os
import sys

published = sys.argv[1]
name = "20261121T050000Z_0123456789abcdef"
folder = os.path.join(published, "runs", name)
FIELDS = [("time_period", "string"), ("period_start", "date"), ("code", "string"), ("label", "string"),
          ("count", "integer"), ("value", "number"), ("status", "string")]
ROWS = {
    "2022": ["2022M12,2022-12-01,NA,NA,3000000000,0.1,A"],
    "2023": ["2023M01,2023-01-01,TRUE,\"a, \"\"b\"\"\",,,Q", "2023M02,2023-02-01,1E5,#x,0,-2.5,A",
             "2023M03,2023-03-01,Å-7, Äänekoski ,7,17,A"],
}


def write(path, text):
    path = os.path.join(folder, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(text.encode("utf-8"))
    return {"bytes": len(text.encode("utf-8")), "sha256": hashlib.sha256(text.encode("utf-8")).hexdigest()}


header = ",".join(field for field, _ in FIELDS) + "\n"
parts, files = [], []
for year, rows in ROWS.items():
    path = f"csv/trial/trial_{year}.csv"
    is_now = write(path, header + "".join(row + "\n" for row in rows))
    parts.append({"path": path, "bytes": is_now["bytes"], "hash": "sha256:" + is_now["sha256"], "rows": len(rows)})
    files.append(dict(is_now, path=path, table="trial", rows=len(rows)))
resource = {"name": "trial", "path": [part["path"] for part in parts], "parts": parts,
            "schema": {"fields": [{"name": field, "type": kind} for field, kind in FIELDS]}}
package = {"run_id": "0123456789abcdef", "title": "ä \" \\ / \n é", "resources": [resource]}
text = json.dumps(package, ensure_ascii=False)
files.append(dict(write("datapackage.json", text), path="datapackage.json", table=None, rows=None))
write("MANIFEST.json", json.dumps({"run_id": "0123456789abcdef", "as_of": "2026-11-21T05:00:00Z", "files": files}))
os.symlink(f"runs/{name}", os.path.join(published, "current"))
