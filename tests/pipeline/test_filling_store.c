/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "filling_store.h"
#include "support/check.h"

static const double first[] = {1, 4, 2.5}, second[] = {3};

static kt_fillings two_fillings(kt_arena *arena)
{
    kt_filled *at = kt_arena_array(arena, kt_filled, 2);
    at[0] = (kt_filled){.count = 3, .value = first};
    at[1] = (kt_filled){.count = 1, .value = second};
    kt_hash_bytes("a", 1, at[0].key);
    kt_hash_bytes("b", 1, at[1].key);
    return (kt_fillings){at, 2};
}

typedef struct place {
    kt_arena *arena;
    char folder[32];
    const char *path;
} place;

static int set_up(void **state)
{
    place *made = calloc(1, sizeof *made);
    made->arena = kt_arena_open("test", 0);
    strcpy(made->folder, "/tmp/kt-points-XXXXXX");
    assert_non_null(mkdtemp(made->folder));
    made->path = kt_path_join(made->arena, made->folder, "t1.points");
    *state = made;
    return 0;
}

static int tear_down(void **state)
{
    place *made = *state;
    const kt_status removed = kt_folder_remove(made->folder, NULL);
    kt_arena_free(made->arena);
    free(made);
    return removed == KT_OK ? 0 : -1;
}

static void points_come_back_as_they_were(void **state)
{
    const place *at = *state;
    const kt_fillings made = two_fillings(at->arena);
    assert_int_equal(kt_fillings_save(&made, at->path, NULL), KT_OK);
    const kt_fillings got = kt_fillings_load(at->path, at->arena);
    assert_int_equal(got.count, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_string_equal(got.at[i].key, made.at[i].key);
        assert_int_equal(got.at[i].count, made.at[i].count);
        assert_memory_equal(got.at[i].value, made.at[i].value,
                            made.at[i].count * sizeof *made.at[i].value);
    }
}

static void a_file_that_is_not_whole_gives_none(void **state)
{
    const place *at = *state;
    const kt_fillings made = two_fillings(at->arena);
    char *bytes = NULL;
    size_t length = 0;
    assert_int_equal(kt_fillings_load(at->path, at->arena).count, 0);
    assert_int_equal(kt_fillings_save(&made, at->path, NULL), KT_OK);
    assert_int_equal(kt_file_read(at->path, 1 << 20, at->arena, &bytes, &length, NULL), KT_OK);
    for (size_t cut = 0; cut < length; cut += 7) {
        assert_int_equal(kt_file_write(at->path, bytes, cut, NULL), KT_OK);
        assert_int_equal(kt_fillings_load(at->path, at->arena).count, 0);
    }
    for (size_t i = 0; i < length; i += 5) {
        bytes[i] ^= 1;
        assert_int_equal(kt_file_write(at->path, bytes, length, NULL), KT_OK);
        assert_int_equal(kt_fillings_load(at->path, at->arena).count, 0);
        bytes[i] ^= 1;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(points_come_back_as_they_were, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_file_that_is_not_whole_gives_none, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
