#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# `measure` on one group of 600,000 markets, with names of 23 letters, needs no more than 64 MiB and
# 64 bytes a market (CONTRACT section 8), whether it gives one row or one for each market.

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
with open(folder + "/exact.csv", "w") as exact, open(folder + "/ranged.csv", "w") as ranged:
    exact.write("market,region,occupation,unemployed,vacancies,labour_force,value\n")
    ranged.write("market,unemployed,unemployed_low,unemployed_high,vacancies\n")
    for i in range(count):
        name = f"KU{i % 309:03}xISCO-{1000 + i % 9000}-{i:07}"
        u, v = i * 7 % 53, i * 3 % 11
        exact.write(f"{name},KU{i % 309:03},{i // 309},{u},{v},{u + 100},{u + v}\n")
        ranged.write(f"{name},{'' if u < 5 else u},{min(u, 1)},{max(u, 4)},{v}\n")
EOF

# measured FILE ID: the command's largest memory in KiB, and the lines that it wrote.
measured() {
    python3 - "$program" "$work/$1.csv" "$2" <<'EOF'
import resource, subprocess, sys

program, words, name = sys.argv[1:]
with open(words) as cells:
    done = subprocess.run([program, "measure", name], stdin=cells, capture_output=True)
if done.returncode != 0:
    sys.exit(done.stderr.decode())
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, done.stdout.count(b"\n"))
EOF
}

holds() {
    local memory lines
    read -r memory lines < <(measured "$1" "$2")
    check "$2 of the $1 markets gives $3 lines" test "$lines" -eq "$3"
    check "in $memory KiB" test "$memory" -le $((64 * 1024 + markets * 64 / 1024))
}

for id in mismatch gini decomposition; do
    holds exact "$id" 2
done
for id in contributions location_quotient; do
    holds exact "$id" $((markets + 1))
done
holds ranged contributions $((markets + 1))
