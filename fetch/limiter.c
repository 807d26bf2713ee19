/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "limiter.h"

#include <jansson.h>
#include <math.h>
#include <string.h>
#include <time.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "sweep.h"

#define MOST_CALLS     1000 /* of a window; a service that allows more is not used to the full */
#define FIRST_CALLS    10   /* before we know the service's own limits */
#define FIRST_WINDOW_S 60.0
#define SLACK_S        1.0 /* the service counts from the arrival of a call, we from its sending */
#define FILE_LIMIT     ((size_t)1 << 20)

struct kt_limiter {
    kt_clock clock;
    kt_arena *arena;
    const char *path;
    size_t calls;
    double window_s;
    double longest_s; /* the longest window there was: so long a call is remembered */
    double blocked_until;
    size_t count;            /* of the times */
    double time[MOST_CALLS]; /* of the newest calls, oldest first */
};

static double system_now(const void *context)
{
    (void)context;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

kt_clock kt_clock_of_system(void)
{
    return (kt_clock){.now = system_now};
}

static double now_of(const kt_limiter *limiter)
{
    return limiter->clock.now(limiter->clock.context);
}

static void add_time(kt_limiter *limiter, double time)
{
    if (limiter->count == MOST_CALLS) {
        memmove(limiter->time, limiter->time + 1, (MOST_CALLS - 1) * sizeof limiter->time[0]);
        limiter->count--;
    }
    limiter->time[limiter->count++] = time;
}

static void forget_old(kt_limiter *limiter, double now)
{
    size_t old = 0;
    while (old < limiter->count && limiter->time[old] + limiter->longest_s < now) {
        old++;
    }
    memmove(limiter->time, limiter->time + old, (limiter->count - old) * sizeof limiter->time[0]);
    limiter->count -= old;
}

/* A time that lies ahead was written before the machine's clock went back. */
static void read_state(kt_limiter *limiter, const json_t *state)
{
    const double now = now_of(limiter);
    const json_t *times = json_object_get(state, "times");
    const double calls = json_number_value(json_object_get(state, "calls"));
    const double window_s = json_number_value(json_object_get(state, "window_s"));
    if (calls >= 1.0 && calls <= MOST_CALLS && window_s > 0.0) {
        kt_limiter_set(limiter, (size_t)calls, window_s - SLACK_S);
    }
    limiter->blocked_until =
        fmin(json_number_value(json_object_get(state, "blocked_until")), now + KT_WAIT_MOST_S);
    for (size_t i = 0; i < json_array_size(times); i++) {
        add_time(limiter, fmin(json_number_value(json_array_get(times, i)), now));
    }
    forget_old(limiter, now);
}

static kt_status load(kt_limiter *limiter, kt_error *err)
{
    char *bytes = NULL;
    size_t length = 0;
    kt_error why = {0};
    const kt_status status =
        kt_file_read(limiter->path, FILE_LIMIT, limiter->arena, &bytes, &length, &why);
    if (status == KT_ERR_NOT_FOUND || status == KT_ERR_FORMAT) {
        return KT_OK;
    }
    if (status != KT_OK) {
        return kt_fail(err, status, "%s", why.message);
    }
    json_auto_t *state = json_loadb(bytes, length, 0, NULL);
    if (json_is_object(state)) {
        read_state(limiter, state);
    }
    return KT_OK;
}

static kt_status save(const kt_limiter *limiter, kt_error *err)
{
    json_auto_t *state = json_pack("{s:I,s:f,s:f}", "calls", (json_int_t)limiter->calls, "window_s",
                                   limiter->window_s, "blocked_until", limiter->blocked_until);
    json_t *times = json_array();
    for (size_t i = 0; i < limiter->count; i++) {
        (void)json_array_append_new(times, json_real(limiter->time[i]));
    }
    (void)json_object_set_new(state, "times", times);
    KT_AUTO(free) char *words = json_dumps(state, JSON_COMPACT);
    if (words == NULL) {
        return kt_fail(err, KT_ERR_BUG, "%s: the state cannot be written as JSON", limiter->path);
    }
    return kt_file_write(limiter->path, words, strlen(words), err);
}

/* "127.0.0.1:8081" as the name of a file: "127.0.0.1_8081.calls.json". */
static char *file_name(const char *host, kt_arena *arena)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz0123456789-._";
    char *name = kt_arena_print(arena, "%s.calls.json", host);
    for (char *at = name + strspn(name, plain); *at != '\0'; at += strspn(at, plain)) {
        *at = '_';
    }
    if (name[0] == '.') {
        name[0] = '_';
    }
    return name;
}

kt_status kt_limiter_open(const char *folder, const char *host, kt_clock clock, kt_arena *arena,
                          kt_limiter **out, kt_error *err)
{
    KT_TRY(kt_folder_make(folder, err));
    KT_TRY(kt_sweep_folder(folder, arena, err));
    kt_limiter *limiter = kt_arena_new(arena, kt_limiter);
    limiter->clock = clock;
    limiter->arena = arena;
    limiter->path = kt_path_join(arena, folder, file_name(host, arena));
    kt_limiter_set(limiter, FIRST_CALLS, FIRST_WINDOW_S);
    KT_TRY(load(limiter, err));
    *out = limiter;
    return KT_OK;
}

void kt_limiter_set(kt_limiter *limiter, size_t calls, double window_s)
{
    limiter->calls = calls < 1 ? 1 : calls;
    limiter->calls = limiter->calls > MOST_CALLS ? MOST_CALLS : limiter->calls;
    limiter->window_s = window_s + SLACK_S;
    limiter->longest_s = fmax(limiter->longest_s, limiter->window_s);
}

/* When call number `further` from now may be sent if all the earlier ones are sent in time. */
static double next_slot(const kt_limiter *limiter, double now)
{
    double slot = fmax(now, limiter->blocked_until);
    if (limiter->count >= limiter->calls) {
        const double oldest = limiter->time[limiter->count - limiter->calls];
        slot = fmax(slot, oldest + limiter->window_s);
    }
    return slot;
}

double kt_limiter_wait(const kt_limiter *limiter)
{
    const double now = now_of(limiter);
    const double most = fmax(limiter->window_s, KT_WAIT_MOST_S);
    return fmin(next_slot(limiter, now) - now, most);
}

kt_status kt_limiter_count(kt_limiter *limiter, kt_error *err)
{
    const double now = now_of(limiter);
    forget_old(limiter, now);
    add_time(limiter, now);
    return save(limiter, err);
}

kt_status kt_limiter_block(kt_limiter *limiter, double seconds, kt_error *err)
{
    const double until = now_of(limiter) + fmin(fmax(seconds, 0.0), KT_WAIT_MOST_S);
    limiter->blocked_until = fmax(limiter->blocked_until, until);
    return save(limiter, err);
}

double kt_limiter_estimate(const kt_limiter *limiter, size_t calls)
{
    const double now = now_of(limiter);
    kt_limiter ahead = *limiter;
    double slot = now;
    for (size_t i = 0; i < calls; i++) {
        slot = next_slot(&ahead, slot);
        add_time(&ahead, slot);
    }
    return slot - now;
}
