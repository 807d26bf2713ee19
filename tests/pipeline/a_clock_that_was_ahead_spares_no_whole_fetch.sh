#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Receipts of a day that is yet to come do not put the next whole fetch off: it is made once.

. "$(dirname "$0")/lib.sh"

serve --last 2023M10
night
expect_code 0
receipts=$workspace/archive/receipts
sed -i 's/"time":"20[0-9][0-9]-/"time":"2099-/' "$receipts"/*.jsonl
mv "$receipts"/*.jsonl "$receipts/2099-01.jsonl"

serve --last 2023M10
night
expect_code 0
check "both tables are fetched whole again" test "$(calls_of data)" -eq 2
serve --last 2023M10
night
expect_code 0
check "and the next night not" test "$(calls_of data)" -eq 0
