#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The style tests can fail: each is shown one violation in a tree of its own.
#
# planted.sh ROOT

set -euo pipefail
command -v clang-format >/dev/null && command -v shellcheck >/dev/null || exit 77
style=$1/tests/style
tree=$(mktemp -d "${TMPDIR:-/tmp}/kohtaanto-style.XXXXXX")
trap 'rm -rf "$tree" "$tree.words"' EXIT
licence='/* SPDX-License-Identifier: GPL-3.0-or-later */'
wrong=0

# A tree that every style test is content with.
plant() {
    local folder
    rm -rf "$tree"
    for folder in core fetch transform analysis pipeline config tests tests/server .ci; do
        mkdir -p "$tree/$folder"
        echo "# A folder" >"$tree/$folder/README.md"
    done
    cp "$style/../../.clang-format" "$tree"
    printf '#!/bin/bash\n# SPDX-License-Identifier: GPL-3.0-or-later\n' >"$tree/dev"
    printf '%s\nint x;\n' "$licence" >"$tree/core/b.c"
}

look() {
    case $1 in
        layers) cmake -DROOT="$tree" -P "$style/layers.cmake" ;;
        *) "$style/$1.sh" "$tree" ;;
    esac
}

# expect_failure WHICH FILE LINE [FIRST_LINE]: that test must fail on a tree in which FILE holds LINE.
expect_failure() {
    plant
    look "$1" >"$tree.words" 2>&1 || {
        cat "$tree.words"
        printf '%s complains of nothing\n' "$1"
        wrong=1
    }
    mkdir -p "$(dirname "$tree/$2")"
    printf '%s\n%s\n' "${4-$licence}" "$3" >"$tree/$2"
    if look "$1" >/dev/null 2>&1; then
        printf '%s does not see: %s\n' "$1" "$3"
        wrong=1
    fi
}

expect_failure layers analysis/a.c '#include "fetch/archive.h"'
expect_failure layers analysis/a.c '#include "../fetch/include/fetch/archive.h"'
expect_failure layers analysis/measures/a.c '#include <curl/curl.h>'
expect_failure layers transform/readers/a.c '#include <sqlite3.h>'
expect_failure layers core/a.c '#  include "transform/reader.h"'
expect_failure layers fetch/a.c '#include <gsl/gsl_math.h>'
expect_failure layers core/a.c '#include <zlib.h>'
expect_failure manners core/a.c 'int f(void) { return printf("x"); }'
expect_failure manners transform/a.c 'void f(void) { fprintf(stderr, "x"); }'
expect_failure manners analysis/measures/a.c 'FILE *f = fopen("x", "r");'
expect_failure manners transform/a.c 'int s = socket(1, 2, 3);'
expect_failure manners pipeline/a.c 'time_t t = time(NULL);'
expect_failure manners pipeline/a.c 'void f(void) { goto end; }'
expect_failure manners analysis/a.c 'double x = drand48();'
expect_failure manners core/a.c '// TODO: later'
expect_failure manners core/a.c 'void f(char *a, char *b) { strcpy(a, b); }'
expect_failure format core/a.c 'int  f( void ){return 1;}'
expect_failure tree core/a.c 'int x;' '/* no licence */'
expect_failure tree analysis/measures/a.c 'int x;'
expect_failure scripts tests/a.sh 'rm $nothing/*' '#!/bin/bash'

exit "$wrong"
