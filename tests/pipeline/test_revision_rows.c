/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "revision_rows.h"

#include <math.h>

#include "core/support.h"

#define FIRST_TIME 1784523600 /* 2026-07-20T05:00:00Z */
#define DAY_S      86400
#define NOTES      4

/* One cell of one table, in versions that are a day apart unless said otherwise. */
typedef struct shelf {
    kt_source source;
    kt_classifications classifications;
    kt_revision_log *log;
    kt_cube *cube;
    kt_revision_view view;
} shelf;

static const char *const cell_codes[KT_ROLES] = {"2026M05", "vacancies", "SSS", "_T", "_T", "_T"};

static shelf *open_shelf(kt_arena *arena, kt_obs today)
{
    static const kt_variable_spec variables[] = {{.role = KT_ROLE_REGION, .total = "SSS"}};
    shelf *of = kt_arena_new(arena, shelf);
    kt_codes *codes[KT_ROLES];
    kt_error err = {0};
    of->source = (kt_source){.id = "t1", .variable_count = 1};
    of->source.variables = kt_arena_array(arena, kt_variable_spec, 1);
    of->source.variables[0] = variables[0];
    of->log = kt_revision_log_new(arena);
    of->log->notes = kt_arena_array(arena, kt_campaign_note, NOTES);
    of->log->note_count = NOTES;
    for (int role = 0; role < KT_ROLES; role++) {
        codes[role] = kt_codes_new(arena);
        (void)kt_codes_add(codes[role], cell_codes[role], NULL);
        (void)kt_codes_add(of->log->codes[role], cell_codes[role], NULL);
        for (size_t i = 0; i < NOTES; i++) {
            of->log->notes[i].codes[role] = codes[role];
        }
    }
    for (size_t i = 0; i < NOTES; i++) {
        of->log->notes[i].at = FIRST_TIME + (kt_instant)i * DAY_S;
    }
    of->classifications.regions.index = kt_codes_new(arena);
    of->classifications.occupations.index = kt_codes_new(arena);
    assert_int_equal(kt_cube_new(arena, codes, &of->cube, &err), KT_OK);
    of->cube->status[0] = (uint8_t)today;
    of->view = (kt_revision_view){.source = &of->source,
                                  .log = of->log,
                                  .cube = of->cube,
                                  .classifications = &of->classifications};
    return of;
}

/* A figure; a negative one is protected. */
static kt_told told(double figure)
{
    return figure < 0.0 ? (kt_told){.value = NAN, .obs = KT_OBS_PROTECTED}
                        : (kt_told){.value = figure, .obs = KT_OBS_OBSERVED};
}

static void add_change(shelf *of, uint32_t note, double before, double after)
{
    const kt_change change = {.note = note, .before = told(before), .after = told(after)};
    kt_revision_log_add(of->log, &change);
}

static void assert_figure(double got, double want)
{
    if (want < 0.0) {
        assert_true(isnan(got));
    } else {
        assert_true(got == want);
    }
}

/* -1: hidden */
typedef struct row {
    double first, previous, value;
    char letter;
} row;

static void assert_rows(const shelf *of, kt_arena *arena, const row *wanted, size_t count)
{
    kt_revision_row *rows = NULL;
    assert_int_equal(kt_revision_rows_make(&of->view, arena, &rows), count);
    for (size_t i = 0; i < count; i++) {
        assert_figure(rows[i].first_value, wanted[i].first);
        assert_figure(rows[i].previous_value, wanted[i].previous);
        assert_figure(rows[i].value, wanted[i].value);
        assert_int_equal(kt_obs_letter(rows[i].obs), wanted[i].letter);
    }
}

static void each_change_has_a_row_with_what_was_first_known(void **state)
{
    kt_arena *arena = ((bench *)*state)->arena;
    shelf *of = open_shelf(arena, KT_OBS_OBSERVED);
    add_change(of, 1, 10, 12);
    add_change(of, 3, 12, 9);
    assert_rows(of, arena, (const row[]){{10, 10, 12, 'A'}, {10, 12, 9, 'A'}}, 2);
    kt_revision_row *rows = NULL;
    (void)kt_revision_rows_make(&of->view, arena, &rows);
    assert_int_equal(rows[1].first_seen, FIRST_TIME);
    assert_string_equal(rows[0].changed_on, "2026-07-21");
    assert_string_equal(rows[0].region.level, "country");
    assert_string_equal(rows[0].occupation.code, "_T");
}

static void what_is_protected_today_is_hidden_in_every_version(void **state)
{
    kt_arena *arena = ((bench *)*state)->arena;
    shelf *of = open_shelf(arena, KT_OBS_PROTECTED);
    add_change(of, 1, 120, 121);
    add_change(of, 2, 121, -1);
    assert_rows(of, arena, (const row[]){{-1, -1, -1, 'Q'}, {-1, -1, -1, 'Q'}}, 2);
}

/* The history of an older run ends before the figure was hidden; its cube knows. */
static void what_is_withdrawn_is_hidden_in_every_version(void **state)
{
    kt_arena *arena = ((bench *)*state)->arena;
    shelf *of = open_shelf(arena, KT_OBS_WITHDRAWN);
    add_change(of, 1, 120, 121);
    assert_rows(of, arena, (const row[]){{-1, -1, -1, 'Q'}}, 1);
}

static void what_its_own_version_hid_stays_hidden(void **state)
{
    kt_arena *arena = ((bench *)*state)->arena;
    shelf *of = open_shelf(arena, KT_OBS_OBSERVED);
    add_change(of, 1, -1, 7);
    add_change(of, 2, 7, 8);
    assert_rows(of, arena, (const row[]){{-1, -1, 7, 'Q'}, {-1, 7, 8, 'Q'}}, 2);
}

static void strict_mode_shows_what_stands_today_alone(void **state)
{
    kt_arena *arena = ((bench *)*state)->arena;
    shelf *of = open_shelf(arena, KT_OBS_OBSERVED);
    of->view.strict = true;
    add_change(of, 1, 10, 12);
    add_change(of, 3, 12, 9);
    assert_rows(of, arena, (const row[]){{-1, -1, -1, 'Q'}, {-1, -1, 9, 'Q'}}, 2);
}

static void changes_of_one_day_are_told_apart_by_their_moment(void **state)
{
    kt_arena *arena = ((bench *)*state)->arena;
    shelf *of = open_shelf(arena, KT_OBS_OBSERVED);
    of->log->notes[2].at = of->log->notes[1].at + 60;
    add_change(of, 1, 10, 12);
    add_change(of, 2, 12, 9);
    kt_revision_row *rows = NULL;
    assert_int_equal(kt_revision_rows_make(&of->view, arena, &rows), 2);
    assert_string_equal(rows[0].changed_on, "2026-07-21");
    assert_string_equal(rows[1].changed_on, "2026-07-21T05:01:00Z");
}

static void changes_of_one_second_are_one(void **state)
{
    kt_arena *arena = ((bench *)*state)->arena;
    shelf *of = open_shelf(arena, KT_OBS_OBSERVED);
    of->log->notes[2].at = of->log->notes[1].at;
    add_change(of, 1, 10, 12);
    add_change(of, 2, 12, 9);
    assert_rows(of, arena, (const row[]){{10, 10, 9, 'A'}}, 1);
    shelf *undone = open_shelf(arena, KT_OBS_OBSERVED);
    undone->log->notes[2].at = undone->log->notes[1].at;
    add_change(undone, 1, 10, 12);
    add_change(undone, 2, 12, 10);
    assert_rows(undone, arena, NULL, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(each_change_has_a_row_with_what_was_first_known),
        in_bench(what_is_protected_today_is_hidden_in_every_version),
        in_bench(what_is_withdrawn_is_hidden_in_every_version),
        in_bench(what_its_own_version_hid_stays_hidden),
        in_bench(strict_mode_shows_what_stands_today_alone),
        in_bench(changes_of_one_day_are_told_apart_by_their_moment),
        in_bench(changes_of_one_second_are_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
