/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index_range.h"

#include "core/support.h"
#include "support/fillings.h"

/*
 * A small country: three regions, two of which make up a coarser one with a total of its own; four
 * occupations in pairs of two, and the unknown one. The finest cells are a cross table (first row
 * the country, first column the total); every other row of the slab is their sum.
 */
enum { COUNTRY, R1, R2, R3, COARSE, ALLOCATED, REGIONS };
enum { TOTAL, O1, O2, O3, O4, UNKNOWN, PAIR1, PAIR2, OCCUPATIONS };

#define ROWS    4
#define COLUMNS 6
#define SOME    1000 /* random countries of four hidden figures */

/* A side of the country: its cross table, and the margins that are promised. */
typedef struct side {
    hidden_table cells;
    kt_margin_table promised; /* all but the country's own row */
    double coarse;            /* the coarser region's total */
} side;

static double sum_of(const double *figures, size_t region, size_t occupation);

/* A figure of a row that is a sum: of regions first, then of occupations. */
static double sum_regions(const double *figures, size_t region, size_t occupation)
{
    const size_t first = region == COARSE || region == ALLOCATED ? R1 : region;
    const size_t last = region == COARSE ? R2 : region == ALLOCATED ? R3 : region;
    double sum = 0.0;
    for (size_t r = first; r <= last; r++) {
        sum += figures[r * COLUMNS + occupation];
    }
    return sum;
}

static double sum_of(const double *figures, size_t region, size_t occupation)
{
    if (occupation == PAIR1) {
        return sum_regions(figures, region, O1) + sum_regions(figures, region, O2);
    }
    if (occupation == PAIR2) {
        return sum_regions(figures, region, O3) + sum_regions(figures, region, O4);
    }
    return sum_regions(figures, region, occupation);
}

static side draw_side(uint64_t *seed, size_t most_hidden, kt_arena *arena)
{
    side made = {.cells = draw_hidden_sized(seed, ROWS, COLUMNS, most_hidden, arena)};
    made.promised = *made.cells.table;
    made.promised.margins++;
    made.promised.margin_count--;
    made.coarse = sum_of(made.cells.truth, COARSE, TOTAL);
    return made;
}

typedef struct country {
    side of[2]; /* job seekers, posts */
    kt_cube *cube;
    kt_market_slab slab;
} country;

static kt_codes *numbered(size_t count, kt_arena *arena)
{
    kt_codes *codes = kt_codes_new(arena);
    for (size_t i = 0; i < count; i++) {
        (void)kt_codes_add(codes, kt_arena_print(arena, "%zu", i), NULL);
    }
    return codes;
}

static void set_figure(kt_cube *cube, size_t place, const side *of, size_t region,
                       size_t occupation)
{
    const double low = sum_of(of->cells.low, region, occupation);
    const double high = sum_of(of->cells.high, region, occupation);
    const double truth = sum_of(of->cells.truth, region, occupation);
    if (low == high || (region == COARSE && occupation == TOTAL)) {
        kt_cube_set(cube, place, truth, KT_OBS_OBSERVED);
        return;
    }
    kt_cube_protect(cube, place, truth, low, high);
    cube->status[place] = high == 4.0 ? KT_OBS_PROTECTED : KT_OBS_ESTIMATED;
}

static country draw_country(uint64_t *seed, size_t most_hidden, kt_arena *arena)
{
    country made;
    const size_t seekers = random_below(seed, (unsigned)most_hidden + 1);
    made.of[0] = draw_side(seed, seekers, arena);
    made.of[1] = draw_side(seed, most_hidden - made.of[0].cells.hidden, arena);
    kt_codes *codes[KT_ROLES] = {[KT_ROLE_MEASURE] = numbered(2, arena),
                                 [KT_ROLE_REGION] = numbered(REGIONS, arena),
                                 [KT_ROLE_OCCUPATION] = numbered(OCCUPATIONS, arena)};
    kt_cube *cube = NULL;
    kt_error err = {0};
    assert_int_equal(kt_cube_new(arena, codes, &cube, &err), KT_OK);
    for (size_t i = 0; i < cube->cells; i++) {
        const size_t occupation = i % OCCUPATIONS, region = i / OCCUPATIONS % REGIONS;
        set_figure(cube, i, &made.of[i / OCCUPATIONS / REGIONS], region, occupation);
    }
    made.cube = cube;
    made.slab = (kt_market_slab){.cube = cube, .unemployed = 0, .vacancies = 1};
    return made;
}

/* The markets: their rows and columns, and what stands around them. */
typedef struct shape {
    size_t regions[3], region_count;
    size_t occupations[4], occupation_count;
    size_t outside[2], outside_count;
} shape;

static const shape shapes[] = {
    {{R1, R2, R3}, 3, {O1, O2, O3, O4}, 4, {0}, 0}, /* the finest */
    {{R1, R2, R3}, 3, {PAIR1, PAIR2}, 2, {0}, 0},
    {{COARSE, R3}, 2, {O1, O2, O3, O4}, 4, {0}, 0},
    {{COARSE, R3}, 2, {PAIR1, PAIR2}, 2, {0}, 0},
    {{ALLOCATED}, 1, {O1, O2, O3, O4}, 4, {0}, 0},
    {{ALLOCATED}, 1, {PAIR1, PAIR2}, 2, {0}, 0},
    {{R1}, 1, {O1, O2, O3, O4}, 4, {R2, R3}, 2}, /* a region's own occupations */
    {{R1, R2}, 2, {O1, O2, O3, O4}, 4, {R3}, 1}, /* inside the coarser region */
    {{R1, R2, R3}, 3, {TOTAL}, 1, {0}, 0},       /* regions alone */
    {{R1, R2}, 2, {TOTAL}, 1, {R3}, 1},
};

static const kt_market_margins *margins_of(const shape *of, kt_arena *arena)
{
    kt_market_margins *made = kt_arena_new(arena, kt_market_margins);
    *made = (kt_market_margins){.country = COUNTRY,
                                .outside_count = of->outside_count,
                                .outside = of->outside,
                                .unplaced = KT_NO_CODE};
    if (of->occupations[0] == TOTAL) {
        static const size_t cells[] = {0, 1};
        kt_market_parent *parent = kt_arena_new(arena, kt_market_parent);
        *parent = (kt_market_parent){.region = COARSE, .cell_count = 2, .cells = cells};
        made->parents = parent;
        made->parent_count = 1;
    }
    return made;
}

static kt_placed_market place(const shape *of, kt_arena *arena)
{
    const size_t count = of->region_count * of->occupation_count;
    size_t *region = kt_arena_array(arena, size_t, count);
    size_t *occupation = kt_arena_array(arena, size_t, count);
    for (size_t i = 0; i < count; i++) {
        region[i] = of->regions[i / of->occupation_count];
        occupation[i] = of->occupations[i % of->occupation_count];
    }
    const bool split = of->occupations[0] != TOTAL;
    return (kt_placed_market){.has_regions = of->regions[0] != ALLOCATED,
                              .has_occupations = split,
                              .margins = margins_of(of, arena),
                              .market = {.name = "market",
                                         .margin_region = of->regions,
                                         .margin_count = split ? of->region_count : 0,
                                         .scope = "scope",
                                         .cell_count = count,
                                         .region = region,
                                         .occupation = occupation,
                                         .scope_region = KT_NO_CODE,
                                         .total_occupation = TOTAL,
                                         .unknown_occupation = split ? UNKNOWN : KT_NO_CODE}};
}

static kt_range_market open_market(const country *of, const kt_placed_market *placed,
                                   kt_market_month *month, kt_arena *arena)
{
    kt_error err = {0};
    if (kt_market_gather(&placed->market, &of->slab, arena, month, &err) != KT_OK) {
        fail_msg("%s", err.message);
    }
    return kt_index_range_market(placed, &of->slab, month, arena);
}

static kt_range range_of(const kt_range_market *market, double alpha, kt_arena *arena)
{
    kt_range found;
    kt_error err = {0};
    const kt_status status =
        isnan(alpha) ? kt_range_jackman_roper(market, &kt_range_usual, arena, &found, &err)
                     : kt_range_compute(market, alpha, &kt_range_usual, arena, &found, &err);
    if (status != KT_OK) {
        fail_msg("%s", err.message);
    }
    return found;
}

static double total_of(const kt_market *market, const double *figures)
{
    double total = 0.0;
    for (size_t i = 0; i < market->cell_count; i++) {
        total += sum_of(figures, market->region[i], market->occupation[i]);
    }
    return total;
}

/* The index by its definition: mismatch, or Jackman and Roper's where alpha is NAN. NAN without
 * anybody or anything. */
static double plain(const kt_market *market, const double *u, const double *v, double alpha)
{
    const double total_u = total_of(market, u), total_v = total_of(market, v);
    double sum = 0.0;
    for (size_t i = 0; i < market->cell_count; i++) {
        const double share_u = sum_of(u, market->region[i], market->occupation[i]) / total_u;
        const double share_v = sum_of(v, market->region[i], market->occupation[i]) / total_v;
        sum += isnan(alpha) ? 0.5 * fabs(share_u - share_v)
                            : pow(share_v, alpha) * pow(share_u, 1.0 - alpha);
    }
    return isnan(alpha) ? sum : 1.0 - sum;
}

/* All fillings of one side that keep what is promised. */
typedef struct filling_list {
    size_t count;
    double (*figures)[ROWS * COLUMNS];
} filling_list;

static filling_list list_fillings(const side *of, kt_arena *arena)
{
    size_t room = 1;
    for (size_t i = 0; i < of->cells.hidden; i++) {
        room *= 4;
    }
    filling_list made = {.figures = kt_arena_take(arena, room, sizeof *made.figures)};
    fillings each = fillings_of(&of->promised, arena);
    while (next_filling(&each)) {
        if (sum_of(each.value, COARSE, TOTAL) == of->coarse) {
            memcpy(made.figures[made.count++], each.value, sizeof *made.figures);
        }
    }
    return made;
}

/* Where every filling lies in the range; by how much the range is wider than they are. */
static double check_market(const country *of, const shape *shaped, const filling_list *lists,
                           double alpha, kt_arena *arena)
{
    const kt_placed_market placed = place(shaped, arena);
    kt_market_month month;
    const kt_range_market market = open_market(of, &placed, &month, arena);
    const kt_range found = range_of(&market, alpha, arena);
    double least = INFINITY, most = -INFINITY;
    for (size_t i = 0; i < lists[0].count; i++) {
        for (size_t k = 0; k < lists[1].count; k++) {
            const double m = plain(&placed.market, lists[0].figures[i], lists[1].figures[k], alpha);
            least = fmin(least, m);
            most = fmax(most, m);
        }
    }
    if (least > most || found.reason != NULL) {
        assert_true(least > most); /* a figure may only be missing where no filling has one */
        return 0.0;
    }
    if (!(found.low <= least + 1e-9 && most <= found.high + 1e-9)) {
        fail_msg("alpha %g: fillings from %.9f to %.9f, range [%.9f, %.9f]", alpha, least, most,
                 found.low, found.high);
    }
    if (least == most && of->of[0].cells.hidden + of->of[1].cells.hidden == 0) {
        assert_close(found.low, fmax(0.0, least), 1e-12);
        assert_close(found.high, found.low, 0.0);
    }
    return (found.high - found.low) - (most - least);
}

/* What each cell adds lies between its ends in every filling. */
static void check_contributions(const country *of, const shape *shaped, const filling_list *lists,
                                double alpha, kt_arena *arena)
{
    const kt_placed_market placed = place(shaped, arena);
    const kt_market *market = &placed.market;
    kt_market_month month;
    (void)open_market(of, &placed, &month, arena);
    kt_contribution *found = kt_arena_array(arena, kt_contribution, market->cell_count);
    kt_error err = {0};
    assert_int_equal(kt_contributions_compute(&month.cells, alpha, found, &err), KT_OK);
    for (size_t i = 0; i < market->cell_count && found[0].reason == NULL; i++) {
        for (size_t f = 0; f < lists[0].count * lists[1].count; f++) {
            const double *u = lists[0].figures[f / lists[1].count];
            const double *v = lists[1].figures[f % lists[1].count];
            const double s =
                sum_of(u, market->region[i], market->occupation[i]) / total_of(market, u);
            const double w =
                sum_of(v, market->region[i], market->occupation[i]) / total_of(market, v);
            const double added =
                alpha * w + (1.0 - alpha) * s - pow(w, alpha) * pow(s, 1.0 - alpha);
            assert_false(added < found[i].contribution_low - 1e-9 ||
                         added > found[i].contribution_high + 1e-9);
        }
    }
}

static void contributions_hold_every_filling_too(void **state)
{
    (void)state;
    uint64_t seed = 8;
    for (int round = 0; round < 60; round++) {
        kt_arena *arena = kt_arena_open("round", 0);
        const country of = draw_country(&seed, 4, arena);
        const filling_list lists[] = {list_fillings(&of.of[0], arena),
                                      list_fillings(&of.of[1], arena)};
        const double alpha = 0.05 + 0.9 * random_below(&seed, 1000) / 1000.0;
        for (size_t i = 0; i < COUNT_OF(shapes); i++) {
            check_contributions(&of, &shapes[i], lists, alpha, arena);
        }
        kt_arena_free(arena);
    }
}

static double check_country(uint64_t *seed, size_t most_hidden, double *finest)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("round", 0);
    const country of = draw_country(seed, most_hidden, arena);
    const filling_list lists[] = {list_fillings(&of.of[0], arena), list_fillings(&of.of[1], arena)};
    assert_true(lists[0].count > 0 && lists[1].count > 0); /* the truth is one */
    const double alpha = 0.05 + 0.9 * random_below(seed, 1000) / 1000.0;
    double wider = 0.0;
    for (size_t i = 0; i < COUNT_OF(shapes); i++) {
        const double own = check_market(&of, &shapes[i], lists, alpha, arena);
        wider += own + check_market(&of, &shapes[i], lists, NAN, arena);
        *finest += i == 0 ? own : 0.0;
    }
    return wider;
}

/* Hidden totals, unknown occupations and rows of the country among them. */
static void the_range_of_every_market_holds_every_filling_of_its_finest_cells(void **state)
{
    (void)state;
    uint64_t seed = 12;
    double wider = 0.0, finest = 0.0;
    for (int round = 0; round < 12; round++) {
        wider += check_country(&seed, 7, &finest);
    }
    print_message("12 countries of 7: all markets too wide by %.4f, the finest by %.4f\n",
                  wider / 12.0, finest / 12.0);
}

static void the_range_is_never_too_narrow_in_random_countries(void **state)
{
    (void)state;
    uint64_t seed = 3;
    double wider = 0.0, finest = 0.0;
    for (int round = 0; round < SOME; round++) {
        wider += check_country(&seed, 4, &finest);
    }
    /* Every filling of the finest cells is tried: what is left is what the country's own ends and
     * the coarser total tell and the market's own rows do not. */
    assert_true(finest / SOME < 0.02);
    print_message("%d countries of 4: all markets too wide by %.4f, the finest by %.4f\n", SOME,
                  wider / SOME, finest / SOME);
}

static void nothing_hidden_leaves_one_point(void **state)
{
    (void)state;
    uint64_t seed = 5;
    double finest = 0.0;
    for (int round = 0; round < 20; round++) {
        assert_close(check_country(&seed, 0, &finest), 0.0, 1e-9);
    }
}

/* A missing figure says nothing of the others of its margin but that they are within the total. */
static void a_missing_cell_widens_the_range_and_breaks_nothing(void **state)
{
    const bench *made = *state;
    uint64_t seed = 9;
    for (int round = 0; round < 50; round++) {
        const country of = draw_country(&seed, 4, made->arena);
        kt_cube_clear(of.cube, (R1 * OCCUPATIONS) + O1, KT_OBS_MISSING);
        const kt_placed_market placed = place(&shapes[0], made->arena);
        kt_market_month month;
        const kt_range_market market = open_market(&of, &placed, &month, made->arena);
        assert_int_equal(market.cell_count, 11);
        const kt_range found = range_of(&market, 0.5, made->arena);
        double u[12], v[12], total_u = 0.0, total_v = 0.0, matched = 0.0;
        for (size_t i = 1; i < 12; i++) {
            const size_t cell = placed.market.region[i] * COLUMNS + placed.market.occupation[i];
            u[i] = of.of[0].cells.truth[cell];
            v[i] = of.of[1].cells.truth[cell];
            total_u += u[i];
            total_v += v[i];
            matched += sqrt(u[i] * v[i]);
        }
        const double truth = 1.0 - matched / sqrt(total_u * total_v);
        assert_true(isnan(truth) || (found.low <= truth + 1e-9 && truth <= found.high + 1e-9));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_range_of_every_market_holds_every_filling_of_its_finest_cells),
        cmocka_unit_test(the_range_is_never_too_narrow_in_random_countries),
        cmocka_unit_test(contributions_hold_every_filling_too),
        cmocka_unit_test(nothing_hidden_leaves_one_point),
        in_bench(a_missing_cell_widens_the_range_and_breaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
