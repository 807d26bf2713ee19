#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Every page of the sample in every language, and sheets of projects, as a reader's browser shows
# them (browse.py says what is looked at), and their HTML by html-validate. Pictures of some
# stay in build/artefacts/pages. What is not in Debian, axe-core and html-validate, ./dev test puts
# into build/web; a half that lacks its tools is named, and where both do the test is skipped.

. "$(dirname "$0")/lib.sh"

tools=$root/build/web/node_modules
axe_file=$tools/axe-core/axe.min.js
validator=$tools/html-validate/bin/html-validate.mjs
optimised=$root/build/release/pipeline/kohtaanto # the same night with sanitizers takes minutes
[ ! -x "$optimised" ] || program=$optimised
config=$root/config/sample/kohtaanto.json
html=$work/html
lacking=()

has() {
    local tool
    for tool in "$@"; do
        command -v "$tool" >/dev/null || return 1
    done
}

# A night of the sample; the pages of its run, and sheets of some projects beside them.
make_pages() {
    local language project code=0
    start_server "$server_program" --max-cells 30000 --port-file "$work/port" --config "$root/config"
    night
    [ "$code" -eq 0 ] || expect_code 100
    cp -r "$(published)/html" "$html"
    for language in 'fi' sv en; do
        for project in M10001 M10006; do
            kohtaanto snapshot --project "$project" --lang "$language" --out "$work/sheets"
            expect_code 0
            mv "$work/sheets/${project}_$language.html" "$html/$language/project_$project.html"
        done
    done
}

# validate FOLDER
validate() {
    printf '{"extends": ["html-validate:standard"], "root": true}\n' >"$work/html-validate.json"
    node "$validator" \
        --config "$work/html-validate.json" --ext html "$1"
}

# browse FOLDER PICTURES
browse() {
    python3 "$root/tests/pipeline/pages/browse.py" "$1" "$2" ${axe_file:+"$axe_file"}
}

# plant NAME EXPRESSION: a page that sed has damaged.
plant() {
    sed "$2" "$html/fi/CA1.html" >"$work/planted/$1.html"
    ! cmp -s "$html/fi/CA1.html" "$work/planted/$1.html" || fail "nothing is wrong with $1"
}

# What looks must also see: each fault is told of the page that has it.
plant_faults() {
    mkdir "$work/planted"
    plant console 's|</main>|<img alt="x" src="http://127.0.0.1:9/x.png">&|'
    plant keyboard 's|<summary>|<summary tabindex="-1">|'
    plant focus 's|</style>|summary:focus{outline:none}&|'
    plant wide 's|</main>|<div style="width:60rem">x</div>&|'
    plant paper 's|details::details-content|details::nothing|'
    plant dark 's|</style>|@media (prefers-color-scheme:dark){.note{color:#444}}&|'
    sed '/<script>/,$s|includes(wanted)|includes("e")|' "$html/fi/index.html" >"$work/planted/index.html"
    browse "$work/planted" "$work/pictures" >"$work/seen" && fail "no fault is seen"
    check "an error on the console is seen" grep -q '^console.html: the console says' "$work/seen"
    check "a control that the keyboard misses is" grep -q '^keyboard.html: the keyboard reaches' "$work/seen"
    check "a focus that nobody sees is" grep -q '^focus.html: the focus cannot be seen' "$work/seen"
    check "a page wider than the screen is" grep -q '^wide.html: it is .* px wider' "$work/seen"
    check "a table that is not printed is" grep -q '^paper.html: on paper' "$work/seen"
    check "a dead search is" grep -q '^index.html:' "$work/seen"
    [ -z "$axe_file" ] ||
        check "a text that is lost in the dark is" grep -q '^dark.html: axe in dark: color-contrast' "$work/seen"
}

[ -f "$axe_file" ] || lacking+=("axe-core")
{ has node && [ -f "$validator" ]; } || lacking+=("html-validate")
has python3 chromium chromedriver || lacking+=("a browser")
[ "${lacking[*]}" != "axe-core html-validate a browser" ] || skip "no browser, no html-validate"
[ -f "$axe_file" ] || axe_file=

make_pages
pages=$(find "$html" -name '*.html' | wc -l)
check "there are pages, not $pages alone" test "$pages" -gt 200
if [[ " ${lacking[*]} " != *" html-validate "* ]]; then
    check "$pages pages are valid HTML" validate "$html"
    mkdir "$work/invalid"
    sed 's|</main>|<p><div>x</div></p>&|' "$html/fi/CA1.html" >"$work/invalid/CA1.html"
    ! validate "$work/invalid" >"$work/seen" || fail "invalid HTML is not seen"
fi
if [[ " ${lacking[*]} " != *" a browser "* ]]; then
    check "$pages pages are fit for their readers" browse "$html" "$root/build/artefacts/pages"
    plant_faults
fi
[ ${#lacking[@]} -eq 0 ] || printf 'not looked at, for want of it: %s\n' "${lacking[@]}"
