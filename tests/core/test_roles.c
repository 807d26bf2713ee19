/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/roles.h"

#include "core/support.h"
#include "core/text.h"

/* A table is written as one text: "code|label|marks|v1 v2=label v3;..." with the marks t, m and e;
 * '_' in a label is a blank. */
static char *next_piece(char **at, const char *ends)
{
    char *piece = *at;
    const size_t length = strcspn(piece, ends);
    *at = piece + length + (piece[length] == '\0' ? 0 : 1);
    piece[length] = '\0';
    return piece;
}

/* "Kaikki_yhteensä" */
static void spaces_for_underscores(char *name)
{
    for (char *mark = name; mark != NULL && *mark != '\0'; mark++) {
        if (*mark == '_') {
            *mark = ' ';
        }
    }
}

static kt_dimension dimension_of(kt_arena *arena, char *words)
{
    kt_dimension dimension = {.id = next_piece(&words, "|"), .codes = kt_codes_new(arena)};
    dimension.label = next_piece(&words, "|");
    const char *marks = next_piece(&words, "|");
    dimension.is_time = strchr(marks, 't') != NULL;
    dimension.is_metric = strchr(marks, 'm') != NULL;
    dimension.can_be_left_out = strchr(marks, 'e') != NULL;
    while (*words != '\0') {
        char *code = next_piece(&words, " ");
        spaces_for_underscores(strchr(code, '='));
        const char *name = next_piece(&code, "="); /* "SSS=Yhteensä" */
        (void)kt_codes_add(dimension.codes, name, *code == '\0' ? NULL : code);
    }
    return dimension;
}

static kt_envelope *table_of(kt_arena *arena, const char *words)
{
    kt_envelope *envelope = kt_arena_new(arena, kt_envelope);
    envelope->dimensions = kt_arena_array(arena, kt_dimension, 8);
    char *at = kt_arena_copy(arena, words);
    while (*at != '\0') {
        envelope->dimensions[envelope->dimension_count++] =
            dimension_of(arena, next_piece(&at, ";"));
    }
    return envelope;
}

static kt_source *source_of(void *state, const char *name)
{
    const bench *made = state;
    kt_problems *problems = kt_problems_new(made->arena);
    kt_source *source =
        kt_source_load(kt_arena_print(made->arena, "%s/config/sources/%s.json", KT_ROOT, name),
                       made->arena, problems);
    assert_non_null(source);
    return source;
}

/* "region=Alue[SSS MK01] period=..." of what was resolved. */
static char *words_of(kt_arena *arena, const kt_resolved *resolved)
{
    char *words = kt_arena_copy(arena, "");
    for (size_t i = 0; i < resolved->variable_count; i++) {
        const kt_resolved_variable *variable = &resolved->variables[i];
        words = kt_arena_print(arena, "%s%s%s=%s[", words, i == 0 ? "" : " ",
                               kt_role_name(variable->role), variable->code);
        for (size_t j = 0; j < variable->wanted_count; j++) {
            words = kt_arena_print(arena, "%s%s%s", words, j == 0 ? "" : " ", variable->wanted[j]);
        }
        words = kt_arena_print(arena, "%s]", words);
    }
    return words;
}

#define AREAS    "Alue|Alue|e|SSS MK01 MK21 MKJO MK91 KU091 ELY01;"
#define JOBS     "Ammattiryhmä|Ammattiryhmä||SSS 2512 X211;"
#define TIME     "timeperiod_m|Kuukausi|t|2026M05 2026M06;"
#define CONTENTS "contentscode|Tiedot||TYOTTOMATLOPUSSA AVPAIKATLOPUSSA TYOVOIMATK MUUT;"

#define REGIONS_12TI "SSS MK01 MK21 MKJO MK91"
#define REST                                                                         \
    " occupation=Ammattiryhmä[SSS 2512 X211] period=timeperiod_m[2026M05 2026M06] " \
    "measure=contentscode[TYOTTOMATLOPUSSA AVPAIKATLOPUSSA]"

typedef struct role_case {
    const char *source, *table;
    bool whole;
    const char *words;
} role_case;

static void check_resolved(void *state, const role_case *cases, size_t count)
{
    const bench *made = state;
    for (size_t i = 0; i < count; i++) {
        kt_resolved *resolved = NULL;
        kt_error error = {0};
        const kt_status status = kt_roles_resolve(source_of(state, cases[i].source),
                                                  table_of(made->arena, cases[i].table),
                                                  cases[i].whole, made->arena, &resolved, &error);
        assert_string_equal(error.message, "");
        assert_int_equal(status, KT_OK);
        assert_string_equal(words_of(made->arena, resolved), cases[i].words);
    }
}

static void check_refused(void *state, const role_case *cases, size_t count)
{
    const bench *made = state;
    for (size_t i = 0; i < count; i++) {
        kt_resolved *resolved = NULL;
        kt_error error = {0};
        assert_int_equal(kt_roles_resolve(source_of(state, cases[i].source),
                                          table_of(made->arena, cases[i].table), cases[i].whole,
                                          made->arena, &resolved, &error),
                         KT_ERR_FORMAT);
        assert_says(&error, cases[i].words);
        assert_null(resolved);
    }
}

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

/* The source 12r5, which fixes Kausi at K0 and other variables at their total. */
static kt_source *fixing_source(void *state)
{
    kt_source *source = source_of(state, "12r5");
    static const kt_fixed_spec fixed[] = {{"kausi_*", "K0"}};
    source->fixed = fixed;
    source->fixed_count = 1;
    source->fixes_others = true;
    source->measures[2].optional = true;
    return source;
}

/* "Sukupuoli=SSS Kesto=-" of what was fixed. */
static char *fixed_words(kt_arena *arena, const kt_resolved *resolved)
{
    char *words = kt_arena_copy(arena, "");
    for (size_t i = 0; i < resolved->fixed_count; i++) {
        const kt_fixed_variable *fixed = &resolved->fixed[i];
        words = kt_arena_print(arena, "%s%s%s=%s", words, i == 0 ? "" : " ", fixed->code,
                               fixed->value == NULL ? "-" : fixed->value[0]);
    }
    return words;
}

#define SEASON "kausi_1_2026|Kausi|e|K0 K1;"

static void a_variable_without_a_role_stands_at_its_total(void **state)
{
    const bench *made = *state;
    static const struct {
        const char *variable, *fixed;
    } cases[] = {
        /* left out where the service allows that */
        {"Sukupuoli|Sukupuoli|e|1=Miehet SSS=Yhteensä;", "Sukupuoli=-"},
        {"Sukupuoli|Sukupuoli||1=Miehet SSS=Yhteensä;", "Sukupuoli=SSS"},
        {"Kesto|Kesto||0=Yhteensä 1=Alle_1_kk;", "Kesto=0"},
        /* a code that looks like a total is none where the label says otherwise */
        {"Toimiala|Toimiala||T=Kotitaloudet_työnantajina X9=Kaikki_toimialat;", "Toimiala=X9"},
        {"Kesto|Kesto||0=Alle_1_kk 9=Kesto_yhteensä;", "Kesto=9"},
        /* the code decides between two that are called so */
        {"kon|kön||1=Totalt_män SSS=Totalt;", "kon=SSS"},
        {"kon|kön||1+2=Totalt_båda T=Totalt_alla SSS=Totalt_Finland;", "kon=SSS"},
        {"sex|Sex||M F TOTAL;", "sex=TOTAL"},
        {"alder|alder||00=I_alt 01;", "alder=00"},
        /* a code that means the whole everywhere goes before the start of a label */
        {"Koulutus|Koulutusaste||SSS=Koulutusasteet 9=Kaikki_tutkinnot;", "Koulutus=SSS"},
        /* what is left of all is not all */
        {"Koulutus|Koulutusaste||1=Kaikki_muut_asteet 9=Kaikki_asteet;", "Koulutus=9"},
        {"ind|ind||1=Totalt_utom_jordbruk 2=All_other 3=Total,_excluding_A 4=Alla_näringar;",
         "ind=4"},
        {"ala|ala||1=Yhteensä_pl._maatalous 2=Muut_yhteensä 3=Alat_yhteensä;", "ala=3"},
        {"ala|ala||1=Muuttajat 2=Kaikki_muuttajat;", "ala=2"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_resolved *resolved = NULL;
        kt_error error = {0};
        const char *table =
            kt_arena_print(made->arena, "%s" AREAS TIME CONTENTS SEASON, cases[i].variable);
        assert_int_equal(kt_roles_resolve(fixing_source(*state), table_of(made->arena, table), true,
                                          made->arena, &resolved, &error),
                         KT_OK);
        assert_string_equal(fixed_words(made->arena, resolved),
                            kt_arena_print(made->arena, "%s kausi_1_2026=K0", cases[i].fixed));
        assert_int_equal(resolved->variable_count, 3);
    }
}

static void a_reply_may_have_a_fixed_variable_at_one_code(void **state)
{
    const bench *made = *state;
    kt_resolved *resolved = NULL;
    kt_error error = {0};
    const char *table = "Sukupuoli|Sukupuoli||x;" AREAS TIME CONTENTS "kausi_2_2027|Kausi||K0;";
    assert_int_equal(kt_roles_resolve(fixing_source(*state), table_of(made->arena, table), false,
                                      made->arena, &resolved, &error),
                     KT_OK);
    assert_string_equal(fixed_words(made->arena, resolved), "Sukupuoli=x kausi_2_2027=K0");
}

static void what_cannot_be_fixed_is_told_with_the_candidates(void **state)
{
    const bench *made = *state;
    static const role_case cases[] = {
        {"", "Kesto|Kesto||1=Alle 2=Yli;" AREAS TIME CONTENTS SEASON, true,
         "12r5: no role for the variable Kesto (Kesto), it cannot be left out, and none of its "
         "2 "
         "values is called a total"},
        {"", "Kesto|Kesto||1=Kaikki_ajat 2=Yhteensä_nyt;" AREAS TIME CONTENTS SEASON, true,
         "12r5: no role for the variable Kesto (Kesto), and several of its values could be its "
         "total: 1 (Kaikki ajat), 2 (Yhteensä nyt)"},
        {"", "Kesto|Kesto||1=Alle_1_kk 2=Kaikki_muut;" AREAS TIME CONTENTS SEASON, true,
         "and none of its 2 values is called a total"},
        {"", AREAS TIME CONTENTS, true, "12r5: no variable kausi_*, which its file fixes at K0"},
        {"", AREAS TIME CONTENTS "kausi_1|Kausi||K1 K2;", true,
         "12r5: variable kausi_1 (fixed) has no value K0; the nearest is K1"},
        {"", AREAS TIME CONTENTS "kausi_1|Kausi||K0 K2;", false,
         "12r5: variable kausi_1 has 2 values, expected K0 alone"},
        {"", AREAS TIME CONTENTS "Kesto|Kesto||SSS 2;", false,
         "12r5: no role for the variable Kesto (Kesto)"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_resolved *resolved = NULL;
        kt_error error = {0};
        assert_int_equal(kt_roles_resolve(fixing_source(*state),
                                          table_of(made->arena, cases[i].table), cases[i].whole,
                                          made->arena, &resolved, &error),
                         KT_ERR_FORMAT);
        assert_says(&error, cases[i].words);
    }
}

/* The same source, whose table is a file. */
static kt_source *dropped_source(void *state)
{
    kt_source *source = fixing_source(state);
    source->protocol = "file";
    return source;
}

#define DOCUMENT TIME CONTENTS "kausi_1|Kausi||K0 K1;"

static void a_document_is_whole_without_being_asked(void **state)
{
    const bench *made = *state;
    static const struct {
        const char *table, *fixed;
    } cases[] = {
        {AREAS DOCUMENT, "kausi_1=K0"},
        {AREAS DOCUMENT "Sukupuoli|Sukupuoli||1 2 SSS;", "kausi_1=K0 Sukupuoli=SSS"},
        {AREAS DOCUMENT "Sukupuoli|Sukupuoli||SSS;", "kausi_1=K0 Sukupuoli=SSS"},
        /* nothing was left out of it, whatever a question could leave out */
        {AREAS DOCUMENT "Sukupuoli|Sukupuoli|e|1 2 SSS;", "kausi_1=K0 Sukupuoli=SSS"},
        /* it need not have every content and area that is wanted to be read */
        {"Alue|Alue||MK01;kausi_1|Kausi||K0;" TIME "contentscode|Tiedot||TYOTTOMATLOPUSSA;",
         "kausi_1=K0"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_resolved *resolved = NULL;
        kt_error error = {0};
        assert_int_equal(kt_roles_resolve(dropped_source(*state),
                                          table_of(made->arena, cases[i].table), false, made->arena,
                                          &resolved, &error),
                         KT_OK);
        assert_string_equal(fixed_words(made->arena, resolved), cases[i].fixed);
    }
}

static void a_part_that_is_dropped_is_not_taken_for_the_whole(void **state)
{
    const bench *made = *state;
    static const struct {
        const char *table, *words;
    } cases[] = {
        {DOCUMENT,
         "12r5: no variable for the role region, expected Alue; the table has timeperiod_m "
         "(Kuukausi), contentscode (Tiedot), kausi_1 (Kausi)"},
        {AREAS DOCUMENT "Sukupuoli|Sukupuoli||2=Naiset;",
         "12r5: no role for the variable Sukupuoli (Sukupuoli), it cannot be left out, and none "
         "of its 1 values is called a total"},
        {AREAS DOCUMENT "Sukupuoli|Sukupuoli|e|1 2;",
         "12r5: no role for the variable Sukupuoli (Sukupuoli), it cannot be left out"},
        {AREAS TIME CONTENTS, "12r5: no variable kausi_*, which its file fixes at K0"},
        {AREAS TIME CONTENTS "kausi_1|Kausi||K1;", "variable kausi_1 (fixed) has no value K0"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_resolved *resolved = NULL;
        kt_error error = {0};
        assert_int_equal(kt_roles_resolve(dropped_source(*state),
                                          table_of(made->arena, cases[i].table), false, made->arena,
                                          &resolved, &error),
                         KT_ERR_FORMAT);
        assert_says(&error, cases[i].words);
    }
}

static void a_document_may_lack_what_is_optional_or_has_no_column(void **state)
{
    const bench *made = *state;
    static kt_csv_layout_column columns[] = {{.name = "kk", .role = KT_ROLE_PERIOD},
                                             {.name = "tieto", .role = KT_ROLE_MEASURE},
                                             {.name = "alue", .role = KT_ROLE_REGION}};
    static const struct {
        size_t columns;
        kt_status status;
        bool optional, is_csv;
    } cases[] = {{0, KT_OK, true, false},
                 {0, KT_ERR_FORMAT, false, false},
                 {2, KT_OK, false, true},
                 {3, KT_ERR_FORMAT, false, true}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_source *source = dropped_source(*state);
        const kt_csv_layout layout = {.columns = columns, .column_count = cases[i].columns};
        source->fixed_count = 0;
        source->variables[0].optional = cases[i].optional;
        source->layout = cases[i].is_csv ? &layout : NULL;
        kt_resolved *resolved = NULL;
        kt_error error = {0};
        assert_int_equal(kt_roles_resolve(source, table_of(made->arena, TIME CONTENTS), false,
                                          made->arena, &resolved, &error),
                         cases[i].status);
    }
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

/* A source whose table counts one measure, with these keys for variables without a role. */
static kt_source *source_of_one_measure(void *state, bool fixes_others, const kt_fixed_spec *fixed)
{
    kt_source *source = source_of(state, "12r5");
    for (size_t i = 0; i < source->variable_count; i++) {
        if (source->variables[i].role == KT_ROLE_MEASURE) {
            source->variables[i] = source->variables[--source->variable_count];
        }
    }
    source->measure_count = 1;
    source->measures[0].code = NULL;
    source->fixes_others = fixes_others;
    source->fixed = fixed;
    source->fixed_count = fixed == NULL ? 0 : 1;
    return source;
}

static void no_content_is_taken_that_the_file_does_not_name(void **state)
{
#define NO_CONTENTS AREAS "timeperiod_m|Kuukausi|t|2026M05;"
#define TWO         NO_CONTENTS "Tiedot|Tiedot|m|U=Työttömät_yhteensä V=Paikat;"
#define ONE         NO_CONTENTS "Tiedot|Tiedot|m|U=Työttömät_yhteensä;"
    static const kt_fixed_spec at_v = {"Tiedot", "V"};
    static const struct {
        const char *table;
        bool whole, fixes_others;
        const kt_fixed_spec *fixed;
        const char *found; /* what is fixed, or what is said */
    } cases[] = {
        {NO_CONTENTS, true, false, NULL, ""},
        {NO_CONTENTS, false, false, NULL, ""},
        {TWO, true, false, NULL, "Tiedot (Tiedot), and which of its 2 contents is meant is not"},
        {TWO, true, true, NULL, "Tiedot (Tiedot), and which of its 2 contents is meant is not"},
        {TWO, false, true, NULL, "Tiedot (Tiedot), and which of its 2 contents is meant is not"},
        {TWO, true, false, &at_v, "Tiedot=V"},
        {ONE, true, true, NULL, "Tiedot (Tiedot), and which of its 1 contents is meant is not"},
        {ONE, false, false, NULL, "Tiedot (Tiedot), and which of its 1 contents is meant is not"},
        {ONE, false, true, NULL, "Tiedot=U"},
    };
    const bench *made = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_source *source = source_of_one_measure(*state, cases[i].fixes_others, cases[i].fixed);
        kt_resolved *resolved = NULL;
        kt_error err = {0};
        const kt_status status = kt_roles_resolve(source, table_of(made->arena, cases[i].table),
                                                  cases[i].whole, made->arena, &resolved, &err);
        if (status != KT_OK) {
            assert_says(&err, cases[i].found);
            continue;
        }
        assert_string_equal(fixed_words(made->arena, resolved), cases[i].found);
        assert_null(kt_resolved_find(resolved, KT_ROLE_MEASURE));
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
        cmocka_unit_test(a_variable_without_a_role_stands_at_its_total),
        cmocka_unit_test(a_reply_may_have_a_fixed_variable_at_one_code),
        cmocka_unit_test(what_cannot_be_fixed_is_told_with_the_candidates),
        cmocka_unit_test(a_document_is_whole_without_being_asked),
        cmocka_unit_test(a_part_that_is_dropped_is_not_taken_for_the_whole),
        cmocka_unit_test(a_document_may_lack_what_is_optional_or_has_no_column),
        cmocka_unit_test(no_content_is_taken_that_the_file_does_not_name),
        cmocka_unit_test(a_name_may_be_a_pattern),
        cmocka_unit_test(a_content_without_a_known_code_is_found_by_its_label),
        cmocka_unit_test(what_a_table_may_lack_is_missed_once_it_was_there),
        cmocka_unit_test(a_variable_that_a_table_may_lack_is_missed_once_it_was_there),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
