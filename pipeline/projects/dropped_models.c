/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projects/dropped_models.h"

static bool counts(const kt_list_file *file)
{
    return file->held == NULL && !file->replaced && file->models != NULL;
}

static void doubt_uses(const kt_models_book *book, kt_list_file *file, kt_arena *arena)
{
    const kt_models *said = file->models;
    file->warnings = kt_arena_array(arena, kt_list_warning, said->use_count + 1);
    for (size_t i = 0; i < said->use_count; i++) {
        const kt_model_use *use = &said->uses[i];
        if (!kt_models_book_has(book, use->model_id)) {
            file->warnings[file->warning_count++] = (kt_list_warning){
                kt_arena_print(arena,
                               "%s: row %zu: column model_id: \"%.40s\" is no model that "
                               "anybody told of",
                               file->name, use->row, use->model_id),
                kt_arena_print(arena, "row %zu: column model_id: nobody told of the model",
                               use->row)};
        }
    }
    file->warned = file->warning_count;
}

void kt_dropped_models_gather(kt_project_lists *lists, kt_arena *arena)
{
    kt_models_book *book = kt_models_book_new(arena);
    if (lists->models != NULL) {
        kt_models_book_add(book, lists->models);
    }
    for (size_t i = 0; i < lists->count; i++) {
        if (counts(&lists->at[i])) {
            kt_models_book_add(book, lists->at[i].models);
        }
    }
    for (size_t i = 0; i < lists->count; i++) {
        if (counts(&lists->at[i])) {
            doubt_uses(book, &lists->at[i], arena);
        }
    }
    lists->models = kt_models_book_all(book);
}
