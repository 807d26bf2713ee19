#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# scripts.sh ROOT

set -euo pipefail
command -v shellcheck >/dev/null || exit 77
cd "$1"
find dev .ci tests config -type f \( -name '*.sh' -o -name dev -o -path '.ci/run' \) -print0 |
    xargs -0 shellcheck -x -S warning --source-path=SCRIPTDIR
