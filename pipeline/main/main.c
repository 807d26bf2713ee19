/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/command_line.h"

int main(int argc, char **argv)
{
    return kt_program(argc, argv);
}
