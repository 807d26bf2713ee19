/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "publish/rows.h"
#include "publish/table.h"

/* rows, and the lengths of what follows: the first key, the last key, the rows themselves */
#define HEAD      "%zu %zu %zu %zu\n"
#define HEAD_SIZE 96

void kt_rows_part_write(const kt_rows *part, kt_text *out)
{
    kt_text_print(out, HEAD, part->count, part->first_key.length, part->last_key.length,
                  part->bytes.length);
    kt_rows_put(part, out, part->first_key.bytes, part->first_key.length);
    kt_rows_put(part, out, part->last_key.bytes, part->last_key.length);
    kt_rows_put(part, out, part->bytes.bytes, part->bytes.length);
}

static const char *take(const kt_rows *part, kt_text *text, const char *at, size_t length)
{
    kt_rows_put(part, text, at, length);
    return at + length;
}

kt_rows *kt_rows_part_read(const kt_schema *schema, const char *bytes, size_t length)
{
    char head[HEAD_SIZE];
    size_t count = 0, first = 0, last = 0, body = 0;
    const char *end = memchr(bytes, '\n', length < sizeof head - 1 ? length : sizeof head - 1);
    if (end == NULL) {
        return NULL;
    }
    memcpy(head, bytes, (size_t)(end - bytes));
    head[end - bytes] = '\0';
    const size_t rest = length - (size_t)(end + 1 - bytes);
    if (sscanf(head, "%zu %zu %zu %zu", &count, &first, &last, &body) != 4 || first > rest ||
        last > rest - first || body != rest - first - last) {
        return NULL;
    }
    kt_rows *part = kt_rows_new(schema, KT_ROWS_PART);
    part->count = count;
    const char *at = take(part, &part->first_key, end + 1, first);
    at = take(part, &part->last_key, at, last);
    (void)take(part, &part->bytes, at, body);
    return part;
}
