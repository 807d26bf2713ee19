/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/text.h"
#include "project_lists.h"
#include "support/random.h"

/* Rows whose fields hold commas as they come: what went in comes out. */

#define ROWS 4000
#define HEAD                                                                     \
    "Koodi,Rahasto,Projektin nimi,Ohjelma / osio,Tl,Viranomainen,Toiminnan "     \
    "tila,Aloituspvm,Päättymispvm,Toteuttajan nimi,Myönnetty EU- ja valtion " \
    "rahoitus,Toteutunut EU- ja valtion rahoitus,Suunniteltu julkinen rahoitus " \
    "yhteensä,Toteutunut julkinen rahoitus yhteensä\n"

typedef struct fields {
    char *name, *section, *authority, *beneficiary;
    unsigned priority;
} fields;

/* What a piece may be: a name may hold digits and single dates, which are anchors elsewhere. */
static const char *const of_names[] = {"työtä",  "3",         "liikenne- ja", "1.1.2008", "2007",
                                       "12 500", "osaaminen", "\xc3\xa4",     "7",        "a b"};
static const char *const of_bodies[] = {"liikenne- ja", "ympäristökeskus", "Oy",    "12.5.",
                                        "22",           "yksikkö",         "TKK /", "b"};
static const char *const of_beneficiaries[] = {"kunta",  "4",  "1.2.2010", "3.4.2011",
                                               "100000", "ry", "",         "yliopisto"};

static char *pieces(uint64_t *seed, const char *const *words, size_t count, kt_arena *arena)
{
    char *text = kt_arena_copy(arena, "alku");
    for (unsigned more = random_below(seed, 5); more > 0; more--) {
        text = kt_arena_print(arena, "%s, %s", text, words[random_below(seed, (unsigned)count)]);
    }
    return text;
}

static fields make_fields(uint64_t *seed, kt_arena *arena)
{
    return (fields){
        .name = pieces(seed, of_names, COUNT_OF(of_names), arena),
        .section = kt_arena_print(arena, "Osio %u", random_below(seed, 20)),
        .authority = pieces(seed, of_bodies, COUNT_OF(of_bodies), arena),
        .beneficiary = pieces(seed, of_beneficiaries, COUNT_OF(of_beneficiaries), arena),
        .priority = 1 + random_below(seed, 9),
    };
}

static void check_fields(const kt_project *project, const fields *want)
{
    const char priority[] = {(char)('0' + want->priority), '\0'};
    assert_string_equal(project->text[KT_PROJECT_NAME], want->name);
    assert_string_equal(project->text[KT_PROJECT_SECTION], want->section);
    assert_string_equal(project->text[KT_PROJECT_PRIORITY], priority);
    assert_string_equal(project->text[KT_PROJECT_AUTHORITY], want->authority);
    assert_int_equal(project->start_day, day_of(2008, 1, 1));
    assert_int_equal(project->end_day, day_of(2010, 12, 31));
}

/* An empty piece at the end leaves its comma, and the blank behind it is no letter. */
static void check_beneficiary(const kt_project *project, const char *want, kt_arena *arena)
{
    char *trimmed = kt_arena_copy(arena, want);
    const size_t length = strlen(trimmed);
    if (length > 0 && trimmed[length - 1] == ' ') {
        trimmed[length - 1] = '\0';
    }
    assert_string_equal(project->text[KT_PROJECT_BENEFICIARY], trimmed);
}

static void whatever_commas_fields_hold_they_come_out_whole(void **state)
{
    uint64_t seed = 20070101;
    fields *made = kt_arena_array(*state, fields, ROWS);
    kt_text text = {0};
    kt_text_put(&text, HEAD);
    for (unsigned i = 0; i < ROWS; i++) {
        made[i] = make_fields(&seed, *state);
        kt_text_print(&text,
                      "S%05u,ESR,%s,%s,%u,%s,Toiminta päättynyt,1.1.2008,31.12.2010,%s,%u,%u.5,"
                      "%u.25,0\n",
                      i, made[i].name, made[i].section, made[i].priority, made[i].authority,
                      made[i].beneficiary, i, i, i);
    }
    const kt_project_list *list = read_good("eura2007", text.bytes, *state);
    kt_text_free(&text);
    assert_int_equal(list->project_count, ROWS);
    for (unsigned i = 0; i < ROWS; i++) {
        check_fields(&list->projects[i], &made[i]);
        check_beneficiary(&list->projects[i], made[i].beneficiary, *state);
        assert_int_equal(list->projects[i].sum[KT_PROJECT_GRANTED], i * 100);
        assert_int_equal(list->projects[i].sum[KT_PROJECT_PLANNED_PUBLIC], i * 100 + 25);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(whatever_commas_fields_hold_they_come_out_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
