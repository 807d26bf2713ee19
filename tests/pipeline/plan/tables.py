#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Describes the tables of the nightly plan, as large as they are, for the server of the tests.

    tables.py CLASSIFICATIONS FOLDER PUBLICATION

Writes FOLDER/<id>.json with the newest four periods of each table at its first, second ... publication;
Eurostat's in FOLDER/eurostat. Codes are those of the folder with classifications. Numbers of codes are
as were read in the services' answers of 2026; where none was read (durations, reasons, sexes) they are
guesses. Figures add up from parts to totals and mean nothing.
"""
import csv, datetime, json, os, sys

classes, folder, publication, periods = sys.argv[1], sys.argv[2], int(sys.argv[3]), 4

def classified(file, **wanted):
    with open(os.path.join(classes, file), encoding="utf-8") as rows:
        return sorted(row["code"].partition("-")[2] or row["code"] for row in csv.DictReader(rows)
                      if all(row.get(key) == value for key, value in wanted.items()))

def numbered(prefix, count, width, first=1):
    return [f"{prefix}{n:0{width}d}" for n in range(first, first + count)]

MAAKUNTA = classified("regions.csv", level="maakunta", valid_to="")
KUNTA = classified("regions.csv", level="kunta", valid_to="")
TA, EVK, SA = (classified("regions.csv", level=level) for level in ("tyollisyysalue", "elinvoimakeskus", "suuralue"))
AREAS = (["SSS"] + KUNTA + ["KU199", "KUJOU"] + classified("regions.csv", level="seutukunta", valid_to="")
         + ["SK902", "SKJOU"] + MAAKUNTA + ["MK91", "MKJO"]
         + classified("regions.csv", level="ely") + ["ELY80", "ELYJO"])
PROVINCES = ["SSS"] + MAAKUNTA + ["MK91", "MKJO"]
JOBS = (["SSS"] + classified("occupations.csv", level="isco4", in_use="yes")
        + [code for code in classified("occupations.csv", level="unknown") if len(code) == 4])
OTHER_LEVELS = classified("occupations.csv", level="isco1") + classified("occupations.csv", level="isco2")
THIRD_LEVEL = classified("occupations.csv", level="isco3")
FOURTH_LEVEL = classified("occupations.csv", level="isco4", in_use="yes")
FIFTH_LEVEL = [code + "1" for code in FOURTH_LEVEL]
DIVISIONS = classified("sectors.csv", level="tol2", revision="tol2008")
SECTIONS = {code: len(classified("sectors.csv", parent="TOL-" + code, revision="tol2008"))
            for code in classified("sectors.csv", level="tol1", revision="tol2008")}
TODAY = datetime.date.today()
# The newest period of the first publication: the one before the last that is over.
LAST = {"month": TODAY.year * 12 + TODAY.month - 3, "quarter": TODAY.year * 4 + (TODAY.month - 1) // 3 - 2,
        "year": TODAY.year - 2}

def weigh(values):
    """So many persons are in each: coarser regions have more than their parts, totals all of them."""
    kinds = [(2, "KU"), (60, "SK"), (600, "MK"), (4000, "ELY"), (200, "TA"), (4000, "EVK"), (9000, "SA")]
    weights = [next((weight for weight, kind in kinds if value.startswith(kind)), 1) for value in values]
    if "MK01" in values or "SA1" in values or "EVK01" in values:
        weights[values.index("SSS")] = 90000
    elif "SSS" in values:
        weights[values.index("SSS")] = len(values) - 1
    return weights

def variable(code, values, **more):
    return {"code": code, "text": code, "values": values, "weights": weigh(values), **more}

def total(code, values):
    return variable(code, ["SSS"] + values, labels=["Yhteensä"] + values)

def time(frequency):
    first = LAST[frequency] + publication - periods
    if frequency == "year":
        written, code = str(first), "timeperiod_y"
    elif frequency == "month":
        written, code = f"{first // 12}M{first % 12 + 1:02d}", "timeperiod_m"
    else:
        written, code = f"{first // 4}Q{first % 4 + 1}", "timeperiod_q"
    return {"code": code, "text": "Aika", "is": "time", "first": written, "count": periods}

def contents(*codes):
    labels = [code.partition("=")[2] or code for code in codes]
    weights = {"TYOVOIMATK": 20, "TYOTTOMATLOPUSSA": 3, "HAKIJALOPUSSA": 4}
    codes = [code.partition("=")[0] for code in codes]
    return {**variable("contentscode", codes, labels=labels, **{"is": "contents"}),
            "weights": [weights.get(code, 1) for code in codes]}

def write(where, id, subject, variables):
    table = {"id": id, "subject": subject, "title": id, "source": "nobody",
             "updated": f"{TODAY - datetime.timedelta(days=9 - publication)}T06:00:00Z", "variables": variables}
    os.makedirs(where, exist_ok=True)
    with open(os.path.join(where, id + ".json"), "w", encoding="utf-8") as file:
        json.dump(table, file, ensure_ascii=False)

def statfin(id, subject, frequency, *variables, shows):
    write(folder, id, subject, [*variables, time(frequency), contents(*shows)])

area, province = variable("Alue", AREAS, total="SSS"), variable("Alue", PROVINCES, total="SSS")
jobs = variable("Ammattiryhmä", JOBS)
statfin("12r5", "tyonv", "month", area, shows="""HAKIJALOPUSSA TYOTTOMATLOPUSSA TYOVOIMATK TYOTOSUUS
    TYOTTOMATMIEHET TYOTTOMATNAISET TYOTTOMAT20 TYOTTOMAT25 TYOTTOMAT50 TYOTTOMATSAIR TYOTTOMATULK
    PITKAAIKAISTYOTTOMAT KASSASSA LOMAUTETTU LYHTYOVKO TYOLLISTETTYLOP TYOHARJOITTELULOP KOKEILULOP
    TVKOULUTUSLOP VALMENNUSLOP MTPPALVELUTLOP AVPAIKATLOPUSSA UUDETAVP""".split())
statfin("12ti", "tyonv", "month", area, jobs, shows=["TYOTTOMATLOPUSSA", "AVPAIKATLOPUSSA"])
statfin("12tw", "tyonv", "month", province,
        {**variable("Toimiala", ["SSS"] + list(SECTIONS) + DIVISIONS),
         "weights": [len(DIVISIONS)] + list(SECTIONS.values()) + [1] * len(DIVISIONS)},
        total("Työnantajan sektori", ["1", "2", "3"]), total("Työpaikan työn kesto", ["1", "2", "3"]),
        shows=["AVPAIKATLOPUSSA"])
statfin("12tu", "tyonv", "month", province, jobs, total("Työmarkkina-asema", ["1", "2"]),
        shows=["HAKIJAYHT", "AVPAIKATYHT"])
statfin("12ta", "tyonv", "month", area, total("Työttömyyden kesto", numbered("", 10, 2)),
        shows=["TYOTTOMATLOPUSSA"])
statfin("12tl", "tyonv", "month", province, jobs,
        shows=["T1=Alkaneet työnhaut (lkm.)", "T2=Alkaneet työttömyysjaksot (lkm.)"])
statfin("12tn", "tyonv", "month", province, total("Päättymisen syy", numbered("", 12, 2)),
        total("Työttömyyden kesto", numbered("", 10, 2)), shows=["P1=Päättyneet työttömyysjaksot (lkm.)"])
statfin("12tr", "tyonv", "month", province,
        shows=["P1=Päättyneet työnhaut (lkm.)", "P2=Päättyneet työttömyysjaksot (lkm.)"])
statfin("12ts", "tyonv", "month", province, total("Työttömyyden kesto", numbered("", 5, 2)),
        shows=["V1=Virta yli keston (lkm.)", "V2=Osuus alkaneista (%)"])
statfin("12te", "tyonv", "month", area, total("Koulutusaste", numbered("", 10, 2)),
        total("Työllisyys", ["1", "2"]), shows=["HAKIJALOPUSSA"])
statfin("135z", "tyti", "month", shows="""Tyollisyysaste_15_64 tyollaste_15_64_trendi Tyollaste_15_64_kausi
    Tyollisyysaste_20_64 Tyollaste_20_64_trendi Tyollaste_20_64_kausi Tyollisyysaste_20_69
    Tyollaste_20_69_trendi Tyollaste_20_69_kausi tyti-Tyolliset tyolliset_trendi Tyolliset_kausi
    tyti-Tyottomat tyottomat_trendi Tyottomat_kausi tyti-Tyottomyysaste tyottaste_trendi Tyottaste_kausi
    Tyottomyysaste_15_24 Tyottaste_15_24_kausi Tyottaste_15_24_trendi""".split())
SURVEY = ["tyti-Tyottomat", "tyti-Tyolliset", "tyti-Tyovoima", "tyti-Tyottomyysaste", "Tyollisyysaste_15_64"]
sex = total("sukupuoli_9_20180101", ["1", "2"])
statfin("13lx", "tyti", "quarter", variable("maakunta_1_20260101", ["SSS"] + MAAKUNTA), shows=SURVEY)
statfin("15et", "tyti", "quarter", variable("elinvoimakeskus_1_20260101", ["SSS"] + EVK), sex,
        shows=SURVEY)
statfin("137i", "tyti", "quarter", variable("suuralue_1_20120101", ["SSS"] + SA[:4]), sex, shows=SURVEY)
statfin("11l1", "atp", "quarter", shows=["atp_lkm", "atp_eihoit", "atp_osa", "atp_maar", "atp_vaik"])
statfin("11n1", "atp", "quarter", variable("suuralue_1_20120101", ["SSS"] + SA[:4]), shows=["atp_lkm"])
statfin("15ia", "atp", "quarter", variable("toimiala_1_20250101", ["SSS"] + list("ABCDEFGHIJKLMNOPQRSTUV")),
        shows=["atp_lkm=Avoimet työpaikat"])
statfin("115s", "tyokay", "year", variable("alue_28_20250101", ["SSS"] + MAAKUNTA),
        {**variable("ammatti_104_20161021", ["SSS", "X"] + OTHER_LEVELS + THIRD_LEVEL),
         "weights": [len(THIRD_LEVEL) + 1, 1] + [9] * len(OTHER_LEVELS) + [1] * len(THIRD_LEVEL)},
        sex, shows=["tyokay-tyolliset2", "tyokay-osuus"])
statfin("115q", "tyokay", "year",
        {**variable("ammatti_104_20161021", ["SSS", "X"] + OTHER_LEVELS + THIRD_LEVEL + FOURTH_LEVEL + FIFTH_LEVEL),
         "weights": [len(FOURTH_LEVEL) + 1, 1] + [9] * len(OTHER_LEVELS + THIRD_LEVEL) + [1] * len(FOURTH_LEVEL + FIFTH_LEVEL)},
        sex, variable("ammattiasema_7_20121201", ["SS", "1", "2"], labels=["Yhteensä", "1", "2"], weights=[2, 1, 1]),
        shows=["tyokay-tyolliset2", "tyokay-osuus"])
statfin("115h", "tyokay", "year",
        {**variable("Työpaikan alue", ["SSS"] + KUNTA), "weights": [2 * len(KUNTA)] + [2] * len(KUNTA)},
        {**variable("Toimiala", ["SSS", "X"] + list(SECTIONS)), "weights": [len(SECTIONS) + 1] + [1] * (len(SECTIONS) + 1)},
        sex, shows=["tyokay-tyolliset3"])
statfin("11ra", "vaerak", "year", variable("alue_23_20260101", [a for a in AREAS if "JO" not in a and a not in ("KU199", "SK902", "MK91", "ELY80")]
        + TA + EVK + numbered("HVA", 22, 2) + SA + numbered("FI", 68, 2)), shows=["vaerak-vaesto"] + numbered("vaerak-k", 42, 2))

COUNTRIES = ["FI", "SE", "NO", "DK", "EE", "DE", "EU27_2020", "EA21", "FR"]
REGIONS = ["FI19", "FI1B", "FI1C", "FI1D", "FI20", "SE11"]

def eurostat(id, frequency, *variables):
    written = time(frequency)
    if frequency != "year":
        written["first"] = written["first"].replace("M", "-").replace("Q", "-Q")
    write(os.path.join(folder, "eurostat"), id, "data",
          [*variables[:-1], {**written, "code": "time"}, {**variables[-1], "is": "contents"}])

def one(code, *values):
    return variable(code, list(values))

eurostat("jvs_q_isco_r21", "quarter", one("freq", "Q"), one("s_adj", "NSA", "SA"), one("nace_r21", "B-T", "C"),
         one("sizeclas", "TOTAL", "GE10"), one("isco08", *numbered("OC", 9, 1), "TOTAL"), one("geo", *COUNTRIES),
         one("indic_em", "JVR", "JOBVAC"))
eurostat("jvs_q_nace2", "quarter", one("freq", "Q"), one("s_adj", "NSA", "SA"), one("nace_r2", "B-S", *"BCDEFGHIJKLMNOPQRS"),
         one("sizeclas", "TOTAL", "GE10"), one("geo", *COUNTRIES), one("indic_em", "JVR", "JOBVAC"))
eurostat("une_rt_m", "month", one("freq", "M"), one("s_adj", "SA", "NSA"), one("age", "TOTAL", "Y_LT25"),
         one("sex", "T", "M", "F"), one("geo", *COUNTRIES), one("unit", "PC_ACT", "THS_PER"))
eurostat("lfst_r_lfu3rt", "year", one("freq", "A"), one("isced11", "TOTAL", "ED0-2"), one("age", "Y15-74", "Y15-24"),
         one("sex", "T", "M"), one("geo", *COUNTRIES, *REGIONS), one("unit", "PC"))
