#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The loader for Python on the run of made_run.py, whose cells are known, and on a real one:

    loader.py LOADER MADE_PUBLISHED PUBLISHED [pandas]"""

import csv
import datetime
import os
import sys

sys.path.insert(0, os.path.dirname(sys.argv[1]))
sys.dont_write_bytecode = True
import kohtaanto  # noqa: E402

made, published = sys.argv[2:4]
day = datetime.date
WANTED = [  # by hand, from the rows of made_run.py
    ["2022M12", day(2022, 12, 1), "NA", "NA", 3000000000, 0.1, "A"],
    ["2023M01", day(2023, 1, 1), "TRUE", 'a, "b"', None, None, "Q"],
    ["2023M02", day(2023, 2, 1), "1E5", "#x", 0, -2.5, "A"],
    ["2023M03", day(2023, 3, 1), "Å-7", " Äänekoski ", 7, 17.0, "A"],
]


def plain(value):
    """A cell of a DataFrame as the values above."""
    if value is None or value is kohtaanto.pandas.NA or value != value:
        return None
    return value.date() if hasattr(value, "date") else value


def check_values(run):
    rows = [list(row.values()) for row in run.rows("trial")]
    assert rows == WANTED, rows
    assert [[type(cell) for cell in row] for row in rows] == [[type(cell) for cell in row] for row in WANTED]
    if sys.argv[4:] == ["pandas"]:
        frame = run.table("trial")
        assert str(frame.dtypes["count"]) == "Int64" and str(frame.dtypes["value"]) == "float64", frame.dtypes
        assert [[plain(cell) for cell in row] for row in frame.itertuples(index=False)] == WANTED, frame
    else:
        kohtaanto.pandas = None
        assert [list(row.values()) for row in run.table("trial")] == WANTED


def check_refusals():
    """A run that was tampered with is told of, and so is a table that is not there."""
    run = kohtaanto.Run(made)
    path = os.path.join(run.folder, "csv/trial/trial_2023.csv")
    with open(path, "rb") as file:
        good = file.read()
    with open(path, "wb") as file:
        file.write(good.replace(b"-2.5", b"-2.6"))
    try:
        list(run.rows("trial"))
    except kohtaanto.Broken as fault:
        assert "trial_2023.csv" in str(fault)
    else:
        raise AssertionError("a changed file was read")
    finally:
        with open(path, "wb") as file:
            file.write(good)


def check_real(run):
    """Every row of every table is there, as often as the files have it."""
    for table in run.tables:
        count = 0
        for part in run._resources[table]["parts"]:
            with open(os.path.join(run.folder, part["path"]), encoding="utf-8", newline="") as file:
                count += sum(1 for _ in csv.reader(file)) - 1
        loaded = run.table(table)
        assert len(loaded) == count, (table, len(loaded), count)


check_values(kohtaanto.Run(made))
check_values(kohtaanto.Run(os.path.join(made, "current")))
check_refusals()
check_real(kohtaanto.Run(published))
