#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Faults are planted one by one: the doctor finds each, names the mend, and changes nothing. Where all
# is well it finds none, and asks for no figure.

. "$(dirname "$0")/lib.sh"

# A server that lets us ask as often as the test does.
serve_all() {
    serve --max-calls 1000 --window 1 "$@"
}

doctor() {
    : >"$calls"
    kohtaanto doctor --redirect "https://pxdata.stat.fi=http://127.0.0.1:$port" "$@"
}

# found FAULT CODE CHECK WORDS MEND: that line alone is a fault or a warning, and the code follows.
found() {
    local what=$1 exit_code=$2 line
    line=$(grep -E "^(fault|warning) +$3 .*$4.*; mend: .*$5" "$work/results") || {
        cat "$work/results"
        fail "$what is not found"
    }
    expect_code "$exit_code"
    check "$what: ${line##*; mend: }" test "$(grep -cE '^(fault|warning)' "$work/results")" -eq "${6:-1}"
}

edit() {
    local file=$1
    shift
    sed -i "$@" "$work/config/$file"
}

mend() {
    rm -rf "$work/config" "$work/tests"
    own_config
}

own_config
serve_all
doctor
expect_code 0
check "a healthy configuration has no fault" test "$(grep -cvE '^ok ' "$work/results")" -eq 0
check "each table was looked at" test "$(grep -cE '^ok +table +12(r5|ti)-modelled: ' "$work/results")" -eq 2
check "in three calls" grep -q "0 faults, 0 warnings in .* 3 calls" "$work/words"
check "of which none was for a figure" test "$(calls_of data)$(calls_of probe)" = 00
check "and no workspace was made" test ! -e "$workspace"
doctor --format json
check "as JSON too" grep -q '"faults":0,"warnings":0,"calls":3,"exit_code":0' "$work/results"
doctor --tables 12r5-modelled
check "of one table alone where that is asked" grep -q " 2 calls" "$work/words"
doctor --offline
check "and of none where no service may be asked" grep -q " 0 calls" "$work/words"

sed -i 's/"parallel": 4/"parallel": 400/' "$config"
doctor
found "a mistake of the configuration" 78 config 'night.json: http.parallel: ' 'correct that place'
mend

rm -r "$work/config/contract"
doctor
found "a contract that is not there" 78 config 'contract' 'correct that place'
mend

edit classifications/memberships.csv '$ a KU091,MK02,maakunta,2020-01-01,'
doctor
found "a region in two places" 78 config 'KU091.*MK02' 'correct that place'
mend

edit sample/sources/12r5.json 's/"want": \["\*"\], "total": "SSS"/"want": ["*", "MK99", "TA*"], "total": "SSS"/'
doctor
found "a wanted code that is not there" 78 codes '12r5-modelled: variable Alue .*has no value MK99' 'want and total in .*12r5.json' 2
found "beside a pattern that nothing matches" 78 codes 'no value matches TA\*' 'want and total in .*12r5.json' 2
mend

edit classifications/occupations.csv '/^ISCO-96/d'
doctor
found "a code that no classification knows" 78 codes '12ti-modelled: unknown occupation 96' 'classifications'
mend

serve_all --rename TYOVOIMATK=TYOVOIMA
doctor
found "a content that was renamed" 78 codes 'has no value TYOVOIMATK; the nearest is TYOVOIMA' 'into its earlier_codes'

serve_all
edit sample/sources/12r5.json 's/"names": \["Alue"\], "markers": \["SSS", "MK01"\]/"names": ["Kunta"]/'
doctor
found "a role that no variable plays" 78 codes 'no variable for the role region, expected Kunta; the table has Alue' 'names in .*12r5.json'
mend

edit sample/sources/12ti.json 's/"names": \["Alue"\], "markers": \["SSS", "MK01"\]/"names": ["X"], "markers": ["SSS"]/'
doctor
found "a role that two variables could play" 78 codes 'several variables could play the role region: Alue .*Ammattiryhm' 'markers'
mend

edit sample/sources/12r5.json 's|"tyonv/12r5.px"|"tyonv/99xx.px"|'
doctor
found "a table that moved" 78 table '12r5-modelled: .*99xx.px: HTTP 400' 'describe https.*addresses in .*12r5.json'
mend

edit sample/sources/12r5.json \
    's|{"path": "tyonv/12r5.px"}|{"path": "tyonv/12r5.px", "until": "2026-01-31"}, {"path": "tyonv/99xx.px", "from": "2026-02-01"}|'
doctor
found "an address of other days that works" 0 table 'it is not at tyonv/99xx.px, it is at tyonv/12r5.px' 'days of addresses in'
mend

edit sample/sources/12r5.json 's/"error_days": 36500/"error_days": 100/; s/"warn_days": 36500/"warn_days": 60/'
doctor
found "a table that ended" 78 age '12r5-modelled: ends with 2023M12, .* expected at most 100' 'another table goes on'
mend

serve --max-cells 20 --max-calls 2 --window 5
doctor --tables 12r5-modelled
found "limits that are too small for what is wanted" 78 limits '[0-9]* cells in [0-9]* calls, [0-9]* s at 2 calls in 5 s; expected at most 3600 s' 'want less of it'

serve_all --fault old-date
doctor
found "a clock that is not the service's" 78 clock 'pxdata.stat.fi: this machine is [0-9]* s ahead of that service' 'ntp'

serve_all --fault html,call=metadata,table=12ti
doctor
found "a page for people in place of metadata" 69 table '12ti.px: not a JSON object but a web page' 'browser'

serve_all --fault unavailable,call=config
doctor
found "a service that is down" 69 service 'pxdata.stat.fi: .*HTTP 503' 'browser'

# A service without metadata tells its codes with figures alone.
serve --service eurostat --table "$root/tests/fixtures/server/une_rt_m.json"
data=https://ec.europa.eu/eurostat/api/dissemination/statistics/1.0/data
eurostat() {
    : >"$calls"
    kohtaanto doctor --tables 12r5-modelled --redirect "https://ec.europa.eu=http://127.0.0.1:$port"
}
"$program" describe "$data/une_rt_m?geo=FI&geo=SE" --redirect "https://ec.europa.eu=http://127.0.0.1:$port" 2>"$work/words" |
    sed 's/"id": .*/"id": "12r5-modelled",/; s/\("[a-z]*_days":\) [0-9]*/\1 36500/' >"$work/config/sample/sources/12r5.json"
eurostat
expect_code 0
check "a service without metadata is looked at by its newest figures" \
    grep -q '^ok .*12r5-modelled: at une_rt_m, every wanted code is there, to 2026-09' "$work/results"
check "and by no other question" test "$(wc -l <"$calls")" -eq 1
edit sample/sources/12r5.json 's/"SE"/"NO"/'
eurostat
found "a code that such a service does not know" 78 codes 'the reply lacks geo=NO, which was asked for' 'want, fixed and measures in'
mend

serve_all
kohtaanto doctor --redirect "https://pxdata.stat.fi=https://127.0.0.1:$port"
found "a connection that is not secure" 69 service 'SSL' 'ca-certificates'
kohtaanto doctor --redirect "https://pxdata.stat.fi=http://127.0.0.1:1"
found "a service that refuses" 69 service '[Cc]onnect' 'firewall'
kohtaanto doctor --redirect "https://pxdata.stat.fi=http://no-such-host.invalid"
found "a name that does not resolve" 69 service 'resolve' 'name service'

night
expect_code 0
doctor
expect_code 0
check "after a night all is well" test "$(grep -cvE '^ok ' "$work/results")" -eq 0
cp -a "$workspace" "$work/good"
again() {
    rm -rf "$workspace"
    cp -a "$work/good" "$workspace"
}

sed -i 's/"time":"20../"time":"2999/' "$workspace"/archive/receipts/*.jsonl
doctor
found "a clock behind the newest receipt" 78 clock 'newest receipt is of 2999' 'ntp'
again

rm "$workspace"/archive/??/*.zst
doctor
found "bodies that are gone" 74 archive 'bodies of data are gone, such as .*\.zst' 'backup'
again

sed -i '1s/.*/{"half of a/' "$workspace"/archive/receipts/*.jsonl
doctor
found "a receipt that cannot be read" 65 archive 'jsonl:1' 'backup'
again

flock --no-fork "$workspace/lock" sleep 60 &
holder=$!
tries=200
while flock -n "$workspace/lock" true; do
    [ $((tries -= 1)) -gt 0 ] || fail "the lock was not taken"
    sleep 0.05
done
doctor
kill "$holder"
wait "$holder" || true
found "a run that is under way" 0 lock 'a run is under way' 'wait'

rm -rf "$workspace"
: >"$workspace"
doctor
found "a file where the workspace should be" 73 workspace 'is no folder' 'workspace'
again

[ "$(id -u)" -eq 0 ] || skip "the rest needs root"
chown 65534 "$workspace/published" "$workspace"/archive/receipts/*
doctor
found "files of another user" 77 workspace '2 of its .* files belong to others' 'chown -R root'
again

small=$work/small
mkdir "$small"
mount -t tmpfs -o size=64m none "$small" 2>/dev/null || skip "no small disk can be mounted here"
unmount() {
    umount -l "$small"
    end
}
trap unmount EXIT
workspace=$small/workspace
doctor
found "a disk that is too small" 74 disk 'MiB are free, expected at least' 'larger disk'
