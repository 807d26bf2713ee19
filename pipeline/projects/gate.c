/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projects/gate.h"

#include <string.h>

#include "core/codes.h"

#define DAY_S INT64_C(86400)

/* The projects of a list, each with its last day: KT_NO_DAY where nobody knows. */
typedef struct listed {
    kt_codes *codes;
    int64_t *ends;
    size_t room;
} listed;

/* The last list of a format that was not held. */
typedef struct good_list {
    const char *format;
    listed projects;
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

static void add_project(const kt_list_gate *gate, listed *to, const char *code, int64_t end)
{
    const size_t at = kt_codes_intern(to->codes, code);
    to->ends = kt_arena_grow(gate->arena, to->ends, at, &to->room, sizeof *to->ends);
    to->ends[at] = end;
}

/* A project whose row could not be read is in the list. */
static void add_projects(const kt_list_gate *gate, listed *to, const kt_project_list *list)
{
    for (size_t i = 0; i < list->reject_count; i++) {
        if (list->rejects[i].code != NULL) {
            add_project(gate, to, list->rejects[i].code, KT_NO_DAY);
        }
    }
    for (size_t i = 0; i < list->project_count; i++) {
        const kt_project *project = &list->projects[i];
        add_project(gate, to, project->text[KT_PROJECT_PROJECT_CODE], project->end_day);
    }
}

/* How many projects of a list another one lacks. */
typedef struct lack {
    size_t lost, of;
    bool running; /* of those that had not ended by then alone */
} lack;

/* A list may leave out what has ended; what has no last day has not. */
static lack count_lack(const listed *before, const listed *now, int64_t day, bool running)
{
    lack out = {.running = running};
    for (size_t i = 0; i < kt_codes_count(before->codes); i++) {
        const bool ended = before->ends[i] != KT_NO_DAY && before->ends[i] < day;
        if (!running || !ended) {
            out.of++;
            out.lost += kt_codes_find(now->codes, kt_codes_at(before->codes, i)) == KT_NO_CODE;
        }
    }
    return out;
}

/* Half of a list, or so many that run that nobody ended them all at once. */
static bool lacks_too_much(const kt_list_gate *gate, const good_list *before, const listed *now,
                           int64_t day, lack *out)
{
    const kt_project_settings *limits = &gate->night->config->projects;
    if (before->projects.codes == NULL) {
        return false;
    }
    *out = count_lack(&before->projects, now, day, false);
    if ((double)out->lost > limits->lost_share * (double)out->of) {
        return true;
    }
    *out = count_lack(&before->projects, now, day, true);
    return out->lost >= limits->lost_running.least &&
           (double)out->lost > limits->lost_running.share * (double)out->of;
}

static void hold(const kt_list_gate *gate, const good_list *before, lack by, kt_list_file *file)
{
    char day[KT_INSTANT_SIZE];
    file->held = kt_arena_print(
        gate->arena,
        "%s: lacks %zu of the %zu projects of the %s list of %.10s%s, more than projects.json "
        "allows; projects import FILE --accept lets it through",
        file->name, by.lost, by.of, before->format, kt_instant_write(before->day * DAY_S, day),
        by.running ? " that have not ended" : "");
    file->held_shown = file->held;
}

static void judge(kt_list_gate *gate, const day_files *day, const char *format)
{
    good_list *before = good_of(gate, format);
    listed now = {.codes = kt_codes_new(gate->arena)};
    bool accepted = false;
    for (size_t i = 0; i < day->count; i++) {
        if (is_part(day, i, format)) {
            add_projects(gate, &now, day->drops[i].list);
            accepted = accepted || is_accepted(gate, &day->files[i]);
        }
    }
    const int64_t on = day->files[0].snapshot_day;
    lack by = {0};
    if (accepted || !lacks_too_much(gate, before, &now, on, &by)) {
        *before = (good_list){before->format, now, on};
        return;
    }
    for (size_t i = 0; i < day->count; i++) {
        if (is_part(day, i, format)) {
            hold(gate, before, by, &day->files[i]);
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
