#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# `cmake --install` into an empty prefix: the program finds its configuration there, the units are
# sound, and a second installation keeps what the operator changed.

. "$(dirname "$0")/lib.sh"

prefix=$work/prefix
check "it installs" cmake --install "$build" --prefix "$prefix"
for file in bin/kohtaanto etc/kohtaanto/kohtaanto.json etc/cron.d/kohtaanto \
    lib/systemd/system/kohtaanto.service lib/systemd/system/kohtaanto.timer \
    lib/sysusers.d/kohtaanto.conf lib/tmpfiles.d/kohtaanto.conf \
    share/kohtaanto/config/sources/12r5.json share/doc/kohtaanto/README.md; do
    check "$file is there" test -s "$prefix/$file"
done
check "the configuration is sound" \
    "$prefix/bin/kohtaanto" check-config --config "$prefix/etc/kohtaanto/kohtaanto.json"
check "lists of projects are looked for where its user may put them" grep -q \
    '"file:/var/lib/kohtaanto/inbox"' "$prefix/share/kohtaanto/config/projects/sources/project_inbox.json"
check "and so are a region's own counts" grep -q '"own": "/var/lib/kohtaanto/own"' "$prefix/etc/kohtaanto/kohtaanto.json"
check "no placeholder is left" bash -c '! grep -rE "@[a-z]+@" "$1"/etc "$1"/lib' _ "$prefix"

sed -i 's/"retry_budget": 20/"retry_budget": 21/' "$prefix/etc/kohtaanto/kohtaanto.json"
check "it installs again" cmake --install "$build" --prefix "$prefix"
check "the operator's change stands" grep -q '"retry_budget": 21' "$prefix/etc/kohtaanto/kohtaanto.json"
check "the new one lies beside it" test -s "$prefix/etc/kohtaanto/kohtaanto.json.new"

check "cron asks whether systemd runs the machine" \
    bash -c '[ "$(grep -c "^[0-9].*\[ -d /run/systemd/system \] ||" "$1")" -eq 2 ]' _ "$prefix/etc/cron.d/kohtaanto"
command -v systemd-analyze >/dev/null || skip "the units: no systemd-analyze"
check "the units are sound" systemd-analyze verify \
    "$prefix/lib/systemd/system/kohtaanto.service" "$prefix/lib/systemd/system/kohtaanto.timer"
systemd-analyze security --offline=true "$prefix/lib/systemd/system/kohtaanto.service" >"$work/score"
score=$(sed -n 's/.*exposure level for kohtaanto.service: \([0-9.]*\) .*/\1/p' "$work/score")
check "the service is exposed at most 1.5 of 10, not $score" \
    awk -v score="${score:-10}" 'BEGIN { exit !(score <= 1.5) }'
