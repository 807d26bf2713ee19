/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "known_ranges.h"

#include <math.h>

#include "core/support.h"
#include "support/check.h"

/* Two regions with 2 to 3 and 2 to 3 job seekers, 5 together, and hidden posts, 5 together too: at
 * least so many in the first one. */
#define CELLS 3

typedef struct sample {
    double low[2][CELLS], high[2][CELLS];
    size_t parts[2], cell[2];
    kt_margin margin[2];
    kt_margin_table table[2];
    kt_range_market market;
    char hash[KT_HASH_SIZE];
} sample;

static sample *sample_new(double least_posts, kt_arena *arena)
{
    sample *made = kt_arena_new(arena, sample);
    *made = (sample){.low = {{5, 2, 2}, {5, least_posts, 1}},
                     .high = {{5, 3, 3}, {5, 5 - least_posts, 4}},
                     .parts = {1, 2},
                     .cell = {1, 2}};
    for (int side = 0; side < 2; side++) {
        made->margin[side] = (kt_margin){
            .kind = KT_PARTS_MAKE_TOTAL, .total = 0, .part_count = 2, .parts = made->parts};
        made->table[side] = (kt_margin_table){.cell_count = CELLS,
                                              .low = made->low[side],
                                              .high = made->high[side],
                                              .margin_count = 1,
                                              .margins = &made->margin[side]};
    }
    made->market = (kt_range_market){.cell_count = 2,
                                     .unemployed = {.table = &made->table[0], .cell = made->cell},
                                     .vacancies = {.table = &made->table[1], .cell = made->cell}};
    kt_known_ranges_market(&made->market, made->hash);
    return made;
}

static kt_range ask(kt_known_ranges *known, const sample *of, const char *hash, double alpha,
                    kt_arena *arena)
{
    const kt_range_question question = {
        .market = &of->market, .hash = hash, .alpha = alpha, .effort = kt_range_usual};
    kt_range found;
    kt_error err = {0};
    if (kt_known_ranges_compute(known, &question, arena, &found, &err) != KT_OK) {
        fail_msg("%s", err.message);
    }
    return found;
}

static void assert_same(const kt_range *a, const kt_range *b)
{
    assert_true(a->low == b->low && a->high == b->high);
    assert_true(a->open_cells == b->open_cells && a->exact == b->exact && a->clash == b->clash);
    assert_true(a->attained_low == b->attained_low ||
                (isnan(a->attained_low) && isnan(b->attained_low)));
}

/* Job seekers (2,3) or (3,2), posts (1,4) to (4,1): all of them tried by hand, the least index is
 * that of posts as job seekers are, 0, the largest that of (3,2) with (1,4). */
static void a_range_is_that_of_the_market(void **state)
{
    kt_arena *arena = ((const bench *)*state)->arena;
    kt_known_ranges *known = kt_known_ranges_load(path_of(*state, "ranges"), arena);
    const sample *wide = sample_new(1, arena);
    const kt_range found = ask(known, wide, wide->hash, 0.5, arena);
    assert_close(found.low, 0.0, 1e-9);
    assert_close(found.high, 1.0 - (sqrt(3.0) + sqrt(8.0)) / 5.0, 1e-9);
    assert_true(found.exact);
}

/* A question that a file answers is not computed: here its market is another than its hash says. */
static void a_range_that_was_saved_is_not_computed_again(void **state)
{
    kt_arena *arena = ((const bench *)*state)->arena;
    const char *path = path_of(*state, "ranges");
    kt_known_ranges *known = kt_known_ranges_load(path, arena);
    const sample *wide = sample_new(1, arena), *narrow = sample_new(2, arena);
    const kt_range first = ask(known, wide, wide->hash, 0.5, arena);
    const kt_range shares = ask(known, wide, wide->hash, NAN, arena);
    const kt_range other = ask(known, narrow, narrow->hash, 0.5, arena);
    assert_true(other.high != first.high && shares.high != first.high);
    assert_int_equal(kt_known_ranges_save(known, NULL), KT_OK);

    kt_known_ranges *again = kt_known_ranges_load(path, arena);
    const kt_range kept = ask(again, narrow, wide->hash, 0.5, arena);
    const kt_range kept_shares = ask(again, narrow, wide->hash, NAN, arena);
    assert_same(&kept, &first);
    assert_same(&kept_shares, &shares);
    const kt_range elsewhere = ask(again, narrow, wide->hash, 0.3, arena);
    assert_true(elsewhere.low != first.low || elsewhere.high != first.high);
}

static void a_range_nobody_asked_for_is_dropped(void **state)
{
    kt_arena *arena = ((const bench *)*state)->arena;
    const char *path = path_of(*state, "ranges");
    const sample *wide = sample_new(1, arena), *narrow = sample_new(2, arena);
    kt_known_ranges *known = kt_known_ranges_load(path, arena);
    const kt_range first = ask(known, wide, wide->hash, 0.5, arena);
    assert_int_equal(kt_known_ranges_save(known, NULL), KT_OK);
    known = kt_known_ranges_load(path, arena);
    (void)ask(known, narrow, narrow->hash, 0.5, arena);
    assert_int_equal(kt_known_ranges_save(known, NULL), KT_OK);
    known = kt_known_ranges_load(path, arena);
    const kt_range computed = ask(known, narrow, wide->hash, 0.5, arena);
    assert_true(computed.high != first.high);
}

static void a_damaged_file_answers_nothing(void **state)
{
    kt_arena *arena = ((const bench *)*state)->arena;
    const char *path = path_of(*state, "ranges");
    const sample *wide = sample_new(1, arena), *narrow = sample_new(2, arena);
    kt_known_ranges *known = kt_known_ranges_load(path, arena);
    const kt_range first = ask(known, wide, wide->hash, 0.5, arena);
    char *bytes = NULL;
    size_t length = 0;
    assert_int_equal(kt_known_ranges_save(known, NULL), KT_OK);
    assert_int_equal(kt_file_read(path, 1 << 20, arena, &bytes, &length, NULL), KT_OK);
    for (size_t i = 0; i < length; i += 3) {
        bytes[i] ^= 1;
        assert_int_equal(kt_file_write(path, bytes, length, NULL), KT_OK);
        known = kt_known_ranges_load(path, arena);
        const kt_range found = ask(known, narrow, wide->hash, 0.5, arena);
        assert_true(found.high != first.high);
        bytes[i] ^= 1;
    }
}

/* Whatever a range depends on is in the hash. */
static void every_interval_and_margin_is_in_the_hash(void **state)
{
    kt_arena *arena = ((const bench *)*state)->arena;
    const char *before = sample_new(1, arena)->hash;
    const bool aside[] = {true};
    for (int change = 0; change < 10; change++) {
        sample *of = sample_new(1, arena);
        switch (change) {
        case 0:
            of->low[0][1] = 1;
            break;
        case 1:
            of->high[1][2] = 3;
            break;
        case 2:
            of->margin[0].kind = KT_PARTS_WITHIN_TOTAL;
            break;
        case 3:
            of->margin[1].total = 1;
            break;
        case 4:
            of->margin[0].part_count = 1;
            break;
        case 5:
            of->table[1].margin_count = 0;
            break;
        case 6:
            of->market.cell_count = 1;
            break;
        case 7:
            of->market.vacancies.set_aside = aside;
            break;
        case 8:
            of->table[0].cell_count = 2;
            break;
        default:
            of->cell[0] = 2;
            break;
        }
        char hash[KT_HASH_SIZE];
        kt_known_ranges_market(&of->market, hash);
        assert_string_not_equal(hash, before);
    }
    assert_string_equal(sample_new(1, arena)->hash, before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(a_range_is_that_of_the_market),
        in_bench(a_range_that_was_saved_is_not_computed_again),
        in_bench(a_range_nobody_asked_for_is_dropped),
        in_bench(a_damaged_file_answers_nothing),
        in_bench(every_interval_and_margin_is_in_the_hash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
