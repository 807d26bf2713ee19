/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/similarity.h"

#include <math.h>
#include <string.h>

#include "core/support.h"
#include "support/arena.h"

static const kt_similarity_settings usual = {.shortest = 3, .longest = 5, .df_cap = 1.0};

static kt_similarity *read_texts(void **state, const char *const *texts, size_t count,
                                 const kt_similarity_settings *settings)
{
    kt_similarity *made = NULL;
    kt_error err = {0};
    assert_int_equal(kt_similarity_new(texts, count, settings, *state, &made, &err), KT_OK);
    return made;
}

/* " ab" and "ab " have the same weight w in both texts: w^2 + w^2 over (sqrt(2) w)(2 w). */
static void cosines_are_those_of_hand(void **state)
{
    static const char *const texts[] = {"ab", "ab cd", "cd", "", "ef"};
    kt_similarity_settings three = usual;
    three.longest = 3;
    const kt_similarity *made = read_texts(state, texts, 5, &three);
    assert_true(fabs(kt_similarity_of(made, 0, 1) - sqrt(0.5)) < 1e-6);
    assert_true(fabs(kt_similarity_of(made, 2, 1) - sqrt(0.5)) < 1e-6);
    assert_true(kt_similarity_of(made, 0, 2) == 0.0);
    assert_true(kt_similarity_of(made, 0, 3) == 0.0);
    assert_true(kt_similarity_of(made, 3, 3) == 0.0);
    assert_true(kt_similarity_of(made, 4, 4) == 1.0);
}

/*
 * By the formula in Python, independently:
 *
 *     w = {k: (1 + log(c)) * (log((1 + N) / (1 + df[k])) + 1) for k, c in Counter(grams).items()}
 *
 * of the texts below, over the square root of the sum of squares.
 */
static void weights_are_those_of_the_formula(void **state)
{
    static const char *const texts[] = {"työelämän kehittäminen satakunnassa", "työelämä kehittyy",
                                        "kehittäminen ja kehitys", "nuoret töihin",
                                        "nuorten työpaja"};
    static const struct {
        size_t a, b;
        double cosine;
    } cases[] = {
        {0, 1, 0.372055979}, {0, 2, 0.422679040}, {0, 3, 0.000000000}, {0, 4, 0.038585175},
        {1, 2, 0.248490702}, {1, 3, 0.000000000}, {1, 4, 0.045021266}, {2, 3, 0.000000000},
        {2, 4, 0.031838473}, {3, 4, 0.132041170},
    };
    const kt_similarity *made = read_texts(state, texts, COUNT_OF(texts), &usual);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const double found = kt_similarity_of(made, cases[i].a, cases[i].b);
        assert_true(fabs(found - cases[i].cosine) < 1e-6);
        assert_true(found == kt_similarity_of(made, cases[i].b, cases[i].a));
    }
}

/* What more than the cap of all texts have is as if it were not there. */
static void frequent_ngrams_are_left_out(void **state)
{
    static const char *const texts[] = {"hanke satakunta", "hanke kainuu", "hanke lappi", "hanke"};
    kt_similarity_settings capped = usual;
    const kt_similarity *all = read_texts(state, texts, COUNT_OF(texts), &usual);
    assert_true(kt_similarity_of(all, 0, 1) > 0.1);
    capped.df_cap = 0.5;
    const kt_similarity *made = read_texts(state, texts, COUNT_OF(texts), &capped);
    assert_true(kt_similarity_of(made, 0, 1) == 0.0);
    assert_true(kt_similarity_of(made, 3, 3) == 0.0);
}

static void pairs_are_all_of_that_cosine(void **state)
{
    static const char *const texts[] = {"nuoret töihin", "työpaja", "nuoret töihin hanke",
                                        "nuoret töihin"};
    const kt_similarity *made = read_texts(state, texts, COUNT_OF(texts), &usual);
    kt_similar_pairs pairs = {0};
    kt_error err = {0};
    assert_int_equal(kt_similarity_pairs(made, 0.6, *state, &pairs, &err), KT_OK);
    assert_int_equal(pairs.count, 3);
    static const size_t wanted[][2] = {{0, 2}, {0, 3}, {2, 3}};
    for (size_t i = 0; i < pairs.count; i++) {
        assert_int_equal(pairs.at[i].a, wanted[i][0]);
        assert_int_equal(pairs.at[i].b, wanted[i][1]);
        assert_true(fabs(pairs.at[i].cosine - kt_similarity_of(made, wanted[i][0], wanted[i][1])) <
                    1e-9);
    }
    assert_int_equal(kt_similarity_pairs(made, 0.999, *state, &pairs, &err), KT_OK);
    assert_int_equal(pairs.count, 1);
}

static void words_in_common_explain_a_pair(void **state)
{
    static const char *const texts[] = {
        "omistajanvaihdostilanteiden uudet toimintamallit",
        "pk yritysten omistajanvaihdosten muutostilanteiden hallinta", "yö",
        "uudet toimintamallit"};
    const char *words[5];
    const kt_similarity *made = read_texts(state, texts, COUNT_OF(texts), &usual);
    assert_int_equal(kt_similarity_shared(made, 0, 1, 5, *state, words), 1);
    assert_string_equal(words[0], "omistajanvaihdostilanteiden");
    assert_int_equal(kt_similarity_shared(made, 0, 3, 5, *state, words), 2);
    assert_string_equal(words[0], "toimintamallit");
    assert_string_equal(words[1], "uudet");
    assert_int_equal(kt_similarity_shared(made, 0, 3, 1, *state, words), 1);
    assert_int_equal(kt_similarity_shared(made, 0, 2, 5, *state, words), 0);
}

static void text_that_is_not_utf8_is_refused(void **state)
{
    static const char *const texts[] = {"hanke", "ty\xf6"};
    kt_similarity *made = NULL;
    kt_error err = {0};
    assert_int_equal(kt_similarity_new(texts, 2, &usual, *state, &made, &err), KT_ERR_DATA);
    assert_string_equal(err.message, "text 2: byte 3 is no UTF-8");
}

static void no_texts_have_no_pairs(void **state)
{
    const kt_similarity *made = read_texts(state, NULL, 0, &usual);
    kt_similar_pairs pairs = {0};
    kt_error err = {0};
    assert_int_equal(kt_similarity_pairs(made, 0.5, *state, &pairs, &err), KT_OK);
    assert_int_equal(pairs.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(cosines_are_those_of_hand),      ARENA_TEST(weights_are_those_of_the_formula),
        ARENA_TEST(frequent_ngrams_are_left_out),   ARENA_TEST(pairs_are_all_of_that_cosine),
        ARENA_TEST(words_in_common_explain_a_pair), ARENA_TEST(text_that_is_not_utf8_is_refused),
        ARENA_TEST(no_texts_have_no_pairs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
