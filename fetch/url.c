/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "url.h"

#include <string.h>
#include <strings.h>

#include "core/cleanup.h"

static bool is_hex(char letter)
{
    return (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'F') ||
           (letter >= 'a' && letter <= 'f');
}

static bool is_unreserved(char letter)
{
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || strchr("-._~/", letter) != NULL;
}

/* The part between "://" and the path; NULL if there is no "://". */
static const char *authority(const char *url, size_t *length)
{
    const char *start = strstr(url, "://");
    if (start == NULL) {
        return NULL;
    }
    start += 3;
    *length = strcspn(start, "/?#");
    return start;
}

char *kt_url_host(const char *url, kt_arena *arena)
{
    size_t length = 0;
    const char *start = authority(url, &length);
    if (start == NULL || length == 0) {
        return NULL;
    }
    char *host = kt_arena_copy_n(arena, start, length);
    char *at = strrchr(host, '@');
    host = at == NULL ? host : at + 1;
    for (char *letter = host; *letter != '\0'; letter++) {
        if (*letter >= 'A' && *letter <= 'Z') {
            *letter = (char)(*letter - 'A' + 'a');
        }
    }
    return host;
}

bool kt_url_same_host(const char *a, const char *b)
{
    size_t a_length = 0;
    size_t b_length = 0;
    const char *a_start = authority(a, &a_length);
    const char *b_start = authority(b, &b_length);
    if (a_start == NULL || b_start == NULL) {
        return false;
    }
    const size_t length = (size_t)(a_start - a) + a_length;
    return length == (size_t)(b_start - b) + b_length && strncasecmp(a, b, length) == 0;
}

bool kt_url_is_loopback(const char *url)
{
    static const char *const hosts[] = {"127.0.0.1", "localhost", "[::1]"};
    size_t length = 0;
    const char *start = authority(url, &length);
    for (size_t i = 0; start != NULL && i < sizeof hosts / sizeof hosts[0]; i++) {
        const size_t name = strlen(hosts[i]);
        if (length >= name && strncasecmp(start, hosts[i], name) == 0 &&
            (length == name || start[name] == ':')) {
            return true;
        }
    }
    return false;
}

/* "https://a.fi" is the start of "https://a.fi/x" and of itself, not of "https://a.fi.evil/x". */
static bool begins_with_host(const char *url, const char *start)
{
    const size_t length = strlen(start);
    return length > 0 && strncmp(url, start, length) == 0 &&
           (start[length - 1] == '/' || strchr("/?#", url[length]) != NULL);
}

const char *kt_url_redirect(const char *url, const kt_redirect *redirects, size_t count,
                            kt_arena *arena)
{
    for (size_t i = 0; i < count; i++) {
        if (begins_with_host(url, redirects[i].from)) {
            return kt_arena_print(arena, "%s%s", redirects[i].to, url + strlen(redirects[i].from));
        }
    }
    return url;
}

void kt_url_put(kt_text *url, const char *text)
{
    for (const char *letter = text; *letter != '\0'; letter++) {
        if (is_unreserved(*letter)) {
            kt_text_put_char(url, *letter);
        } else {
            kt_text_print(url, "%%%02X", (unsigned)(unsigned char)*letter);
        }
    }
}

/* The byte that "%C3" stands for; false if no escape begins here. */
static bool read_escape(const char *at, const char *end, char *out)
{
    static const char digits[] = "0123456789ABCDEF";
    if (end - at < 3 || *at != '%') {
        return false;
    }
    const char *high = strchr(digits, at[1]);
    const char *low = strchr(digits, at[2]);
    if (high == NULL || low == NULL || *high == '\0' || *low == '\0') {
        return false;
    }
    *out = (char)((high - digits) * 16 + (low - digits));
    return true;
}

void kt_url_take(kt_text *text, const char *from, const char *end)
{
    kt_text_put(text, "");
    for (const char *at = from; at < end;) {
        char letter = *at;
        const bool escaped = read_escape(at, end, &letter);
        kt_text_put_char(text, letter);
        at += escaped ? 3 : 1;
    }
}

char *kt_url_join(const char *base, const char *path, kt_arena *arena)
{
    KT_AUTO(text) kt_text url = {0};
    kt_text_print(&url, "%s/", base);
    kt_url_put(&url, path);
    return kt_arena_copy(arena, url.bytes);
}

/* Adds text that somebody may have taken from a browser: a query and escapes mean themselves. */
static void put_written(kt_text *url, const char *text)
{
    char letter[2] = "";
    for (const char *at = text; *at != '\0'; at++) {
        const bool is_escape = *at == '%' && is_hex(at[1]) && is_hex(at[2]);
        letter[0] = *at;
        if (is_escape || strchr("?&=+,;:@!$'()*", *at) != NULL) {
            kt_text_put_char(url, *at);
        } else {
            kt_url_put(url, letter);
        }
    }
}

char *kt_url_join_written(const char *base, const char *address, kt_arena *arena)
{
    KT_AUTO(text) kt_text url = {0};
    kt_text_print(&url, "%s/", base);
    put_written(&url, address);
    return kt_arena_copy(arena, url.bytes);
}
