#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# While one run holds the lock another ends at once with 75; a signal stops a run in good order; what
# a run may not read or write is 77.

. "$(dirname "$0")/lib.sh"

serve --fault silent,call=metadata,seconds=60
"$program" run --config "$config" --workspace "$workspace" \
    --redirect "https://pxdata.stat.fi=http://127.0.0.1:$port" >/dev/null 2>"$work/first" &
holder=$!
tries=200
while [ ! -e "$workspace/lock" ] || [ "$(calls_of metadata)" -eq 0 ]; do
    [ $((tries -= 1)) -gt 0 ] || fail "the first run did not begin"
    sleep 0.05
done
night
expect_code 75
check "the message names the lock" grep -q "lock" "$work/words"
kill -TERM "$holder"
code=0
wait "$holder" || code=$?
expect_code 143

serve
night
expect_code 0
first=$(published)

[ "$(id -u)" -eq 0 ] || skip "the rest needs root, to become nobody"
command -v setpriv >/dev/null || skip "the rest needs setpriv"
cp "$program" "$work/kohtaanto"
own_config
chmod 755 "$work"
as_nobody() {
    code=0
    setpriv --reuid=65534 --regid=65534 --clear-groups "$work/kohtaanto" "$@" \
        >"$work/results" 2>"$work/words" || code=$?
}
chmod -R go-rwx "$workspace"
as_nobody run --config "$config" --workspace "$workspace" --offline
expect_code 77
check "one line names the folder" grep -q "$workspace" "$work/words"
check "what was published stands" sums_verify "$first"
chmod 000 "$work/config/classifications"
as_nobody check-config --config "$config"
check "an unreadable configuration is 77 or 78, not $code" test "$code" -eq 77 -o "$code" -eq 78
check "and named" grep -qs "classifications" "$work/words" "$work/results"
