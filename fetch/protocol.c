/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol.h"

#include <string.h>

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
