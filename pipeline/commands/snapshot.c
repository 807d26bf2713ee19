/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "night.h"
#include "pages/asked.h"
#include "pages/clip.h"
#include "pages/compare_page.h"
#include "pages/page.h"
#include "publish/publish.h"

/* Whose page is asked for. */
typedef struct asked {
    const char *region, *project; /* one of them */
    const kt_language *words;
    const char *period; /* NULL: the newest */
    const char *folder; /* that takes the files */
    const char *chart;  /* NULL: the page */
    bool csv;
} asked;

static kt_status find_language(const kt_session *session, const kt_page_settings *pages,
                               const kt_language **out, kt_error *err)
{
    const char *language = kt_arguments_text(session->arguments, KT_OPTION_LANG);
    KT_AUTO(text) kt_text known = {0};
    if (pages->language_count == 0) {
        return kt_fail(err, KT_ERR_CONFIG, "the configuration names no pages");
    }
    for (size_t i = 0; i < pages->language_count; i++) {
        if (language == NULL || strcmp(pages->languages[i]->name, language) == 0) {
            *out = pages->languages[i];
            return KT_OK;
        }
        kt_text_print(&known, "%s%s", i > 0 ? ", " : "", pages->languages[i]->name);
    }
    return kt_fail(err, KT_ERR_USAGE, "--lang: expected one of %s, found \"%s\"", known.bytes,
                   language);
}

static kt_status read_question(const kt_session *session, const kt_page_settings *pages, asked *out,
                               kt_error *err)
{
    const kt_arguments *arguments = session->arguments;
    *out = (asked){.region = kt_arguments_text(arguments, KT_OPTION_REGION),
                   .project = kt_arguments_text(arguments, KT_OPTION_PROJECT),
                   .period = kt_arguments_text(arguments, KT_OPTION_PERIOD),
                   .chart = kt_arguments_text(arguments, KT_OPTION_CHART),
                   .csv = kt_arguments_has(arguments, KT_OPTION_CSV),
                   .folder = kt_arguments_text(arguments, KT_OPTION_OUT)};
    if ((out->region == NULL) == (out->project == NULL)) {
        return kt_fail(err, KT_ERR_USAGE, "snapshot: expected --region CODE or --project CODE");
    }
    out->folder = out->folder == NULL ? "." : out->folder;
    return find_language(session, pages, &out->words, err);
}

/* "MK19", of an earlier month "MK19_2023M10". */
static const char *name_of(const asked *of, kt_arena *arena)
{
    const char *code = of->region != NULL ? of->region : of->project;
    return of->period == NULL ? code : kt_arena_print(arena, "%s_%s", code, of->period);
}

/* "MK19,MK18": each of them, and how many. */
static kt_status make_comparison(const asked *of, kt_page *page, kt_error *err)
{
    kt_place places[KT_COMPARED_MOST] = {0};
    size_t count = 0;
    for (const char *at = of->region; at != NULL; at = strchr(at, ',')) {
        at += *at == ',' ? 1 : 0;
        if (count == KT_COMPARED_MOST) {
            return kt_fail(err, KT_ERR_USAGE, "--region: expected %d to %d regions, found \"%s\"",
                           KT_COMPARED_LEAST, KT_COMPARED_MOST, of->region);
        }
        kt_place *place = &places[count++];
        place->code = kt_arena_copy_n(page->arena, at, strcspn(at, ","));
        KT_TRY(kt_asked_region(page->book, place->code, &place->level, err));
    }
    return kt_page_compare(page, places, count, err);
}

static kt_status make_page(const asked *of, kt_page *page, kt_error *err)
{
    const char *level = NULL;
    assert(page->words != NULL);
    if (of->region != NULL && strchr(of->region, ',') != NULL) {
        return make_comparison(of, page, err);
    }
    if (of->project != NULL) {
        return kt_page_project(page, of->project, err);
    }
    KT_TRY(kt_asked_region(page->book, of->region, &level, err));
    return kt_page_region(page, level, of->region, err);
}

/* "Kainuu, Lappi": the places of a page by their names. */
static const char *places_of(const asked *of, const kt_page *page)
{
    const char *names = "";
    for (const char *at = of->region; at != NULL && *at != '\0'; at += strspn(at, ",")) {
        const char *code = kt_arena_copy_n(page->arena, at, strcspn(at, ","));
        names = kt_arena_print(page->arena, "%s%s%s", names, *names == '\0' ? "" : ", ",
                               kt_book_name(page->book, "region", NULL, code, page->words->name));
        at += strlen(code);
    }
    return of->region != NULL ? names : of->project;
}

/* MK19_tightness_fi.svg, and the rows of its section. */
static kt_status write_chart(const asked *of, const kt_page *page, const char *stem, kt_error *err)
{
    const char *chart = kt_arena_print(page->arena, "%s_%s", stem, of->chart);
    const char *path = kt_arena_print(page->arena, "%s_%s.svg", chart, page->words->name);
    const char *about = kt_page_run_line(page);
    KT_TRY(kt_clip_write(page->clip, page, places_of(of, page), about, path, err));
    KT_TRY(kt_shown_write(kt_clip_rows(page->clip), chart, err));
    (void)printf("%s\n", path);
    return KT_OK;
}

static kt_status write_page(const asked *of, kt_page *page, kt_arena *arena, kt_error *err)
{
    KT_TRY(make_page(of, page, err));
    const char *stem = kt_path_join(arena, of->folder, name_of(of, arena));
    const char *path = kt_arena_print(arena, "%s_%s.html", stem, page->words->name);
    KT_TRY(kt_folder_make(of->folder, err));
    if (of->chart != NULL) {
        return write_chart(of, page, stem, err);
    }
    if (of->csv) {
        KT_TRY(kt_shown_write(page->shown, stem, err));
    }
    KT_TRY(kt_file_write(path, page->html.out->bytes, page->html.out->length, err));
    (void)printf("%s\n", path);
    return KT_OK;
}

/* The book of the published run, turned to the month that is asked for. */
static kt_status open_book(const kt_session *session, const kt_config *config, asked *of,
                           kt_book **out, kt_error *err)
{
    const char *workspace = kt_arguments_text(session->arguments, KT_OPTION_WORKSPACE);
    workspace = workspace == NULL ? config->workspace : workspace;
    const char *folder = NULL;
    bool earlier = false;
    KT_TRY(kt_published_of(workspace, session->arena, &folder, err));
    KT_TRY(kt_book_open(folder, config->contract, session->arena, out, err));
    if (of->period == NULL) {
        return KT_OK;
    }
    KT_TRY(kt_asked_period(*out, of->period, &earlier, err));
    KT_TRY(kt_book_open(folder, config->contract, session->arena, out, err));
    kt_book_turn_to(*out, earlier ? of->period : NULL);
    return KT_OK;
}

static kt_status run(kt_session *session, kt_error *err)
{
    const kt_config *config = NULL;
    kt_book *book = NULL;
    asked of = {0};
    KT_TRY(kt_night_config(session, &config, err));
    KT_TRY(read_question(session, &config->pages, &of, err));
    KT_TRY(open_book(session, config, &of, &book, err));
    KT_AUTO(text) kt_text text = {0};
    kt_page page = {.html = {.out = &text},
                    .words = of.words,
                    .book = book,
                    .notes = config->pages.notes,
                    .maps = config->pages.maps,
                    .map_count = config->pages.map_count,
                    .shown = kt_shown_new(session->arena),
                    .clip = of.chart == NULL ? NULL : kt_clip_new(of.chart, session->arena),
                    .arena = session->arena};
    return write_page(&of, &page, session->arena, err);
}

const kt_command kt_command_snapshot = {
    .name = "snapshot",
    .options = KT_TAKES_CONFIG | KT_TAKES(KT_OPTION_REGION) | KT_TAKES(KT_OPTION_PROJECT) |
               KT_TAKES(KT_OPTION_LANG) | KT_TAKES(KT_OPTION_OUT) | KT_TAKES(KT_OPTION_PERIOD) |
               KT_TAKES(KT_OPTION_CSV) | KT_TAKES(KT_OPTION_CHART),
    .summary = "A page of a region, or the sheet of a project, from the published run",
    .notes =
        "Writes one HTML file that needs neither a network nor a script, made of the published\n"
        "figures alone, into the folder of --out (here without it), and prints its name. The\n"
        "sheet of a project is for its steering group: it holds rows of internal tables. Needs\n"
        "no lock. Two to five regions, with commas between, stand side by side on one page.\n"
        "--period takes one of the months that the table changes has; what is said of\n"
        "projects is of the day of the run. --csv writes the published rows that the page is made\n"
        "of beside it, MK19.<table>.csv. --chart writes one chart of the page instead, as SVG "
        "with\n"
        "its title, its keys and its day, and the rows of its section: tightness, unemployed,\n"
        "vacancies, curve, occupations, beside, map. Exit code 65 if the run has no such region,\n"
        "project or month, or the page no such chart.\n\n"
        "  kohtaanto snapshot --region MK19\n"
        "  kohtaanto snapshot --region MK19,MK18,SSS\n"
        "  kohtaanto snapshot --region MK19 --period 2026M06 --csv\n"
        "  kohtaanto snapshot --region MK19 --chart curve --lang en\n"
        "  kohtaanto snapshot --project S20098 --lang sv --out sheets",
    .run = run,
};
