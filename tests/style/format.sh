#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# format.sh ROOT

set -euo pipefail
command -v clang-format >/dev/null || exit 77
cd "$1"
find core fetch transform analysis pipeline tests -name '*.[ch]' -print0 |
    xargs -0 clang-format --dry-run -Werror
