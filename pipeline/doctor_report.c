/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/json.h"
#include "core/text.h"
#include "doctor.h"

#define LINE_SIZE 2048

static const char *health_word(kt_health health)
{
    static const char *const words[] = {
        [KT_HEALTH_OK] = "ok", [KT_HEALTH_WARNING] = "warning", [KT_HEALTH_FAULT] = "fault"};
    return words[health];
}

/* A message names its source or file, which stands before it on the line already. */
static size_t subject_length(const kt_doctor_line *line, const char *found)
{
    const size_t length = strlen(line->of.subject);
    return kt_text_starts(found, line->of.subject) && strncmp(found + length, ": ", 2) == 0
               ? length + 2
               : 0;
}

static void add(kt_doctor *doctor, kt_doctor_line line, const char *format, va_list values)
{
    char found[LINE_SIZE];
    (void)vsnprintf(found, sizeof found, format, values);
    kt_text_flatten(found);
    line.found = kt_arena_copy(doctor->arena, found + subject_length(&line, found));
    doctor->lines = kt_arena_grow(doctor->arena, doctor->lines, doctor->count, &doctor->room,
                                  sizeof *doctor->lines);
    doctor->lines[doctor->count++] = line;
}

void kt_doctor_ok(kt_doctor *doctor, kt_checked of, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    add(doctor, (kt_doctor_line){.of = of, .health = KT_HEALTH_OK}, format, values);
    va_end(values);
}

void kt_doctor_warn(kt_doctor *doctor, kt_checked of, const char *mend, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    add(doctor, (kt_doctor_line){.of = of, .health = KT_HEALTH_WARNING, .mend = mend}, format,
        values);
    va_end(values);
}

void kt_doctor_fault(kt_doctor *doctor, kt_checked of, kt_exit code, const char *mend,
                     const char *format, ...)
{
    va_list values;
    va_start(values, format);
    add(doctor, (kt_doctor_line){.of = of, .health = KT_HEALTH_FAULT, .mend = mend, .code = code},
        format, values);
    va_end(values);
}

void kt_doctor_config(kt_doctor *doctor, const char *path, const kt_problems *problems)
{
    for (size_t i = 0; i < kt_problems_count(problems); i++) {
        kt_doctor_fault(doctor, (kt_checked){"config", path}, KT_EXIT_CONFIG,
                        "correct that place of the file; config/schema/ says what may stand there",
                        "%s", kt_problems_at(problems, i));
    }
    if (doctor->config != NULL && kt_problems_count(problems) == 0) {
        kt_doctor_ok(doctor, (kt_checked){"config", path}, "%zu sources, %zu markets, hash %.16s",
                     doctor->config->source_count, doctor->config->market_count,
                     doctor->config->hash);
    }
}

static bool has_fault(const kt_doctor *doctor, kt_exit code)
{
    for (size_t i = 0; i < doctor->count; i++) {
        if (doctor->lines[i].health == KT_HEALTH_FAULT && doctor->lines[i].code == code) {
            return true;
        }
    }
    return false;
}

/* What hides other faults goes first: without a configuration or rights little else is seen. */
int kt_doctor_exit_code(const kt_doctor *doctor)
{
    static const kt_exit worst_first[] = {KT_EXIT_CONFIG, KT_EXIT_PERMISSION, KT_EXIT_CANTCREATE,
                                          KT_EXIT_IO,     KT_EXIT_DATA,       KT_EXIT_UNREACHED};
    for (size_t i = 0; i < sizeof worst_first / sizeof worst_first[0]; i++) {
        if (has_fault(doctor, worst_first[i])) {
            return worst_first[i];
        }
    }
    return KT_EXIT_OK;
}

static size_t count_of(const kt_doctor *doctor, kt_health health)
{
    size_t count = 0;
    for (size_t i = 0; i < doctor->count; i++) {
        count += doctor->lines[i].health == health ? 1 : 0;
    }
    return count;
}

const char *kt_doctor_summary(const kt_doctor *doctor)
{
    const size_t faults = count_of(doctor, KT_HEALTH_FAULT);
    const size_t warnings = count_of(doctor, KT_HEALTH_WARNING);
    return kt_arena_print(doctor->arena, "%zu fault%s, %zu warning%s in %zu checks, %zu calls",
                          faults, faults == 1 ? "" : "s", warnings, warnings == 1 ? "" : "s",
                          doctor->count, doctor->calls);
}

static void put_line(const kt_doctor_line *line, kt_text *out)
{
    kt_text_put_char(out, '{');
    kt_json_put_member(out, "check", line->of.check);
    kt_text_put_char(out, ',');
    kt_json_put_member(out, "subject", line->of.subject);
    kt_text_put_char(out, ',');
    kt_json_put_member(out, "health", health_word(line->health));
    kt_text_put_char(out, ',');
    kt_json_put_member(out, "found", line->found);
    kt_text_put_char(out, ',');
    kt_json_put_member(out, "mend", line->mend);
    kt_text_put_char(out, '}');
}

static void print_json(const kt_doctor *doctor, FILE *out)
{
    KT_AUTO(text) kt_text text = {0};
    kt_text_print(&text, "{\"faults\":%zu,\"warnings\":%zu,\"calls\":%zu,\"exit_code\":%d,",
                  count_of(doctor, KT_HEALTH_FAULT), count_of(doctor, KT_HEALTH_WARNING),
                  doctor->calls, kt_doctor_exit_code(doctor));
    kt_text_put(&text, "\"checks\":[");
    for (size_t i = 0; i < doctor->count; i++) {
        kt_text_put(&text, i == 0 ? "\n" : ",\n");
        put_line(&doctor->lines[i], &text);
    }
    kt_text_put(&text, "\n]}\n");
    (void)fwrite(text.bytes, 1, text.length, out);
}

void kt_doctor_print(const kt_doctor *doctor, bool json, FILE *out)
{
    if (json) {
        print_json(doctor, out);
        return;
    }
    for (size_t i = 0; i < doctor->count; i++) {
        const kt_doctor_line *line = &doctor->lines[i];
        (void)fprintf(out, "%-8s%-10s%s: %s%s%s\n", health_word(line->health), line->of.check,
                      line->of.subject, line->found,
                      line->mend == NULL ? "" : "; mend: ", line->mend == NULL ? "" : line->mend);
    }
}
