/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/parallel.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

#define THREAD_LIMIT 64

typedef struct work_crew {
    size_t count;
    kt_job job;
    void *context;
    atomic_size_t next;
    atomic_bool stop;
    pthread_mutex_t guard; /* of the three below */
    bool failed;
    size_t failed_index;
    kt_error error;
} work_crew;

static void remember_failure(work_crew *crew, size_t index, const kt_error *error)
{
    pthread_mutex_lock(&crew->guard);
    if (!crew->failed || index < crew->failed_index) {
        crew->failed = true;
        crew->failed_index = index;
        crew->error = *error;
    }
    pthread_mutex_unlock(&crew->guard);
}

/*
 * Jobs are handed out in order, so every job below the one that fails has begun when no more are
 * handed out: the failure of the lowest index is always among the seen ones, on any number of
 * threads.
 */
static void work(work_crew *crew)
{
    while (!atomic_load(&crew->stop)) {
        const size_t index = atomic_fetch_add(&crew->next, 1);
        if (index >= crew->count) {
            return;
        }
        kt_error error = {0};
        const kt_status status = crew->job(crew->context, index, &error);
        if (status != KT_OK) {
            error.status = status;
            remember_failure(crew, index, &error);
            atomic_store(&crew->stop, true);
        }
    }
}

static void *thread_main(void *context)
{
    work(context);
    return NULL;
}

static unsigned threads_for(size_t count, unsigned wanted)
{
    size_t threads = wanted;
    if (threads == 0) {
        const long processors = sysconf(_SC_NPROCESSORS_ONLN);
        threads = processors > 0 ? (size_t)processors : 1;
    }
    threads = threads > THREAD_LIMIT ? THREAD_LIMIT : threads;
    return (unsigned)(threads > count ? count : threads);
}

kt_status kt_parallel(size_t count, unsigned threads, kt_job job, void *context, kt_error *err)
{
    assert(job != NULL);
    work_crew crew = {.count = count, .job = job, .context = context};
    pthread_mutex_init(&crew.guard, NULL);
    pthread_t helpers[THREAD_LIMIT];
    unsigned started = 0;
    const unsigned wanted = threads_for(count, threads);
    /* The caller works too; a thread that the system refuses is work for the others. */
    while (started + 1 < wanted &&
           pthread_create(&helpers[started], NULL, thread_main, &crew) == 0) {
        started++;
    }
    work(&crew);
    for (unsigned i = 0; i < started; i++) {
        pthread_join(helpers[i], NULL);
    }
    pthread_mutex_destroy(&crew.guard);
    if (!crew.failed) {
        return KT_OK;
    }
    return kt_fail(err, crew.error.status, "%s", crew.error.message);
}
