#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The published run has a page of every region in every language, an index of them and a page of
# itself: each a file of SHA256SUMS whose numbers are cells of the run, and whose links lead to files
# of the run. Other words or notes make another run with the same tables.

. "$(dirname "$0")/lib.sh"

command -v python3 >/dev/null || skip "no python3"
own_config
printf '{"languages": ["fi", "sv"], "feedback": "mailto:palaute@example.org"}\n' >"$work/config/pages.json"
printf 'region_code,period,text\nMK19,2023M12,Kaivos aloitti\n' >"$work/config/notes.csv"
sed -i 's/^  "modelled"/  "pages": "..\/..\/config\/pages.json",\n  "notes": "..\/..\/config\/notes.csv",\n&/' "$config"
serve --first 2022M11
night
expect_code 0
first=$(published)
# pages stand for the levels of the newest month of changes, municipalities on those of their areas
regions=$(awk -F, 'NR > 1 && $1 !~ /^kunta|^seutukunta|^ely|^suuralue|^_T/ { print $2 }' \
    "$first/csv/changes/changes.csv" | sort -u)
check "there are regions of every kind" test "$(wc -w <<<"$regions")" -ge 70
check "each has a page in both languages, and so have the index and the run" diff \
    <(for code in $regions accessibility index run; do printf '%s.html\n' "$code"; done | sort) \
    <(cd "$first/html/fi" && printf '%s\n' *.html | sort)
check "and no page is of one language alone" diff <(ls "$first/html/fi") <(ls "$first/html/sv")
check "every page has its sum" sums_verify "$first"
check "all pages are listed" test "$(grep -c '  html/' "$first/SHA256SUMS")" -eq \
    "$(find "$first/html" -type f | wc -l)"
check "check-output agrees" "$program" check-output --config "$config" "$first"
check "no page has more than 400 kB" test -z "$(find "$first/html" -size +400k)"
for code in SSS MK19 TA08 CA3; do
    check "the page of $code says what is published, and its links lead somewhere" \
        python3 "$root/tests/pipeline/pages/page.py" "$first/html/sv/$code.html" "$first/csv" sv \
        "$code" SSS
done
check "every page leads to the accessibility statement and to whom to write" test "$(grep -l 'href="accessibility.html"' "$first"/html/*/*.html | xargs grep -l 'href="mailto:palaute@example.org"' | wc -l)" -eq "$(find "$first/html" -name "*.html" | wc -l)"
check "a note is on the page of its region" grep -q 'Kaivos aloitti' "$first/html/fi/MK19.html"
check "the index names every region once, linked to its page" test \
    "$(grep -o '<a href="[A-Z0-9]*\.html">' "$first/html/fi/index.html" | sort -u | wc -l)" -eq \
    "$(wc -w <<<"$regions")"
hash=$(python3 - "$first/html/fi/index.html" <<'PY'
import base64, hashlib, re, sys
page = open(sys.argv[1], encoding="utf-8").read()
script = re.search("<script>(.*?)</script>", page, re.S).group(1)
print(base64.b64encode(hashlib.sha256(script.encode()).digest()).decode())
PY
)
check "its script is the one that its policy allows" \
    grep -qF "script-src 'sha256-$hash'" "$first/html/fi/index.html"
check "no other page has one" test \
    "$(grep -l '<script' "$first"/html/*/*.html | grep -vc '/index.html$')" -eq 0

sed -i 's/Kaivos aloitti/Kaivos lopetti/' "$work/config/notes.csv"
night
expect_code 0
second=$(published)
check "another note is another run" test "$second" != "$first"
check "whose page has it" grep -q 'Kaivos lopetti' "$second/html/fi/MK19.html"
check "without outlines regions are squares" test \
    "$(grep -o '<g class="tile[^>]*>' "$second/html/fi/MK19.html" | wc -l)" -eq 19
check "and whose tables are the same" diff -r "$first/csv" "$second/csv"

cat >"$work/feed.py" <<'PY'
"""feed.py FEED RUN...: a feed of these runs alone, the newest first, whose links lead to pages."""
import os
import sys
import xml.etree.ElementTree as tree

atom, base = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/XML/1998/namespace}base"
file, *runs = sys.argv[1:]
feed = tree.parse(file).getroot()
assert feed.tag == atom + "feed" and all(feed.find(atom + name) is not None for name in
                                         ("id", "title", "updated", "author"))
entries = feed.findall(atom + "entry")
assert len({entry.find(atom + "id").text for entry in entries}) == len(runs) == len(entries)
for entry, run in zip(entries, runs):
    place = os.path.join(os.path.dirname(file), entry.get(base))
    assert os.path.realpath(place) == os.path.join(os.path.realpath(run), "html", "sv"), place
    assert os.path.exists(os.path.join(place, entry.find(atom + "link").get("href")))
    assert entry.find(atom + "title").text and entry.find(atom + "summary").text
PY
newest=$second oldest=$first
[[ $second > $first ]] || newest=$first oldest=$second
check "the feed has an entry of each run" \
    python3 "$work/feed.py" "$workspace/published/feed-sv.xml" "$newest" "$oldest"
rm "$workspace/published/feed-sv.xml"
night
expect_code 0
check "a feed that is lost is made again, though nothing is new" \
    python3 "$work/feed.py" "$workspace/published/feed-sv.xml" "$newest" "$oldest"

# Outlines of our own, a triangle for each maakunta: the fifth of them lies on two places.
cat >"$work/outlines.py" <<'PY'
import csv
import json
import sys

rows = csv.DictReader(open(sys.argv[1], encoding="utf-8"))
codes = [row["code"] for row in rows if row["level"] == "maakunta" and not row["valid_to"]]


def triangle(place):
    east, north = 20 + place % 5 * 2, 60 + place // 5 * 2
    return [[[east, north], [east + 1, north], [east, north + 1], [east, north]]]


def feature(code, place):
    parts = [triangle(place)] + ([triangle(22)] if place == 4 else [])
    return {"type": "Feature", "properties": {"code": code},
            "geometry": {"type": "MultiPolygon", "coordinates": parts}}


json.dump({"type": "FeatureCollection",
           "features": [feature(code, place) for place, code in enumerate(codes)]}, sys.stdout)
PY
python3 "$work/outlines.py" "$root/config/classifications/regions.csv" >"$work/config/outlines.geojson"
printf '{"languages": ["fi", "sv"], "feedback": "mailto:palaute@example.org", "maps": [{"level": "maakunta", "file": "outlines.geojson", "credit": "Piirros: me, CC BY 4.0"}]}\n' >"$work/config/pages.json"
night
expect_code 0
third=$(published)
page=$third/html/fi/MK19.html
check "outlines are another run" test "$third" != "$second"
check "whose tables are the same too" diff -r "$second/csv" "$third/csv"
check "regions are drawn as they lie" test "$(grep -o '<path class="outline"' "$page" | wc -l)" -eq 19
check "in as many parts as they have" test \
    "$(grep -o '<path class="outline" d="[^"]*"' "$page" | grep -c 'M.*M')" -eq 1
check "and whose outlines they are stands under the map" grep -q 'Piirros: me, CC BY 4.0' "$page"
check "the numbers of that page are published too" \
    python3 "$root/tests/pipeline/pages/page.py" "$page" "$third/csv" "fi" MK19 SSS
sed -i 's/"MK19"/"MK99"/' "$work/config/outlines.geojson"
code=0
"$program" check-config --config "$config" >"$work/words" 2>&1 || code=$?
expect_code 78
check "an outline of no region is told" grep -q \
    'outlines.geojson: .*expected the code of a region of the level maakunta, found "MK99"' "$work/words"
