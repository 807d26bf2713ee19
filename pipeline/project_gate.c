/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "project_gate.h"

#include <string.h>

#include "core/codes.h"

#define DAY_S INT64_C(86400)

/* The last list of a format that was not held. */
typedef struct good_list {
    const char *format;
    const kt_codes *projects;
    int64_t day;
} good_list;

struct kt_list_gate {
    const kt_night *night;
    kt_acceptances acceptances;
    kt_arena *arena;
    good_list *good;
    size_t count, room;
};

kt_list_gate *kt_list_gate_new(const kt_night *night, kt_acceptances acceptances, kt_arena *arena)
{
    kt_list_gate *gate = kt_arena_new(arena, kt_list_gate);
    *gate = (kt_list_gate){.night = night, .acceptances = acceptances, .arena = arena};
    return gate;
}

/* The files of a day. */
typedef struct day_files {
    kt_list_file *files;
    const kt_project_drop *drops;
    size_t count;
} day_files;

static bool is_part(const day_files *day, size_t at, const char *format)
{
    return kt_list_file_counts(&day->files[at], &day->drops[at]) &&
           strcmp(day->files[at].format, format) == 0;
}

static good_list *good_of(kt_list_gate *gate, const char *format)
{
    for (size_t i = 0; i < gate->count; i++) {
        if (strcmp(gate->good[i].format, format) == 0) {
            return &gate->good[i];
        }
    }
    gate->good =
        kt_arena_grow(gate->arena, gate->good, gate->count, &gate->room, sizeof *gate->good);
    gate->good[gate->count] = (good_list){.format = kt_arena_copy(gate->arena, format)};
    return &gate->good[gate->count++];
}

/* It does not matter which source a file came from: what was let through are its bytes. */
static bool is_accepted(const kt_list_gate *gate, const kt_list_file *file)
{
    const kt_project_settings *settings = &gate->night->config->projects;
    bool accepted = false;
    for (size_t i = 0; i < settings->source_count; i++) {
        accepted = accepted || kt_is_accepted(gate->acceptances, settings->sources[i]->id,
                                              file->receipt->sha256, gate->night->until);
    }
    return accepted;
}

/* A project whose row could not be read is in the list. */
static void add_projects(kt_codes *codes, const kt_project_list *list)
{
    for (size_t i = 0; i < list->reject_count; i++) {
        if (list->rejects[i].code != NULL) {
            (void)kt_codes_intern(codes, list->rejects[i].code);
        }
    }
    for (size_t i = 0; i < list->project_count; i++) {
        (void)kt_codes_intern(codes, list->projects[i].text[KT_PROJECT_PROJECT_CODE]);
    }
}

static size_t count_lost(const kt_codes *before, const kt_codes *now)
{
    size_t lost = 0;
    for (size_t i = 0; i < kt_codes_count(before); i++) {
        lost += kt_codes_find(now, kt_codes_at(before, i)) == KT_NO_CODE ? 1 : 0;
    }
    return lost;
}

static void hold(const kt_list_gate *gate, const good_list *before, size_t lost, kt_list_file *file)
{
    char day[KT_INSTANT_SIZE];
    file->held = kt_arena_print(
        gate->arena,
        "%s: lacks %zu of the %zu projects of the %s list of %.10s, more than projects.json "
        "allows; projects import FILE --accept lets it through",
        file->name, lost, kt_codes_count(before->projects), before->format,
        kt_instant_write(before->day * DAY_S, day));
    file->held_shown = file->held;
}

static void judge(kt_list_gate *gate, const day_files *day, const char *format)
{
    good_list *before = good_of(gate, format);
    kt_codes *now = kt_codes_new(gate->arena);
    bool accepted = false;
    for (size_t i = 0; i < day->count; i++) {
        if (is_part(day, i, format)) {
            add_projects(now, day->drops[i].list);
            accepted = accepted || is_accepted(gate, &day->files[i]);
        }
    }
    const size_t lost = before->projects == NULL ? 0 : count_lost(before->projects, now);
    const double limit = gate->night->config->projects.lost_share;
    if (lost == 0 || accepted || (double)lost <= limit * (double)kt_codes_count(before->projects)) {
        *before = (good_list){before->format, now, day->files[0].snapshot_day};
        return;
    }
    for (size_t i = 0; i < day->count; i++) {
        if (is_part(day, i, format)) {
            hold(gate, before, lost, &day->files[i]);
        }
    }
}

static bool is_first_of_format(const day_files *day, size_t at)
{
    const char *format = day->files[at].format;
    if (!kt_list_file_counts(&day->files[at], &day->drops[at])) {
        return false;
    }
    for (size_t i = 0; i < at; i++) {
        if (is_part(day, i, format)) {
            return false;
        }
    }
    return true;
}

void kt_list_gate_judge(kt_list_gate *gate, kt_list_file *files, const kt_project_drop *drops,
                        size_t count)
{
    const day_files day = {files, drops, count};
    for (size_t i = 0; i < count; i++) {
        if (is_first_of_format(&day, i)) {
            judge(gate, &day, files[i].format);
        }
    }
}
