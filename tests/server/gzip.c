/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "server/service.h"

#define GZIP_WINDOW (15 + 16) /* zlib: the largest window, with a gzip header */
#define PIECE       ((size_t)64 << 10)

/* Output that grows as zlib asks for room. */
typedef struct pack {
    z_stream stream;
    char *bytes;
    size_t room;
} pack;

static bool pack_start(pack *p, int level)
{
    *p = (pack){0};
    return deflateInit2(&p->stream, level, Z_DEFLATED, GZIP_WINDOW, 9, Z_DEFAULT_STRATEGY) == Z_OK;
}

static void pack_run(pack *p, int flush)
{
    int done = Z_OK;
    do {
        if (p->stream.total_out == p->room) {
            p->room += PIECE;
            p->bytes = realloc(p->bytes, p->room);
        }
        p->stream.next_out = (Bytef *)p->bytes + p->stream.total_out;
        p->stream.avail_out = (uInt)(p->room - p->stream.total_out);
        done = deflate(&p->stream, flush);
    } while (p->stream.avail_out == 0 || (flush == Z_FINISH && done == Z_OK));
}

static char *pack_end(pack *p, size_t *length)
{
    p->stream.avail_in = 0;
    pack_run(p, Z_FINISH);
    *length = p->stream.total_out;
    deflateEnd(&p->stream);
    return p->bytes;
}

char *kt_gzip(const char *body, size_t length, size_t *packed_length)
{
    pack p;
    if (!pack_start(&p, 1)) {
        return NULL;
    }
    for (size_t at = 0; at < length; at += PIECE) {
        unsigned char piece[PIECE];
        const size_t n = length - at < PIECE ? length - at : PIECE;
        memcpy(piece, body + at, n);
        p.stream.next_in = piece;
        p.stream.avail_in = (uInt)n;
        pack_run(&p, Z_NO_FLUSH);
    }
    return pack_end(&p, packed_length);
}

char *kt_gzip_blanks(size_t count, size_t *packed_length)
{
    pack p;
    if (!pack_start(&p, 9)) {
        return NULL;
    }
    unsigned char blanks[PIECE];
    memset(blanks, ' ', sizeof blanks);
    for (size_t done = 0; done < count; done += PIECE) {
        p.stream.next_in = blanks;
        p.stream.avail_in = (uInt)(count - done < PIECE ? count - done : PIECE);
        pack_run(&p, Z_NO_FLUSH);
    }
    return pack_end(&p, packed_length);
}
