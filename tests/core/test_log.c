/* SPDX-License-Identifier: GPL-3.0-or-later */
/* POSIX calls a pseudo terminal an X/Open extension. */
/* NOLINTNEXTLINE(bugprone-reserved-identifier) */
#define _XOPEN_SOURCE 700
#include "core/log.h"

#include <fcntl.h>
#include <jansson.h>
#include <pthread.h>
#include <time.h>

#include "core/instant.h"
#include "core/support.h"
#include "core/text.h"

typedef struct line_case {
    kt_level level;
    bool quiet;
    const char *line;
} line_case;

/* What one message at that level becomes; to be freed. */
static char *written(kt_log log, kt_level level, const char *words)
{
    char *bytes = NULL;
    size_t length = 0;
    log.stream = open_memstream(&bytes, &length);
    assert_non_null(log.stream);
    kt_log_write(&log, level, "fetch.part", "%s", words);
    assert_int_equal(fclose(log.stream), 0);
    return bytes;
}

static void a_line_for_people_says_what_is_wrong_and_no_more(void **state)
{
    (void)state;
    static const line_case cases[] = {
        {KT_DEBUG, false, "debug: 12r5: part 3\n"},
        {KT_INFO, false, "12r5: part 3\n"},
        {KT_WARNING, false, "warning: 12r5: part 3\n"},
        {KT_ERROR, false, "error: 12r5: part 3\n"},
        {KT_DEBUG, true, ""},
        {KT_INFO, true, ""},
        {KT_WARNING, true, "warning: 12r5: part 3\n"},
        {KT_ERROR, true, "error: 12r5: part 3\n"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        KT_AUTO(free)
        char *line = written((kt_log){.quiet = cases[i].quiet}, cases[i].level, "12r5: part 3");
        assert_string_equal(line, cases[i].line);
    }
}

static void a_message_is_one_line_whatever_it_quotes(void **state)
{
    (void)state;
    KT_AUTO(free) char *line = written((kt_log){0}, KT_INFO, "a\r\nb\x1b[2Jc");
    assert_string_equal(line, "a  b [2Jc\n");
}

static void a_line_for_machines_is_one_json_object(void **state)
{
    (void)state;
    KT_AUTO(free)
    char *line = written((kt_log){.json = true}, KT_ERROR, "say \"hei\" \xe4\n");
    assert_int_equal(line[strlen(line) - 1], '\n');
    json_auto_t *object = json_loads(line, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(object);
    assert_string_equal(json_string_value(json_object_get(object, "level")), "error");
    assert_string_equal(json_string_value(json_object_get(object, "event")), "fetch.part");
    assert_string_equal(json_string_value(json_object_get(object, "message")), "say \"hei\" ? ");
    kt_instant time = 0;
    assert_true(kt_instant_read(json_string_value(json_object_get(object, "time")), false, &time));
    assert_true(time <= kt_instant_now() && time > kt_instant_now() - 60);
}

static void *write_lines(void *context)
{
    for (int i = 0; i < 200; i++) {
        kt_log_write(context, KT_INFO, "test", "0123456789 0123456789 0123456789 0123456789");
    }
    return NULL;
}

static void lines_of_several_threads_do_not_mix(void **state)
{
    (void)state;
    char *bytes = NULL;
    size_t length = 0;
    kt_log log = {.stream = open_memstream(&bytes, &length)};
    pthread_t threads[4];
    for (size_t i = 0; i < COUNT_OF(threads); i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, write_lines, &log), 0);
    }
    for (size_t i = 0; i < COUNT_OF(threads); i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    }
    assert_int_equal(fclose(log.stream), 0);
    assert_int_equal(length, 4 * 200 * 44);
    for (size_t i = 0; i < length; i += 44) {
        assert_memory_equal(bytes + i, "0123456789 0123456789 0123456789 0123456789\n", 44);
    }
    free(bytes);
}

static void a_full_disk_does_not_end_the_night(void **state)
{
    (void)state;
    KT_AUTO(file) FILE *full = fopen("/dev/full", "w");
    assert_non_null(full);
    const kt_log log = {.stream = full};
    kt_log_write(&log, KT_ERROR, "test", "nobody reads this");
}

static double clock_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Steps as fast as it can for half a second; how long it really took. */
static double run_progress(const kt_log *log)
{
    const double start = clock_s();
    kt_progress *progress = kt_progress_start(log, "12r5", 4);
    while (clock_s() - start < 0.5) {
        kt_progress_step(progress, 3);
    }
    kt_progress_end(progress);
    return clock_s() - start;
}

static void progress_is_silent_where_nobody_watches(void **state)
{
    (void)state;
    char *bytes = NULL;
    size_t length = 0;
    const kt_log log = {.stream = open_memstream(&bytes, &length)};
    (void)run_progress(&log);
    assert_int_equal(fclose(log.stream), 0);
    assert_int_equal(length, 0);
    free(bytes);
    kt_progress_step(NULL, 1);
    kt_progress_end(NULL);
}

/* Both ends of a terminal: what is written to *screen is read from the returned descriptor. */
static int open_terminal(FILE **screen)
{
    const int master = posix_openpt(O_RDWR | O_NOCTTY);
    if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0) {
        skip(); /* a machine without pseudo terminals */
    }
    *screen = fopen(ptsname(master), "w");
    assert_non_null(*screen);
    return master;
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part)) {
        count++;
    }
    return count;
}

static void progress_is_one_line_redrawn_at_most_five_times_a_second(void **state)
{
    (void)state;
    FILE *screen = NULL;
    KT_AUTO(fd) const int master = open_terminal(&screen);
    const kt_log log = {.stream = screen};
    const double elapsed_s = run_progress(&log);
    assert_int_equal(fclose(screen), 0);
    KT_AUTO(text) kt_text shown = {0};
    kt_text_put(&shown, "");
    char piece[256];
    ssize_t length = 0;
    while ((length = read(master, piece, sizeof piece)) > 0) {
        assert_true(kt_text_add(&shown, piece, (size_t)length));
    }
    const size_t drawn = count_of(shown.bytes, "12r5: 3 of 4, ");
    assert_true(drawn >= 1 && (double)drawn <= elapsed_s * 5.0 + 1.0);
    assert_null(strchr(shown.bytes, '\n'));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_for_people_says_what_is_wrong_and_no_more),
        cmocka_unit_test(a_message_is_one_line_whatever_it_quotes),
        cmocka_unit_test(a_line_for_machines_is_one_json_object),
        cmocka_unit_test(lines_of_several_threads_do_not_mix),
        cmocka_unit_test(a_full_disk_does_not_end_the_night),
        cmocka_unit_test(progress_is_silent_where_nobody_watches),
        cmocka_unit_test(progress_is_one_line_redrawn_at_most_five_times_a_second),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
