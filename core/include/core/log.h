/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_LOG_H
#define KT_CORE_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/**
 * Lines for people, or JSON lines for machines, on one stream. Only pipeline makes a log and only
 * pipeline writes to it; the stages report by return values and callbacks.
 */
typedef enum kt_level { KT_DEBUG, KT_INFO, KT_WARNING, KT_ERROR } kt_level;

typedef struct kt_log {
    FILE *stream; /* borrowed: standard error */
    bool json;    /* {"time","level","event","message",...} a line */
    bool quiet;   /* warnings and errors only */
} kt_log;

/** One line. event is a short fixed name ("fetch.part"), for machines. Safe from several threads.
 */
void kt_log_write(const kt_log *log, kt_level level, const char *event, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/**
 * Progress of long work on a terminal: one line that is redrawn at most five times a second, with
 * what, done of all, and the time left. Nothing at all where the stream is no terminal, or with
 * JSON or quiet.
 */
typedef struct kt_progress kt_progress;
kt_progress *kt_progress_start(const kt_log *log, const char *what, size_t all);
void kt_progress_step(kt_progress *progress, size_t done);
void kt_progress_end(kt_progress *progress);

#endif
