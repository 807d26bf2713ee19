/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>
#include <string.h>

#include "server/service.h"

/* What the owner of a server may ask of it while it serves. */

static kt_service *lock(kt_server *server)
{
    kt_service *service = kt_server_service(server);
    pthread_mutex_lock(&service->lock);
    return service;
}

static void unlock(kt_service *service)
{
    pthread_mutex_unlock(&service->lock);
}

static kt_served_table *find_table(const kt_service *service, const char *id)
{
    for (size_t i = 0; i < service->table_count; i++) {
        if (strcmp(service->tables[i]->id, id) == 0) {
            return service->tables[i];
        }
    }
    return NULL;
}

void kt_server_add(kt_server *server, kt_served_table *table)
{
    kt_service *service = lock(server);
    assert(service->table_count < KT_SERVER_TABLES);
    service->tables[service->table_count++] = table;
    unlock(service);
}

void kt_server_republish(kt_server *server, const char *id)
{
    kt_service *service = lock(server);
    kt_served_table *table = find_table(service, id);
    assert(table != NULL);
    table->updated += KT_SERVED_DAY_S;
    unlock(service);
}

void kt_server_discontinue(kt_server *server, const char *id)
{
    kt_service *service = lock(server);
    kt_served_table *table = find_table(service, id);
    assert(table != NULL);
    table->discontinued = true;
    unlock(service);
}

void kt_server_cut(kt_server *server, const char *id, const char *first, const char *last)
{
    kt_service *service = lock(server);
    kt_served_table *table = find_table(service, id);
    assert(table != NULL);
    kt_served_table_cut(table, first, last);
    unlock(service);
}

void kt_server_rest(kt_server *server)
{
    kt_service *service = lock(server);
    service->window_count = 0;
    unlock(service);
}

void kt_server_fault(kt_server *server, const kt_fault_rule *rule)
{
    kt_service *service = lock(server);
    assert(service->rule_count < KT_SERVER_RULES);
    service->rules[service->rule_count].rule = *rule;
    service->rules[service->rule_count].seen = 0;
    service->rule_count++;
    unlock(service);
}

void kt_server_behave(kt_server *server)
{
    kt_service *service = lock(server);
    service->rule_count = 0;
    unlock(service);
}

size_t kt_server_calls(kt_server *server, kt_call call)
{
    kt_service *service = lock(server);
    size_t count = 0;
    for (size_t i = 0; i < service->call_count; i++) {
        count += call == KT_CALL_ANY || service->calls[i].call == call;
    }
    unlock(service);
    return count;
}

size_t kt_server_refused(kt_server *server)
{
    kt_service *service = lock(server);
    size_t count = 0;
    for (size_t i = 0; i < service->call_count; i++) {
        count += service->calls[i].refused;
    }
    unlock(service);
    return count;
}

size_t kt_server_most_at_once(kt_server *server)
{
    kt_service *service = lock(server);
    const size_t most = service->most_at_once;
    unlock(service);
    return most;
}

bool kt_server_call_at(kt_server *server, size_t index, kt_server_call *out)
{
    kt_service *service = lock(server);
    const bool there = index < service->call_count;
    if (there) {
        *out = service->calls[index];
    }
    unlock(service);
    return there;
}

void kt_server_forget(kt_server *server)
{
    kt_service *service = lock(server);
    service->call_count = 0;
    service->most_at_once = 0;
    unlock(service);
}
