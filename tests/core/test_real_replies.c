/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/envelope.h"
#include "core/roles.h"
#include "core/support.h"
#include "core/text.h"

/*
 * The live configuration on bodies that services really sent. They are not part of the tree:
 * without them the program says 77, skipped. tests/transform/test_fixtures.c reads each of them.
 */
#define FIXTURES KT_SHARED "/data/fixtures/"

typedef struct reply_case {
    const char *file;
    kt_envelope_reader read;
} reply_case;

static kt_status read_reply(const bench *made, const reply_case *reply, kt_envelope **out,
                            kt_error *err)
{
    char *path = kt_arena_print(made->arena, "%s%s", FIXTURES, reply->file);
    char *bytes = NULL;
    size_t length = 0;
    kt_error error = {0};
    assert_int_equal(kt_file_read(path, 1 << 24, made->arena, &bytes, &length, &error), KT_OK);
    const kt_document document = {.bytes = bytes, .length = length, .name = reply->file};
    return reply->read(&document, made->arena, out, err);
}

typedef struct wanted_case {
    const char *source;
    reply_case reply;
    size_t regions, periods, measures;
} wanted_case;

static void the_live_configuration_fits_the_real_tables(void **state)
{
    static const wanted_case cases[] = {
        {"12r5", {"derived/12r5_v1_metadata.json", kt_envelope_pxweb_metadata}, 421, 210, 23},
        {"12r5", {"derived/12r5_2026M06.jsonstat2.json", kt_envelope_jsonstat}, 421, 1, 23},
        {"12r5",
         {"statfin_v1_2026/12r5_2026M06_all_areas.pxjson.json", kt_envelope_pxjson},
         421,
         1,
         23},
        {"12ti",
         {"statfin_v1_2026/12ti_2026M06_all_areas_3occ.pxjson.json", kt_envelope_pxjson},
         22,
         1,
         2},
        {"12ti",
         {"derived/12ti_4areas_2022M11_2023M10.jsonstat2.json", kt_envelope_jsonstat},
         4,
         12,
         2},
    };
    const bench *made = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const wanted_case *wanted = &cases[i];
        kt_problems *problems = kt_problems_new(made->arena);
        const kt_source *source = kt_source_load(
            kt_arena_print(made->arena, "%s/config/sources/%s.json", KT_ROOT, wanted->source),
            made->arena, problems);
        kt_envelope *envelope = NULL;
        kt_resolved *resolved = NULL;
        kt_error error = {0};
        assert_int_equal(read_reply(made, &wanted->reply, &envelope, &error), KT_OK);
        assert_int_equal(kt_roles_resolve(source, envelope,
                                          wanted->reply.read == kt_envelope_pxweb_metadata,
                                          made->arena, &resolved, &error),
                         KT_OK);
        assert_int_equal(kt_resolved_find(resolved, KT_ROLE_REGION)->wanted_count, wanted->regions);
        assert_int_equal(kt_resolved_find(resolved, KT_ROLE_PERIOD)->wanted_count, wanted->periods);
        assert_int_equal(kt_resolved_find(resolved, KT_ROLE_MEASURE)->wanted_count,
                         wanted->measures);
    }
}

int main(void)
{
    if (!kt_file_exists(FIXTURES)) {
        print_message("%s is absent: skipped\n", FIXTURES);
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_live_configuration_fits_the_real_tables),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
