/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/cleanup.h"
#include "core/text.h"
#include "transform/assemble.h"
#include "transform/reconcile.h"

/*
 * How fast replies become rolled-up months: 31 generated replies in the shape of 12ti (20 areas,
 * 433 occupations, 214 months, two contents, every fifth figure protected) are parsed, assembled,
 * pointed, checked and rolled up. CPU seconds of one thread.
 *
 *     cmake --build build/release --target bench_transform &&
 * build/release/tests/bench/bench_transform
 */

#define MONTHS      214
#define PER_REPLY   14
#define CLASSES     KT_ROOT "/config/classifications"
#define FIRST_YEAR  2006
#define HIDDEN_EACH 5

typedef struct reply_shelf {
    char **text;
    size_t count;
    size_t bytes;
} reply_shelf;

static double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void stop_on(kt_status status, const kt_error *err)
{
    if (status != KT_OK) {
        fprintf(stderr, "%s\n", err->message);
        exit(EXIT_FAILURE);
    }
}

static void put_codes(kt_text *text, const char *id, const kt_codes *codes, size_t first,
                      size_t end)
{
    kt_text_print(text, "\"%s\":{\"category\":{\"index\":{", id);
    for (size_t i = first; i < end; i++) {
        kt_text_print(text, "%s\"%s\":%zu", i > first ? "," : "", kt_codes_at(codes, i), i - first);
    }
    kt_text_put(text, "}}}");
}

/* Areas, occupations and months of the table, as the source writes them. */
static void list_codes(const kt_classifications *classes, kt_codes *areas, kt_codes *occupations,
                       kt_codes *months)
{
    (void)kt_codes_add(areas, "SSS", NULL);
    (void)kt_codes_add(occupations, "SSS", NULL);
    for (size_t i = 0; i < classes->regions.item_count; i++) {
        const kt_class_item *item = &classes->regions.items[i];
        if (strcmp(item->level, "maakunta") == 0 && item->valid_to[0] == '\0') {
            (void)kt_codes_add(areas, item->code, NULL);
        }
    }
    for (size_t i = 0; i < classes->occupations.item_count; i++) {
        const kt_class_item *item = &classes->occupations.items[i];
        if (strcmp(item->level, "isco4") == 0 && item->in_use) {
            (void)kt_codes_add(occupations, item->code + strlen("ISCO-"), NULL);
        } else if (strcmp(item->level, "unknown") == 0 && strlen(item->code) == 4) {
            (void)kt_codes_add(occupations, item->code, NULL);
        }
    }
    for (int i = 0; i < MONTHS; i++) {
        char code[16];
        snprintf(code, sizeof code, "%dM%02d", FIRST_YEAR + i / 12, i % 12 + 1);
        (void)kt_codes_add(months, code, NULL);
    }
}

/* Totals are large enough for all checks to pass; parts of the country are hidden now and then. */
static void put_figure(kt_text *text, kt_text *status, size_t cell, bool country, bool total)
{
    const size_t figure = cell * 31 % 300 + (country ? 9000 : 0) + (total ? 90000 : 0);
    kt_text_put(text, cell > 0 ? "," : "");
    if (country || total || cell % HIDDEN_EACH != 0) {
        kt_text_print(text, "%zu", figure);
        return;
    }
    kt_text_put(text, "null");
    kt_text_print(status, "%s\"%zu\":\"...\"", status->length > 0 ? "," : "", cell);
}

static void put_figures(kt_text *text, size_t areas, size_t occupations, bool with_total)
{
    const size_t row = (size_t)MONTHS * 2;
    KT_AUTO(text) kt_text status = {0};
    kt_text_put(&status, "");
    for (size_t cell = 0; cell < areas * occupations * row; cell++) {
        const size_t i = cell / row;
        put_figure(text, &status, cell, i < occupations, with_total && i % occupations == 0);
    }
    kt_text_print(text, "],\"status\":{%s}}", status.bytes);
}

static void make_reply(reply_shelf *shelf, const kt_codes *areas, const kt_codes *occupations,
                       const kt_codes *months, size_t first)
{
    kt_text text = {0};
    const size_t count = kt_codes_count(occupations);
    const size_t end = first + PER_REPLY < count ? first + PER_REPLY : count;
    kt_text_put(&text,
                "{\"version\":\"2.0\",\"class\":\"dataset\",\"updated\":\"2023-11-21T06:00:00Z\","
                "\"id\":[\"Alue\",\"Ammattiryhmä\",\"timeperiod_m\",\"contentscode\"],\"size\":[");
    kt_text_print(&text, "%zu,%zu,%d,2],\"dimension\":{", kt_codes_count(areas), end - first,
                  MONTHS);
    put_codes(&text, "Alue", areas, 0, kt_codes_count(areas));
    kt_text_put(&text, ",");
    put_codes(&text, "Ammattiryhmä", occupations, first, end);
    kt_text_put(&text, ",");
    put_codes(&text, "timeperiod_m", months, 0, MONTHS);
    kt_text_put(&text,
                ",\"contentscode\":{\"category\":{\"index\":{\"TYOTTOMATLOPUSSA\":0,"
                "\"AVPAIKATLOPUSSA\":1}}}},\"role\":{\"time\":[\"timeperiod_m\"]},\"value\":[");
    put_figures(&text, kt_codes_count(areas), end - first, first == 0);
    shelf->bytes += text.length;
    shelf->text[shelf->count++] = text.bytes;
}

static kt_status load(void *context, size_t index, kt_arena *arena, kt_reply *out, kt_error *err)
{
    (void)arena;
    (void)err;
    const reply_shelf *shelf = context;
    *out = (kt_reply){"reply", shelf->text[index], strlen(shelf->text[index])};
    return KT_OK;
}

static double told(const char *what, double since, double cells)
{
    const double now = cpu_seconds();
    printf("%-28s %6.3f s  %6.1f M cells/s\n", what, now - since, cells / (now - since) / 1e6);
    return cpu_seconds();
}

static double roll_up_all(const kt_rollup *rollup, const kt_cube *cube)
{
    kt_error err = {0};
    double cells = 0;
    for (size_t p = 0; p < cube->size[KT_ROLE_PERIOD]; p++) {
        KT_AUTO(arena) kt_arena *arena = kt_arena_open("a month", 0);
        kt_cube *slab = NULL;
        stop_on(kt_rollup_period(rollup, cube, p, arena, &slab, &err), &err);
        cells += (double)slab->cells;
    }
    return cells;
}

static void measure(const kt_source *source, const kt_classifications *classes, reply_shelf *shelf,
                    kt_arena *arena)
{
    kt_error err = {0};
    kt_cube *cube = NULL;
    kt_rollup *rollup = NULL;
    kt_checks checks = {0};
    const kt_replies replies = {.count = shelf->count,
                                .load = load,
                                .context = shelf,
                                .used = kt_arena_array(arena, bool, shelf->count)};
    double since = cpu_seconds();
    stop_on(kt_assemble(source, &replies, arena, &cube, &err), &err);
    const double cells = (double)cube->cells;
    since = told("parse and assemble", since, cells);
    stop_on(kt_rollup_new(cube, source, classes, arena, &rollup, &err), &err);
    since = told("plan the rollup", since, cells);
    const kt_reconcile_table table = {cube, source, rollup, &classes->regions, NULL};
    stop_on(kt_reconcile_checks(&table, arena, &checks, &err), &err);
    since = told("checks", since, cells);
    kt_reconciled first = {0}, again = {0};
    stop_on(kt_reconcile_intervals(&table, NULL, 1, arena, &first, &err), &err);
    since = told("intervals and points", since, cells);
    stop_on(kt_reconcile_intervals(&table, &first.fillings, 1, arena, &again, &err), &err);
    since = told("the same again", since, cells);
    const double rolled = roll_up_all(rollup, cube);
    told("roll up (cells made)", since, rolled);
    printf("%zu replies, %.1f MB, %.0f cells, %zu checks\n", shelf->count,
           (double)shelf->bytes / 1e6, cells, checks.count);
}

int main(void)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("bench", 0);
    kt_problems *problems = kt_problems_new(arena);
    const kt_classifications *classes = kt_classifications_load(CLASSES, arena, problems);
    const kt_source *source = kt_source_load(KT_ROOT "/config/sources/12ti.json", arena, problems);
    kt_error err = {0};
    stop_on(kt_problems_verdict(problems, &err), &err);
    kt_codes *areas = kt_codes_new(arena), *occupations = kt_codes_new(arena);
    kt_codes *months = kt_codes_new(arena);
    list_codes(classes, areas, occupations, months);
    reply_shelf shelf = {.text = kt_arena_array(arena, char *, kt_codes_count(occupations))};
    for (size_t i = 0; i < kt_codes_count(occupations); i += PER_REPLY) {
        make_reply(&shelf, areas, occupations, months, i);
    }
    measure(source, classes, &shelf, arena);
    for (size_t i = 0; i < shelf.count; i++) {
        free(shelf.text[i]);
    }
    return EXIT_SUCCESS;
}
