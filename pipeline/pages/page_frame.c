/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>
#include <string.h>

#include "core/hash.h"
#include "pages/page.h"
#include "pages/site.h"
#include "pages/style.h"
#include "pipeline/page_settings.h"

/* What a browser may do with the page: show it, and nothing else, but for the script that it names
 * by its hash. */
static const char *policy_of(const kt_page *page)
{
    static const char shown[] = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
                                "base-uri 'none'; form-action 'none'";
    char hash[KT_HASH_BASE64_SIZE];
    if (page->script == NULL) {
        return shown;
    }
    kt_hash_base64(page->script, strlen(page->script), hash);
    return kt_arena_print(page->arena, "%s; script-src 'sha256-%s'", shown, hash);
}

static void put_head(kt_page *page, const char *title)
{
    kt_html *to = &page->html;
    kt_html_open(to, "head", NULL);
    kt_html_void(to, "meta", KT_FILLED("charset", "utf-8"));
    kt_html_void(to, "meta",
                 KT_FILLED("http-equiv", "Content-Security-Policy", "content", policy_of(page)));
    kt_html_void(to, "meta",
                 KT_FILLED("name", "viewport", "content", "width=device-width, initial-scale=1"));
    kt_html_void(
        to, "meta",
        KT_FILLED("name", "generator", "content",
                  kt_arena_print(page->arena, "kohtaanto %s", kt_book_of(page->book)->version)));
    kt_html_element(to, "title", NULL, title);
    if (page->settings != NULL) {
        kt_html_void(
            to, "link",
            KT_FILLED("rel", "alternate", "type", "application/atom+xml", "href",
                      kt_arena_print(page->arena, "../../../../feed-%s.xml", page->words->name)));
    }
    kt_html_open(to, "style", NULL);
    kt_html_raw(to, kt_palette);
    kt_html_raw(to, kt_page_style);
    kt_html_raw(to, kt_chart_style);
    kt_html_close(to);
    kt_html_close(to);
}

static void put_way(kt_page *page, const char *href, const char *language, const char *words)
{
    kt_html_element(&page->html, "a",
                    KT_FILLED("href", href, "lang", language, "hreflang", language), words);
}

/* Of a page that stands among others: the other languages, the index, the run. */
static void put_ways(kt_page *page)
{
    if (page->settings == NULL) {
        return;
    }
    kt_html_open(&page->html, "nav", KT_FILLED("aria-label", kt_page_say(page, KT_WORD_ways)));
    for (size_t i = 0; i < page->settings->language_count; i++) {
        const kt_language *other = page->settings->languages[i];
        if (other != page->words) {
            put_way(page, kt_arena_print(page->arena, "../%s/%s", other->name, page->file),
                    other->name, other->word[KT_WORD_own_name]);
        }
    }
    if (strcmp(page->file, "index.html") != 0) {
        put_way(page, "index.html", NULL, kt_page_say(page, KT_WORD_index_way));
    }
    if (strcmp(page->file, "run.html") != 0) {
        put_way(page, "run.html", NULL, kt_page_say(page, KT_WORD_run_way));
    }
    kt_html_close(&page->html);
}

static void put_download(kt_page *page, const char *href, kt_word word)
{
    kt_html_open(&page->html, "li", NULL);
    kt_html_element(&page->html, "a", KT_FILLED("href", href), kt_page_say(page, word));
    kt_html_close(&page->html);
}

/* Where the files are that the page is made of. */
static void put_downloads(kt_page *page)
{
    static const struct {
        const char *href;
        kt_word word;
    } places[] = {{"../../csv/", KT_WORD_download_csv},
                  {"../../csv-fi/", KT_WORD_download_fi},
                  {"../../datapackage.json", KT_WORD_download_package},
                  {"../../MANIFEST.json", KT_WORD_download_manifest},
                  {"../../SHA256SUMS", KT_WORD_download_sums}};
    if (page->settings == NULL) {
        return;
    }
    kt_page_section(page, "downloads", kt_page_say(page, KT_WORD_downloads));
    kt_html_open(&page->html, "ul", NULL);
    if (page->workbook != NULL) {
        put_download(page, page->workbook, KT_WORD_download_book);
    }
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        put_download(page, places[i].href, places[i].word);
    }
    kt_html_close(&page->html);
    kt_html_close(&page->html);
}

void kt_page_begin(kt_page *page, const char *title, const char *subtitle)
{
    kt_html *to = &page->html;
    kt_html_raw(to, "<!DOCTYPE html>\n");
    kt_html_open(to, "html", KT_FILLED("lang", page->words->name));
    put_head(page, title);
    kt_html_open(to, "body", NULL);
    kt_html_element(to, "a", KT_FILLED("class", "skip", "href", "#main"),
                    kt_page_say(page, KT_WORD_skip));
    kt_html_open(to, "header", NULL);
    put_ways(page);
    kt_html_element(to, "h1", NULL, title);
    if (subtitle != NULL) {
        kt_html_element(to, "p", KT_FILLED("class", "sub"), subtitle);
    }
    if (kt_book_of(page->book)->modelled) {
        kt_html_element(to, "p", KT_FILLED("class", "warn", "role", "status"),
                        kt_page_say(page, KT_WORD_modelled));
    }
    kt_html_close(to);
    kt_html_open(to, "main", KT_FILLED("id", "main"));
}

const char *kt_page_run_line(const kt_page *page)
{
    const kt_book_run *run = kt_book_of(page->book);
    return kt_say(
        page->words, KT_WORD_run_line,
        KT_FILLED(run->run_id, kt_arena_copy_n(page->arena, run->as_of, 10), run->version),
        page->arena);
}

/* Of a page that stands among others: the accessibility statement, and where to write to. */
static void put_last_ways(kt_page *page)
{
    if (page->settings == NULL) {
        return;
    }
    kt_html_open(&page->html, "p", KT_FILLED("class", "note"));
    put_way(page, KT_ACCESSIBILITY_FILE, NULL, kt_page_say(page, KT_WORD_accessibility));
    if (page->settings->feedback != NULL) {
        kt_html_text(&page->html, " \u00b7 ");
        put_way(page, page->settings->feedback, NULL, kt_page_say(page, KT_WORD_feedback));
    }
    kt_html_close(&page->html);
}

kt_status kt_page_end(kt_page *page, kt_error *err)
{
    kt_html *to = &page->html;
    put_downloads(page);
    kt_html_close(to);
    kt_html_open(to, "footer", NULL);
    kt_html_element(to, "p", KT_FILLED("class", "note"), kt_page_say(page, KT_WORD_licences));
    kt_html_element(to, "p", KT_FILLED("class", "note"), kt_page_run_line(page));
    put_last_ways(page);
    kt_html_close(to);
    if (page->script != NULL) {
        kt_html_open(to, "script", NULL);
        kt_html_raw(to, page->script);
        kt_html_close(to);
    }
    kt_html_close(to);
    kt_html_close(to);
    assert(to->depth == 0);
    return kt_book_end(page->book, err);
}
