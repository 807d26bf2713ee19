/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/feed.h"

#include <stdint.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/hash.h"
#include "core/text.h"
#include "pages/language.h"
#include "pages/site.h"

#define ENTRY_LIMIT ((size_t)1 << 20)
#define FEED_LIMIT  (ENTRY_LIMIT * 2 * KT_FEED_MOST)
#define ENTRY_START "<entry xmlns=\"" KT_ATOM "\""

/* An entry as it stands in its run, with where its links lead from here. */
static bool put_entry(const char *runs, const char *run, const char *language, kt_arena *arena,
                      kt_text *out)
{
    char *bytes = NULL;
    size_t length = 0;
    const char *path = kt_arena_print(arena, "%s/%s/html/%s/" KT_ENTRY_FILE, runs, run, language);
    if (kt_file_read(path, ENTRY_LIMIT, arena, &bytes, &length, NULL) != KT_OK ||
        !kt_text_starts(bytes, ENTRY_START)) {
        return false; /* of a program that wrote none, or in another language alone */
    }
    kt_text_print(out, "<entry xml:base=\"runs/%s/html/%s/\"%s", run, language,
                  bytes + strlen(ENTRY_START));
    return true;
}

/* The folder and the language are what a reader subscribes to. */
static void put_head(const kt_language *words, const char *updated, kt_text *out)
{
    char urn[KT_URN_SIZE];
    kt_hash_urn(words->name, urn);
    kt_text_print(out,
                  "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"" KT_ATOM
                  "\" xml:lang=\"%s\">\n<id>%s</id>\n"
                  "<title>kohtaanto: %s</title>\n<author><name>kohtaanto</name></author>\n"
                  "<updated>%s</updated>\n<link rel=\"self\" href=\"feed-%s.xml\"/>\n",
                  words->name, urn, words->word[KT_WORD_index], updated, words->name);
}

static kt_status write_feed(const kt_publication *publication, const kt_language *words,
                            kt_arena *arena, kt_error *err)
{
    const char *runs = kt_path_join(arena, publication->published, "runs");
    const char *path = kt_path_join(arena, publication->published,
                                    kt_arena_print(arena, "feed-%s.xml", words->name));
    char **names = NULL;
    char as_of[KT_INSTANT_SIZE];
    size_t count = 0, put = 0;
    KT_AUTO(text) kt_text text = {.limit = SIZE_MAX / 2};
    KT_TRY(kt_folder_list(runs, arena, &names, &count, err));
    put_head(words, kt_instant_write(publication->as_of, as_of), &text);
    for (size_t i = count; i > 0 && put < KT_FEED_MOST; i--) { /* names begin with their as_of */
        put += put_entry(runs, names[i - 1], words->name, arena, &text) ? 1 : 0;
    }
    kt_text_put(&text, "</feed>\n");
    char *there = NULL;
    size_t length = 0;
    const bool same = kt_file_read(path, FEED_LIMIT, arena, &there, &length, NULL) == KT_OK &&
                      strcmp(there, text.bytes) == 0;
    return same ? KT_OK : kt_file_write(path, text.bytes, text.length, err);
}

kt_status kt_feeds_write(const kt_publication *publication, kt_arena *arena, kt_error *err)
{
    const kt_page_settings *pages = publication->pages;
    for (size_t i = 0; publication->out == NULL && pages != NULL && i < pages->language_count;
         i++) {
        KT_TRY(write_feed(publication, pages->languages[i], arena, err));
    }
    return KT_OK;
}
