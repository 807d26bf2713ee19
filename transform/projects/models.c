/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/models.h"

#include <string.h>

#include "core/file.h"
#include "core/instant.h"
#include "core/project.h"
#include "core/text.h"
#include "report_rows.h"
#include "sheet.h"

#define DAY_S INT64_C(86400)
#define ROWS_MOST                                                                   \
    5000 /* of a file that somebody hands over: each row is held against the others \
          */

enum { ID, NAME, THEME, DESCRIPTION, SOURCES, EVIDENCE, COLUMNS };

static const char *const columns[COLUMNS] = {"model_id",        "name",    "theme", "description",
                                             "source_projects", "evidence"};

enum { USE_MODEL, USE_REGION, USE_ORGANISATION, USE_STATE, USE_SINCE, USE_SOURCE, USE_COLUMNS };

static const char *const use_columns[USE_COLUMNS] = {"model_id", "region_code", "organisation",
                                                     "state",    "since",       "source"};

static const char *const states[KT_MODEL_STATES + 1] = {"piloted", "in_use", "rooted", "ended",
                                                        NULL};

const char *kt_model_state_name(kt_model_state state)
{
    return states[state];
}

typedef struct loading {
    sheet in;
    const kt_placement *placement;
    const kt_theming *theming;
    bool alone; /* uses without the models that they are of */
    kt_models *to;
} loading;

/* What people name, apart from projects' own codes, which models of the portfolio are called by. */
static bool is_id(const char *text)
{
    return text[0] != '\0' &&
           strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(text) &&
           kt_text_code_fault(text, strlen(text)) == NULL;
}

static kt_model read_model(const loading *l, size_t row)
{
    const sheet *in = &l->in;
    kt_model made = {.id = sheet_cell(in, row, ID),
                     .name = sheet_cell(in, row, NAME),
                     .theme = sheet_cell(in, row, THEME),
                     .description = sheet_cell(in, row, DESCRIPTION),
                     .evidence = sheet_cell(in, row, EVIDENCE)};
    made.source_count = sheet_split(in, sheet_cell(in, row, SOURCES), '|', &made.sources);
    if (!is_id(made.id)) {
        sheet_wrong(in, row, ID, "small letters, digits and _");
    }
    if (made.name[0] == '\0') {
        sheet_wrong(in, row, NAME, "some text");
    }
    if (made.description[0] == '\0') {
        sheet_wrong(in, row, DESCRIPTION, "some text");
    }
    if (l->theming != NULL && !kt_topic_known(l->theming, "theme", made.theme)) {
        sheet_wrong(in, row, THEME, "a theme of themes.json");
    }
    return made;
}

static size_t model_of(const kt_models *all, const char *id)
{
    size_t at = 0;
    while (at < all->count && strcmp(all->at[at].id, id) != 0) {
        at++;
    }
    return at;
}

static bool comes_from(const kt_model *model, const char *project)
{
    for (size_t i = 0; i < model->source_count; i++) {
        if (strcmp(model->sources[i], project) == 0) {
            return true;
        }
    }
    return false;
}

/* True if an earlier model has one of its sources: a project is in one model. */
static bool shares_source(const kt_model *list, size_t at)
{
    bool shares = false;
    for (size_t i = 0; i < at; i++) {
        for (size_t j = 0; j < list[at].source_count; j++) {
            shares = shares || comes_from(&list[i], list[at].sources[j]);
        }
    }
    return shares;
}

static void take_models(loading *l)
{
    const size_t count = l->in.table->row_count;
    kt_model *list = kt_arena_array(l->in.arena, kt_model, count + 1);
    l->to->at = list;
    for (size_t row = 0; row < count; row++) {
        list[row] = read_model(l, row);
        if (model_of(l->to, list[row].id) < l->to->count) {
            sheet_wrong(&l->in, row, ID, "each model once");
        }
        if (shares_source(list, row)) {
            sheet_wrong(&l->in, row, SOURCES, "projects that no other model comes from");
        }
        l->to->count++;
    }
}

static int64_t read_day(const loading *l, size_t row)
{
    const char *text = sheet_cell(&l->in, row, USE_SINCE);
    kt_instant instant = 0;
    if (text[0] == '\0') {
        return KT_NO_DAY;
    }
    if (strlen(text) != strlen("2026-01-01") || !kt_instant_read(text, false, &instant)) {
        sheet_wrong(&l->in, row, USE_SINCE, "a day as 2026-01-01, or nothing");
    }
    return instant / DAY_S;
}

static kt_model_state state_of(const loading *l, size_t row)
{
    const char *word = sheet_choose(&l->in, row, USE_STATE, states);
    size_t at = 0;
    while (strcmp(states[at], word) != 0) {
        at++;
    }
    return (kt_model_state)at;
}

static kt_model_use read_use(const loading *l, size_t row)
{
    const sheet *in = &l->in;
    kt_model_use made = {.model = model_of(l->to, sheet_cell(in, row, USE_MODEL)),
                         .model_id = sheet_cell(in, row, USE_MODEL),
                         .row = row + 2,
                         .place = {.code = sheet_cell(in, row, USE_REGION),
                                   .weight = 1.0,
                                   .role = KT_PLACE_IMPLEMENTATION},
                         .organisation = sheet_cell(in, row, USE_ORGANISATION),
                         .state = state_of(l, row),
                         .since = read_day(l, row),
                         .source = sheet_cell(in, row, USE_SOURCE)};
    made.place.level = kt_placement_level(l->placement, made.place.code);
    if (l->alone ? !is_id(made.model_id) : made.model == l->to->count) {
        sheet_wrong(in, row, USE_MODEL, "a model of models.csv");
    }
    if (made.place.level == NULL) {
        sheet_wrong(in, row, USE_REGION, "a region, an area of areas.csv, or SSS");
    }
    if (made.source[0] == '\0') {
        sheet_wrong(in, row, USE_SOURCE, "who says so");
    }
    return made;
}

static bool is_same(const kt_model_use *a, const kt_model_use *b)
{
    return strcmp(a->model_id, b->model_id) == 0 && strcmp(a->place.code, b->place.code) == 0 &&
           strcmp(a->organisation, b->organisation) == 0;
}

static void take_uses(loading *l)
{
    const size_t count = l->in.table->row_count;
    kt_model_use *list = kt_arena_array(l->in.arena, kt_model_use, count + 1);
    for (size_t row = 0; row < count; row++) {
        list[row] = read_use(l, row);
        bool there = false;
        for (size_t i = 0; i < row; i++) {
            there = there || is_same(&list[i], &list[row]);
        }
        if (there) {
            sheet_wrong(&l->in, row, USE_MODEL, "each model, region and organisation once");
        }
    }
    l->to->uses = list;
    l->to->use_count = count;
}

const kt_models *kt_models_load(const char *folder, const kt_placement *placement,
                                const kt_theming *theming, kt_arena *arena, kt_problems *problems)
{
    const size_t before = kt_problems_count(problems);
    const char *models = kt_path_join(arena, folder, "models.csv");
    const char *uses = kt_path_join(arena, folder, "model_use.csv");
    loading l = {.placement = placement, .theming = theming, .to = kt_arena_new(arena, kt_models)};
    if (kt_file_exists(models) &&
        sheet_open(models, (sheet_columns){columns, COLUMNS}, arena, problems, &l.in)) {
        take_models(&l);
    }
    if (kt_file_exists(uses) && kt_problems_count(problems) == before &&
        sheet_open(uses, (sheet_columns){use_columns, USE_COLUMNS}, arena, problems, &l.in)) {
        take_uses(&l);
    }
    return kt_problems_count(problems) == before ? l.to : NULL;
}

bool kt_models_file_is(const kt_project_file *file)
{
    return report_has(file, columns[ID], columns[DESCRIPTION]);
}

bool kt_model_uses_file_is(const kt_project_file *file)
{
    return report_has(file, use_columns[USE_MODEL], use_columns[USE_REGION]);
}

static kt_status read_dropped(const kt_project_file *file, loading *l, sheet_columns expected,
                              void (*take)(loading *l), kt_error *err)
{
    kt_error why = {0};
    if (l->placement == NULL) {
        return kt_fail(err, KT_ERR_DATA, "%s: models, but no places are configured", file->name);
    }
    kt_problems *problems = kt_problems_new(l->in.arena);
    if (!sheet_open_bytes(file, expected, l->in.arena, problems, &l->in)) {
        return kt_fail(err, KT_ERR_FORMAT, "%s", kt_problems_at(problems, 0));
    }
    if (l->in.table->row_count > ROWS_MOST) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: %zu rows, expected at most %d", file->name,
                       l->in.table->row_count, ROWS_MOST);
    }
    take(l);
    return kt_problems_verdict(problems, &why) == KT_OK
               ? KT_OK
               : kt_fail(err, KT_ERR_FORMAT, "%s", why.message);
}

static loading loading_of(kt_models_words words, kt_arena *arena)
{
    return (loading){.in = {.arena = arena},
                     .placement = words.placement,
                     .theming = words.theming,
                     .alone = true,
                     .to = kt_arena_new(arena, kt_models)};
}

kt_status kt_models_read(const kt_project_file *file, kt_models_words words, kt_arena *arena,
                         kt_models **out, kt_error *err)
{
    loading l = loading_of(words, arena);
    KT_TRY(read_dropped(file, &l, (sheet_columns){columns, COLUMNS}, take_models, err));
    *out = l.to;
    return KT_OK;
}

kt_status kt_model_uses_read(const kt_project_file *file, kt_models_words words, kt_arena *arena,
                             kt_models **out, kt_error *err)
{
    loading l = loading_of(words, arena);
    KT_TRY(read_dropped(file, &l, (sheet_columns){use_columns, USE_COLUMNS}, take_uses, err));
    *out = l.to;
    return KT_OK;
}
