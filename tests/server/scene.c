/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/scene.h"

#include <stdio.h>
#include <stdlib.h>

#define BODY_LIMIT ((size_t)8 << 20)

static size_t take(char *bytes, size_t size, size_t count, void *text)
{
    return kt_text_add(text, bytes, size * count) ? size * count : 0;
}

static void serve_tables(kt_scene *scene)
{
    const kt_test_shape r5 = {.id = "12r5", .regions = 25, .first_year = 2021, .periods = 36};
    const kt_test_shape ti = {.id = "12ti",
                              .regions = 20,
                              .occupations = 5,
                              .first_year = 2021,
                              .periods = 36,
                              .protect_every = 7};
    kt_server_add(scene->server, kt_test_table(&r5, scene->arena));
    kt_server_add(scene->server, kt_test_table(&ti, scene->arena));
}

kt_scene *kt_scene_start(const kt_server_options *options)
{
    kt_scene *scene = calloc(1, sizeof *scene);
    kt_error err = {0};
    scene->arena = kt_arena_open("a scene", 0);
    if (kt_server_start(options, &scene->server, &err) != KT_OK) {
        fprintf(stderr, "%s\n", err.message);
        exit(1);
    }
    serve_tables(scene);
    scene->body.limit = BODY_LIMIT;
    scene->curl = curl_easy_init();
    curl_easy_setopt(scene->curl, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(scene->curl, CURLOPT_WRITEDATA, &scene->body);
    curl_easy_setopt(scene->curl, CURLOPT_HEADERFUNCTION, take);
    curl_easy_setopt(scene->curl, CURLOPT_HEADERDATA, &scene->headers);
    curl_easy_setopt(scene->curl, CURLOPT_ACCEPT_ENCODING, "gzip");
    curl_easy_setopt(scene->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(scene->curl, CURLOPT_TIMEOUT_MS, 60000L);
    return scene;
}

void kt_scene_end(kt_scene *scene)
{
    curl_easy_cleanup(scene->curl);
    kt_server_stop(scene->server);
    kt_arena_free(scene->arena);
    kt_text_free(&scene->body);
    kt_text_free(&scene->headers);
    free(scene);
}

void kt_scene_call(kt_scene *scene, const char *path, const char *query)
{
    const char *url = kt_arena_print(scene->arena, "%s%s", kt_server_url(scene->server), path);
    kt_text_clear(&scene->body);
    kt_text_clear(&scene->headers);
    curl_easy_setopt(scene->curl, CURLOPT_URL, url);
    if (query != NULL) {
        curl_easy_setopt(scene->curl, CURLOPT_POSTFIELDS, query);
    } else {
        curl_easy_setopt(scene->curl, CURLOPT_HTTPGET, 1L);
    }
    scene->outcome = curl_easy_perform(scene->curl);
    curl_easy_getinfo(scene->curl, CURLINFO_RESPONSE_CODE, &scene->status);
}
