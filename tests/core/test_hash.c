/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/hash.h"

#include "core/support.h"

/* The examples of FIPS 180-4: the empty message, "abc", the two-block message, a million times "a".
 */
#define HASH_EMPTY   "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define HASH_ABC     "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define HASH_TWO     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
#define HASH_MILLION "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"

static void the_standard_examples_have_their_hashes(void **state)
{
    (void)state;
    static const char two[] = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    char hash[KT_HASH_SIZE];
    kt_hash_bytes("", 0, hash);
    assert_string_equal(hash, HASH_EMPTY);
    kt_hash_bytes("abc", 3, hash);
    assert_string_equal(hash, HASH_ABC);
    kt_hash_bytes(two, strlen(two), hash);
    assert_string_equal(hash, HASH_TWO);
}

/* Digits of the hash of "abc" with the version and the variant of RFC 9562 set between them. */
static void a_name_has_the_shape_of_a_version_8_uuid(void **state)
{
    (void)state;
    char urn[KT_URN_SIZE];
    kt_hash_urn("abc", urn);
    assert_string_equal(urn, "urn:uuid:ba7816bf-8f01-8cfe-aa41-4140de5dae22");
}

static void a_running_hash_does_not_depend_on_the_pieces(void **state)
{
    (void)state;
    char piece[1000];
    memset(piece, 'a', sizeof piece);
    char hash[KT_HASH_SIZE];
    kt_hasher *hasher = kt_hash_start();
    for (int i = 0; i < 999; i++) {
        kt_hash_add(hasher, piece, sizeof piece);
    }
    for (int i = 0; i < 1000; i++) {
        kt_hash_add(hasher, piece, 1);
    }
    kt_hash_finish(hasher, hash);
    assert_string_equal(hash, HASH_MILLION);
}

static void a_file_has_the_hash_of_its_content(void **state)
{
    bench *made = *state;
    char *path = write_words(made, "abc", "abc");
    char hash[KT_HASH_SIZE];
    size_t size = 0;
    kt_error error = {0};
    assert_int_equal(kt_hash_file(path, hash, &size, &error), KT_OK);
    assert_string_equal(hash, HASH_ABC);
    assert_int_equal(size, 3);
    assert_int_equal(kt_hash_file(path, hash, NULL, &error), KT_OK);
}

static void a_file_that_cannot_be_hashed_is_named(void **state)
{
    bench *made = *state;
    char hash[KT_HASH_SIZE];
    kt_error error = {0};
    assert_int_equal(kt_hash_file(path_of(made, "none"), hash, NULL, &error), KT_ERR_NOT_FOUND);
    assert_says(&error, "none");
    assert_int_not_equal(kt_hash_file(made->folder, hash, NULL, &error), KT_OK);
}

/* FIPS 180's "abc", its digest by `printf abc | openssl dgst -sha256 -binary | base64`. */
static void base_64_is_that_of_the_digest(void **state)
{
    char found[KT_HASH_BASE64_SIZE];
    (void)state;
    kt_hash_base64("abc", 3, found);
    assert_string_equal(found, "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_standard_examples_have_their_hashes),
        cmocka_unit_test(a_name_has_the_shape_of_a_version_8_uuid),
        cmocka_unit_test(a_running_hash_does_not_depend_on_the_pieces),
        cmocka_unit_test(a_file_has_the_hash_of_its_content),
        cmocka_unit_test(a_file_that_cannot_be_hashed_is_named),
        cmocka_unit_test(base_64_is_that_of_the_digest),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
