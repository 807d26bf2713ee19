#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A source that fails within hours of a good night does not change what that night published: an
# archive that is copied afterwards gives the same bytes, for it says what was known by then.

. "$(dirname "$0")/lib.sh"

content() {
    sed '/^  "content_sha256"/,$d' "$1/MANIFEST.json"
}

# elsewhere NAME: the run that the archive alone gives.
elsewhere() {
    mkdir "$work/$1"
    cp -r "$workspace/archive" "$work/$1/archive"
    [ -z "${2:-}" ] || rm "$work/$1/archive/$2"
    "$program" run --offline --config "$config" --workspace "$work/$1" --quiet 2>"$work/words" ||
        [ $? -eq 100 ] || fail "the run from the archive ended with $?"
    there=$(readlink -f "$work/$1/published/current")
}

serve
night
expect_code 0
first=$(published)
sleep 1.1 # receipts have whole seconds
serve --fault unavailable,table=12ti
night
expect_code 100
check "the failed night publishes nothing" test "$(runs)" -eq 1
stop_serving

known=$workspace/archive/published.jsonl
check "the archive says once what the run knew" test "$(wc -l <"$known")" -eq 1
check "by its name" grep -q "\"run_id\":\"${first##*_}\"" "$known"

elsewhere copy
check "the copy gives the same run" test "${there##*/}" = "${first##*/}"
check "with the same bytes" diff -r --exclude MANIFEST.json "$first" "$there"
check "and the same manifest" diff <(content "$first") <(content "$there")

elsewhere old published.jsonl
check "an archive that does not say it keeps to six hours" \
    grep -q ',failed,' "$there/csv/sources/sources.csv"

cp "$known" "$work/known"
rm "$known"
kohtaanto rebuild-ledger
expect_code 0
check "what is lost is found again in the manifests" cmp "$work/known" "$known"

printf '{"run_id":"01' >>"$known"
sleep 1.1
serve --last 2023M12 --revise 5
night
expect_code 0
check "a line cut short does not spoil the next" test "$(wc -l <"$known")" -eq 2
elsewhere after
check "after it the copy gives the same bytes too" \
    diff -r --exclude MANIFEST.json "$(published)" "$there"
