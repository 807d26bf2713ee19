/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol.h"

#include <string.h>

#include "complaint.h"
#include "core/cleanup.h"
#include "core/period.h"
#include "core/text.h"
#include "url.h"

/*
 * Eurostat's statistics API 1.0: a data set by GET, its filters in the address, the reply in
 * JSON-stat 2.0. There are no metadata and no place that tells limits: its guide names five million
 * cells for a call (more is HTTP 413, EXTRACTION_TOO_BIG), and large calls may be put off to its
 * asynchronous service, which is the same to us. Names of dimensions are sent in lower case, as its
 * data sets have them; it ignores case.
 */

#define MOST_ADDRESS 4000 /* web servers take 8 KB, proxies on the way may take less */
#define SMALL_BODY   8192 /* a body that says in words why there are no figures */

static const char *language_of(const kt_source *source)
{
    return kt_text_same(source->language, "fr")   ? "FR"
           : kt_text_same(source->language, "de") ? "DE"
                                                  : "EN";
}

static void begin_url(kt_text *url, const kt_target *target)
{
    kt_text_print(url, "%s/", target->source->base_url);
    kt_url_put(url, target->path);
    kt_text_print(url, "?format=JSON&lang=%s", language_of(target->source));
}

/* The small letter of a capital; anything else as it is. */
static char lower(char letter)
{
    static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
    const char *at = letter == '\0' ? NULL : strchr(capitals, letter);
    if (at == NULL) {
        return letter;
    }
    return letters[at - capitals];
}

static void put_name(kt_text *url, const char *name)
{
    for (const char *letter = name; *letter != '\0'; letter++) {
        const char word[] = {lower(*letter), '\0'};
        kt_url_put(url, word);
    }
}

static void put_filter(kt_text *url, const char *name, const char *code)
{
    kt_text_put_char(url, '&');
    put_name(url, name);
    kt_text_put_char(url, '=');
    kt_url_put(url, code);
}

static kt_request finish_url(const kt_text *url, kt_arena *arena)
{
    return (kt_request){.method = "GET", .url = kt_arena_copy(arena, url->bytes)};
}

/* "2015-06", "2015-Q2" or "2015", as the service writes its periods. */
static const char *period_word(const char *code, kt_arena *arena)
{
    kt_period period;
    if (!kt_period_read(code, &period)) {
        return code;
    }
    const int within = period.index % (int)period.frequency + 1;
    const int year = kt_period_year(period);
    return period.frequency == KT_MONTHLY     ? kt_arena_print(arena, "%04d-%02d", year, within)
           : period.frequency == KT_QUARTERLY ? kt_arena_print(arena, "%04d-Q%d", year, within)
                                              : kt_arena_print(arena, "%04d", year);
}

/* The service takes one bound of time: so many of the newest, or those since. */
static void put_time(kt_text *url, const kt_variable_spec *spec, kt_arena *arena)
{
    if (spec != NULL && spec->newest > 0) {
        kt_text_print(url, "&lastTimePeriod=%zu", spec->newest);
    } else if (spec != NULL && spec->first != NULL) {
        kt_text_print(url, "&sinceTimePeriod=%s", period_word(spec->first, arena));
    }
}

static kt_request data_request(const kt_target *target, const kt_wanted *wanted,
                               const kt_part *part, kt_arena *arena)
{
    KT_AUTO(text) kt_text url = {0};
    begin_url(&url, target);
    for (size_t v = 0; v < wanted->variable_count; v++) {
        const kt_wanted_variable *variable = &wanted->variables[v];
        for (size_t i = 0; !variable->is_open && i < part->count[v]; i++) {
            put_filter(&url, variable->name, variable->codes[part->start[v] + i]);
        }
        if (variable->is_time) {
            put_time(&url, variable->spec, arena);
        }
    }
    return finish_url(&url, arena);
}

static kt_request probe_request(const kt_target *target, const kt_wanted *wanted, kt_arena *arena)
{
    KT_AUTO(text) kt_text url = {0};
    begin_url(&url, target);
    for (size_t v = 0; v < wanted->variable_count; v++) {
        if (!wanted->variables[v].is_open) {
            put_filter(&url, wanted->variables[v].name, wanted->variables[v].codes[0]);
        }
    }
    kt_text_put(&url, "&lastTimePeriod=1");
    return finish_url(&url, arena);
}

/* An answer that is put off, or too large, says so in words, whatever its status is. */
static kt_meaning meaning(const kt_answer *answer)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("what a service says", 0);
    if (answer->body.length > SMALL_BODY) {
        return KT_MEANS_ITS_STATUS;
    }
    const char *words = kt_complaint(answer, scratch);
    if (strstr(words, "ASYNCHRONOUS") != NULL) {
        return KT_MEANS_PUT_OFF;
    }
    if (strstr(words, "EXTRACTION_TOO_BIG") != NULL) {
        return KT_MEANS_TOO_LARGE;
    }
    /* A data set that is not there is a 100 too. */
    const bool is_unknown = strstr(words, "ERR_NOT_FOUND") != NULL;
    if (kt_text_starts(words, "100: ") && !is_unknown) {
        return KT_MEANS_NOTHING;
    }
    const bool is_fault =
        is_unknown || kt_text_starts(words, "140: ") || kt_text_starts(words, "150: ");
    return is_fault ? KT_MEANS_OUTDATED : KT_MEANS_ITS_STATUS;
}

static bool same_name(const char *a, const char *b)
{
    while (*a != '\0' && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return *a == *b;
}

/* One name=code of a query; *end is behind it. */
static bool take_filter(const char *at, const char *end, const char *variable, kt_codes *codes)
{
    KT_AUTO(text) kt_text name = {0};
    KT_AUTO(text) kt_text code = {0};
    const char *equals = memchr(at, '=', (size_t)(end - at));
    kt_url_take(&name, at, equals == NULL ? end : equals);
    kt_url_take(&code, equals == NULL ? end : equals + 1, end);
    const bool is_meant = equals != NULL && same_name(name.bytes, variable);
    if (is_meant) {
        (void)kt_codes_intern(codes, code.bytes);
    }
    return is_meant;
}

static bool asked(const kt_receipt *receipt, const char *variable, kt_codes *codes)
{
    const char *at = strchr(receipt->url, '?');
    bool named = false;
    while (at != NULL) {
        const char *end = at + 1 + strcspn(at + 1, "&");
        named = take_filter(at + 1, end, variable, codes) || named;
        at = *end == '\0' ? NULL : end;
    }
    return named;
}

const kt_protocol kt_protocol_eurostat = {
    .id = "eurostat",
    .polite = {.cells = 5000000, .calls = 30, .window_s = 60.0},
    .data = data_request,
    .probe = probe_request,
    .meaning = meaning,
    .asked = asked,
    .most_address = MOST_ADDRESS,
    .sends_codes = true,
};
