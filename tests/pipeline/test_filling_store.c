/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "filling_store.h"

#include "core/support.h"

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

static void points_come_back_as_they_were(void **state)
{
    kt_arena *arena = ((const bench *)*state)->arena;
    const char *path = path_of(*state, "t1.points");
    const kt_fillings made = two_fillings(arena);
    assert_int_equal(kt_fillings_save(&made, path, NULL), KT_OK);
    const kt_fillings got = kt_fillings_load(path, arena);
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
    kt_arena *arena = ((const bench *)*state)->arena;
    const char *path = path_of(*state, "t1.points");
    const kt_fillings made = two_fillings(arena);
    char *bytes = NULL;
    size_t length = 0;
    assert_int_equal(kt_fillings_load(path, arena).count, 0);
    assert_int_equal(kt_fillings_save(&made, path, NULL), KT_OK);
    assert_int_equal(kt_file_read(path, 1 << 20, arena, &bytes, &length, NULL), KT_OK);
    for (size_t cut = 0; cut < length; cut += 7) {
        assert_int_equal(kt_file_write(path, bytes, cut, NULL), KT_OK);
        assert_int_equal(kt_fillings_load(path, arena).count, 0);
    }
    for (size_t i = 0; i < length; i += 5) {
        bytes[i] ^= 1;
        assert_int_equal(kt_file_write(path, bytes, length, NULL), KT_OK);
        assert_int_equal(kt_fillings_load(path, arena).count, 0);
        bytes[i] ^= 1;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(points_come_back_as_they_were),
        in_bench(a_file_that_is_not_whole_gives_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
