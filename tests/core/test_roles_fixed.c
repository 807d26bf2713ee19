/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/roles_words.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_variable_without_a_role_stands_at_its_total),
        cmocka_unit_test(a_reply_may_have_a_fixed_variable_at_one_code),
        cmocka_unit_test(what_cannot_be_fixed_is_told_with_the_candidates),
        cmocka_unit_test(a_document_is_whole_without_being_asked),
        cmocka_unit_test(a_part_that_is_dropped_is_not_taken_for_the_whole),
        cmocka_unit_test(a_document_may_lack_what_is_optional_or_has_no_column),
        cmocka_unit_test(no_content_is_taken_that_the_file_does_not_name),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
