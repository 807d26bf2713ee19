# SPDX-License-Identifier: GPL-3.0-or-later
"""laari_indicators once more, from the file that people write.

agreed.py RUN LAARI_JSON
"""

import csv
import json
import sys

run, file = sys.argv[1:]


def published(name):
    with open(f"{run}/csv/{name}/{name}.csv", encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def said(answer):
    return "true" if answer else "false"


with open(file, encoding="utf-8") as text:
    agreed = json.load(text)
catalogue = {(row["indicator_code"], row["period"]): row for row in published("indicators")}
scales = {scale["code"]: scale for scale in agreed["scales"]}

wanted = []
for laari in agreed["laarit"]:
    for kind in ("indicator", "score"):
        for one in laari[kind + "s"]:
            code, scale = one["code"], scales[one["code"]] if kind == "score" else {}
            names = scale.get("name") or {
                language: catalogue[code, laari["period"]][f"name_{language}"] for language in ("fi", "sv", "en")}
            wanted.append({
                "laari_id": laari["id"], "kind": kind, "indicator_code": code, "period": laari["period"],
                "name_en": names["en"], "name_fi": names["fi"], "name_sv": names["sv"],
                "required": said(one.get("required", True)), "due_at": one["due"]["at"],
                "due_months": str(one["due"]["months"]), "is_primary": said(code == laari["primary_indicator"]),
                "weight": "" if kind == "score" else str(one.get("weight", 1)),
                "scale_least": str(scale.get("least", "")), "scale_most": str(scale.get("most", "")),
                "scale_better": scale.get("better", ""), "scale_correlation": str(scale.get("correlation", "")),
                "obs_status": "A"})
wanted.sort(key=lambda row: [row[key].encode() for key in ("laari_id", "kind", "indicator_code")])
found = published("laari_indicators")
for row, other in zip(found, wanted):
    assert row == other, (row, other)
assert len(found) == len(wanted), (len(found), len(wanted))
assert {row["laari_id"] for row in found} == \
    {row["laari_id"] for row in published("laari") if row["basis"] == "configured"}
