/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/cohesion.h"

#include <math.h>

#include "core/support.h"
#include "support/arena.h"

static const kt_similarity_settings settings = {
    .shortest = 3, .longest = 5, .df_cap = 1.0, .threads = 1};

static const char *const texts[] = {
    "nuorten ohjaamo",     "ohjaamo nuorille",     "ohjaamopalvelut",
    "metallialan osaajat", "metallin taitajat",    "metallialan taidot",
    "hoivarekry",          "hoiva ja rekrytointi", "yksin omassa laarissa"};
static const size_t clusters[] = {0, 0, 0, 1, 1, 1, 2, KT_NO_CLUSTER, 3};

static kt_similarity *prepared(kt_arena *arena)
{
    kt_similarity *made = NULL;
    kt_error err = {0};
    assert_int_equal(kt_similarity_new(texts, COUNT_OF(texts), &settings, arena, &made, &err),
                     KT_OK);
    return made;
}

/* The mean distance of a text to the others of a cluster, pair by pair. */
static double distance_to(const kt_similarity *of, size_t text, size_t cluster)
{
    double sum = 0.0;
    size_t others = 0;
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        if (i != text && clusters[i] == cluster) {
            sum += 1.0 - kt_similarity_of(of, text, i);
            others++;
        }
    }
    return sum / (double)others;
}

static double silhouette_of(const kt_similarity *of, size_t text)
{
    double nearest = INFINITY;
    for (size_t i = 0; i < 4; i++) {
        if (i != clusters[text]) {
            nearest = fmin(nearest, distance_to(of, text, i));
        }
    }
    const double own = distance_to(of, text, clusters[text]);
    return (nearest - own) / fmax(nearest, own);
}

/* Rousseeuw's definition, pair by pair, of two clusters with three texts each. */
static void cohesion_is_that_of_all_pairs(void **state)
{
    const kt_similarity *of = prepared(*state);
    const kt_cohesion *got = kt_cohesions(of, clusters, COUNT_OF(texts), 4, *state);
    for (size_t c = 0; c < 2; c++) {
        const size_t at = 3 * c;
        const double pairs = kt_similarity_of(of, at, at + 1) + kt_similarity_of(of, at, at + 2) +
                             kt_similarity_of(of, at + 1, at + 2);
        const double silhouettes =
            silhouette_of(of, at) + silhouette_of(of, at + 1) + silhouette_of(of, at + 2);
        assert_int_equal(got[c].texts, 3);
        assert_true(got[c].mean_cosine > 0.05);
        assert_close(got[c].mean_cosine, pairs / 3.0, 1e-6);
        assert_close(got[c].silhouette, silhouettes / 3.0, 1e-6);
    }
}

static void one_text_has_no_pairs(void **state)
{
    const kt_cohesion *got = kt_cohesions(prepared(*state), clusters, COUNT_OF(texts), 4, *state);
    assert_true(isnan(got[2].mean_cosine));
    assert_close(got[2].silhouette, 0.0, 0.0);
}

/* Alike within and nothing in common between: distances 0 and 1. An only cluster has no other. */
static void clear_clusters_have_a_silhouette_of_one(void **state)
{
    static const char *const clear[] = {"ohjaamo", "ohjaamo", "metalli", "metalli"};
    static const size_t two[] = {0, 0, 1, 1}, one[] = {0, 0, KT_NO_CLUSTER, KT_NO_CLUSTER};
    kt_similarity *of = NULL;
    kt_error err = {0};
    assert_int_equal(kt_similarity_new(clear, 4, &settings, *state, &of, &err), KT_OK);
    const kt_cohesion *got = kt_cohesions(of, two, 4, 2, *state);
    assert_close(got[0].mean_cosine, 1.0, 1e-6);
    assert_close(got[1].silhouette, 1.0, 1e-6);
    got = kt_cohesions(of, one, 4, 2, *state);
    assert_close(got[0].mean_cosine, 1.0, 1e-6);
    assert_true(isnan(got[0].silhouette));
    assert_int_equal(got[1].texts, 0);
    assert_true(isnan(got[1].silhouette));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(cohesion_is_that_of_all_pairs),
        ARENA_TEST(one_text_has_no_pairs),
        ARENA_TEST(clear_clusters_have_a_silhouette_of_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
