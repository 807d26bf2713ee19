#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What no code of ours does, or only one folder may: who prints, who opens files and sockets, who
# asks for the time. Each line of the table: files, exceptions, what is forbidden, why.
#
# manners.sh ROOT

set -euo pipefail
cd "$1"
wrong=0

# forbid WHY PATTERN EXCEPT FOLDER... Comments count too: none of these words is needed there.
forbid() {
    local why=$1 pattern=$2 except=$3 found
    shift 3
    found=$(grep -rnE --include='*.[ch]' "$pattern" "$@" | grep -vE "^($except):" || true)
    if [ -n "$found" ]; then
        printf '%s:\n%s\n' "$why" "$found"
        wrong=1
    fi
}

none='nothing'
all=(core fetch transform analysis pipeline)

forbid "only pipeline prints" \
    '\b(printf|puts|putchar|perror)\(|\b(stdout|stderr)\b' \
    'core/(arena|log|progress|parallel|text|hash|checksum)\.c|core/include/core/log\.h' core fetch transform analysis
forbid "analysis opens no file" '\b(fopen|open|openat|kt_file_[a-z]+|kt_csv_load)\(' "$none" analysis
forbid "only fetch speaks to the net" '<(sys/socket|sys/un|netdb|arpa/inet|netinet/in)\.h>|\b(socket|getaddrinfo)\(' "$none" \
    core transform analysis pipeline
forbid "only instant.c and fetch ask for the time of day" \
    '\b(time|gettimeofday|localtime|localtime_r|mktime)\(|CLOCK_REALTIME' \
    'core/instant\.c|fetch/limiter\.c' "${all[@]}"
forbid "no locale" '\bsetlocale\(' "$none" "${all[@]}"
forbid "no unprinted seed" '\b(rand|srand|random|srandom|drand48|arc4random)\(' "$none" "${all[@]}"
forbid "no goto" '\bgoto[[:space:]]' "$none" "${all[@]}" tests
forbid "a TODO needs an issue's number" '\b(TODO|FIXME|XXX)\b' "$none" "${all[@]}" tests
forbid "unbounded or unsafe text functions" '\b(strcpy|strcat|sprintf|vsprintf|gets|strtok|atoi|atof)\(' \
    "$none" "${all[@]}" tests/server

exit "$wrong"
