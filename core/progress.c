/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/log.h"

#define REDRAW_S 0.2

struct kt_progress {
    FILE *stream; /* NULL: nothing is shown */
    char what[80];
    size_t all;
    double started, drawn; /* seconds of the monotonic clock */
};

static double clock_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

kt_progress *kt_progress_start(const kt_log *log, const char *what, size_t all)
{
    kt_progress *progress = calloc(1, sizeof *progress);
    if (progress == NULL) {
        return NULL; /* the work matters, its progress does not */
    }
    const bool shown = !log->json && !log->quiet && isatty(fileno(log->stream));
    progress->stream = shown ? log->stream : NULL;
    progress->all = all;
    progress->started = clock_s();
    (void)snprintf(progress->what, sizeof progress->what, "%s", what);
    return progress;
}

static void draw(const kt_progress *progress, size_t done, double elapsed_s)
{
    (void)fprintf(progress->stream, "\r%s: %zu of %zu", progress->what, done, progress->all);
    if (done > 0 && done < progress->all) {
        const double left_s = elapsed_s * (double)(progress->all - done) / (double)done;
        (void)fprintf(progress->stream, ", %.0f s left", left_s);
    }
    (void)fputs("\033[K", progress->stream);
    (void)fflush(progress->stream);
}

void kt_progress_step(kt_progress *progress, size_t done)
{
    if (progress == NULL || progress->stream == NULL) {
        return;
    }
    const double now = clock_s();
    if (now - progress->drawn >= REDRAW_S) {
        progress->drawn = now;
        draw(progress, done, now - progress->started);
    }
}

void kt_progress_end(kt_progress *progress)
{
    if (progress == NULL) {
        return;
    }
    if (progress->stream != NULL) {
        (void)fputs("\r\033[K", progress->stream);
        (void)fflush(progress->stream);
    }
    free(progress);
}
