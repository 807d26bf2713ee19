# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports of a cluster's projects, some of them small: draw_reports.py SEED PROJECTS REPORT.csv

Of the projects S30001 and on, in one half year, without sexes. Figures hold together; some projects do not
report results or long-term unemployed."""

import random
import sys

draw = random.Random(int(sys.argv[1]))
with open(sys.argv[3], "w", encoding="utf-8") as out:
    out.write("hankekoodi;indikaattori;jakso;sukupuoli;tavoite;toteuma;pvm\n")
    for number in range(1, int(sys.argv[2]) + 1):
        most = draw.choice((4, 12, 60, 60, 60))
        jobless, inactive, employed = (draw.randint(0, most) for _ in range(3))
        counts = {"EECO01": jobless + inactive + employed, "EECO02": jobless,
                  "EECO03": draw.randint(0, jobless), "EECO04": inactive, "EECO05": employed,
                  "EECR04": draw.randint(0, jobless + inactive)}
        for code in ("EECO03", "EECR04"):
            if draw.random() < 0.15:
                del counts[code]
        for code, count in counts.items():
            out.write(f"S300{number:02};{code};2024-H2;;;{count};\n")
