#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# `measure` on one group of 600,000 markets, with names of 23 letters, needs no more than 64 MiB and
# 64 bytes a market (CONTRACT section 8), whether it gives one row, one for each market, or fits a
# function to as many rows of 150 periods.

. "$(dirname "$0")/lib.sh"

command -v python3 >/dev/null || skip "no python3"
if grep -q '^KT_SANITIZE:[A-Z]*=ON' "$build/CMakeCache.txt"; then
    program=$root/build/release/pipeline/kohtaanto # sanitizers need memory of their own
    [ -x "$program" ] || skip "no program without sanitizers: cmake --preset release"
fi

markets=600000
python3 - "$markets" "$work" <<'EOF'
import sys

count, folder = int(sys.argv[1]), sys.argv[2]
with open(folder + "/flows.csv", "w") as flows:
    flows.write("time_period,market,hires,vacancies,unemployed,new_vacancies,new_unemployed\n")
    for i in range(count):
        v, u, n, m = 1 + i * 37 % 89, 1 + i * 61 % 997, 1 + i * 17 % 53, 1 + i * 29 % 211
        h = round(1 + 9 * v**0.4 * u**0.3 * n**0.1 * m**0.1 * (1 + i * 13 % 7 / 20))
        period = f"{2001 + i // 4000 // 12}M{i // 4000 % 12 + 1:02}"
        flows.write(f"{period},KU{i % 309:03}xISCO-{i % 4000:07},{h},{v},{u},{n},{m}\n")

with open(folder + "/exact.csv", "w") as exact, open(folder + "/ranged.csv", "w") as ranged:
    exact.write("market,region,occupation,unemployed,vacancies,labour_force,value\n")
    ranged.write("market,unemployed,unemployed_low,unemployed_high,vacancies\n")
    for i in range(count):
        name = f"KU{i % 309:03}xISCO-{1000 + i % 9000}-{i:07}"
        u, v = i * 7 % 53, i * 3 % 11
        exact.write(f"{name},KU{i % 309:03},{i // 309},{u},{v},{u + 100},{u + v}\n")
        ranged.write(f"{name},{'' if u < 5 else u},{min(u, 1)},{max(u, 4)},{v}\n")
EOF

# measured FILE ID [OPTION...]: the command's largest memory in KiB, and the lines that it wrote.
measured() {
    python3 - "$program" "$work/$1.csv" "${@:2}" <<'EOF'
import resource, subprocess, sys

program, words, *given = sys.argv[1:]
with open(words) as cells:
    done = subprocess.run([program, "measure", *given], stdin=cells, capture_output=True)
if done.returncode != 0:
    sys.exit(done.stderr.decode())
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, done.stdout.count(b"\n"))
EOF
}

# holds LINES FILE ID [OPTION...]
holds() {
    local memory lines
    read -r memory lines < <(measured "${@:2}")
    check "${*:3} of the $2 markets gives $1 lines" test "$lines" -eq "$1"
    check "in $memory KiB" test "$memory" -le $((64 * 1024 + markets * 64 / 1024))
}

for id in mismatch gini decomposition; do
    holds 2 exact "$id"
done
for id in contributions location_quotient; do
    holds $((markets + 1)) exact "$id"
done
holds $((markets + 1)) ranged contributions
for model in ols fe twoway ces stockflow; do
    lines=5
    [ "$model" = stockflow ] && lines=7
    [[ "$model" =~ fe|twoway ]] && lines=4
    holds "$lines" flows matching_function --param "model=$model"
done
holds 5 flows matching_function --param errors=cluster
