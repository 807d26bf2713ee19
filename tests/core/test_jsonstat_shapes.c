/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/envelope.h"
#include "core/support.h"
#include "core/text.h"

/*
 * What else than a plain data set of 2.0 is JSON-stat, and what a data set may say beside its
 * figures (json-stat.org/full, and the answers of Eurostat and of Statistics Finland's PxApi).
 */

/* A data set of two cells of 1.x: id and size inside dimension. */
#define OLD(label)                                                                  \
    "{\"label\":\"" label "\",\"value\":[1,2],\"dimension\":{\"id\":[\"A\",\"T\"]," \
    "\"size\":[2,\"1\"],\"role\":{\"time\":[\"T\"]},"                               \
    "\"A\":{\"category\":{\"index\":{\"y\":\"1\",\"x\":\"0\"}}},"                   \
    "\"T\":{\"category\":{\"label\":{\"2026\":\"vuosi\"}}}}}"
/* The same as the answer itself, which 1.3 has. */
#define OLD_SET(version)                                                                \
    "{\"class\":\"dataset\"," version "\"label\":\"x\",\"value\":[1,2],\"dimension\":{" \
    "\"id\":[\"A\",\"T\"],\"size\":[2,1],\"role\":{\"time\":[\"T\"]},"                  \
    "\"A\":{\"category\":{\"index\":[\"x\",\"y\"]}},"                                   \
    "\"T\":{\"category\":{\"label\":{\"2026\":\"vuosi\"}}}}}"
#define CATEGORIES "\"category\":{\"index\":[\"a\",\"b\",\"c\",\"d\"]"
#define SET(category, rest)                                                   \
    "{\"version\":\"2.0\",\"class\":\"dataset\",\"id\":[\"A\"],\"size\":[4]," \
    "\"dimension\":{\"A\":{" CATEGORIES category "}}},\"value\":[1,2,3,4]" rest "}"
#define ITEM(href, label)                                                   \
    "{\"class\":\"dataset\",\"href\":\"" href "\",\"label\":\"" label "\"," \
    "\"id\":[\"A\"],\"size\":[1],\"value\":{\"0\":7},"                      \
    "\"dimension\":{\"A\":{\"category\":{\"index\":{\"" label "\":0}}}}}"
#define LINK(href) "{\"class\":\"dataset\",\"href\":\"" href "\",\"label\":\"far\"}"
#define COLLECTION(items) \
    "{\"version\":\"2.0\",\"class\":\"collection\",\"link\":{\"item\":[" items "]}}"

static kt_status read_as(const bench *made, const char *wanted, const char *text, kt_envelope **out,
                         kt_error *err)
{
    kt_source source = {.id = "t", .dataset = wanted};
    const kt_document document = {text, strlen(text), "t", &source};
    return kt_envelope_jsonstat(&document, made->arena, out, err);
}

static const kt_envelope *read_well(const bench *made, const char *wanted, const char *text)
{
    kt_envelope *envelope = NULL;
    kt_error err = {0};
    const kt_status status = read_as(made, wanted, text, &envelope, &err);
    assert_string_equal(err.message, "");
    assert_int_equal(status, KT_OK);
    return envelope;
}

static void the_only_data_set_of_a_bundle_needs_no_name(void **state)
{
    static const char *const texts[] = {
        "{\"dataset\":" OLD("x") "}",
        "{\"oecd\":" OLD("x") ",\"made\":\"2014\",\"by\":{\"name\":\"nobody\"}}",
        "{\"version\":\"1.3\",\"class\":\"bundle\",\"oecd\":" OLD("x") "}",
        OLD_SET("\"version\":\"1.3\","),
        OLD_SET(""),
    };
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        const kt_envelope *envelope = read_well(*state, NULL, texts[i]);
        assert_int_equal(envelope->cells, 2);
        assert_string_equal(envelope->label, "x");
        assert_string_equal(kt_codes_at(envelope->dimensions[0].codes, 1), "y");
        assert_true(envelope->dimensions[1].is_time);
        assert_string_equal(kt_codes_label(envelope->dimensions[1].codes, 0), "vuosi");
    }
}

typedef struct choice_case {
    const char *text, *wanted;
    const char *label; /* of the data set that is meant */
    const char *says;  /* or why there is none */
} choice_case;

#define BUNDLE "{\"oecd\":" OLD("first") ",\"can\\u0061da\":" OLD("second") "}"
#define HELD   COLLECTION(ITEM("http://h/1", "near") "," LINK("http://h/2"))
#define BOTH   COLLECTION(ITEM("http://h/1", "near") "," ITEM("http://h/2", "next"))

static void of_several_data_sets_the_source_file_names_one(void **state)
{
    static const choice_case cases[] = {
        {BUNDLE, "oecd", "first", NULL},
        {BUNDLE, "canada", "second", NULL},
        {BUNDLE, NULL, NULL,
         "2 data sets, expected \"dataset\" in the source file to name one of oecd, canada"},
        {BUNDLE, "Canada", NULL, "no data set \"Canada\", expected one of oecd, canada"},
        {HELD, NULL, "near", NULL},
        {HELD, "near", "near", NULL},
        {HELD, "http://h/1", "near", NULL},
        {HELD, "far", NULL,
         "only links to \"far\", expected the data set itself, which is at http://h/2"},
        {HELD, "http://h/3", NULL, "no data set \"http://h/3\", expected one of near, far"},
        {BOTH, NULL, NULL, "expected \"dataset\" in the source file to name one of near, next"},
        {BOTH, "next", "next", NULL},
        {COLLECTION(ITEM("u", "same") "," ITEM("v", "same")), "same", NULL,
         "several data sets are called \"same\""},
        {COLLECTION(LINK("http://h/1") "," LINK("http://h/2")), NULL, NULL,
         "a collection that only links to its data sets, expected one of them; they are at "
         "http://h/1, http://h/2"},
        {COLLECTION("{\"class\":\"collection\",\"href\":\"u\",\"value\":[1],\"dimension\":{}}"),
         NULL, NULL, "only links to its data sets"},
        {COLLECTION(""), NULL, NULL, "a collection without data sets"},
        {COLLECTION("7"), NULL, NULL, "\"link\": expected objects in \"item\""},
        {"{\"version\":\"2.0\",\"class\":\"collection\"}", NULL, NULL,
         "a collection without data sets"},
        {"{\"version\":\"1.0\",\"class\":\"collection\"}", NULL, NULL,
         "JSON-stat version \"1.0\", expected 2.0"},
        {SET("", ",\"label\":\"alone\""), "oecd", "alone", NULL},
        {"{\"version\":\"2.0\",\"class\":\"dimension\"," CATEGORIES "}}", NULL, NULL,
         "JSON-stat of class \"dimension\", which has categories and no values, expected a data "
         "set"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_envelope *envelope = NULL;
        kt_error err = {0};
        const kt_status status = read_as(*state, cases[i].wanted, cases[i].text, &envelope, &err);
        if (cases[i].says != NULL) {
            assert_int_equal(status, KT_ERR_FORMAT);
            assert_says(&err, cases[i].says);
            continue;
        }
        assert_string_equal(err.message, "");
        assert_string_equal(envelope->label, cases[i].label);
    }
}

static void what_is_wrong_is_told_with_the_name_of_the_data_set(void **state)
{
    static const choice_case cases[] = {
        {"{\"a\":{\"value\":[1],\"dimension\":{\"id\":[\"A\"],\"size\":[2],"
         "\"A\":{\"category\":{\"index\":[\"x\",\"y\"]}}}}}",
         NULL, NULL, "t: data set a: 1 values, but the sizes multiply to 2"},
        {"{\"a\":{\"value\":[1],\"dimension\":{\"size\":[2]}}}", NULL, NULL,
         "t: data set a: no \"id\""},
        {"{\"a\":{\"value\":[1],\"dimension\":{\"id\":[\"A\"],\"size\":[\"two\"]}}}", NULL, NULL,
         "t: data set a: \"size\" of A: expected a count above zero"},
        {"{\"a\":{\"value\":[1],\"dimension\":{\"id\":[\"A\"],\"size\":[\"\"]}}}", NULL, NULL,
         "\"size\" of A: expected a count above zero"},
        {"{\"a\":{\"value\":[1],\"dimension\":{\"id\":[\"A\"],\"size\":[1],"
         "\"role\":{\"time\":[\"B\"]},\"A\":{\"category\":{\"index\":[\"x\"]}}}}}",
         NULL, NULL, "t: data set a: role time: no dimension B"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_envelope *envelope = NULL;
        kt_error err = {0};
        assert_int_equal(read_as(*state, NULL, cases[i].text, &envelope, &err), KT_ERR_FORMAT);
        assert_says(&err, cases[i].says);
    }
}

static void a_category_may_be_a_part_of_several_but_not_of_itself(void **state)
{
    static const choice_case cases[] = {
        {SET(",\"child\":{\"a\":[\"b\",\"c\"],\"b\":[\"d\"],\"c\":[\"d\"]}", ""), NULL, NULL, NULL},
        {SET(",\"child\":{\"d\":[],\"a\":[\"b\",\"b\"]}", ""), NULL, NULL, NULL},
        {SET(",\"child\":null", ""), NULL, NULL, NULL},
        {SET(",\"child\":{\"a\":[\"b\"],\"b\":[\"c\"],\"c\":[\"a\"]}", ""), NULL, NULL,
         "dimension A: \"child\": a is a part of itself"},
        {SET(",\"child\":{\"d\":[\"d\"]}", ""), NULL, NULL, "\"child\": d is a part of itself"},
        {SET(",\"child\":{\"a\":[\"e\"]}", ""), NULL, NULL, "\"child\": e is no category of it"},
        {SET(",\"child\":{\"e\":[\"a\"]}", ""), NULL, NULL, "\"child\": e is no category of it"},
        {SET(",\"child\":{\"a\":[7]}", ""), NULL, NULL, "\"child\": a part that is no text"},
        {SET(",\"child\":{\"a\":\"b\"}", ""), NULL, NULL,
         "\"child\": a: expected an array of its parts"},
        {SET(",\"child\":[\"a\"]", ""), NULL, NULL, "\"child\": expected an object"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_envelope *envelope = NULL;
        kt_error err = {0};
        const kt_status status = read_as(*state, NULL, cases[i].text, &envelope, &err);
        assert_int_equal(status, cases[i].says == NULL ? KT_OK : KT_ERR_FORMAT);
        assert_says(&err, cases[i].says == NULL ? "" : cases[i].says);
    }
}

static void units_come_in_the_words_of_the_source(void **state)
{
    const kt_envelope *envelope =
        read_well(*state, NULL,
                  SET(",\"unit\":{\"a\":{\"base\":\"antal\",\"decimals\":0},"
                      "\"b\":{\"label\":\"Per cent\",\"symbol\":\"%\"},\"d\":{\"symbol\":\"%\"},"
                      "\"z\":{\"label\":\"of nothing\"}}",
                      ""));
    const char *const *units = envelope->dimensions[0].units;
    assert_string_equal(units[0], "antal");
    assert_string_equal(units[1], "Per cent");
    assert_null(units[2]);
    assert_string_equal(units[3], "%");
    assert_null(read_well(*state, NULL, SET("", ""))->dimensions[0].units);
}

#define EMPTY(positions) SET("", ",\"extension\":{\"positions-with-no-data\":" positions "}")

static void positions_that_point_outside_are_refused(void **state)
{
    static const choice_case cases[] = {
        {EMPTY("{\"A\":[0,3]}"), NULL, NULL, NULL},
        {EMPTY("{\"A\":[]}"), NULL, NULL, NULL},
        {EMPTY("{\"A\":[4]}"), NULL, NULL,
         "t: \"positions-with-no-data\" of A: 4, expected positions from 0 to 3"},
        {EMPTY("{\"A\":[-1]}"), NULL, NULL, "of A: -1, expected positions from 0 to 3"},
        {EMPTY("{\"A\":[\"0\"]}"), NULL, NULL, "of A: \"0\", expected positions from 0 to 3"},
        {EMPTY("{\"geo\":[0]}"), NULL, NULL,
         "\"positions-with-no-data\": expected positions of a dimension, found geo"},
        {EMPTY("{\"A\":3}"), NULL, NULL, "expected positions of a dimension, found A"},
        {SET("", ",\"status\":{\"3\":\"p\"}"), NULL, NULL, NULL},
        {SET("", ",\"status\":{\"4\":\"p\"}"), NULL, NULL,
         "\"status\": the key \"4\" is not one of 0 to 3, each once"},
        {SET("", ",\"status\":{\"3\":\"p\",\"3\":\"e\"}"), NULL, NULL, "each once"},
        {SET("", ",\"status\":{\"03\":\"p\"}"), NULL, NULL, "\"status\": the key \"03\""},
        {SET("", ",\"status\":\"p\""), NULL, NULL, NULL},
        {SET("", ",\"status\":null"), NULL, NULL, NULL},
        {SET("", ",\"status\":[\"p\"]"), NULL, NULL, NULL},
        {SET("", ",\"status\":[\"p\",null,\"\",\"e\"]"), NULL, NULL, NULL},
        {SET("", ",\"status\":[\"p\",\"e\"]"), NULL, NULL, "\"status\": 2 texts, expected 4 or 1"},
        {SET("", ",\"status\":7"), NULL, NULL, "\"status\": expected texts"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_envelope *envelope = NULL;
        kt_error err = {0};
        const kt_status status = read_as(*state, NULL, cases[i].text, &envelope, &err);
        assert_int_equal(status, cases[i].says == NULL ? KT_OK : KT_ERR_FORMAT);
        assert_says(&err, cases[i].says == NULL ? "" : cases[i].says);
    }
}

/* PxWeb's JsonStat2 serializer: AddInfoForEliminatedContentVariable. */
static void what_stands_in_for_contents_is_no_variable(void **state)
{
#define STAND_IN(code, role)                                                                     \
    "{\"version\":\"2.0\",\"class\":\"dataset\",\"id\":[\"ContentsCode\",\"A\"],\"size\":[1,2]," \
    "\"role\":{\"" role "\":[\"ContentsCode\"]},\"dimension\":{\"ContentsCode\":{"               \
    "\"label\":\"EliminatedContents\",\"category\":{\"index\":{\"" code "\":0},"                 \
    "\"label\":{\"" code "\":\"Population\"},\"unit\":{\"" code "\":{\"base\":\"persons\","      \
    "\"decimals\":0}}},\"extension\":{\"elimination\":true}},"                                   \
    "\"A\":{\"category\":{\"index\":[\"x\",\"y\"]}}},\"value\":[1,2]}"
    static const struct {
        const char *text;
        size_t dimensions;
    } cases[] = {
        {STAND_IN("EliminatedValue", "metric"), 1},
        {STAND_IN("EliminatedValue", "geo"), 2},
        {STAND_IN("Population", "metric"), 2},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_envelope *envelope = read_well(*state, NULL, cases[i].text);
        assert_int_equal(envelope->dimension_count, cases[i].dimensions);
        assert_int_equal(envelope->cells, 2);
        if (cases[i].dimensions == 1) {
            assert_string_equal(envelope->dimensions[0].id, "A");
            assert_string_equal(envelope->unit, "persons");
        }
    }
}

static void a_source_tells_what_its_numbers_for_symbols_mean(void **state)
{
    const kt_envelope *envelope = read_well(
        *state, NULL,
        SET("", ",\"extension\":{\"missingValueDescriptions\":{\"3\":\"Data is subject to "
                "secrecy\",\"6\":\"......\"}}"));
    const size_t at = kt_codes_find(envelope->symbol_names, "3");
    assert_string_equal(kt_codes_label(envelope->symbol_names, at), "Data is subject to secrecy");
    assert_null(read_well(*state, NULL, SET("", ",\"extension\":{}"))->symbol_names);
}

static void more_data_sets_than_anybody_writes_are_refused(void **state)
{
    KT_AUTO(text) kt_text body = {0};
    kt_text_put(&body, "{\"version\":\"2.0\",\"class\":\"collection\",\"link\":{\"item\":[{}");
    for (int i = 1; i < 5000; i++) {
        kt_text_put(&body, ",{}");
    }
    kt_text_put(&body, "]}}");
    kt_envelope *envelope = NULL;
    kt_error err = {0};
    assert_int_equal(read_as(*state, NULL, body.bytes, &envelope, &err), KT_ERR_FORMAT);
    assert_says(&err, "t: more data sets than the limit of 4096");
}

static void more_dimensions_than_any_table_has_are_refused(void **state)
{
    for (int most = 64; most <= 65; most++) {
        KT_AUTO(text) kt_text ids = {0};
        KT_AUTO(text) kt_text sizes = {0};
        KT_AUTO(text) kt_text body = {0};
        for (int i = 0; i < most; i++) {
            const char *comma = i == 0 ? "" : ",";
            kt_text_print(&ids, "%s\"d%d\"", comma, i);
            kt_text_print(&sizes, "%s1", comma);
            kt_text_print(&body, "%s\"d%d\":{\"category\":{\"index\":[\"a\"]}}", comma, i);
        }
        const char *text =
            kt_arena_print(((bench *)*state)->arena,
                           "{\"version\":\"2.0\",\"class\":\"dataset\",\"id\":[%s],\"size\":[%s],"
                           "\"dimension\":{%s},\"value\":[1]}",
                           ids.bytes, sizes.bytes, body.bytes);
        kt_envelope *envelope = NULL;
        kt_error err = {0};
        const kt_status status = read_as(*state, NULL, text, &envelope, &err);
        assert_string_equal(err.message, most == 64 ? "" : "t: 65 dimensions, expected at most 64");
        assert_int_equal(status, most == 64 ? KT_OK : KT_ERR_FORMAT);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_only_data_set_of_a_bundle_needs_no_name),
        cmocka_unit_test(of_several_data_sets_the_source_file_names_one),
        cmocka_unit_test(what_is_wrong_is_told_with_the_name_of_the_data_set),
        cmocka_unit_test(a_category_may_be_a_part_of_several_but_not_of_itself),
        cmocka_unit_test(units_come_in_the_words_of_the_source),
        cmocka_unit_test(positions_that_point_outside_are_refused),
        cmocka_unit_test(what_stands_in_for_contents_is_no_variable),
        cmocka_unit_test(a_source_tells_what_its_numbers_for_symbols_mean),
        cmocka_unit_test(more_dimensions_than_any_table_has_are_refused),
        cmocka_unit_test(more_data_sets_than_anybody_writes_are_refused),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
