/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/project_bodies.h"

#include "core/support.h"
#include "project_texts.h"

/* "name (key), ..."; a trader is "-". */
static const char *told(const char *beneficiary)
{
    const kt_project_bodies got = kt_project_bodies_of(texts.wording, beneficiary, texts.arena);
    const char *out = "";
    for (size_t i = 0; i < got.count; i++) {
        const kt_project_body *body = &got.at[i];
        const char *one =
            body->trader ? "-" : kt_arena_print(texts.arena, "%s (%s)", body->name, body->key);
        out = kt_arena_print(texts.arena, "%s%s%s", out, i == 0 ? "" : ", ", one);
        assert_true(!body->trader || (body->name[0] == '\0' && body->key[0] == '\0'));
    }
    return out;
}

static void a_beneficiary_is_the_bodies_that_it_names(void **state)
{
    (void)state;
    static const struct {
        const char *beneficiary, *bodies;
    } cases[] = {
        {"Oulun yliopisto", "Oulun yliopisto (oulun yliopisto)"},
        {"Oulun yliopisto, kasvatustieteiden tiedekunta", "Oulun yliopisto (oulun yliopisto)"},
        {"Jyväskylän ammattikorkeakoulu Oy",
         "Jyväskylän ammattikorkeakoulu Oy (jyväskylän ammattikorkeakoulu)"},
        {"Lapin elinkeino-, liikenne- ja ympäristökeskus",
         "Lapin elinkeino-, liikenne- ja ympäristökeskus (lapin ely keskus)"},
        {"Kuopion kaupunki| Savon ammattiopisto |Kuopion kaupunki",
         "Kuopion kaupunki (kuopion kaupunki), Savon ammattiopisto (savon ammattiopisto)"},
        {"Oy|Kuopion kaupunki", "Kuopion kaupunki (kuopion kaupunki)"},
        {NULL, ""},
        {"", ""},
        {"|", ""},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_string_equal(told(cases[i].beneficiary), cases[i].bodies);
    }
}

static void a_persons_own_firm_is_never_named(void **state)
{
    (void)state;
    static const char *const traders[] = {"Tmi Maija Meikäläinen",
                                          "Meikäläinen T:mi",
                                          "TOIMINIMI MEIKÄLÄINEN",
                                          "F:ma Svensson",
                                          "Firma Maija Meikäläinen",
                                          "Mirja Meikäläinen, yksityinen elinkeinonharjoittaja",
                                          "Elinkeinonharjoittaja Meikäläinen",
                                          "Meikäläinen Matti (Y.E.)",
                                          "Svensson, enskild näringsidkare"};
    for (size_t i = 0; i < COUNT_OF(traders); i++) {
        assert_string_equal(told(traders[i]), "-");
    }
    /* Other words that begin or end so. */
    assert_string_equal(told("Tmix Oy"), "Tmix Oy (tmix)");
    assert_string_equal(told("Firmatalo Oy"), "Firmatalo Oy (firmatalo)");
    assert_string_equal(told("Elinkeinonharjoittajat ry"),
                        "Elinkeinonharjoittajat ry (elinkeinonharjoittajat)");
    assert_string_equal(told("Yrittäjät Y ry"), "Yrittäjät Y ry (yrittäjät y)");
}

static const char *shown(const char *beneficiary)
{
    const char *text = kt_project_shown_beneficiary(texts.wording, beneficiary, texts.arena);
    return text == NULL ? "-" : text;
}

static void what_is_shown_of_a_beneficiary_is_all_but_persons_own_firms(void **state)
{
    (void)state;
    assert_string_equal(shown("Vaasan kaupunki, sivistystoimi"), "Vaasan kaupunki, sivistystoimi");
    assert_string_equal(shown("Vaasan kaupunki| Oy |"), "Vaasan kaupunki| Oy |");
    assert_string_equal(shown("Tmi Maija Meikäläinen"), "-");
    assert_string_equal(shown("Tmi Maija Meikäläinen|Meikäläinen T:mi"), "-");
    assert_string_equal(shown("Vaasan kaupunki|Tmi Maija Meikäläinen|Vaasan yliopisto"),
                        "Vaasan kaupunki|Vaasan yliopisto");
    assert_string_equal(shown(NULL), "-");
    assert_string_equal(shown(""), "");
}

/* By hand. Nobody is called so. */
static void a_name_beside_the_words_of_a_firm_is_left_out(void **state)
{
    (void)state;
    static const struct {
        const char *name, *shown;
    } cases[] = {
        {"Tmi Maija Mallikas - koneet", "Tmi […] - koneet"},
        {"Tmi Maija Mallikas koneinvestointi", "Tmi […] koneinvestointi"},
        {"Tmi Maija Mallikkaan laitteet", "Tmi […] laitteet"},
        {"Koneet: T:mi M. Mallikas-Malli", "Koneet: T:mi […]"},
        {"Tmi:n Maija Mallikas kasvu", "Tmi:n […] kasvu"},
        {"TMI MAIJA MALLIKAS", "TMI […]"},
        {"Tmi. Maija Mallikas", "Tmi. […]"},
        {"Toiminimi Maija von Mallikas, kasvu", "Toiminimi […], kasvu"},
        {"Tmi Maija ja Matti Mallikas, kasvu", "Tmi […], kasvu"},
        {"Mallikas Tmi, kasvu", "[…] Tmi, kasvu"},
        {"Kasvu - Maija Mallikas tmi", "Kasvu - […] tmi"},
        {"Maija Mallikas toiminimi", "[…] toiminimi"},
        {"Mallikas Maija (Y.E.) - koneet", "[…] (Y.E.) - koneet"},
        {"Maija Mallikas, yksityinen elinkeinonharjoittaja",
         "[…], yksityinen elinkeinonharjoittaja"},
        {"Mallikas, enskild näringsidkare", "[…], enskild näringsidkare"},
        {"F:ma Mallikas | T:mi Malli", "F:ma […] | T:mi […]"},
        {"Firma \"Maija Mallikas\"", "Firma \"[…]\""},
        /* Words that are nobody's name. */
        {"Oma firma kuntoon", "Oma firma kuntoon"},
        {"Ammatinharjoittaja ja työelämä", "Ammatinharjoittaja ja työelämä"},
        {"Uusi toiminimi - Lapin yrittäjät", "Uusi toiminimi - Lapin yrittäjät"},
        {"Tmix Maija", "Tmix Maija"},
        {"Puualan osaajat", "Puualan osaajat"},
        {"", ""},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_string_equal(kt_project_shown_name(texts.wording, cases[i].name, texts.arena),
                            cases[i].shown);
    }
    assert_null(kt_project_shown_name(texts.wording, NULL, texts.arena));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_beneficiary_is_the_bodies_that_it_names),
        cmocka_unit_test(a_persons_own_firm_is_never_named),
        cmocka_unit_test(a_name_beside_the_words_of_a_firm_is_left_out),
        cmocka_unit_test(what_is_shown_of_a_beneficiary_is_all_but_persons_own_firms),
    };
    return cmocka_run_group_tests(tests, open_texts, close_texts);
}
