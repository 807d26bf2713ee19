/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "transform/own_counts.h"

/*
 * What people of a region count, under libFuzzer: whatever the bytes are, a file is taken whole and
 * each row can be published, or it is held with one line; it never crashes, leaks or hangs. The
 * same bytes under another name say what the first file has, and are held.
 */

static const kt_classification *regions;

static void demand(int truth)
{
    if (!truth) {
        abort();
    }
}

static void check_line(const char *text)
{
    size_t bad = 0;
    demand(text != NULL && strchr(text, '\n') == NULL && kt_utf8_valid(text, strlen(text), &bad));
}

static void check_text(const char *text, size_t least, size_t most)
{
    const size_t letters = kt_utf8_letters(text);
    check_line(text);
    demand(kt_text_unseen(text) == NULL && letters >= least && letters <= most);
}

static void check_row(const kt_own_count *row)
{
    demand(row->region != NULL && row->region->level[0] != '_');
    demand(kt_period_year(row->period) >= 1950 && kt_period_year(row->period) <= 2099);
    demand(fabs(row->value) <= 1e15);
    check_text(row->name, 1, 120);
    check_text(row->unit, 0, 40);
    check_text(row->source, 1, 240);
}

static void load_regions(void)
{
    kt_arena *arena = kt_arena_open("regions", 0);
    kt_problems *problems = kt_problems_new(arena);
    const kt_classifications *all =
        kt_classifications_load(KT_FUZZ_PROJECTS "/../classifications", arena, problems);
    demand(all != NULL);
    regions = &all->regions;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (regions == NULL) {
        load_regions();
    }
    kt_arena *arena = kt_arena_open("fuzz", 0);
    char *bytes = malloc(size + 1);
    demand(bytes != NULL);
    memcpy(bytes, data, size);
    bytes[size] = '\0';
    kt_own_counts all = {0};
    kt_project_file file = {.bytes = bytes, .length = size, .name = "one.csv"};
    kt_own_counts_add(&all, &file, regions, arena);
    file.name = "other.csv";
    kt_own_counts_add(&all, &file, regions, arena);
    const kt_own_file *one = &all.files[0], *other = &all.files[1];
    demand((one->held == NULL) == (one->held_shown == NULL));
    demand(one->held == NULL || (one->row_count == 0 && other->held != NULL));
    demand((other->held == NULL) == (one->held == NULL && one->row_count == 0));
    if (one->held != NULL) {
        check_line(one->held);
        check_line(one->held_shown);
        demand(strstr(one->held, "one.csv") == one->held);
    }
    for (size_t i = 0; i < one->row_count; i++) {
        check_row(&one->rows[i]);
    }
    kt_arena_free(arena);
    free(bytes);
    return 0;
}
