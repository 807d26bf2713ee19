/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "x13.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "child.h"
#include "core/cleanup.h"
#include "core/file.h"
#include "core/number.h"
#include "core/text.h"

#define NAME        "series"
#define SIZE_LIMIT  ((size_t)16 << 20) /* of each file that the program writes */
#define LEAST_YEARS 3                  /* of which it makes a season */
#define WORDS_LIMIT 160                /* of its message, in a reason */

/* One run of the program. */
typedef struct running {
    const kt_x13_settings *settings;
    const kt_x13_stretch *stretch;
    const char *folder;
    kt_arena *arena;
} running;

bool kt_x13_splits(const kt_x13_settings *settings)
{
    return settings->program != NULL && (settings->path != NULL || settings->always);
}

const char *kt_x13_method(const kt_x13_settings *settings, const char *version, kt_arena *arena)
{
    return kt_arena_print(arena, "x13as%s%s %s model=%s sha256=%.16s", version == NULL ? "" : " ",
                          version == NULL ? "" : version, settings->seats ? "seats" : "x11",
                          settings->airline ? "airline" : "automatic",
                          settings->path == NULL ? "none" : settings->hash);
}

/*
 * A figure a line: lines have at most 132 characters. A code for missing figures that none of ours
 * is: the program's own, -99999, might be one.
 */
static void put_specification(const running *of, kt_text *out)
{
    const kt_x13_stretch *stretch = of->stretch;
    const int frequency = (int)stretch->first.frequency;
    kt_text_print(out, "series{start=%d.%d period=%d missingcode=-9E30 decimals=5 data=(\n",
                  kt_period_year(stretch->first), stretch->first.index % frequency + 1, frequency);
    for (size_t i = 0; i < stretch->count; i++) {
        kt_text_print(out, "%.17g\n", stretch->value[i]);
    }
    kt_text_print(out, ")}\ntransform{function=%s}\n%s\noutlier{}\n",
                  stretch->logarithms ? "log" : "none",
                  of->settings->airline ? "arima{model=(0 1 1)(0 1 1)}" : "automdl{}");
    kt_text_put(out, of->settings->seats ? "seats{noadmiss=yes save=(s11 s12)}\n"
                                         : "x11{save=(d11 d12)}\n");
}

static bool write_specification(const running *of)
{
    KT_AUTO(text) kt_text words = {0};
    put_specification(of, &words);
    FILE *file = fopen(kt_path_join(of->arena, of->folder, NAME ".spc"), "wbx");
    if (file == NULL) {
        return false;
    }
    const bool whole = fwrite(words.bytes, 1, words.length, file) == words.length;
    return fclose(file) == 0 && whole;
}

/* What the program left under the name, as text; NULL if it left none. */
static char *read_left(const running *of, const char *name)
{
    char *bytes = NULL;
    size_t length = 0;
    const char *path = kt_path_join(of->arena, of->folder, name);
    if (kt_file_read(path, SIZE_LIMIT, of->arena, &bytes, &length, NULL) != KT_OK) {
        return NULL;
    }
    for (size_t i = 0; i < length; i++) {
        bytes[i] = (char)(bytes[i] == '\0' ? ' ' : bytes[i]); /* as 1.1-59 writes in messages */
    }
    return bytes;
}

/* An empty line stands behind a message. */
static bool ends_message(const char *at)
{
    return *at == '\0' || (*at == '\n' && at[1 + strspn(at + 1, " \r")] == '\n');
}

/* A message of the program as one line, without the tags of builds that write HTML. */
static const char *one_line(const char *words, kt_arena *arena)
{
    char line[WORDS_LIMIT + 2];
    size_t length = 0;
    bool tag = false, gap = false;
    for (const char *at = words; !ends_message(at) && length < WORDS_LIMIT; at++) {
        tag = tag || *at == '<';
        const bool blank = tag || !isgraph((unsigned char)*at);
        tag = tag && *at != '>';
        if (!blank && gap && length > 0) {
            line[length++] = ' ';
        }
        if (!blank) {
            line[length++] = *at;
        }
        gap = blank;
    }
    return kt_arena_copy_n(arena, line, length);
}

/* The first error that the program tells; NULL if it tells none. */
static const char *told_error(const running *of)
{
    static const char *const names[] = {NAME ".err", NAME "_err.html"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *words = read_left(of, names[i]);
        const char *error = words == NULL ? NULL : strstr(words, "ERROR");
        if (error != NULL) {
            return kt_arena_print(of->arena, "x13as: %s", one_line(error, of->arena));
        }
    }
    return NULL;
}

/* "Version 1.1 Build 59" of the first line of its log. */
static const char *told_version(const running *of)
{
    const char *words = read_left(of, NAME ".log");
    const char *start = words == NULL ? NULL : strstr(words, "(Version ");
    const size_t length = start == NULL ? 0 : strcspn(start + 9, ")\r\n");
    return length == 0 || length > 40
               ? NULL
               : one_line(kt_arena_copy_n(of->arena, start + 9, length), of->arena);
}

/* "202601<tab>+0.123E+03": the figure, if the line is of the period. */
static bool read_line(const char *line, kt_period period, double *out)
{
    const int year = kt_period_year(period);
    const int part = period.index % (int)period.frequency + 1;
    char date[16];
    const int length = snprintf(date, sizeof date, "%04d%02d\t", year, part);
    if (length < 0 || strncmp(line, date, (size_t)length) != 0) {
        return false;
    }
    const char *number = line + length + (line[length] == '+' ? 1 : 0);
    return kt_number_read(number, strcspn(number, "\r\n"), out);
}

static const char *next_line(const char *line)
{
    const char *end = strchr(line, '\n');
    return end == NULL ? line + strlen(line) : end + 1;
}

/* A saved table: two lines of heading, then a line for each period. NULL and the reason in *why if
 * it is anything else. */
static double *read_table(const running *of, const char *ending, const char **why)
{
    const kt_x13_stretch *stretch = of->stretch;
    const char *line = read_left(of, kt_arena_print(of->arena, NAME ".%s", ending));
    if (line == NULL) {
        *why = kt_arena_print(of->arena, "x13as left no table %s", ending);
        return NULL;
    }
    double *figures = kt_arena_array(of->arena, double, stretch->count);
    line = next_line(next_line(line));
    for (size_t i = 0; i < stretch->count; i++) {
        char name[KT_PERIOD_SIZE];
        const kt_period period = {stretch->first.frequency, stretch->first.index + (int)i};
        if (!read_line(line, period, &figures[i])) {
            *why = kt_arena_print(of->arena, "x13as: table %s has no figure where %s is expected",
                                  ending, kt_period_write(period, name));
            return NULL;
        }
        line = next_line(line);
    }
    if (*line != '\0') {
        *why = kt_arena_print(of->arena, "x13as: table %s has more than the %zu periods expected",
                              ending, stretch->count);
        return NULL;
    }
    return figures;
}

/*
 * What trend does not explain of the adjusted figures. The program's own irregular component is
 * less where seats finds a transitory one besides. False for parts that cannot be multiplied.
 */
static bool set_remainder(const running *of, kt_x13_parts *out)
{
    const kt_x13_stretch *stretch = of->stretch;
    out->remainder = kt_arena_array(of->arena, double, stretch->count);
    for (size_t i = 0; i < stretch->count; i++) {
        const double adjusted = out->adjusted[i], trend = out->trend[i];
        if (stretch->logarithms && !(adjusted > 0.0 && trend > 0.0)) {
            return false;
        }
        out->remainder[i] = stretch->logarithms ? adjusted / trend : adjusted - trend;
    }
    return true;
}

static void read_parts(const running *of, kt_x13_parts *out)
{
    const bool seats = of->settings->seats;
    out->version = told_version(of);
    out->reason = told_error(of);
    if (out->reason != NULL) {
        return;
    }
    out->adjusted = read_table(of, seats ? "s11" : "d11", &out->reason);
    out->trend = out->reason != NULL ? NULL : read_table(of, seats ? "s12" : "d12", &out->reason);
    if (out->reason == NULL && !set_remainder(of, out)) {
        out->reason = "x13as: parts that multiply are not all above zero";
    }
}

static kt_status run_in(const running *of, kt_x13_parts *out, kt_error *err)
{
    char program[] = "x13as", name[] = NAME, quiet[] = "-q";
    char *const words[] = {program, name, quiet, NULL};
    const kt_child child = {.path = of->settings->path,
                            .words = words,
                            .folder = of->folder,
                            .time_limit_s = of->settings->time_limit_s,
                            .size_limit_bytes = SIZE_LIMIT};
    if (!write_specification(of)) {
        out->reason = "the specification for x13as cannot be written";
        return KT_OK;
    }
    KT_TRY(kt_child_run(&child, of->arena, &out->reason, err));
    if (out->reason == NULL) {
        read_parts(of, out);
    }
    return KT_OK;
}

/* Why it is not worth a try, or NULL. */
static const char *find_reason(const kt_x13_settings *settings, const kt_x13_stretch *stretch,
                               kt_arena *arena)
{
    const size_t round = (size_t)stretch->first.frequency;
    if (settings->path == NULL) {
        return kt_arena_print(arena, "there is no program %s", settings->program);
    }
    if (round < 2) {
        return "years have no season";
    }
    return stretch->count >= LEAST_YEARS * round
               ? NULL
               : kt_arena_print(arena, "x13as needs %zu figures, there are %zu",
                                LEAST_YEARS * round, stretch->count);
}

kt_status kt_x13_split(const kt_x13_settings *settings, const kt_x13_stretch *stretch,
                       kt_arena *arena, kt_x13_parts *out, kt_error *err)
{
    const char *parent = getenv("TMPDIR");
    char *folder = kt_arena_print(arena, "%s/kohtaanto-x13.XXXXXX",
                                  parent == NULL || parent[0] == '\0' ? "/tmp" : parent);
    *out = (kt_x13_parts){.reason = find_reason(settings, stretch, arena)};
    if (out->reason != NULL) {
        out->failed = settings->path == NULL;
        return KT_OK;
    }
    if (mkdtemp(folder) == NULL) {
        *out = (kt_x13_parts){.reason = "no temporary folder for x13as", .failed = true};
        return KT_OK;
    }
    const running of = {settings, stretch, folder, arena};
    const kt_status status = run_in(&of, out, err);
    if (kt_folder_remove(folder, NULL) != KT_OK && out->reason == NULL) {
        out->reason = "the temporary folder of x13as cannot be removed";
    }
    out->failed = out->reason != NULL;
    return status;
}
