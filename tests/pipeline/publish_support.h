/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TESTS_PIPELINE_PUBLISH_SUPPORT_H
#define KT_TESTS_PIPELINE_PUBLISH_SUPPORT_H

#include "core/support.h"
#include "publish/contract.h"

/* The contract of the tree; it must be without a mistake. */
static inline const kt_contract *tree_contract(void *state)
{
    bench *made = state;
    kt_problems *problems = kt_problems_new(made->arena);
    const kt_contract *contract =
        kt_contract_load(KT_ROOT "/config/contract", made->arena, problems);
    if (contract == NULL) {
        print_error("%s\n", kt_problems_at(problems, 0));
    }
    assert_non_null(contract);
    return contract;
}

/* Fails unless one of the problems has the part. */
#define assert_told(problems, part) check_told((problems), (part), __FILE__, __LINE__)

static inline void check_told(const kt_problems *problems, const char *part, const char *file,
                              int line)
{
    for (size_t i = 0; i < kt_problems_count(problems); i++) {
        if (strstr(kt_problems_at(problems, i), part) != NULL) {
            return;
        }
    }
    print_error("none of %zu problems says \"%s\"\n", kt_problems_count(problems), part);
    for (size_t i = 0; i < kt_problems_count(problems) && i < 20; i++) {
        print_error("    %s\n", kt_problems_at(problems, i));
    }
    _fail(file, line);
}

/* A whole file as text. Never inlined: gcc 12 at -O2 then takes the text for the local pointer. */
__attribute__((noinline, unused)) static char *read_words(void *state, const char *path)
{
    bench *made = state;
    kt_error err = {0};
    char *bytes = NULL;
    size_t length = 0;
    if (kt_file_read(path, (size_t)1 << 30, made->arena, &bytes, &length, &err) != KT_OK) {
        print_error("%s\n", err.message);
    }
    assert_non_null(bytes);
    return bytes;
}

#endif
