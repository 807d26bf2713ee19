/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/roles_words.h"

static void a_variable_is_found_by_code_label_mark_or_values(void **state)
{
    static const role_case cases[] = {
        {"12ti", AREAS JOBS TIME CONTENTS, true, "region=Alue[" REGIONS_12TI "]" REST},
        /* renamed with a date stamp: the label stays */
        {"12ti", "alue_23_20260101|Alue|e|SSS MK01;" JOBS TIME CONTENTS, true,
         "region=alue_23_20260101[SSS MK01]" REST},
        /* renamed altogether: the values tell */
        {"12ti", "x1|Area||SSS MK01 KU091;" JOBS TIME CONTENTS, true, "region=x1[SSS MK01]" REST},
        /* before June 2026 the codes were the names */
        {"12r5",
         "Alue|Alue||SSS MK01;Kuukausi|Kuukausi|t|2026M05;"
         "Tiedot|Tiedot||TYOTTOMATLOPUSSA AVPAIKATLOPUSSA TYOVOIMATK;",
         true,
         "region=Alue[SSS MK01] period=Kuukausi[2026M05] "
         "measure=Tiedot[TYOTTOMATLOPUSSA AVPAIKATLOPUSSA TYOVOIMATK]"},
        /* the code goes before another variable's label */
        {"12r5", "Alue2|Alue|e|x y;" AREAS TIME CONTENTS, true,
         "region=Alue[SSS MK01 MK21 MKJO MK91 KU091 ELY01] period=timeperiod_m[2026M05 2026M06] "
         "measure=contentscode[TYOTTOMATLOPUSSA AVPAIKATLOPUSSA TYOVOIMATK]"},
    };
    check_resolved(*state, cases, COUNT_OF(cases));
}

static void time_is_found_by_mark_prefix_or_because_all_codes_are_months(void **state)
{
#define TIMED(time, code)                                                       \
    {                                                                           \
        "12r5", "Alue|Alue||SSS MK01;" time CONTENTS, true,                     \
            "region=Alue[SSS MK01] period=" code "[2026M05 2026M06] "           \
            "measure=contentscode[TYOTTOMATLOPUSSA AVPAIKATLOPUSSA TYOVOIMATK]" \
    }
    static const role_case cases[] = {
        TIMED("aika|Aika|t|2026M05 2026M06;", "aika"),
        TIMED("timeperiod_x|Aika||2026M05 2026M06;", "timeperiod_x"),
        TIMED("kk|Aika||2026M05 2026M06;", "kk"),
    };
    check_resolved(*state, cases, COUNT_OF(cases));
}

static void a_content_code_may_stand_behind_a_rotating_prefix(void **state)
{
    static const role_case cases[] = {
        {"12ti",
         AREAS JOBS TIME "contentscode|Tiedot||tyonv-TYOTTOMATLOPUSSA tyonv_AVPAIKATLOPUSSA;", true,
         "region=Alue[" REGIONS_12TI
         "] occupation=Ammattiryhmä[SSS 2512 X211] period=timeperiod_m[2026M05 2026M06] "
         "measure=contentscode[tyonv-TYOTTOMATLOPUSSA tyonv_AVPAIKATLOPUSSA]"},
        /* an exact code goes before a prefixed one */
        {"12ti",
         AREAS JOBS TIME "contentscode|Tiedot||x-AVPAIKATLOPUSSA AVPAIKATLOPUSSA TYOTTOMATLOPUSSA;",
         true,
         "region=Alue[" REGIONS_12TI
         "] occupation=Ammattiryhmä[SSS 2512 X211] period=timeperiod_m[2026M05 2026M06] "
         "measure=contentscode[AVPAIKATLOPUSSA TYOTTOMATLOPUSSA]"},
    };
    check_resolved(*state, cases, COUNT_OF(cases));
}

static void a_reply_may_hold_a_part_of_the_table(void **state)
{
    static const role_case cases[] = {
        {"12ti",
         "Alue|Alue||MK21;Ammattiryhmä|Ammattiryhmä||2512;" TIME
         "contentscode|Tiedot|m|AVPAIKATLOPUSSA;",
         false,
         "region=Alue[MK21] occupation=Ammattiryhmä[2512] period=timeperiod_m[2026M05 2026M06] "
         "measure=contentscode[AVPAIKATLOPUSSA]"},
        /* an eliminated variable is not there: its total */
        {"12ti", "Ammattiryhmä|Ammattiryhmä||2512;" TIME CONTENTS, false,
         "occupation=Ammattiryhmä[2512] period=timeperiod_m[2026M05 2026M06] "
         "measure=contentscode[TYOTTOMATLOPUSSA AVPAIKATLOPUSSA]"},
    };
    check_resolved(*state, cases, COUNT_OF(cases));
}

static void what_a_variable_may_lack_or_be_left_out_is_no_fault(void **state)
{
    static const role_case cases[] = {
        /* a variable that no role claims, and that a query may leave out */
        {"12ti", AREAS JOBS TIME CONTENTS "Sukupuoli|Sukupuoli|e|SSS 1 2;", true,
         "region=Alue[" REGIONS_12TI "]" REST},
    };
    check_resolved(*state, cases, COUNT_OF(cases));
}

static void what_cannot_be_resolved_is_told_with_the_candidates(void **state)
{
    static const role_case cases[] = {
        {"12ti", "a1|Alue|e|SSS;a2|Alue|e|SSS;" JOBS TIME CONTENTS, true,
         "12ti: several variables could play the role region: a1 (Alue), a2 (Alue)"},
        {"12ti", "a1|x||SSS MK01;a2|y||SSS MK01;" JOBS TIME CONTENTS, true,
         "several variables could play the role region: a1 (x), a2 (y)"},
        {"12r5", AREAS "t1|x|t|2026M05;t2|y|t|2026M05;" CONTENTS, true,
         "several variables could play the role period: t1 (x), t2 (y)"},
        {"12ti", AREAS TIME CONTENTS, true,
         "12ti: no variable for the role occupation, expected Ammattiryhmä; the table has Alue "
         "(Alue), timeperiod_m (Kuukausi), contentscode (Tiedot)"},
        {"12r5", AREAS CONTENTS, true, "no variable for the role period"},
        {"12r5", AREAS TIME, false, "no variable for the role measure"},
        {"12r5", AREAS TIME CONTENTS "Sukupuoli|Sukupuoli||SSS 1 2;", true,
         "12r5: no role for the variable Sukupuoli (Sukupuoli), and it cannot be left out"},
        {"12r5", AREAS TIME CONTENTS "Sukupuoli|Sukupuoli|e|1;", false,
         "12r5: no role for the variable Sukupuoli (Sukupuoli)"},
        {"12ti", "Alue|Ammattiryhmä||SSS MK01;" TIME CONTENTS, true,
         "variable Alue could play both region and occupation"},
        {"12ti", "Alue|Alue||MK01 MK21;" JOBS TIME CONTENTS, true,
         "12ti: variable Alue (region) has no value SSS"},
        {"12ti", "Alue|Alue||SSS KU091;" JOBS TIME CONTENTS, true,
         "12ti: variable Alue (region): no value matches MK*"},
        {"12ti", AREAS JOBS TIME "contentscode|Tiedot||TYOTTOMATLOPUSA AVPAIKATLOPUSSA;", true,
         "variable contentscode (measure) has no value TYOTTOMATLOPUSSA; the nearest is "
         "TYOTTOMATLOPUSA"},
        {"12ti",
         AREAS JOBS TIME
         "contentscode|Tiedot||a-AVPAIKATLOPUSSA b-AVPAIKATLOPUSSA TYOTTOMATLOPUSSA;",
         true,
         "variable contentscode: both a-AVPAIKATLOPUSSA and b-AVPAIKATLOPUSSA could be "
         "AVPAIKATLOPUSSA"},
        {"12r5", AREAS "timeperiod_m|Kuukausi|t|2026M05 2026Q2;" CONTENTS, true,
         "12r5: variable timeperiod_m: 2026Q2 is no month"},
        {"12ti", "Alue|Alue||KU091;" JOBS TIME CONTENTS, false,
         "12ti: variable Alue (region): none of its 1 values is wanted"},
    };
    check_refused(*state, cases, COUNT_OF(cases));
}

static void positions_and_meanings_belong_to_the_wanted_codes(void **state)
{
    const bench *made = *state;
    kt_resolved *resolved = NULL;
    kt_error error = {0};
    assert_int_equal(kt_roles_resolve(source_of(*state, "12r5"),
                                      table_of(made->arena, AREAS TIME CONTENTS), true, made->arena,
                                      &resolved, &error),
                     KT_OK);
    const kt_resolved_variable *contents = kt_resolved_find(resolved, KT_ROLE_MEASURE);
    assert_int_equal(contents->dimension, 2);
    assert_int_equal(contents->position[1], 1);
    assert_string_equal(contents->measure[1]->measure, "vacancies");
    assert_string_equal(contents->measure[2]->measure, "labour_force");
    assert_null(kt_resolved_find(resolved, KT_ROLE_REGION)->measure);
    assert_null(kt_resolved_find(resolved, KT_ROLE_OCCUPATION));
}

static void patterns_can_leave_codes_out(void **state)
{
    const bench *made = *state;
    kt_source *source = source_of(*state, "12r5");
    static const char *out_patterns[] = {"ELY*", "MKJO"};
    source->variables[0].leave_out = out_patterns;
    source->variables[0].leave_out_count = 2;
    source->measures[2].optional = true;
    kt_resolved *resolved = NULL;
    kt_error error = {0};
    const char *table =
        AREAS "timeperiod_m||t|2026M05;contentscode|||TYOTTOMATLOPUSSA AVPAIKATLOPUSSA;";
    assert_int_equal(kt_roles_resolve(source, table_of(made->arena, table), true, made->arena,
                                      &resolved, &error),
                     KT_OK);
    assert_string_equal(words_of(made->arena, resolved),
                        "region=Alue[SSS MK01 MK21 MK91 KU091] period=timeperiod_m[2026M05] "
                        "measure=contentscode[TYOTTOMATLOPUSSA AVPAIKATLOPUSSA]");
}

static void only_periods_from_a_first_one_or_the_newest_may_be_wanted(void **state)
{
    const bench *made = *state;
    static const struct {
        const char *first;
        size_t newest;
        bool whole;
        const char *periods;
    } cases[] = {
        {NULL, 0, true, "2026M06 2026M05 2026M04"},
        {"2026M05", 0, true, "2026M06 2026M05"},
        {NULL, 1, true, "2026M06"},
        {"2026M05", 3, true, "2026M06 2026M05"},
        {NULL, 1, false, "2026M06 2026M05 2026M04"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_source *source = source_of(*state, "12r5");
        source->variables[1].first = cases[i].first;
        source->variables[1].newest = cases[i].newest;
        source->measures[2].optional = true;
        kt_resolved *resolved = NULL;
        kt_error error = {0};
        const char *table = AREAS "timeperiod_m||t|2026M06 2026M05 2026M04;"
                                  "contentscode|||TYOTTOMATLOPUSSA AVPAIKATLOPUSSA;";
        assert_int_equal(kt_roles_resolve(source, table_of(made->arena, table), cases[i].whole,
                                          made->arena, &resolved, &error),
                         KT_OK);
        const char *wanted =
            kt_arena_print(made->arena, "period=timeperiod_m[%s]", cases[i].periods);
        assert_non_null(strstr(words_of(made->arena, resolved), wanted));
    }
}

static void an_older_table_may_call_a_measure_by_an_earlier_code(void **state)
{
    const bench *made = *state;
    kt_source *source = source_of(*state, "12ti");
    static const char *earlier[] = {"AVP2006", "AVP"};
    source->measures[1].earlier_codes = earlier;
    source->measures[1].earlier_count = 2;
    static const char *const contents[] = {"TYOTTOMATLOPUSSA AVP", "TYOTTOMATLOPUSSA AVP2006 AVP",
                                           "TYOTTOMATLOPUSSA AVP AVPAIKATLOPUSSA"};
    static const char *const wanted[] = {"AVP", "AVP2006", "AVPAIKATLOPUSSA"};
    for (size_t i = 0; i < COUNT_OF(contents); i++) {
        kt_resolved *resolved = NULL;
        kt_error error = {0};
        const char *table =
            kt_arena_print(made->arena, AREAS JOBS TIME "contentscode|Tiedot||%s;", contents[i]);
        assert_int_equal(kt_roles_resolve(source, table_of(made->arena, table), true, made->arena,
                                          &resolved, &error),
                         KT_OK);
        const kt_resolved_variable *measure = kt_resolved_find(resolved, KT_ROLE_MEASURE);
        assert_string_equal(measure->wanted[1], wanted[i]);
        assert_string_equal(measure->measure[1]->measure, "vacancies");
    }
}

static void an_examination_tells_every_trouble_and_not_the_first_alone(void **state)
{
    const bench *made = *state;
    static const struct {
        kt_role_matter matter;
        const char *line;
    } wanted[] = {
        {KT_MATTER_VARIABLE, "12ti: no variable for the role occupation, expected Ammattiryhmä"},
        {KT_MATTER_CODE, "12ti: variable Alue (region) has no value SSS"},
        {KT_MATTER_CODE, "12ti: variable Alue (region): no value matches MK*"},
        {KT_MATTER_NO_ROLE, "12ti: no role for the variable Ikä (Ikä), and it cannot be left out"},
        {KT_MATTER_PERIOD, "12ti: variable timeperiod_m: 2026Q2 is no month"},
        {KT_MATTER_MEASURE, "12ti: variable contentscode (measure) has no value AVPAIKATLOPUSSA"},
    };
    kt_role_troubles troubles;
    kt_roles_examine(source_of(*state, "12ti"),
                     table_of(made->arena, "Alue|Alue|e|KU091 KU092;Ikä|Ikä||0 1;"
                                           "timeperiod_m|Kuukausi|t|2026Q2;"
                                           "contentscode|Tiedot||TYOTTOMATLOPUSSA AVP;"),
                     made->arena, &troubles);
    assert_int_equal(troubles.count, COUNT_OF(wanted));
    for (size_t i = 0; i < COUNT_OF(wanted); i++) {
        assert_int_equal(troubles.at[i].matter, wanted[i].matter);
        assert_true(kt_text_starts(troubles.at[i].line, wanted[i].line));
    }
}

static void a_table_that_resolves_has_no_trouble(void **state)
{
    const bench *made = *state;
    kt_role_troubles troubles;
    kt_roles_examine(source_of(*state, "12ti"), table_of(made->arena, AREAS JOBS TIME CONTENTS),
                     made->arena, &troubles);
    assert_int_equal(troubles.count, 0);
}

static void a_name_may_be_a_pattern(void **state)
{
    const bench *made = *state;
    kt_source *source = source_of(*state, "12r5");
    static const char *names[] = {"Area", "alue_*"};
    source->variables[0].names = names;
    source->variables[0].name_count = 2;
    source->variables[0].marker_count = 0;
    static const char *const stamps[] = {"alue_23_20260101", "alue_43_20270625"};
    for (size_t i = 0; i < COUNT_OF(stamps); i++) {
        kt_resolved *resolved = NULL;
        kt_error error = {0};
        const char *table =
            kt_arena_print(made->arena, "%s|Aluejako||SSS MK01;" TIME CONTENTS, stamps[i]);
        assert_int_equal(kt_roles_resolve(source, table_of(made->arena, table), true, made->arena,
                                          &resolved, &error),
                         KT_OK);
        assert_string_equal(kt_resolved_find(resolved, KT_ROLE_REGION)->code, stamps[i]);
    }
    kt_resolved *resolved = NULL;
    kt_error error = {0};
    assert_int_equal(
        kt_roles_resolve(source,
                         table_of(made->arena, "alue_1|a||SSS;alue_2|b||SSS;" TIME CONTENTS), true,
                         made->arena, &resolved, &error),
        KT_ERR_FORMAT);
    assert_says(&error, "several variables could play the role region: alue_1 (a), alue_2 (b)");
}

#define LABELLED(contents) AREAS TIME "contentscode|Tiedot||" contents ";"

static void a_content_without_a_known_code_is_found_by_its_label(void **state)
{
    const bench *made = *state;
    kt_source *source = source_of(*state, "12r5");
    static const char *labels[] = {"Avoimet paikat*", "*avoinna*"};
    source->measures[1].labels = labels;
    source->measures[1].label_count = 2;
    source->measures[1].code = labels[0];
    source->measures[2].optional = true;
    static const struct {
        const char *table, *wanted;
    } cases[] = {
        {LABELLED("TYOTTOMATLOPUSSA AP1=Avoimet_paikat_(lkm.)"), "AP1"},
        {LABELLED("TYOTTOMATLOPUSSA AP1=Paikkoja_avoinna_nyt"), "AP1"},
        /* a code says more than a label */
        {LABELLED("TYOTTOMATLOPUSSA=Avoimet_paikat_ja_muuta AP1=Avoimet_paikat"), "AP1"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_resolved *resolved = NULL;
        kt_error error = {0};
        assert_int_equal(kt_roles_resolve(source, table_of(made->arena, cases[i].table), true,
                                          made->arena, &resolved, &error),
                         KT_OK);
        const kt_resolved_variable *found = kt_resolved_find(resolved, KT_ROLE_MEASURE);
        assert_string_equal(found->wanted[1], cases[i].wanted);
        assert_string_equal(found->measure[1]->measure, "vacancies");
    }
    static const struct {
        const char *table, *words;
    } refused[] = {
        {LABELLED("TYOTTOMATLOPUSSA A=Avoimet_paikat_1 B=Avoimet_paikat_2"),
         "12r5: variable contentscode: both A (Avoimet paikat 1) and B (Avoimet paikat 2) are "
         "called Avoimet paikat*"},
        {LABELLED("TYOTTOMATLOPUSSA A=Muuta"),
         "12r5: variable contentscode (measure) has no value Avoimet paikat*"},
    };
    for (size_t i = 0; i < COUNT_OF(refused); i++) {
        kt_resolved *resolved = NULL;
        kt_error error = {0};
        assert_int_equal(kt_roles_resolve(source, table_of(made->arena, refused[i].table), true,
                                          made->arena, &resolved, &error),
                         KT_ERR_FORMAT);
        assert_says(&error, refused[i].words);
    }
}

/* A table with the contents that are always there, and more. */
static const kt_envelope *with_contents(kt_arena *arena, const char *more)
{
    return table_of(arena, kt_arena_print(arena,
                                          "Alue|Alue|e|SSS;timeperiod_m||t|2026M06;contentscode|||"
                                          "TYOTTOMATLOPUSSA AVPAIKATLOPUSSA TYOVOIMATK%s;",
                                          more));
}

static void what_a_table_may_lack_is_missed_once_it_was_there(void **state)
{
    const bench *made = *state;
    static const struct {
        const char *before, *now, *words;
    } cases[] = {
        {" tyti-TYOTTOMAT25", " TYOTTOMAT25", NULL},
        {"", " TYOTTOMAT25", NULL},
        {"", "", NULL},
        {" TYOTTOMAT25", " TYOTTOMAT_25",
         "12r5: variable contentscode (measure) has no value TYOTTOMAT25; the nearest is "
         "TYOTTOMAT_25, expected TYOTTOMAT25 as before; if it has ended, take it out of the "
         "source's file"},
    };
    const kt_source *source = source_of(*state, "12r5");
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_resolved *resolved = NULL;
        kt_error error = {0};
        const kt_envelope *before = with_contents(made->arena, cases[i].before);
        const kt_envelope *now = with_contents(made->arena, cases[i].now);
        assert_int_equal(kt_roles_resolve(source, now, false, made->arena, &resolved, &error),
                         KT_OK);
        const kt_status status = kt_roles_kept(source, before, now, resolved, made->arena, &error);
        assert_int_equal(status, cases[i].words == NULL ? KT_OK : KT_ERR_FORMAT);
        assert_string_equal(error.message, cases[i].words == NULL ? "" : cases[i].words);
    }
}

/* Whatever else the earlier metadata hold, a content that is lost was there. */
static void what_no_role_claims_hides_no_content_that_is_lost(void **state)
{
    const bench *made = *state;
    static const char *const others[] = {
        "Alue|Alue|e|SSS;x_1|Koko|e|SSS=Yhteensä 1 2;", /* left out of the question */
        "Alue|Alue|e|SSS;x_1|Koko||SSS=Yhteensä 1 2;",  /* stands at its total */
        "Alue|Alue|e|SSS;x_1|Koko||1 2;x_2|Ikä||a b;",  /* nobody can fix them */
        "Alue|Alue|e|U1 U2;",
        "a_1|Alue||SSS;a_2|Alue||SSS;", /* no region, or two */
    };
    const char *const rest = "Toimiala|Toimiala||SSS A;timeperiod_q||t|2026Q1;contentscode|||";
    const kt_source *source = source_of(*state, "15ia");
    const kt_envelope *now =
        table_of(made->arena, kt_arena_print(made->arena, "Alue|Alue|e|SSS;%satp_lkm;", rest));
    for (size_t i = 0; i < COUNT_OF(others); i++) {
        kt_resolved *resolved = NULL;
        kt_error error = {0};
        const kt_envelope *before =
            table_of(made->arena,
                     kt_arena_print(made->arena, "%s%satp_lkm aste=Avointen_työpaikkojen_osuus;",
                                    others[i], rest));
        assert_int_equal(kt_roles_resolve(source, now, true, made->arena, &resolved, &error),
                         KT_OK);
        assert_int_equal(kt_roles_kept(source, before, now, resolved, made->arena, &error),
                         KT_ERR_FORMAT);
        assert_says(&error, "has no value Avointen työpaikkojen osuus*");
    }
}

static void a_variable_that_a_table_may_lack_is_missed_once_it_was_there(void **state)
{
    const bench *made = *state;
    const kt_source *source = source_of(*state, "11l1");
    const char *const rest = "timeperiod_q||t|2026Q1;contentscode|||atp_lkm;";
    const kt_envelope *with =
        table_of(made->arena, kt_arena_print(made->arena, "alue_7|Alue|e|SSS;%s", rest));
    const kt_envelope *without = table_of(made->arena, rest);
    kt_resolved *had = NULL, *lacks = NULL;
    kt_error error = {0};
    assert_int_equal(kt_roles_resolve(source, with, false, made->arena, &had, &error), KT_OK);
    assert_int_equal(kt_roles_resolve(source, without, false, made->arena, &lacks, &error), KT_OK);
    assert_int_equal(kt_roles_kept(source, without, with, had, made->arena, &error), KT_OK);
    assert_int_equal(kt_roles_kept(source, with, without, lacks, made->arena, &error),
                     KT_ERR_FORMAT);
    assert_says(&error, "11l1: no variable for the role region, expected alue_7 as before");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_variable_is_found_by_code_label_mark_or_values),
        cmocka_unit_test(time_is_found_by_mark_prefix_or_because_all_codes_are_months),
        cmocka_unit_test(an_older_table_may_call_a_measure_by_an_earlier_code),
        cmocka_unit_test(a_content_code_may_stand_behind_a_rotating_prefix),
        cmocka_unit_test(a_reply_may_hold_a_part_of_the_table),
        cmocka_unit_test(what_a_variable_may_lack_or_be_left_out_is_no_fault),
        cmocka_unit_test(what_cannot_be_resolved_is_told_with_the_candidates),
        cmocka_unit_test(positions_and_meanings_belong_to_the_wanted_codes),
        cmocka_unit_test(patterns_can_leave_codes_out),
        cmocka_unit_test(only_periods_from_a_first_one_or_the_newest_may_be_wanted),
        cmocka_unit_test(an_examination_tells_every_trouble_and_not_the_first_alone),
        cmocka_unit_test(a_table_that_resolves_has_no_trouble),
        cmocka_unit_test(a_name_may_be_a_pattern),
        cmocka_unit_test(a_content_without_a_known_code_is_found_by_its_label),
        cmocka_unit_test(what_a_table_may_lack_is_missed_once_it_was_there),
        cmocka_unit_test(what_no_role_claims_hides_no_content_that_is_lost),
        cmocka_unit_test(a_variable_that_a_table_may_lack_is_missed_once_it_was_there),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
