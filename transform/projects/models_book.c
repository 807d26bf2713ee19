/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/codes.h"
#include "transform/models.h"

struct kt_models_book {
    kt_codes *ids, *keys; /* of models and of uses, in their order */
    kt_model *models;
    kt_model_use *uses;
    size_t model_room, use_room;
    kt_arena *arena;
};

kt_models_book *kt_models_book_new(kt_arena *arena)
{
    kt_models_book *made = kt_arena_new(arena, kt_models_book);
    *made = (kt_models_book){.ids = kt_codes_new(arena),
                             .keys = kt_codes_new(arena),
                             .models = kt_arena_array(arena, kt_model, 1),
                             .uses = kt_arena_array(arena, kt_model_use, 1),
                             .model_room = 1,
                             .use_room = 1,
                             .arena = arena};
    return made;
}

/* What no two uses have in common. */
static const char *key_of(const kt_models_book *book, const kt_model_use *use)
{
    return kt_arena_print(book->arena, "%s %s %s", use->model_id, use->place.code,
                          use->organisation);
}

void kt_models_book_add(kt_models_book *book, const kt_models *more)
{
    for (size_t i = 0; i < more->count; i++) {
        const size_t known = kt_codes_count(book->ids);
        const size_t at = kt_codes_intern(book->ids, more->at[i].id);
        if (at == known) {
            book->models = kt_arena_grow(book->arena, book->models, known, &book->model_room,
                                         sizeof *book->models);
        }
        book->models[at] = more->at[i];
    }
    for (size_t i = 0; i < more->use_count; i++) {
        const size_t known = kt_codes_count(book->keys);
        const size_t at = kt_codes_intern(book->keys, key_of(book, &more->uses[i]));
        if (at == known) {
            book->uses =
                kt_arena_grow(book->arena, book->uses, known, &book->use_room, sizeof *book->uses);
        }
        book->uses[at] = more->uses[i];
    }
}

bool kt_models_book_has(const kt_models_book *book, const char *model_id)
{
    return kt_codes_find(book->ids, model_id) != KT_NO_CODE;
}

const kt_models *kt_models_book_all(const kt_models_book *book)
{
    const size_t count = kt_codes_count(book->keys);
    kt_model_use *uses = kt_arena_array(book->arena, kt_model_use, count + 1);
    kt_models *out = kt_arena_new(book->arena, kt_models);
    *out = (kt_models){.at = book->models, .count = kt_codes_count(book->ids), .uses = uses};
    for (size_t i = 0; i < count; i++) {
        if (kt_models_book_has(book, book->uses[i].model_id)) {
            uses[out->use_count] = book->uses[i];
            uses[out->use_count++].model = kt_codes_find(book->ids, book->uses[i].model_id);
        }
    }
    return out;
}
