#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Words of pages, names of regions, titles of tables and sources, and notes are what people write.
# What would turn a line of a page around, what nobody sees and what says nothing is told in one
# line before the night (labels.py has the cases); markup is no mistake, for it is escaped.

. "$(dirname "$0")/lib.sh"

command -v python3 >/dev/null || skip "no python3"
own_config
check "the configuration of the tree has no such label" "$program" check-config --config "$work/config/kohtaanto.json"
python3 "$root/tests/pipeline/labels.py" "$program" "$work/config" || fail "a label"
