/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch/kept_metadata.h"

#include <string.h>

#include "protocol.h"

/* True if the exchange asked for the table's metadata, at whatever address. */
static bool asked_for(const kt_protocol *protocol, const kt_source *source,
                      const kt_receipt *receipt, kt_arena *scratch)
{
    for (size_t i = 0; i < source->address_count; i++) {
        const kt_target target = {.source = source, .path = source->addresses[i].path};
        const kt_request request = protocol->metadata(&target, scratch);
        if (kt_request_is(&request, receipt)) {
            return true;
        }
    }
    return false;
}

static const kt_receipt *newest(const kt_protocol *protocol, const kt_source *source,
                                const kt_receipt_list *receipts, kt_arena *scratch)
{
    for (size_t i = receipts->count; i-- > 0;) {
        const kt_receipt *receipt = &receipts->at[i];
        const bool known = receipts->until == KT_NO_INSTANT || receipt->time <= receipts->until;
        if (known && receipt->purpose == KT_PURPOSE_METADATA && kt_receipt_is_good(receipt) &&
            strcmp(receipt->source, source->id) == 0 &&
            asked_for(protocol, source, receipt, scratch)) {
            return receipt;
        }
    }
    return NULL;
}

kt_status kt_kept_metadata(const kt_archive *archive, const kt_receipt_list *receipts,
                           const kt_source *source, kt_arena *arena, kt_envelope **out,
                           kt_error *err)
{
    const kt_protocol *protocol = kt_protocol_find(source->protocol);
    *out = NULL;
    if (protocol == NULL || protocol->metadata == NULL) {
        return KT_OK;
    }
    const kt_receipt *receipt = newest(protocol, source, receipts, arena);
    if (receipt == NULL) {
        return KT_OK;
    }
    char *bytes = NULL;
    size_t length = 0;
    KT_TRY(kt_archive_load(archive, receipt->sha256, arena, &bytes, &length, err));
    const kt_body body = {source->id, bytes, length};
    return protocol->read_metadata(body, arena, out, err);
}
