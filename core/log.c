/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/log.h"

#include <stdarg.h>
#include <unistd.h>

#include "core/cleanup.h"
#include "core/instant.h"
#include "core/json.h"
#include "core/text.h"

#define LINE_LIMIT 2048

static const char *level_name(kt_level level)
{
    static const char *const names[] = {"debug", "info", "warning", "error"};
    return names[level];
}

static void format_text(const kt_log *log, kt_level level, const char *words, kt_text *line)
{
    if (isatty(fileno(log->stream))) {
        kt_text_put(line, "\r\033[K"); /* over a line of progress that may stand there */
    }
    if (level != KT_INFO) {
        kt_text_print(line, "%s: ", level_name(level));
    }
    kt_text_print(line, "%s\n", words);
}

static void format_json(kt_level level, const char *event, const char *words, kt_text *line)
{
    char time[KT_INSTANT_SIZE];
    kt_text_print(line, "{\"time\":\"%s\",\"level\":\"%s\",\"event\":",
                  kt_instant_write(kt_instant_now(), time), level_name(level));
    kt_json_put_text(line, event);
    kt_text_put(line, ",\"message\":");
    kt_json_put_text(line, words);
    kt_text_put(line, "}\n");
}

void kt_log_write(const kt_log *log, kt_level level, const char *event, const char *format, ...)
{
    if (log->quiet && level < KT_WARNING) {
        return;
    }
    char words[LINE_LIMIT];
    va_list args;
    va_start(args, format);
    vsnprintf(words, sizeof words, format, args);
    va_end(args);
    kt_text_flatten(words);
    KT_AUTO(text) kt_text line = {0};
    if (log->json) {
        format_json(level, event, words, &line);
    } else {
        format_text(log, level, words, &line);
    }
    /* One call: the stream's own lock keeps lines of several threads apart. A log that cannot be
       written must not end the night. */
    (void)fwrite(line.bytes, 1, line.length, log->stream);
    (void)fflush(log->stream);
}
