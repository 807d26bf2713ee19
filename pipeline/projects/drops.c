/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projects/drops.h"

#include <string.h>

#include "core/codes.h"
#include "transform/project_bodies.h"

#define WARNINGS_KEPT 200

static void count_project(kt_codes *codes, const char *project)
{
    (void)kt_codes_intern(codes, project);
}

static kt_status read_indicators(const kt_project_drop_source *from, kt_arena *scratch,
                                 kt_arena *arena, kt_project_drop *out, kt_error *err)
{
    const kt_project_settings *settings = from->settings;
    kt_indicator_report *report = kt_arena_new(arena, kt_indicator_report);
    KT_TRY(kt_indicator_report_read(from->file, settings->indicators, arena, report, err));
    kt_codes *codes = kt_codes_new(scratch);
    for (size_t i = 0; i < report->row_count; i++) {
        count_project(codes, report->rows[i].project);
    }
    kt_list_warning *doubts = kt_arena_array(scratch, kt_list_warning, WARNINGS_KEPT);
    const size_t count = kt_indicator_report_doubts(
        report, settings->indicators, settings->laarit->far_above, WARNINGS_KEPT, scratch, doubts);
    out->indicators = report;
    out->rejects = report->rejects;
    out->reject_count = report->reject_count;
    out->warned = count;
    out->warning_count = count < WARNINGS_KEPT ? count : WARNINGS_KEPT;
    out->warnings = doubts;
    for (size_t i = 0; i < out->warning_count; i++) {
        doubts[i].words = kt_arena_print(scratch, "%s: %s", from->file->name, doubts[i].words);
    }
    out->rows = report->row_count + report->reject_count;
    out->projects = kt_codes_count(codes);
    return KT_OK;
}

static kt_status read_scores(const kt_project_drop_source *from, kt_arena *scratch, kt_arena *arena,
                             kt_project_drop *out, kt_error *err)
{
    kt_score_report *report = kt_arena_new(arena, kt_score_report);
    KT_TRY(kt_score_report_read(from->file, from->settings->laarit, arena, report, err));
    kt_codes *codes = kt_codes_new(scratch);
    for (size_t i = 0; i < report->row_count; i++) {
        count_project(codes, report->rows[i].project);
    }
    out->scores = report;
    out->rejects = report->rejects;
    out->reject_count = report->reject_count;
    out->rows = report->row_count + report->reject_count;
    out->projects = kt_codes_count(codes);
    return KT_OK;
}

static kt_models_words words_of(const kt_project_settings *settings)
{
    return (kt_models_words){settings->placement, settings->theming};
}

static void note_models(kt_project_drop *out)
{
    out->rows = out->models->count + out->models->use_count;
    out->projects = out->rows;
}

static kt_status read_models(const kt_project_drop_source *from, kt_arena *scratch, kt_arena *arena,
                             kt_project_drop *out, kt_error *err)
{
    (void)scratch;
    KT_TRY(kt_models_read(from->file, words_of(from->settings), arena, &out->models, err));
    note_models(out);
    return KT_OK;
}

static kt_status read_uses(const kt_project_drop_source *from, kt_arena *scratch, kt_arena *arena,
                           kt_project_drop *out, kt_error *err)
{
    (void)scratch;
    KT_TRY(kt_model_uses_read(from->file, words_of(from->settings), arena, &out->models, err));
    note_models(out);
    return KT_OK;
}

/* Templates, beside the formats of lists. */
static const struct {
    const char *format;
    bool (*is)(const kt_project_file *file);
    kt_status (*read)(const kt_project_drop_source *from, kt_arena *scratch, kt_arena *arena,
                      kt_project_drop *out, kt_error *err);
} templates[] = {
    {"indicators", kt_indicator_report_is, read_indicators},
    {"scores", kt_score_report_is, read_scores},
    {"models", kt_models_file_is, read_models},
    {"model_use", kt_model_uses_file_is, read_uses},
};

#define TEMPLATES (sizeof templates / sizeof templates[0])

static const char *all_formats(const kt_project_formats *formats, kt_arena *arena)
{
    const char *all = "";
    for (size_t i = 0; i < formats->count; i++) {
        all = kt_arena_print(arena, "%s%s, ", all, formats->items[i]->id);
    }
    for (size_t i = 0; i < TEMPLATES; i++) {
        all = kt_arena_print(arena, "%s%s%s", all, i == 0 ? "" : ", ", templates[i].format);
    }
    return all;
}

/* TEMPLATES for a list. */
static size_t template_of(const kt_project_drop_source *from)
{
    for (size_t i = 0; i < TEMPLATES; i++) {
        if (from->format == NULL ? templates[i].is(from->file)
                                 : strcmp(from->format, templates[i].format) == 0) {
            return i;
        }
    }
    return TEMPLATES;
}

/* What a person's firm is called is no more read in than the person's address. */
static void hide_traders(const kt_wording *wording, kt_project_list *list, kt_arena *arena)
{
    for (size_t i = 0; wording != NULL && i < list->project_count; i++) {
        const char **name = &list->projects[i].text[KT_PROJECT_NAME];
        *name = kt_project_shown_name(wording, *name, arena);
    }
}

static kt_status read_list(const kt_project_drop_source *from, kt_arena *scratch,
                           kt_project_drop *out, kt_error *err)
{
    const kt_project_formats *formats = from->settings->formats;
    const kt_project_format *format = NULL;
    if (from->format == NULL) {
        KT_TRY(kt_project_format_of(formats, from->file, &format, err));
    } else {
        format = kt_project_formats_find(formats, from->format);
    }
    if (format == NULL) {
        return kt_fail(err, KT_ERR_USAGE, "%s: no format \"%s\"; there are %s", from->file->name,
                       from->format, all_formats(formats, scratch));
    }
    KT_TRY(kt_project_list_read(from->file, format, scratch, &out->list, err));
    hide_traders(from->settings->wording, out->list, scratch);
    out->format = format->id;
    out->rejects = out->list->rejects;
    out->reject_count = out->list->reject_count;
    out->warnings = out->list->warnings;
    out->warning_count = out->list->warning_count;
    out->warned = out->list->warned;
    out->rows = out->list->rows;
    out->projects = out->list->project_count;
    return KT_OK;
}

kt_status kt_project_drop_read(const kt_project_drop_source *from, kt_arena *scratch,
                               kt_arena *arena, kt_project_drop *out, kt_error *err)
{
    const size_t at = template_of(from);
    *out = (kt_project_drop){0};
    if (at == TEMPLATES) {
        return read_list(from, scratch, out, err);
    }
    out->format = templates[at].format;
    return templates[at].read(from, scratch, arena, out, err);
}
