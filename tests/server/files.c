/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/file.h"
#include "server/dialect.h"

#include <stdlib.h>
#include <string.h>

/* A folder of files, as any web server shows it. */

#define FILE_LIMIT ((size_t)64 << 20)

static void find(const kt_service *service, const kt_exchange *exchange, kt_arena *arena,
                 kt_route *out)
{
    (void)service;
    (void)exchange;
    (void)arena;
    out->call = KT_CALL_DATA;
}

static void answer(const kt_service *service, const kt_exchange *exchange, const kt_route *route,
                   kt_answer *out)
{
    (void)route;
    kt_arena *arena = kt_arena_open("a served file", 0);
    char *bytes = NULL;
    size_t length = 0;
    const char *folder = service->options.folder == NULL ? "." : service->options.folder;
    const char *path = kt_arena_print(arena, "%s%s", folder, exchange->path);
    const bool inside = strstr(exchange->path, "..") == NULL;
    if (!inside || kt_file_read(path, FILE_LIMIT, arena, &bytes, &length, NULL) != KT_OK) {
        kt_answer_set(out, 404, "text/html", "<html><body>Not found</body></html>");
    } else {
        kt_answer_set(out, 200, "application/octet-stream", "");
        free(out->body);
        out->body = malloc(length + 1);
        memcpy(out->body, bytes, length);
        out->length = length;
    }
    kt_arena_free(arena);
}

static void refuse(const kt_service *service, size_t above, kt_answer *out)
{
    (void)service;
    (void)above;
    kt_answer_set(out, 429, "text/html", "<html><body>Too many requests</body></html>");
}

static void too_large(const kt_service *service, size_t cells, kt_answer *out)
{
    (void)service;
    (void)cells;
    kt_answer_set(out, 413, "text/html", "<html><body>Too large</body></html>");
}

const kt_dialect kt_dialect_files = {
    .base = "/",
    .find = find,
    .answer = answer,
    .refuse = refuse,
    .too_large = too_large,
};
