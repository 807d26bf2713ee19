/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol.h"

#include "core/cube.h"
#include "url.h"

/*
 * A file by its address, in any format that there is a reader for: one GET, and the whole document
 * is the table. Nothing can be asked of it, so each night fetches it; the same bytes again are no
 * new edition.
 */

static kt_request data_request(const kt_target *target, const kt_wanted *wanted,
                               const kt_part *part, kt_arena *arena)
{
    (void)wanted;
    (void)part;
    return (kt_request){.method = "GET",
                        .url = kt_url_join_written(target->source->base_url, target->path, arena)};
}

static bool asked(const kt_receipt *receipt, const char *variable, kt_codes *codes)
{
    (void)receipt;
    (void)variable;
    (void)codes;
    return false;
}

const kt_protocol kt_protocol_http = {
    .id = "http",
    .polite = {.cells = KT_CUBE_LIMIT, .calls = 10, .window_s = 60.0},
    .data = data_request,
    .asked = asked,
};
