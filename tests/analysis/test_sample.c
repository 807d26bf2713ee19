/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "spread.h"
#include "support/arena.h"

/* All seeds stand, so nothing here is left to chance; the limits are those that one draw of ten
 * thousand would pass. */
#define DRAWS        40000
#define FAR          4.0
#define LEAST_CHANCE 1e-4

/* https://prng.di.unimi.it/splitmix64.c, seed 1234567. */
static void splitmix_gives_its_authors_numbers(void **state)
{
    (void)state;
    static const uint64_t want[] = {UINT64_C(6457827717110365317), UINT64_C(3203168211198807973),
                                    UINT64_C(9817491932198370423), UINT64_C(4593380528125082431),
                                    UINT64_C(16408922859458223821)};
    uint64_t at = 1234567;
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        assert_true(kt_splitmix(&at) == want[i]);
    }
}

/* https://prng.di.unimi.it/xoshiro256starstar.c, state 1, 2, 3, 4. */
static void xoshiro_gives_its_authors_numbers(void **state)
{
    (void)state;
    static const uint64_t want[] = {11520,
                                    0,
                                    1509978240,
                                    UINT64_C(1215971899390074240),
                                    UINT64_C(1216172134540287360),
                                    UINT64_C(607988272756665600),
                                    UINT64_C(16172922978634559625),
                                    UINT64_C(8476171486693032832),
                                    UINT64_C(10595114339597558777),
                                    UINT64_C(2904607092377533576)};
    kt_sample sample = {.state = {1, 2, 3, 4}};
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        assert_true(kt_sample_bits(&sample) == want[i]);
    }
}

static void a_stream_follows_from_seed_and_purpose(void **state)
{
    (void)state;
    kt_sample one = kt_sample_open(7, 1), same = kt_sample_open(7, 1);
    kt_sample other_seed = kt_sample_open(8, 1), other_purpose = kt_sample_open(7, 2);
    for (int i = 0; i < 100; i++) {
        const uint64_t bits = kt_sample_bits(&one);
        assert_true(bits == kt_sample_bits(&same));
        assert_true(bits != kt_sample_bits(&other_seed));
        assert_true(bits != kt_sample_bits(&other_purpose));
    }
}

static void units_are_even_and_never_an_end(void **state)
{
    double *drawn = kt_arena_array(*state, double, DRAWS);
    kt_sample sample = kt_sample_open(1, 0);
    for (size_t i = 0; i < DRAWS; i++) {
        drawn[i] = kt_sample_unit(&sample);
        assert_true(drawn[i] > 0.0 && drawn[i] < 1.0);
    }
    const kt_spread spread = kt_spread_of(drawn, DRAWS);
    assert_close(spread.mean, 0.5, FAR * sqrt(1.0 / 12.0 / DRAWS));
    assert_close(spread.deviation, sqrt(1.0 / 12.0), FAR * sqrt(1.0 / 12.0 / DRAWS / 2.0));
}

static const double means[] = {0.1, 0.5, 1,   2,   5,    10,   12,  25,  39.999, 40, 40.001,
                               45,  60,  100, 500, 1000, 4567, 1e4, 1e5, 1e6,    1e9};
#define MEANS (sizeof means / sizeof means[0])

static double *draw_poisson(double mean, kt_arena *arena)
{
    double *drawn = kt_arena_array(arena, double, DRAWS);
    const kt_poisson of = kt_poisson_of(mean, arena);
    kt_sample sample = kt_sample_open(20140811, 0);
    for (size_t i = 0; i < DRAWS; i++) {
        drawn[i] = kt_poisson_draw(&of, &sample);
        assert_true(drawn[i] >= 0.0 && drawn[i] == floor(drawn[i]));
    }
    return drawn;
}

/* Central moments of a Poisson count: m, m, m, 3m^2+m, and the sixth 15m^3+25m^2+m. */
static void poisson_counts_have_three_moments(void **state)
{
    for (size_t i = 0; i < MEANS; i++) {
        const double m = means[i];
        const double *drawn = draw_poisson(m, *state);
        double first = 0.0, second = 0.0, third = 0.0;
        for (size_t j = 0; j < DRAWS; j++) {
            const double off = drawn[j] - m;
            first += off / DRAWS;
            second += off * off / DRAWS;
            third += off * off * off / DRAWS;
        }
        const double sixth = 15 * m * m * m + 25 * m * m + m;
        assert_close(first, 0.0, FAR * sqrt(m / DRAWS));
        assert_close(second, m, FAR * sqrt((2 * m * m + m) / DRAWS));
        assert_close(third, m, FAR * sqrt((sixth - m * m) / DRAWS));
    }
}

static double share_up_to(double mean, double k)
{
    return k < 0.0 ? 0.0 : gsl_cdf_poisson_P((unsigned)k, mean);
}

/* Classes of whole counts about an eighth of a deviation wide; thin ones join the next. */
static double chance_of(const double *drawn, double mean)
{
    const double width = fmax(1.0, floor(sqrt(mean) / 8.0));
    const double last = ceil(mean + 6.0 * sqrt(mean) + 6.0);
    double below = fmax(-1.0, floor(mean - 6.0 * sqrt(mean)) - 1.0), from = -1.0, chi_square = 0.0;
    int classes = 0;
    while (below < last) {
        below += width;
        const double to = below >= last ? 4e9 : below;
        const double want = DRAWS * (share_up_to(mean, to) - share_up_to(mean, from));
        if (want < 20.0 && to < 4e9) {
            continue;
        }
        size_t got = 0;
        for (size_t i = 0; i < DRAWS; i++) {
            got += drawn[i] > from && drawn[i] <= to;
        }
        chi_square += want > 0.0 ? ((double)got - want) * ((double)got - want) / want : 0.0;
        classes += want > 0.0;
        from = to;
    }
    return gsl_cdf_chisq_Q(chi_square, classes - 1);
}

static void check_chance(double chance, const char *what, double number)
{
    if (!(chance > LEAST_CHANCE && chance < 1.0 - LEAST_CHANCE)) {
        fail_msg("%s %g: chi-square has a chance of %g", what, number, chance);
    }
}

static void poisson_counts_have_their_distribution(void **state)
{
    for (size_t i = 0; i < MEANS && means[i] < 1e9; i++) {
        check_chance(chance_of(draw_poisson(means[i], *state), means[i]), "mean", means[i]);
    }
}

static void poisson_counts_are_those_of_gsl(void **state)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    double *theirs = kt_arena_array(*state, double, DRAWS);
    for (size_t i = 0; i < MEANS && means[i] < 1e9; i++) {
        for (size_t j = 0; j < DRAWS; j++) {
            theirs[j] = gsl_ran_poisson(rng, means[i]);
        }
        const double m = means[i];
        const kt_spread a = kt_spread_of(draw_poisson(m, *state), DRAWS);
        const kt_spread b = kt_spread_of(theirs, DRAWS);
        assert_close(a.mean, b.mean, FAR * sqrt(2.0 * m / DRAWS));
        assert_close(a.deviation, b.deviation, FAR * sqrt(2.0 * (2.0 + 1.0 / m) * m / 4.0 / DRAWS));
    }
    gsl_rng_free(rng);
}

static void a_mean_of_zero_gives_zero(void **state)
{
    const kt_poisson of = kt_poisson_of(0.0, *state);
    kt_sample sample = kt_sample_open(1, 0);
    for (int i = 0; i < 1000; i++) {
        assert_true(kt_poisson_draw(&of, &sample) == 0.0);
    }
}

enum { OUTCOMES = 5 };
static const double weight[OUTCOMES] = {2, 0, 5, 1, 12};

/* Mean, mean square and mean product of two outcomes, from what is expected. */
typedef struct moments {
    double sum[OUTCOMES], square[OUTCOMES], product;
} moments;

static moments draw_moments(double trials, kt_arena *arena)
{
    const kt_multinomial *of = kt_multinomial_new(weight, OUTCOMES, trials, arena);
    kt_sample sample = kt_sample_open(3, 0);
    moments made = {0};
    double off[OUTCOMES];
    for (size_t i = 0; i < DRAWS; i++) {
        kt_multinomial_draw(of, &sample, off);
        assert_true(off[0] + off[1] + off[2] + off[3] + off[4] == trials);
        for (size_t j = 0; j < OUTCOMES; j++) {
            off[j] -= trials * weight[j] / 20.0;
            made.sum[j] += off[j] / DRAWS;
            made.square[j] += off[j] * off[j] / DRAWS;
        }
        made.product += off[2] * off[4] / DRAWS;
    }
    return made;
}

/* Few trials fall singly, many in bulk: means, variances and covariances of both. */
static void multinomial_counts_have_two_moments(void **state)
{
    static const double trials[] = {1, 7, 19, 20, 21, 60, 1000, 250000};
    for (size_t t = 0; t < sizeof trials / sizeof trials[0]; t++) {
        const moments found = draw_moments(trials[t], *state);
        for (size_t j = 0; j < OUTCOMES; j++) {
            const double p = weight[j] / 20.0, variance = trials[t] * p * (1.0 - p);
            assert_close(found.sum[j], 0.0, FAR * sqrt(variance / DRAWS));
            assert_close(found.square[j], variance,
                         FAR * sqrt((2.0 * variance * variance + variance) / DRAWS));
        }
        assert_close(found.product, -trials[t] * 0.25 * 0.6,
                     FAR * sqrt((3.0 * trials[t] * trials[t] + trials[t]) * 0.05 / DRAWS));
    }
}

/* Adds up chi-square over classes; those that expect too few are taken as one. */
typedef struct classes {
    double chi_square, thin_want, thin_got;
    int count;
} classes;

static void add_class(classes *to, double got, double want)
{
    if (want < 10.0) {
        to->thin_want += want;
        to->thin_got += got;
        return;
    }
    to->chi_square += (got - want) * (got - want) / want;
    to->count++;
}

static double chance_of_classes(classes *of)
{
    if (of->thin_want > 0.0) {
        const double off = of->thin_got - of->thin_want;
        of->chi_square += off * off / of->thin_want;
        of->count++;
    }
    return gsl_cdf_chisq_Q(of->chi_square, of->count - 1);
}

/* Every outcome of trials over three, against gsl_ran_multinomial_pdf. */
static double chance_of_outcomes(unsigned trials, kt_arena *arena)
{
    static const double share[] = {0.2, 0.5, 0.3};
    const kt_multinomial *of = kt_multinomial_new(share, 3, trials, arena);
    const size_t side = trials + 1;
    double *seen = kt_arena_array(arena, double, side *side);
    kt_sample sample = kt_sample_open(11, 0);
    double out[3];
    for (size_t i = 0; i < DRAWS; i++) {
        kt_multinomial_draw(of, &sample, out);
        seen[(size_t)out[0] * side + (size_t)out[1]] += 1.0;
    }
    classes found = {0};
    for (unsigned a = 0; a <= trials; a++) {
        for (unsigned b = 0; a + b <= trials; b++) {
            const unsigned counts[] = {a, b, trials - a - b};
            add_class(&found, seen[a * side + b],
                      DRAWS * gsl_ran_multinomial_pdf(3, share, counts));
        }
    }
    return chance_of_classes(&found);
}

static void multinomial_counts_have_their_distribution(void **state)
{
    static const unsigned trials[] = {2, 6, 11, 12, 20, 40};
    for (size_t i = 0; i < sizeof trials / sizeof trials[0]; i++) {
        check_chance(chance_of_outcomes(trials[i], *state), "trials", trials[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(splitmix_gives_its_authors_numbers),
        ARENA_TEST(xoshiro_gives_its_authors_numbers),
        ARENA_TEST(a_stream_follows_from_seed_and_purpose),
        ARENA_TEST(units_are_even_and_never_an_end),
        ARENA_TEST(poisson_counts_have_three_moments),
        ARENA_TEST(poisson_counts_have_their_distribution),
        ARENA_TEST(poisson_counts_are_those_of_gsl),
        ARENA_TEST(a_mean_of_zero_gives_zero),
        ARENA_TEST(multinomial_counts_have_two_moments),
        ARENA_TEST(multinomial_counts_have_their_distribution),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
