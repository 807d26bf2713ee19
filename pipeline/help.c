/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command_table.h"
#include "core/cleanup.h"
#include "core/text.h"

static void put_option(kt_text *out, kt_option option)
{
    const kt_option_row *row = kt_option_row_of(option);
    kt_text left = {0};
    kt_text_print(&left, "--%s%s%s", row->name, row->argument == NULL ? "" : " ",
                  row->argument == NULL ? "" : row->argument);
    kt_text_print(out, "  %-22s %s\n", left.bytes, row->meaning);
    kt_text_free(&left);
}

static void put_options(kt_text *out, uint32_t options)
{
    for (kt_option option = 0; option < KT_OPTIONS; option++) {
        if ((options & KT_TAKES(option)) != 0) {
            put_option(out, option);
        }
    }
}

static void put_program(kt_text *out)
{
    kt_text_put(out,
                "kohtaanto COMMAND [OPTION ...]\n\n"
                "Where vacancies and job seekers in Finland fail to meet, region by region:\n"
                "fetches the statistics, checks them, computes the indices, publishes CSV.\n\n");
    const kt_command *command = NULL;
    for (size_t i = 0; (command = kt_command_at(i)) != NULL; i++) {
        kt_text left = {0};
        kt_text_print(&left, "%s%s%s", command->name, command->operand == NULL ? "" : " ",
                      command->operand == NULL ? "" : command->operand);
        kt_text_print(out, "  %-22s %s\n", left.bytes, command->summary);
        kt_text_free(&left);
    }
    kt_text_put(out, "\nkohtaanto COMMAND --help tells of one command. Every command takes\n");
    put_options(out, KT_TAKES_ALWAYS);
    kt_text_put(out, "\nExit codes: 0 published, or nothing new; 100 published, but a source "
                     "failed, is\nstale or was held; 64 command line; 65 a gate held publication, "
                     "or bad data; 69 no\nsource reached; 70 a bug; 73, 74 disk; 75 another run; "
                     "77 no permission; 78\nconfiguration; 130, 143 stopped by a signal.\n");
}

static void put_command(kt_text *out, const kt_command *command)
{
    kt_text_print(out, "kohtaanto %s%s%s [OPTION ...]\n\n%s.\n", command->name,
                  command->operand == NULL ? "" : " ",
                  command->operand == NULL ? "" : command->operand, command->summary);
    if (command->notes[0] != '\0') {
        kt_text_print(out, "\n%s\n", command->notes);
    }
    kt_text_put_char(out, '\n');
    put_options(out, command->options | KT_TAKES_ALWAYS);
}

const char *kt_help(const kt_command *command, kt_arena *arena)
{
    KT_AUTO(text) kt_text out = {0};
    if (command == NULL) {
        put_program(&out);
    } else {
        put_command(&out, command);
    }
    return kt_arena_copy(arena, out.bytes);
}
