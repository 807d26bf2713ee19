/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/similarity.h"

#include <string.h>

#include "core/csv.h"
#include "core/support.h"
#include "support/arena.h"

/* The real list of 2007-2013: 2,775 names, 3,848,925 pairs. */

#define LIST KT_SHARED "/data/projects/eura2007_esr_reference.csv"

/* Small letters of ÅÄÖÉÜ and of A to Z; a blank for what is no letter. */
static size_t put_letter(const char *at, char *out)
{
    static const char *const large[] = {"Å", "Ä", "Ö", "É", "Ü"};
    static const char *const small[] = {"å", "ä", "ö", "é", "ü"};
    for (size_t i = 0; i < COUNT_OF(large); i++) {
        if (strncmp(at, large[i], 2) == 0 || strncmp(at, small[i], 2) == 0) {
            memcpy(out, small[i], 2);
            return 2;
        }
    }
    static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    const char *capital = strchr(capitals, *at);
    const char *letter = capital != NULL ? letters + (capital - capitals) : strchr(letters, *at);
    *out = *(letter != NULL ? letter : " ");
    return 1;
}

static const char *plain(const char *name, kt_arena *arena)
{
    char *out = kt_arena_copy(arena, name), *to = out;
    for (const char *at = name; *at != '\0';) {
        const size_t length = put_letter(at, to);
        to += length;
        at += length;
    }
    *to = '\0';
    return out;
}

static void pairs_of_the_real_list_are_as_many_as_another_program_finds(void **state)
{
    /* Counted in Python by the formula of similarity.h over Counter and dict. */
    static const struct {
        double at_least;
        size_t pairs;
    } cases[] = {{0.5, 1948}, {0.7, 389}, {0.8, 180}, {0.85, 129}, {0.95, 46}};
    const kt_similarity_settings settings = {.shortest = 3, .longest = 5, .df_cap = 1.0};
    kt_csv_table *list = NULL;
    kt_error err = {0};
    size_t name = 0;
    assert_int_equal(kt_csv_load(LIST, (size_t)8 << 20, *state, &list, &err), KT_OK);
    assert_int_equal(kt_csv_column(list, "project_name", &name, &err), KT_OK);
    assert_int_equal(list->row_count, 2775);
    const char **names = kt_arena_array(*state, const char *, list->row_count);
    for (size_t i = 0; i < list->row_count; i++) {
        names[i] = plain(kt_csv_cell(list, i, name), *state);
    }
    kt_similarity *texts = NULL;
    assert_int_equal(kt_similarity_new(names, list->row_count, &settings, *state, &texts, &err),
                     KT_OK);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_similar_pairs pairs = {0};
        assert_int_equal(kt_similarity_pairs(texts, cases[i].at_least, *state, &pairs, &err),
                         KT_OK);
        assert_int_equal(pairs.count, cases[i].pairs);
    }
}

int main(void)
{
    RETURN_SKIPPED_WITHOUT(LIST);
    const struct CMUnitTest tests[] = {
        ARENA_TEST(pairs_of_the_real_list_are_as_many_as_another_program_finds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
