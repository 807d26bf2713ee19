/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/number.h"
#include "revision_rows.h"
#include "revision_tables.h"
#include "store_view.h"

/* The revisions of one table, fetch by fetch. */
typedef struct story {
    const kt_night *night;
    const kt_source *source;
    kt_revision_view view;
    kt_revision_row *rows;
    size_t count;
    kt_instant since;
    kt_arena *arena;
    bool told;
} story;

/* What one fetch did to one indicator, as far as it may be shown. */
typedef struct movement {
    const char *indicator;
    size_t cells, up, down;
    double rise, fall;
} movement;

static movement *movement_of(movement *all, size_t *count, const char *indicator)
{
    for (size_t i = 0; i < *count; i++) {
        if (strcmp(all[i].indicator, indicator) == 0) {
            return &all[i];
        }
    }
    all[*count] = (movement){.indicator = indicator};
    return &all[(*count)++];
}

static void count_row(movement *all, size_t *count, const kt_revision_row *row)
{
    movement *of = movement_of(all, count, row->indicator);
    const double step = row->value - row->previous_value;
    of->cells++;
    if (step > 0.0) {
        of->up++;
        of->rise += step;
    } else if (step < 0.0) {
        of->down++;
        of->fall -= step;
    }
}

static const char *number(double figure, kt_arena *arena)
{
    char words[KT_NUMBER_SIZE];
    return kt_number_write(figure, words) == 0 ? "-" : kt_arena_copy(arena, words);
}

static void print_movement(const movement *of, kt_arena *arena)
{
    const size_t rest = of->cells - of->up - of->down;
    (void)printf("  %s: %zu cells, %zu up by %s in sum, %zu down by %s, totals and parts alike",
                 of->indicator, of->cells, of->up, number(of->rise, arena), of->down,
                 number(of->fall, arena));
    if (rest > 0) {
        (void)printf("; %zu without two figures to show", rest);
    }
    (void)printf("\n");
}

static const char *region_words(const story *of, kt_place place)
{
    const kt_class_item *item =
        kt_class_find(&of->night->config->classifications->regions, place.code);
    return item == NULL ? place.code
                        : kt_arena_print(of->arena, "%s %s", place.code, item->name_fi);
}

static const char *occupation_words(const story *of, kt_place place)
{
    const kt_class_item *item =
        kt_class_find(&of->night->config->classifications->occupations, place.code);
    if (strcmp(place.code, KT_TOTAL) == 0) {
        return "all occupations";
    }
    return item == NULL ? place.code
                        : kt_arena_print(of->arena, "%s %s", place.code, item->name_fi);
}

static void print_largest(const story *of, size_t note)
{
    const kt_revision_row *largest = NULL;
    double most = 0.0;
    for (size_t i = 0; i < of->count; i++) {
        const double size = fabs(of->rows[i].value - of->rows[i].previous_value);
        if (of->rows[i].note == note && size > most) {
            largest = &of->rows[i];
            most = size;
        }
    }
    if (largest != NULL) {
        (void)printf("  largest: %s %s, %s, %s: from %s to %s\n", largest->indicator,
                     largest->period, region_words(of, largest->region),
                     occupation_words(of, largest->occupation),
                     number(largest->previous_value, of->arena), number(largest->value, of->arena));
    }
}

static void print_note(story *of, size_t index)
{
    const kt_campaign_note *note = &of->view.log->notes[index];
    char moment[KT_INSTANT_SIZE];
    if (note->at < of->since || note->changed == 0) {
        return;
    }
    of->told = true;
    (void)printf("%s, fetched %s: %zu of %zu cells changed\n", of->source->id,
                 kt_instant_write(note->at, moment), note->changed, note->compared);
    movement *all = kt_arena_array(of->arena, movement, of->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < of->count; i++) {
        if (of->rows[i].note == index) {
            count_row(all, &count, &of->rows[i]);
        }
    }
    for (size_t i = 0; i < count; i++) {
        print_movement(&all[i], of->arena);
    }
    print_largest(of, index);
}

/* In the order of the fetches; what may be shown follows from the table as it stands. */
static kt_status tell_table(story *of, const kt_table *table, kt_error *err)
{
    const kt_revision_log *log = NULL;
    kt_cube *cube = NULL;
    KT_TRY(kt_revision_log_of(of->night, table, of->arena, &log, err));
    if (log == NULL) {
        return KT_OK;
    }
    const char *path = kt_table_cube_path(of->night->store, table->source, of->arena);
    KT_TRY(kt_cube_load(path, of->arena, &cube, err));
    of->source = table->source;
    of->view = kt_revision_view_of(of->night, table, log, cube);
    of->count = kt_revision_rows_make(&of->view, of->arena, &of->rows);
    assert(of->rows != NULL);
    for (size_t i = 0; i < log->note_count; i++) {
        print_note(of, i);
    }
    return KT_OK;
}

static kt_status read_since(const kt_night *night, kt_instant *out, kt_error *err)
{
    const char *since = kt_arguments_text(night->arguments, KT_OPTION_SINCE);
    *out = KT_NO_INSTANT;
    return since == NULL || kt_instant_read(since, false, out)
               ? KT_OK
               : kt_fail(err, KT_ERR_USAGE,
                         "--since: expected a day such as 2026-11-21, found \"%s\"", since);
}

static kt_status tell_wanted(story *of, size_t index, bool *there, kt_error *err)
{
    const kt_table *table = &of->night->tables[index];
    if (!of->night->wanted[index] || !table->there) {
        return KT_OK;
    }
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("revisions of a table", 0);
    of->arena = arena;
    *there = true;
    return tell_table(of, table, err);
}

static kt_status tell_all(kt_night *night, kt_error *err)
{
    story of = {.night = night};
    bool there = false;
    KT_TRY(read_since(night, &of.since, err));
    KT_TRY(kt_store_wanted(night, err));
    for (size_t i = 0; i < night->config->source_count; i++) {
        KT_TRY(tell_wanted(&of, i, &there, err));
    }
    if (!of.told) {
        (void)printf("%s\n", there ? "no figure that was fetched before has changed"
                                   : "no table was fetched yet");
    }
    return KT_OK;
}

static kt_status run(kt_session *session, kt_error *err)
{
    kt_night night = {0};
    kt_status status = kt_store_view(session, &night, err);
    if (status == KT_OK) {
        status = tell_all(&night, err);
    }
    kt_archive_close(night.archive);
    return status;
}

const kt_command kt_command_revisions = {
    .name = "revisions",
    .options = KT_TAKES_CONFIG | KT_TAKES(KT_OPTION_TABLES) | KT_TAKES(KT_OPTION_SINCE),
    .summary = "What the sources changed of figures that were fetched before, in words",
    .notes = "Each fetch is held against what was known before it. A figure that is protected in\n"
             "the newest version is not shown, whatever it was; the published table `revisions`\n"
             "has every cell.",
    .run = run,
};
