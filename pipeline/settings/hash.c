/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings/parts.h"

#include <stdlib.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/text.h"

/* The files of a configuration, by the names that the main file gives them. */
typedef struct name_list {
    const char **names;
    size_t count, room;
    kt_arena *arena;
} name_list;

static void add_name(name_list *list, const char *name)
{
    list->names =
        kt_arena_grow(list->arena, list->names, list->count, &list->room, sizeof *list->names);
    list->names[list->count++] = name;
}

/* The files that the entries of a list in another file name, relative to that one. */
static void add_listed(name_list *list, const char *folder, const char *name, const char *key)
{
    json_auto_t *document = json_load_file(kt_path_join(list->arena, folder, name), 0, NULL);
    const json_t *entries = json_object_get(document, key);
    for (size_t i = 0; i < json_array_size(entries); i++) {
        const char *file = json_string_value(json_object_get(json_array_get(entries, i), "file"));
        if (file != NULL) {
            add_name(list, kt_path_join(list->arena, kt_path_folder(list->arena, name),
                                        kt_arena_copy(list->arena, file)));
        }
    }
}

/* Every data file of a named folder; its README is for people and may change freely. */
static void add_folder(name_list *list, const char *folder, const char *name)
{
    char **files = NULL;
    size_t count = 0;
    const char *path = kt_path_join(list->arena, folder, name);
    if (kt_folder_list(path, list->arena, &files, &count, NULL) != KT_OK) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (kt_text_ends(files[i], ".csv") || kt_text_ends(files[i], ".json")) {
            add_name(list, kt_path_join(list->arena, name, files[i]));
        }
    }
}

static void add_member(name_list *list, kt_json root, const char *folder, const char *key)
{
    const json_t *value = json_object_get(root.value, key);
    const char *name = json_string_value(value);
    if (name == NULL) {
        return;
    }
    if (kt_text_ends(name, ".json") || kt_text_ends(name, ".csv")) {
        add_name(list, name);
    } else {
        add_folder(list, folder, name);
    }
}

/* A file of whatever name. */
static void add_file(name_list *list, kt_json root, const char *key)
{
    const char *name = json_string_value(json_object_get(root.value, key));
    if (name != NULL) {
        add_name(list, name);
    }
}

/* Everything in the folder of projects.json, and in those of formats and sources below it. */
static void add_projects(name_list *list, kt_json root, const char *folder)
{
    static const char *const rooms[] = {"formats", "sources"};
    const char *name = json_string_value(json_object_get(root.value, "projects"));
    if (name == NULL) {
        return;
    }
    const char *own = kt_path_folder(list->arena, name);
    add_folder(list, folder, own);
    for (size_t i = 0; i < sizeof rooms / sizeof rooms[0]; i++) {
        add_folder(list, folder, kt_path_join(list->arena, own, rooms[i]));
    }
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* An absolute path says where a file is, not what it is: only its last part counts. */
static const char *stable_name(const char *name)
{
    const char *slash = strrchr(name, '/');
    return name[0] == '/' && slash != NULL ? slash + 1 : name;
}

static void put_file(kt_text *lines, const char *path, const char *name)
{
    char digest[KT_HASH_SIZE] = "";
    if (kt_hash_file(path, digest, NULL, NULL) != KT_OK) {
        digest[0] = '\0';
    }
    kt_text_print(lines, "%s  %s\n", digest, name);
}

/*
 * The main file in one spelling and without the number of threads: the order of members and the
 * machine that it runs on change no figure, and so they name no other run.
 */
static void put_main(kt_text *lines, kt_json root)
{
    char digest[KT_HASH_SIZE];
    json_auto_t *copy = json_deep_copy(root.value);
    (void)json_object_del(json_object_get(copy, "analysis"), "threads");
    KT_AUTO(free)
    char *text = json_dumps(copy, JSON_COMPACT | JSON_SORT_KEYS | JSON_REAL_PRECISION(17));
    kt_hash_bytes(text == NULL ? "" : text, text == NULL ? 0 : strlen(text), digest);
    kt_text_print(lines, "%s  main\n", digest);
}

/* What the lines say, and every file of the list. */
static void hash_names(name_list *list, const char *folder, kt_text *lines, char out[KT_HASH_SIZE])
{
    if (list->count > 0) {
        qsort(list->names, list->count, sizeof *list->names, by_name);
    }
    for (size_t i = 0; i < list->count; i++) {
        put_file(lines, kt_path_join(list->arena, folder, list->names[i]),
                 stable_name(list->names[i]));
    }
    kt_hash_bytes(lines->length > 0 ? lines->bytes : "", lines->length, out);
}

void kt_config_hash(kt_json root, const char *folder, char out[KT_HASH_SIZE])
{
    name_list list = {.arena = root.arena};
    const json_t *sources = json_object_get(root.value, "sources");
    for (size_t i = 0; i < json_array_size(sources); i++) {
        const char *name = json_string_value(json_array_get(sources, i));
        if (name != NULL) {
            add_name(&list, name);
        }
    }
    add_member(&list, root, folder, "markets");
    add_member(&list, root, folder, "breaks");
    add_member(&list, root, folder, "classifications");
    add_member(&list, root, folder, "contract");
    add_member(&list, root, folder, "corrections");
    add_member(&list, root, folder, "two_sources");
    add_member(&list, root, folder, "sectors");
    add_member(&list, root, folder, "series");
    add_member(&list, root, folder, "beveridge");
    add_member(&list, root, folder, "early_warning");
    add_member(&list, root, folder, "occupation_balance");
    add_file(&list, root, "barometer");
    add_member(&list, root, folder, "effective_tightness");
    add_member(&list, root, folder, "matching");
    add_projects(&list, root, folder);
    const char *reaches = json_string_value(json_object_get(root.value, "effective_tightness"));
    if (reaches != NULL) {
        add_listed(&list, folder, reaches, "effective_tightness");
    }
    KT_AUTO(text) kt_text lines = {0};
    put_main(&lines, root);
    hash_names(&list, folder, &lines, out);
}

void kt_config_pages_hash(kt_json root, const char *folder, char out[KT_HASH_SIZE])
{
    name_list list = {.arena = root.arena};
    const char *pages = json_string_value(json_object_get(root.value, "pages"));
    add_member(&list, root, folder, "pages");
    add_member(&list, root, folder, "notes");
    if (pages != NULL) {
        add_folder(&list, folder,
                   kt_path_join(root.arena, kt_path_folder(root.arena, pages), "i18n"));
        add_listed(&list, folder, pages, "maps");
    }
    KT_AUTO(text) kt_text lines = {0};
    hash_names(&list, folder, &lines, out);
}
