/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/checksum.h"

#include "core/support.h"

/* The empty input's value is in the specification of XXH128; the others are what xxhsum -H128 of
 * another build says. */
static void known_texts_have_known_checksums(void **state)
{
    static const struct {
        const char *text, *sum;
    } known[] = {
        {"", "99aa06d3014798d86001c324468d497f"},
        {"abc", "06b05ab6733a618578af5f94892f3950"},
    };
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        char sum[KT_CHECKSUM_SIZE];
        kt_checksum_bytes(known[i].text, strlen(known[i].text), sum);
        assert_string_equal(sum, known[i].sum);
        kt_error err = {0};
        assert_int_equal(kt_checksum_file(write_words(*state, "file", known[i].text), sum, &err),
                         KT_OK);
        assert_string_equal(sum, known[i].sum);
    }
}

static void pieces_make_the_same_checksum(void **state)
{
    (void)state;
    char bytes[5000], whole[KT_CHECKSUM_SIZE], pieced[KT_CHECKSUM_SIZE];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (char)(i * i % 251);
    }
    kt_checksum_bytes(bytes, sizeof bytes, whole);
    for (size_t piece = 1; piece < sizeof bytes; piece = piece * 3 + 1) {
        kt_checksum *sum = kt_checksum_start();
        for (size_t at = 0; at < sizeof bytes; at += piece) {
            kt_checksum_add(sum, bytes + at, sizeof bytes - at < piece ? sizeof bytes - at : piece);
        }
        kt_checksum_finish(sum, pieced);
        assert_string_equal(pieced, whole);
    }
}

static void one_bit_more_is_another_checksum(void **state)
{
    (void)state;
    char bytes[300] = {0}, before[KT_CHECKSUM_SIZE], after[KT_CHECKSUM_SIZE];
    kt_checksum_bytes(bytes, sizeof bytes, before);
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] ^= 1;
        kt_checksum_bytes(bytes, sizeof bytes, after);
        assert_string_not_equal(after, before);
        bytes[i] ^= 1;
    }
}

static void a_file_that_is_not_there_is_told(void **state)
{
    char sum[KT_CHECKSUM_SIZE];
    kt_error err = {0};
    assert_int_not_equal(kt_checksum_file(path_of(*state, "absent"), sum, &err), KT_OK);
    assert_says(&err, "absent");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(known_texts_have_known_checksums),
        in_bench(pieces_make_the_same_checksum),
        in_bench(one_bit_more_is_another_checksum),
        in_bench(a_file_that_is_not_there_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
