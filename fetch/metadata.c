/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "fetch/kept_metadata.h"
#include "question.h"

/*
 * What the service tells of a table: its variables and codes, and the lists of codes that some of
 * the variables are asked for in place of their own.
 */
typedef struct lesson {
    kt_table *table;
    kt_envelope *metadata;
    const kt_variable_spec *lists[KT_WANTED_VARIABLES]; /* whose code lists are to be read */
    size_t list_count, lists_read;
} lesson;

static kt_status take_variable(const kt_source *source, kt_wanted_variable variable,
                               kt_wanted *wanted, kt_error *err)
{
    if (wanted->variable_count == KT_WANTED_VARIABLES) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: more than %d variables", source->id,
                       KT_WANTED_VARIABLES);
    }
    if (variable.count == 0) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: the table has no wanted code of %s", source->id,
                       variable.name);
    }
    wanted->variables[wanted->variable_count++] = variable;
    return KT_OK;
}

static kt_wanted_variable of_role(const kt_resolved_variable *from)
{
    return (kt_wanted_variable){.name = from->code,
                                .codes = from->wanted,
                                .count = from->wanted_count,
                                .role = from->role,
                                .spec = from->spec,
                                .is_time = from->role == KT_ROLE_PERIOD};
}

static kt_wanted_variable at_one_code(const kt_fixed_variable *from)
{
    return (kt_wanted_variable){
        .name = from->code, .codes = from->value, .count = 1, .role = KT_ROLES};
}

/* What is asked of one dimension; nothing of one that is left out. */
static kt_status take_dimension(const kt_source *source, const kt_resolved *resolved,
                                size_t dimension, kt_wanted *wanted, kt_error *err)
{
    for (size_t i = 0; i < resolved->variable_count; i++) {
        if (resolved->variables[i].dimension == dimension) {
            return take_variable(source, of_role(&resolved->variables[i]), wanted, err);
        }
    }
    for (size_t i = 0; i < resolved->fixed_count; i++) {
        const kt_fixed_variable *fixed = &resolved->fixed[i];
        if (fixed->dimension == dimension && fixed->value != NULL) {
            return take_variable(source, at_one_code(fixed), wanted, err);
        }
    }
    return KT_OK;
}

/* What the table may lack it must still have if it had it. Metadata that cannot be read any more
 * are those of a table that is asked for anew. */
static kt_status check_kept(const kt_table *table, const kt_envelope *metadata,
                            const kt_resolved *resolved, kt_error *err)
{
    const kt_errand *errand = table->errand;
    const kt_receipt_list receipts = {errand->receipts, errand->receipt_count, KT_NO_INSTANT};
    kt_envelope *before = NULL;
    if (errand->kept == NULL || kt_kept_metadata(errand->kept, &receipts, table->source,
                                                 errand->arena, &before, NULL) != KT_OK) {
        return KT_OK;
    }
    return before == NULL
               ? KT_OK
               : kt_roles_kept(table->source, before, metadata, resolved, errand->arena, err);
}

/* The wanted codes of the table with this metadata, and the period that it ends with. */
static kt_status take_metadata(kt_table *table, const kt_envelope *metadata, kt_error *err)
{
    kt_resolved *resolved = NULL;
    kt_wanted wanted = {0};
    KT_TRY(kt_roles_resolve(table->source, metadata, true, table->errand->arena, &resolved, err));
    KT_TRY(check_kept(table, metadata, resolved, err));
    for (size_t i = 0; i < metadata->dimension_count; i++) {
        KT_TRY(take_dimension(table->source, resolved, i, &wanted, err));
    }
    const kt_resolved_variable *time = kt_resolved_find(resolved, KT_ROLE_PERIOD);
    const char *last =
        time == NULL ? NULL : kt_newest_period(metadata->dimensions[time->dimension].codes);
    if (last == NULL) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: the table has no period, expected some",
                       table->source->id);
    }
    KT_TRY(kt_table_check_end(table, time->code, last, err));
    table->wanted = wanted;
    table->last_period = last;
    table->has_metadata = true;
    return KT_OK;
}

/* Which code lists are to be read beside the table's own variables. */
static void list_code_lists(lesson *of)
{
    const kt_source *source = of->table->source;
    for (size_t i = 0; of->table->protocol->code_list != NULL && i < source->variable_count; i++) {
        if (source->variables[i].code_list != NULL && of->list_count < KT_WANTED_VARIABLES) {
            of->lists[of->list_count++] = &source->variables[i];
        }
    }
}

static kt_status read_table(lesson *of, kt_body body, kt_error *err)
{
    KT_TRY(of->table->protocol->read_metadata(body, of->table->errand->arena, &of->metadata, err));
    of->table->metadata = of->metadata;
    list_code_lists(of);
    return of->list_count == 0 ? take_metadata(of->table, of->metadata, err) : KT_OK;
}

/* From here on the variable has the codes of the list; what it amounts to is another matter. */
static kt_status read_list(lesson *of, kt_body body, kt_error *err)
{
    const kt_variable_spec *spec = of->lists[of->lists_read];
    kt_arena *arena = of->table->errand->arena;
    kt_codes *codes = NULL;
    size_t at = KT_NO_CODE;
    KT_TRY(of->table->protocol->read_code_list(body, arena, &codes, err));
    KT_TRY(kt_roles_dimension(of->table->source, of->metadata, spec, &at, err));
    if (at != KT_NO_CODE) {
        of->metadata->dimensions[at].codes = codes;
        of->metadata->dimensions[at].total = NULL;
    }
    of->lists_read++;
    return of->lists_read == of->list_count ? take_metadata(of->table, of->metadata, err) : KT_OK;
}

/* Metadata that can be read and do not have what is wanted are the same when asked again. */
static kt_status check_table(void *context, kt_question *question, const kt_answer *answer,
                             kt_error *err)
{
    lesson *of = context;
    of->metadata = NULL;
    of->list_count = 0;
    const kt_status status = read_table(of, answer->body, err);
    question->final = of->metadata != NULL;
    return status;
}

static kt_status check_list(void *context, kt_question *question, const kt_answer *answer,
                            kt_error *err)
{
    lesson *of = context;
    const size_t before = of->lists_read;
    const kt_status status = read_list(of, answer->body, err);
    question->final = of->lists_read > before;
    return status;
}

static kt_question question_of(lesson *of, kt_request request)
{
    return (kt_question){.about = {.source = of->table->source->id,
                                   .purpose = KT_PURPOSE_METADATA,
                                   .method = request.method,
                                   .url = request.url,
                                   .request = request.body},
                         .context = of};
}

static kt_request list_request(const lesson *of, size_t list)
{
    const kt_table *table = of->table;
    return table->protocol->code_list(table->source, of->lists[list]->code_list,
                                      table->errand->arena);
}

static kt_request table_request(const kt_table *table, const kt_address_spec *address)
{
    const kt_target target = kt_table_at(table, address);
    return table->protocol->metadata(&target, table->errand->arena);
}

/* A code list that the service does not know is no sign of a table that moved. */
static kt_status ask_lists(lesson *of, kt_question *question, kt_error *err)
{
    kt_table *table = of->table;
    while (question->outcome == KT_QUESTION_GOOD && of->lists_read < of->list_count) {
        *question = question_of(of, list_request(of, of->lists_read));
        question->check = check_list;
        KT_TRY(kt_question_ask(table->errand, table->service, question, err));
        if (question->outcome == KT_QUESTION_OUTDATED) {
            question->outcome = KT_QUESTION_FAILED;
        }
    }
    return KT_OK;
}

static kt_status read_at(kt_table *table, const kt_address_spec *address, kt_question *question,
                         kt_error *err)
{
    lesson of = {.table = table};
    *question = question_of(&of, table_request(table, address));
    question->check = check_table;
    KT_TRY(kt_question_ask(table->errand, table->service, question, err));
    KT_TRY(ask_lists(&of, question, err));
    if (question->outcome == KT_QUESTION_GOOD) {
        table->target = kt_table_at(table, address);
        table->is_fresh = true;
    }
    return KT_OK;
}

kt_status kt_table_learn(kt_table *table, kt_error *err)
{
    const kt_address_spec **order = kt_table_addresses(table);
    kt_question first = {0};
    kt_question question = {0};
    table->has_metadata = false;
    for (size_t i = 0; i < table->source->address_count; i++) {
        KT_TRY(read_at(table, order[i], &question, err));
        if (question.outcome != KT_QUESTION_OUTDATED) {
            return kt_question_verdict(&question, err);
        }
        first = i == 0 ? question : first;
    }
    if (table->source->address_count > 1) {
        return kt_fail(err, KT_ERR_HTTP, "%s; nor is it at any other address of its file",
                       first.failure.message);
    }
    return kt_question_verdict(&first, err);
}

/* The newest good answer of the archive to that question, NULL if there is none. */
static const kt_receipt *newest_answer(const kt_table *table, kt_request request)
{
    const kt_errand *errand = table->errand;
    for (size_t i = errand->receipt_count; i-- > 0;) {
        const kt_receipt *receipt = &errand->receipts[i];
        if (receipt->purpose == KT_PURPOSE_METADATA && kt_receipt_is_good(receipt) &&
            strcmp(receipt->source, table->source->id) == 0 && kt_request_is(&request, receipt)) {
            return receipt;
        }
    }
    return NULL;
}

/* What cannot be recalled is simply asked again: every failure here means just that. */
static bool load(const kt_table *table, const kt_receipt *receipt, kt_body *out)
{
    char *bytes = NULL;
    size_t length = 0;
    if (receipt == NULL || kt_archive_load(table->errand->archive, receipt->sha256,
                                           table->errand->arena, &bytes, &length, NULL) != KT_OK) {
        return false;
    }
    *out = (kt_body){table->source->id, bytes, length};
    return true;
}

static bool recall(kt_table *table, const kt_receipt *receipt)
{
    lesson of = {.table = table};
    kt_body body = {0};
    if (!load(table, receipt, &body) || read_table(&of, body, NULL) != KT_OK) {
        return false;
    }
    while (of.lists_read < of.list_count) {
        if (!load(table, newest_answer(table, list_request(&of, of.lists_read)), &body) ||
            read_list(&of, body, NULL) != KT_OK) {
            return false;
        }
    }
    return true;
}

void kt_table_recall(kt_table *table)
{
    const kt_source *source = table->source;
    const kt_address_spec *today = kt_source_address(source, kt_instant_now());
    const kt_address_spec *where = NULL;
    const kt_receipt *newest = NULL;
    for (size_t i = 0; i < source->address_count; i++) {
        const kt_address_spec *address = &source->addresses[i];
        const kt_receipt *receipt = newest_answer(table, table_request(table, address));
        if (receipt > newest || newest == NULL) {
            newest = receipt;
            where = address;
        }
    }
    if (newest != NULL && kt_source_address(source, newest->time) == today &&
        recall(table, newest)) {
        table->target = kt_table_at(table, where);
    }
}
