/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projects/model_uses.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/project_models.h"
#include "core/text.h"

typedef struct making {
    const kt_project_study *study;
    const kt_project_settings *settings;
    const kt_models *kept;
    kt_arena *arena;
    kt_bodies bodies;
    int64_t day;
    const size_t *first; /* of each project: the first one of its model */
    size_t *model_of;    /* of each first project: its model, or KT_NO_PROJECT */
    kt_known_model *models;
    size_t model_count, model_room;
    kt_known_use *uses;
    size_t use_count, use_room;
} making;

static size_t add_model(making *m, kt_known_model model)
{
    m->models =
        kt_arena_grow(m->arena, m->models, m->model_count, &m->model_room, sizeof *m->models);
    m->models[m->model_count] = model;
    return m->model_count++;
}

static const char *joined(const making *m, const char *all, const char *more)
{
    return all[0] == '\0' ? more : kt_arena_print(m->arena, "%s|%s", all, more);
}

static const char *text_of(const making *m, size_t project, kt_project_text text)
{
    return m->study->at[project]->is.text[text];
}

static size_t project_of(const making *m, const char *code)
{
    for (size_t i = 0; i < m->study->count; i++) {
        if (kt_text_same(text_of(m, i, KT_PROJECT_PROJECT_CODE), code)) {
            return i;
        }
    }
    return KT_NO_PROJECT;
}

/* The first project of a source's model, or the source alone; its whole model is the kept one's. */
static void claim(making *m, const char *source, size_t model)
{
    const size_t at = project_of(m, source);
    if (at != KT_NO_PROJECT) {
        const size_t first = m->first[at] == KT_NO_PROJECT ? at : m->first[at];
        m->model_of[first] = m->model_of[first] == KT_NO_PROJECT ? model : m->model_of[first];
    }
}

static void take_kept(making *m)
{
    const kt_models *kept = m->kept;
    for (size_t i = 0; kept != NULL && i < kept->count; i++) {
        const kt_model *one = &kept->at[i];
        const char *sources = "";
        for (size_t j = 0; j < one->source_count; j++) {
            sources = joined(m, sources, one->sources[j]);
        }
        const size_t model = add_model(m, (kt_known_model){.id = one->id,
                                                           .name = one->name,
                                                           .theme = one->theme,
                                                           .description = one->description,
                                                           .evidence = one->evidence,
                                                           .sources = sources,
                                                           .kept = true});
        for (size_t j = 0; j < one->source_count; j++) {
            claim(m, one->sources[j], model);
        }
    }
}

static const char *themes_of(const making *m, size_t project)
{
    const kt_project_themes *themes = &m->study->themes[project];
    const char *all = "";
    for (size_t i = 0; i < themes->count; i++) {
        if (strcmp(themes->at[i].scheme, "theme") == 0) {
            all = joined(m, all, themes->at[i].code);
        }
    }
    return all;
}

static void find_spreading(making *m)
{
    for (size_t i = 0; i < m->study->count; i++) {
        if (m->first[i] == i && m->model_of[i] == KT_NO_PROJECT &&
            !kt_project_is_own(m->settings, &m->study->at[i]->is)) {
            const char *name = text_of(m, i, KT_PROJECT_NAME);
            char *line = kt_arena_copy(m->arena, name == NULL ? "" : name);
            kt_text_flatten(line);
            const char *code = text_of(m, i, KT_PROJECT_PROJECT_CODE);
            m->model_of[i] = add_model(
                m, (kt_known_model){
                       .id = code, .name = line, .theme = themes_of(m, i), .sources = code});
        }
    }
}

static void add_use(making *m, kt_known_use use)
{
    m->uses = kt_arena_grow(m->arena, m->uses, m->use_count, &m->use_room, sizeof *m->uses);
    m->uses[m->use_count++] = use;
}

static void take_kept_uses(making *m)
{
    const kt_models *kept = m->kept;
    for (size_t i = 0; kept != NULL && i < kept->use_count; i++) {
        const kt_model_use *use = &kept->uses[i];
        add_use(m, (kt_known_use){.model = use->model,
                                  .level = use->place.level,
                                  .code = use->place.code,
                                  .organisation = kt_body_named(&m->bodies, m->settings->wording,
                                                                use->organisation, m->arena),
                                  .state = use->state,
                                  .since = use->since,
                                  .source = use->source,
                                  .kept = true});
    }
}

static void use_in_project(making *m, size_t project, size_t model)
{
    const kt_project *is = &m->study->at[project]->is;
    const kt_project_places *places = &m->study->places[project];
    const size_t body = m->bodies.actors[project][0].body;
    const bool runs = kt_project_phase_of(is, m->day, m->day) >= KT_PHASE_RUNNING;
    const kt_named_body name = {kt_codes_at(m->bodies.codes, body), m->bodies.names[body]};
    for (size_t i = 0; i < places->count; i++) {
        if (places->at[i].role == KT_PLACE_IMPLEMENTATION) {
            add_use(m, (kt_known_use){.model = model,
                                      .level = places->at[i].level,
                                      .code = places->at[i].code,
                                      .organisation = name,
                                      .state = runs ? KT_MODEL_PILOTED : KT_MODEL_ENDED,
                                      .since = is->start_day,
                                      .source = text_of(m, project, KT_PROJECT_PROJECT_CODE)});
        }
    }
}

/* A project that has not begun by the day uses nothing yet. */
static bool has_begun(const making *m, size_t project)
{
    const int64_t start = m->study->at[project]->is.start_day;
    return start == KT_NO_DAY || start <= m->day;
}

static void find_uses(making *m)
{
    for (size_t i = 0; i < m->study->count; i++) {
        const size_t first = m->first[i] == KT_NO_PROJECT ? i : m->first[i];
        if (m->model_of[first] != KT_NO_PROJECT && has_begun(m, i) &&
            !kt_project_is_ghost(&m->study->at[i]->is)) {
            use_in_project(m, i, m->model_of[first]);
        }
    }
}

static int by_place(const kt_known_use *x, const kt_known_use *y)
{
    const int level = strcmp(x->level, y->level), code = strcmp(x->code, y->code);
    if (x->model != y->model) {
        return x->model < y->model ? -1 : 1;
    }
    return level != 0  ? level
           : code != 0 ? code
                       : strcmp(x->organisation.code, y->organisation.code);
}

/* What people say comes first, then what lists do by the codes of projects. */
static int by_use(const void *a, const void *b)
{
    const kt_known_use *x = a, *y = b;
    const int place = by_place(x, y);
    if (place != 0 || x->kept != y->kept) {
        return place != 0 ? place : (int)y->kept - (int)x->kept;
    }
    return strcmp(x->source, y->source);
}

/* Another project of the same body in the same region. */
static void fold(const making *m, kt_known_use *into, const kt_known_use *one)
{
    if (into->kept) {
        return;
    }
    const bool earlier =
        one->since != KT_NO_DAY && (into->since == KT_NO_DAY || one->since < into->since);
    into->since = earlier ? one->since : into->since;
    into->state = one->state == KT_MODEL_PILOTED ? one->state : into->state;
    into->source = joined(m, into->source, one->source);
}

static void fold_uses(making *m)
{
    size_t kept = 0;
    if (m->use_count > 1) {
        qsort(m->uses, m->use_count, sizeof *m->uses, by_use);
    }
    for (size_t i = 0; i < m->use_count; i++) {
        if (kept > 0 && by_place(&m->uses[kept - 1], &m->uses[i]) == 0) {
            fold(m, &m->uses[kept - 1], &m->uses[i]);
        } else {
            m->uses[kept++] = m->uses[i];
        }
    }
    m->use_count = kept;
}

kt_known_models kt_known_models_make(const kt_project_study *study,
                                     const kt_project_settings *settings, const kt_models *kept,
                                     int64_t day, kt_arena *arena)
{
    making m = {.study = study,
                .settings = settings,
                .kept = kept,
                .arena = arena,
                .bodies = kt_bodies_make(study, settings->wording, arena),
                .day = day,
                .first = kt_project_models(study->related, study->count, arena),
                .model_of = kt_arena_array(arena, size_t, study->count + 1)};
    for (size_t i = 0; i < study->count; i++) {
        m.model_of[i] = KT_NO_PROJECT;
    }
    take_kept(&m);
    find_spreading(&m);
    take_kept_uses(&m);
    find_uses(&m);
    fold_uses(&m);
    return (kt_known_models){m.models, m.model_count, m.uses, m.use_count};
}
