/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_SERVER_SCENE_H
#define KT_SERVER_SCENE_H

#include <curl/curl.h>

#include "core/text.h"
#include "server/server.h"
#include "server/shape.h"

/**
 * For the tests of the server itself: a server with a small 12r5 (25 regions) and a small 12ti (20
 * regions, 5 occupations, each 7th cell protected), 36 months from 2021M01, and a plain client.
 */
typedef struct kt_scene {
    kt_arena *arena;
    kt_server *server;
    CURL *curl;
    kt_text body, headers; /* of the last answer */
    long status;
    CURLcode outcome;
} kt_scene;

#define KT_SCENE_12R5 "/PxWeb/api/v1/fi/StatFin/tyonv/12r5.px"
#define KT_SCENE_12TI "/PxWeb/api/v1/fi/StatFin/tyonv/12ti.px"

/** options may be NULL. A server that does not start ends the program. */
kt_scene *kt_scene_start(const kt_server_options *options);
void kt_scene_end(kt_scene *scene);

/** Calls the path; a POST if there is a query. */
void kt_scene_call(kt_scene *scene, const char *path, const char *query);

#endif
