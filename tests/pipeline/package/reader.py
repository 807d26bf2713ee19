#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads run after run by the loader while others are published, until the file STOP is there:

    reader.py LOADER PUBLISHED STOP

Two tables of each run have its number. Exit code 1: they differ, or a file was missing or torn; 3:
`current` never moved between the two, so nothing was shown."""

import os
import sys
import time

sys.path.insert(0, os.path.dirname(sys.argv[1]))
sys.dont_write_bytecode = True
import kohtaanto  # noqa: E402

published, stop = sys.argv[2:4]
reads = moved = 0
while not os.path.exists(stop):
    before = os.readlink(os.path.join(published, "current"))
    run = kohtaanto.Run(published)
    country = [row for row in run.rows("observations") if (row["time_period"], row["region_code"]) == ("2023M01", "SSS")]
    time.sleep(0.02)  # as long as a large table takes
    number = next(row["measured"] for row in run.rows("checks"))
    if any(row["labour_force"] != number for row in country) or not country:
        print(f"{run.folder}: labour force {[row['labour_force'] for row in country]}, number {number}")
        sys.exit(1)
    reads += 1
    moved += os.readlink(os.path.join(published, "current")) != before
print(f"{reads} reads, `current` moved during {moved} of them")
sys.exit(0 if moved > 0 else 3)
