/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/support.h"

#include "pipeline/command_line.h"
#include "pipeline/exit_code.h"

#define WORDS_LIMIT 12

/* Reads words after the program's name, up to the first NULL. */
static kt_status read_words(void *state, const char *const *words, kt_arguments *out, kt_error *err)
{
    const bench *made = state;
    char *argv[WORDS_LIMIT + 1] = {kt_arena_copy(made->arena, "kohtaanto")};
    int argc = 1;
    while (words[argc - 1] != NULL) {
        argv[argc] = kt_arena_copy(made->arena, words[argc - 1]);
        argc++;
    }
    return kt_arguments_read(argc, argv, made->arena, out, err);
}

static void options_and_operands_are_read_in_any_order(void **state)
{
    static const char *const words[] = {"--quiet", NULL};
    static const char *const line[] = {
        "measure", "--param=alpha=0.5", "mismatch", "--param", "alpha=0.3", "--by", "a,b", NULL};
    kt_arguments arguments;
    kt_error err = {0};
    assert_int_equal(read_words(*state, words, &arguments, &err), KT_ERR_USAGE); /* no command */
    assert_int_equal(read_words(*state, line, &arguments, &err), KT_OK);
    assert_string_equal(arguments.command->name, "measure");
    assert_string_equal(arguments.operand, "mismatch");
    assert_int_equal(arguments.counts[KT_OPTION_PARAM], 2);
    assert_string_equal(arguments.values[KT_OPTION_PARAM][0], "alpha=0.5");
    assert_string_equal(kt_arguments_text(&arguments, KT_OPTION_PARAM), "alpha=0.3");
    assert_string_equal(kt_arguments_text(&arguments, KT_OPTION_BY), "a,b");
    assert_false(kt_arguments_has(&arguments, KT_OPTION_QUIET));
    assert_null(kt_arguments_text(&arguments, KT_OPTION_LOG));
}

static void after_two_dashes_nothing_is_an_option(void **state)
{
    static const char *const line[] = {"check-output", "--", "--strange", NULL};
    kt_arguments arguments;
    kt_error err = {0};
    assert_int_equal(read_words(*state, line, &arguments, &err), KT_OK);
    assert_string_equal(arguments.operand, "--strange");
}

static void a_command_of_several_operands_keeps_them_in_their_order(void **state)
{
    static const char *const line[] = {"why",   "mismatch",  "market=maakunta",
                                       "--all", "alpha=0.5", NULL};
    kt_arguments arguments;
    kt_error err = {0};
    assert_int_equal(read_words(*state, line, &arguments, &err), KT_OK);
    assert_string_equal(arguments.operand, "mismatch");
    assert_int_equal(arguments.more_count, 2);
    assert_string_equal(arguments.more[0], "market=maakunta");
    assert_string_equal(arguments.more[1], "alpha=0.5");
    assert_true(kt_arguments_has(&arguments, KT_OPTION_ALL));
}

static const struct {
    const char *words[WORDS_LIMIT];
    const char *told;
} mistakes[] = {
    {{NULL}, "no command; kohtaanto --help lists them"},
    {{"rnu"}, "unknown command \"rnu\"; did you mean run?"},
    {{"chek-config"}, "did you mean check-config?"},
    {{"snapshot-of-everything"}, "unknown command \"snapshot-of-everything\"; kohtaanto --help"},
    {{"run", "--confg", "x"}, "run: unknown option --confg; did you mean --config?"},
    {{"run", "--confg=x"}, "run: unknown option --confg; did you mean --config?"},
    {{"run", "--zzzzzzzz"}, "run: unknown option --zzzzzzzz"},
    {{"status", "--offline"}, "status: unknown option --offline"}, /* an option of run alone */
    {{"run", "-q"}, "unknown option -q; options are written --name"},
    {{"run", "--config"}, "--config needs a value: --config FILE"},
    {{"run", "--config="}, "--config needs a value"},
    {{"run", "--quiet=yes"}, "--quiet takes no value"},
    {{"run", "now"}, "run: \"now\" is one word too many"},
    {{"check-output"}, "check-output: DIR is missing"},
    {{"check-output", "a", "b"}, "\"b\" is one word too many"},
    {{"measure"}, "measure: ID is missing"},
    {{"why"}, "why: TABLE KEY=VALUE... is missing"},
    {{"run", "--log", "xml"}, "--log: expected text or json, found \"xml\""},
    {{"status", "--format", "csv"}, "--format: expected text or json, found \"csv\""},
};

static void each_mistake_is_told_with_the_nearest_right_word(void **state)
{
    for (size_t i = 0; i < COUNT_OF(mistakes); i++) {
        kt_arguments arguments;
        kt_error err = {0};
        assert_int_equal(read_words(*state, mistakes[i].words, &arguments, &err), KT_ERR_USAGE);
        assert_says(&err, mistakes[i].told);
    }
}

static void help_and_version_need_nothing_else(void **state)
{
    static const char *const lines[][3] = {
        {"--help", NULL}, {"--version", NULL}, {"check-output", "--help", NULL}};
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        kt_arguments arguments;
        kt_error err = {0};
        assert_int_equal(read_words(*state, lines[i], &arguments, &err), KT_OK);
    }
}

static void a_list_takes_the_place_of_the_operand(void **state)
{
    static const char *const line[] = {"measure", "--list", NULL};
    kt_arguments arguments;
    kt_error err = {0};
    assert_int_equal(read_words(*state, line, &arguments, &err), KT_OK);
}

static void help_names_every_command_and_every_option_that_it_takes(void **state)
{
    const bench *made = *state;
    const char *all = kt_help(NULL, made->arena);
    for (size_t i = 0; kt_command_at(i) != NULL; i++) {
        const kt_command *command = kt_command_at(i);
        assert_non_null(strstr(all, command->name));
        const char *own = kt_help(command, made->arena);
        assert_non_null(strstr(own, command->summary));
        assert_non_null(strstr(own, "--quiet"));
        assert_true((strstr(own, "--config") != NULL) ==
                    ((command->options & KT_TAKES(KT_OPTION_CONFIG)) != 0));
    }
}

static void every_status_has_the_exit_code_of_the_contract(void **state)
{
    (void)state;
    static const struct {
        kt_status status;
        int code;
    } codes[] = {
        {KT_OK, 0},          {KT_ERR_USAGE, 64},     {KT_ERR_FORMAT, 65},
        {KT_ERR_DATA, 65},   {KT_ERR_NO_DATA, 65},   {KT_ERR_UNREACHED, 69},
        {KT_ERR_HTTP, 69},   {KT_ERR_BUG, 70},       {KT_ERR_CANTCREATE, 73},
        {KT_ERR_IO, 74},     {KT_ERR_BUSY, 75},      {KT_ERR_PERMISSION, 77},
        {KT_ERR_CONFIG, 78}, {KT_ERR_NOT_FOUND, 65}, {KT_ERR_CANCELLED, 143},
    };
    for (size_t i = 0; i < COUNT_OF(codes); i++) {
        assert_int_equal(kt_exit_code(codes[i].status), codes[i].code);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(options_and_operands_are_read_in_any_order),
        in_bench(after_two_dashes_nothing_is_an_option),
        in_bench(a_command_of_several_operands_keeps_them_in_their_order),
        in_bench(each_mistake_is_told_with_the_nearest_right_word),
        in_bench(help_and_version_need_nothing_else),
        in_bench(a_list_takes_the_place_of_the_operand),
        in_bench(help_names_every_command_and_every_option_that_it_takes),
        cmocka_unit_test(every_status_has_the_exit_code_of_the_contract),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
