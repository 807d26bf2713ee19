/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/project_themes.h"

#include <math.h>
#include <string.h>

#include "core/cube.h"
#include "core/file.h"
#include "core/json.h"
#include "core/text.h"
#include "core/words.h"
#include "tokens.h"

typedef struct theme {
    const char *code;
    kt_words name;
    const char **stems;
    size_t stem_count;
} theme;

typedef struct topic_scheme {
    const char *id;
    theme together;                   /* code NULL: several codes have equal weights */
    const kt_classification *sectors; /* that name the codes; NULL: the file does */
    kt_project_text *stated_in;
    size_t stated_count;
    theme *themes;
    size_t theme_count;
} topic_scheme;

struct kt_theming {
    topic_scheme *schemes;
    size_t scheme_count;
    double stated, name, summary; /* confidence */
    kt_words unknown, all;        /* what these are called in every scheme */
    kt_topic *topics;
    size_t topic_count;
};

static const theme *theme_of(const topic_scheme *in, const char *code)
{
    for (size_t i = 0; i < in->theme_count; i++) {
        if (in->themes[i].code != NULL && strcmp(in->themes[i].code, code) == 0) {
            return &in->themes[i];
        }
    }
    return NULL;
}

/* in: the codes of the scheme that are read already. */
static const char *read_code(kt_json place, const topic_scheme *in)
{
    const char *code = kt_json_text(kt_json_member(place, "code"));
    if (code == NULL) {
        return NULL;
    }
    if (strcmp(code, KT_TOPIC_UNKNOWN) == 0 || strcmp(code, KT_TOTAL) == 0) {
        kt_json_wrong(place, "\"%s\" is what no stem is found for, or all", code);
    }
    if (theme_of(in, code) != NULL) {
        kt_json_wrong(place, "\"%s\" stands here already", code);
    }
    return code;
}

static kt_words sector_name(kt_json place, const kt_classification *sectors, const char *code)
{
    const kt_class_item *item = code == NULL ? NULL : kt_class_find(sectors, code);
    if (item == NULL) {
        kt_json_wrong(place, "\"%s\" is no sector of this revision", code == NULL ? "" : code);
        return (kt_words){0};
    }
    return (kt_words){.fi = item->name_fi, .sv = item->name_sv, .en = item->name_en};
}

static void read_theme(kt_json place, bool of_sectors, const topic_scheme *in, theme *out)
{
    static const char *const keys[] = {"code", "name", "stems", NULL};
    static const char *const sector_keys[] = {"code", "stems", NULL};
    kt_json_only(place, of_sectors ? sector_keys : keys);
    out->code = read_code(place, in);
    if (!of_sectors) {
        out->name = kt_words_read(kt_json_member(place, "name"));
    } else if (in->sectors != NULL) {
        out->name = sector_name(place, in->sectors, out->code);
    }
    out->stem_count = kt_json_texts(kt_json_member(place, "stems"), &out->stems);
    for (size_t i = 0; i < out->stem_count; i++) {
        if (out->stems[i][strspn(out->stems[i], "*")] == '\0') {
            kt_json_wrong(place, "stems[%zu]: expected letters", i);
        }
    }
}

static void read_stated(kt_json place, topic_scheme *out)
{
    const char **names = NULL;
    out->stated_count = kt_json_texts(place, &names);
    out->stated_in = kt_arena_array(place.arena, kt_project_text, out->stated_count);
    for (size_t i = 0; i < out->stated_count; i++) {
        if (!kt_project_text_find(names[i], &out->stated_in[i])) {
            kt_json_wrong(place, "\"%s\" is no field of a project", names[i]);
        }
    }
}

static theme read_together(kt_json place, const topic_scheme *in)
{
    static const char *const keys[] = {"code", "name", NULL};
    if (kt_json_absent(place) || !kt_json_object(place)) {
        return (theme){0};
    }
    kt_json_only(place, keys);
    return (theme){.code = read_code(place, in),
                   .name = kt_words_read(kt_json_member(place, "name"))};
}

/* Whether the codes are sectors; out: those that name them. */
static bool read_sectors(kt_json place, const kt_classifications *all,
                         const kt_classification **out)
{
    if (kt_json_absent(place)) {
        return false;
    }
    const char *name = kt_json_text(place);
    const kt_sector_revision revision = kt_sector_revision_find(name);
    if (name != NULL && revision == KT_SECTOR_REVISIONS) {
        kt_json_wrong(place, "\"%s\" is no revision of sectors", name);
    }
    *out = all == NULL || revision == KT_SECTOR_REVISIONS ? NULL : &all->sectors[revision];
    return true;
}

static void read_scheme(kt_json place, const kt_classifications *all, topic_scheme *out)
{
    static const char *const keys[] = {"scheme", "stated_in", "sectors", "together", "codes", NULL};
    kt_json_only(place, keys);
    out->id = kt_json_text(kt_json_member(place, "scheme"));
    read_stated(kt_json_member(place, "stated_in"), out);
    const bool of_sectors = read_sectors(kt_json_member(place, "sectors"), all, &out->sectors);
    const kt_json codes = kt_json_member(place, "codes");
    const size_t count = kt_json_count(codes);
    out->themes = kt_arena_array(place.arena, theme, count + 1);
    while (out->theme_count < count) {
        theme one = {0};
        read_theme(kt_json_element(codes, out->theme_count), of_sectors, out, &one);
        out->themes[out->theme_count++] = one;
    }
    out->together = read_together(kt_json_member(place, "together"), out);
}

static void read_confidence(kt_json place, kt_theming *out)
{
    static const char *const keys[] = {"stated", "name", "summary", NULL};
    if (kt_json_object(place)) {
        kt_json_only(place, keys);
        out->stated = kt_json_number(kt_json_member(place, "stated"), 0.0, 1.0);
        out->name = kt_json_number(kt_json_member(place, "name"), 0.0, 1.0);
        out->summary = kt_json_number(kt_json_member(place, "summary"), 0.0, 1.0);
    }
}

static void read_all(kt_json root, const kt_classifications *sectors, kt_theming *out)
{
    static const char *const keys[] = {"confidence", "unknown", "all", "schemes", NULL};
    kt_json_only(root, keys);
    read_confidence(kt_json_member(root, "confidence"), out);
    out->unknown = kt_words_read(kt_json_member(root, "unknown"));
    out->all = kt_words_read(kt_json_member(root, "all"));
    const kt_json schemes = kt_json_member(root, "schemes");
    out->scheme_count = kt_json_count(schemes);
    out->schemes = kt_arena_array(root.arena, topic_scheme, out->scheme_count);
    for (size_t i = 0; i < out->scheme_count; i++) {
        read_scheme(kt_json_element(schemes, i), sectors, &out->schemes[i]);
    }
}

static void add_topics(const topic_scheme *in, kt_theming *out)
{
    for (size_t i = 0; i < in->theme_count; i++) {
        out->topics[out->topic_count++] =
            (kt_topic){in->id, in->themes[i].code, in->themes[i].name};
    }
    if (in->together.code != NULL) {
        out->topics[out->topic_count++] = (kt_topic){in->id, in->together.code, in->together.name};
    }
    out->topics[out->topic_count++] = (kt_topic){in->id, KT_TOPIC_UNKNOWN, out->unknown};
    out->topics[out->topic_count++] = (kt_topic){in->id, KT_TOTAL, out->all};
}

static void gather_topics(kt_theming *out, kt_arena *arena)
{
    size_t room = 0;
    for (size_t i = 0; i < out->scheme_count; i++) {
        room += out->schemes[i].theme_count + 3; /* together, unknown, all */
    }
    out->topics = kt_arena_array(arena, kt_topic, room);
    for (size_t i = 0; i < out->scheme_count; i++) {
        add_topics(&out->schemes[i], out);
    }
}

const kt_theming *kt_theming_load(const char *folder, const kt_classifications *sectors,
                                  kt_arena *arena, kt_problems *problems)
{
    const size_t before = kt_problems_count(problems);
    kt_theming *out = kt_arena_new(arena, kt_theming);
    json_auto_t *document = NULL;
    kt_json root;
    kt_json_load(kt_path_join(arena, folder, "themes.json"), arena, problems, &document, &root);
    if (root.value != NULL) {
        read_all(root, sectors, out);
        gather_topics(out, arena);
    }
    return kt_problems_count(problems) == before ? out : NULL;
}

/* A text as stems are looked for in it: its words, and their base forms. */
typedef struct searched {
    const char *words, *bases;
    double confidence;
    const char *basis;
} searched;

static searched search(kt_finnish *finnish, const char *text, kt_arena *arena)
{
    kt_text bases = {0};
    const tokens words = tokens_of(text, arena);
    for (size_t i = 0; i < words.count; i++) {
        const kt_finnish_readings all = kt_finnish_read(finnish, words.at[i].word);
        kt_text_print(&bases, "%s ", all.count > 0 ? all.at[0].base_form : words.at[i].word);
    }
    const searched out = {
        .words = text != NULL ? kt_plain_words(text, arena) : "",
        .bases = bases.bytes != NULL ? kt_plain_words(bases.bytes, arena) : "",
    };
    kt_text_free(&bases);
    return out;
}

static bool has_theme(const searched *text, const theme *one)
{
    for (size_t i = 0; i < one->stem_count; i++) {
        if (stem_in(text->words, one->stems[i]) || stem_in(text->bases, one->stems[i])) {
            return true;
        }
    }
    return false;
}

/* The themes of one project while they are found. */
typedef struct finding {
    kt_project_theme *at;
    size_t count, room;
    kt_arena *arena;
} finding;

static void put(finding *t, kt_project_theme one)
{
    t->at = kt_arena_grow(t->arena, t->at, t->count, &t->room, sizeof *t->at);
    t->at[t->count++] = one;
}

/* The surest of the texts that has the theme, or NULL; texts come by confidence. */
static const searched *text_with(const searched *texts, size_t count, const theme *one)
{
    for (size_t i = 0; i < count; i++) {
        if (has_theme(&texts[i], one)) {
            return &texts[i];
        }
    }
    return NULL;
}

static size_t find_themes(finding *t, const topic_scheme *in, const searched *texts,
                          size_t text_count)
{
    const size_t before = t->count;
    for (size_t i = 0; i < in->theme_count; i++) {
        const searched *text = text_with(texts, text_count, &in->themes[i]);
        if (text != NULL) {
            put(t, (kt_project_theme){.scheme = in->id,
                                      .code = in->themes[i].code,
                                      .basis = text->basis,
                                      .confidence = text->confidence});
        }
    }
    return t->count - before;
}

/* Equal weights, one code for several, or none. */
static void weigh(finding *t, const topic_scheme *in, size_t found)
{
    kt_project_theme *first = t->at == NULL ? NULL : t->at + (t->count - found);
    if (found == 0) {
        put(t, (kt_project_theme){in->id, KT_TOPIC_UNKNOWN, 1.0, "", NAN});
        return;
    }
    if (found > 1 && in->together.code != NULL) {
        for (size_t i = 1; i < found; i++) {
            first->confidence = fmin(first->confidence, first[i].confidence);
        }
        first->code = in->together.code;
        t->count -= found - 1;
        found = 1;
    }
    for (size_t i = 0; i < found; i++) {
        first[i].weight = 1.0 / (double)found;
    }
}

/* What the list states of a scheme; fields that it has not are empty. */
static size_t find_stated(finding *t, const kt_theming *all, const topic_scheme *in,
                          kt_finnish *finnish, const kt_project *project)
{
    searched *texts = kt_arena_array(t->arena, searched, in->stated_count);
    for (size_t i = 0; i < in->stated_count; i++) {
        texts[i] = search(finnish, project->text[in->stated_in[i]], t->arena);
        texts[i].basis = "stated";
        texts[i].confidence = all->stated;
    }
    return find_themes(t, in, texts, in->stated_count);
}

kt_project_themes kt_project_themes_of(const kt_theming *theming, kt_finnish *finnish,
                                       const kt_project *project, kt_arena *arena)
{
    finding t = {.arena = arena};
    searched texts[] = {search(finnish, project->text[KT_PROJECT_NAME], arena),
                        search(finnish, project->text[KT_PROJECT_SUMMARY], arena)};
    texts[0].basis = texts[1].basis = "keyword";
    texts[0].confidence = theming->name;
    texts[1].confidence = theming->summary;
    for (size_t i = 0; i < theming->scheme_count; i++) {
        const topic_scheme *in = &theming->schemes[i];
        size_t found = find_stated(&t, theming, in, finnish, project);
        if (found == 0) {
            found = find_themes(&t, in, texts, 2);
        }
        weigh(&t, in, found);
    }
    return (kt_project_themes){t.at, t.count};
}

static const topic_scheme *scheme_of(const kt_theming *theming, const char *id)
{
    for (size_t i = 0; i < theming->scheme_count; i++) {
        if (strcmp(theming->schemes[i].id, id) == 0) {
            return &theming->schemes[i];
        }
    }
    return NULL;
}

size_t kt_topics(const kt_theming *theming, const kt_topic **out)
{
    *out = theming->topics;
    return theming->topic_count;
}

bool kt_topic_known(const kt_theming *theming, const char *scheme, const char *code)
{
    const topic_scheme *in = scheme_of(theming, scheme);
    return in != NULL && theme_of(in, code) != NULL;
}
