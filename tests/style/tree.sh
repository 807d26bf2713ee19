#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What every file and folder has: the licence line, a README, no more than 800 lines.
#
# tree.sh ROOT

set -euo pipefail
shopt -s nullglob
cd "$1"
wrong=0

complain() {
    printf '%s\n' "$*"
    wrong=1
}

stages=(core fetch transform analysis pipeline)
licence='SPDX-License-Identifier: GPL-3.0-or-later'

while IFS= read -r file; do
    case $file in
        *.[ch]) [ "$(head -n 1 "$file")" = "/* $licence */" ] || complain "$file: no licence line" ;;
        *.sh | dev | .ci/run)
            sed -n 2p "$file" | grep -qx "# $licence" || complain "$file: no licence line" ;;
    esac
    case $file in
        *.c | *.h | *.sh | *.cmake | *.def | */CMakeLists.txt | dev)
            lines=$(wc -l <"$file")
            [ "$lines" -le 800 ] || complain "$file: $lines lines, at most 800" ;;
    esac
    if grep -q "$(printf '\t\\|\r')" "$file" && [[ $file == *.[ch] ]]; then
        complain "$file: a tab or a carriage return"
    fi
done < <(find "${stages[@]}" config tests dev .ci -type f)

# A folder of the house, and what belongs to none of its parts: config's and the tests' own folders.
for folder in "${stages[@]}" config tests config/classifications config/sample config/systemd \
    tests/server tests/server/sample tests/style; do
    [ ! -d "$folder" ] || [ -s "$folder/README.md" ] || complain "$folder: no README.md"
done

for stage in "${stages[@]}"; do
    for family in "$stage"/*/; do
        family=${family%/}
        case $family in
            */include | */main) ;;
            *) grep -qs "${family##*/}/" "$stage/README.md" ||
                [ -s "$family/README.md" ] ||
                complain "$family: neither a README.md nor a word in $stage/README.md" ;;
        esac
    done
done

exit "$wrong"
