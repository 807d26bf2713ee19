/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol.h"

#include <string.h>

#include "core/text.h"

#define KT_PROTOCOL(name) extern const kt_protocol kt_protocol_##name;
#include "protocols.def"
#undef KT_PROTOCOL

static const kt_protocol *const protocols[] = {
#define KT_PROTOCOL(name) &kt_protocol_##name,
#include "protocols.def"
#undef KT_PROTOCOL
};

const kt_protocol *kt_protocol_find(const char *id)
{
    for (size_t i = 0; i < sizeof protocols / sizeof protocols[0]; i++) {
        if (strcmp(protocols[i]->id, id) == 0) {
            return protocols[i];
        }
    }
    return NULL;
}

bool kt_request_is(const kt_request *request, const kt_receipt *receipt)
{
    return strcmp(request->url, receipt->url) == 0 && kt_text_same(request->body, receipt->request);
}

/* Calls a second: of two allowances the one with fewer is the stricter. */
static double rate_of(size_t calls, double window_s)
{
    return (double)calls / window_s;
}

kt_service_limits kt_protocol_limits(const kt_protocol *protocol, const kt_source *source,
                                     kt_service_limits told)
{
    const kt_limits_spec *file = &source->limits;
    kt_service_limits limits = told;
    if (file->cells > 0 && (told.cells == 0 || file->cells < told.cells)) {
        limits.cells = file->cells;
    }
    if (file->calls > 0 && (told.calls == 0 || rate_of(file->calls, file->window_s) <
                                                   rate_of(told.calls, told.window_s))) {
        limits.calls = file->calls;
        limits.window_s = file->window_s;
    }
    if (limits.cells == 0) {
        limits.cells = protocol->polite.cells;
    }
    if (limits.calls == 0) {
        limits.calls = protocol->polite.calls;
        limits.window_s = protocol->polite.window_s;
    }
    return limits;
}
