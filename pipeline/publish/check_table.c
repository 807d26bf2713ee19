/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <math.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/period.h"
#include "core/status.h"
#include "publish/cell.h"
#include "publish/check.h"
#include "publish/check_output.h"
#include "publish/dialect.h"
#include "publish/rows.h"

#define COLUMN_LIMIT 64

/* What is remembered from row to row of one file. */
typedef struct table_check {
    const kt_table_path *table;
    const kt_schema *schema;
    const kt_reference *references; /* of the schema's foreign keys */
    kt_file_faults *faults, *finnish_faults;
    kt_finnish_rows *finnish;
    size_t rows;
    char period[KT_PERIOD_SIZE]; /* the last one read */
    char start[KT_PERIOD_SIZE];
    int month;
    kt_text key, last_key;
    kt_text joined[COLUMN_LIMIT]; /* of each foreign key: the last one that was found */
    /* Of the row at hand. */
    size_t number;
    const char *const *cells;
    const size_t *lengths;
    double value[COLUMN_LIMIT];
    kt_obs obs[COLUMN_LIMIT]; /* of columns of status, where known */
    bool known[COLUMN_LIMIT];
} table_check;

static inline void kt_auto_table_check(table_check *check)
{
    kt_text_free(&check->key);
    kt_text_free(&check->last_key);
    for (size_t i = 0; i < COLUMN_LIMIT; i++) {
        kt_text_free(&check->joined[i]);
    }
}

static const char *name_of(const table_check *check, size_t column)
{
    return check->schema->columns[column].name;
}

static bool is_empty(const table_check *check, size_t column)
{
    return check->lengths[column] == 0;
}

/* Texts for people may hold anything; what other columns may hold leaves no room for a control
 * character or a byte that is not ASCII. */
static const char *check_text(const table_check *check, size_t column)
{
    return check->schema->columns[column].type == KT_COLUMN_TEXT
               ? kt_cell_look_at(check->cells[column], check->lengths[column]).fault
               : NULL;
}

/* An exact figure stands three times in a row: value, low and high. */
static bool is_same_number(const table_check *check, size_t column, size_t earlier)
{
    const kt_column *columns = check->schema->columns;
    return columns[column].figure == earlier && columns[column].type == columns[earlier].type &&
           check->lengths[column] == check->lengths[earlier] && !isnan(check->value[earlier]) &&
           memcmp(check->cells[column], check->cells[earlier], check->lengths[column]) == 0;
}

static void check_cell(table_check *check, size_t column)
{
    const kt_column *about = &check->schema->columns[column];
    if (about->figure < column && is_same_number(check, column, about->figure)) {
        check->value[column] = check->value[about->figure];
        return;
    }
    const char *wrong = check_text(check, column);
    check->value[column] = NAN;
    if (wrong == NULL) {
        wrong = kt_cell_check(about, check->cells[column], check->lengths[column],
                              &check->value[column]);
    }
    if (wrong != NULL) {
        kt_fault(check->faults, check->number, about->name, "\"%.64s\": %s", check->cells[column],
                 wrong);
    }
}

static void check_cells(table_check *check)
{
    for (size_t i = 0; i < check->schema->column_count; i++) {
        check_cell(check, i);
        check->known[i] = check->schema->columns[i].type == KT_COLUMN_STATUS &&
                          check->lengths[i] == 1 && kt_obs_read(check->cells[i][0], &check->obs[i]);
    }
}

/* The status that a column's reason stands in; false where there is none or it is no letter. */
static bool status_of(const table_check *check, size_t column, kt_obs *out)
{
    const size_t status = check->schema->columns[column].status;
    if (status == KT_NO_COLUMN || !check->known[status]) {
        return false;
    }
    *out = check->obs[status];
    return true;
}

static void check_figure(const table_check *check, size_t column)
{
    kt_obs obs;
    if (!status_of(check, column, &obs)) {
        return;
    }
    const char *status = name_of(check, check->schema->columns[column].status);
    const bool optional = check->schema->columns[column].optional;
    if (is_empty(check, column) && kt_obs_has_value(obs) && !optional) {
        kt_fault(check->faults, check->number, name_of(check, column),
                 "empty, expected one of Q, O, L, M in %s, found %c", status, kt_obs_letter(obs));
    } else if (!is_empty(check, column) && !kt_obs_has_value(obs)) {
        kt_fault(check->faults, check->number, name_of(check, column),
                 "\"%.64s\", expected an empty cell, for %s is %c", check->cells[column], status,
                 kt_obs_letter(obs));
    }
}

/* An end of an interval: there for a figure and for a protected one, not for one that is absent. */
static void check_end(const table_check *check, size_t column)
{
    const kt_column *about = &check->schema->columns[column];
    kt_obs obs;
    if (!status_of(check, about->figure, &obs)) {
        return;
    }
    const bool known = kt_obs_has_interval(obs);
    if (!known && !is_empty(check, column)) {
        kt_fault(check->faults, check->number, about->name,
                 "\"%.64s\", expected an empty cell, for there is no figure (%c)",
                 check->cells[column], kt_obs_letter(obs));
    } else if (known && is_empty(check, column) && !about->optional && !about->unbounded) {
        kt_fault(check->faults, check->number, about->name,
                 "empty, expected an end of the interval");
    }
}

static void check_presence(const table_check *check)
{
    for (size_t i = 0; i < check->schema->column_count; i++) {
        const kt_column *about = &check->schema->columns[i];
        if (about->figure != KT_NO_COLUMN) {
            check_end(check, i);
        } else if (about->status != KT_NO_COLUMN) {
            check_figure(check, i);
        } else if (!about->optional && is_empty(check, i)) {
            kt_fault(check->faults, check->number, about->name, "empty, expected a value");
        }
    }
}

static void check_interval(const table_check *check, size_t column)
{
    const kt_column *about = &check->schema->columns[column];
    const double low = check->value[about->low];
    const double high = check->value[about->high];
    const double value = check->value[column];
    /* Comparisons with NAN are false: an end or a value that is not there breaks nothing. */
    if (low > high || low > value || value > high) {
        kt_fault(check->faults, check->number, about->name,
                 "expected %s <= %s <= %s, found %s, %s, %s", name_of(check, about->low),
                 about->name, name_of(check, about->high), check->cells[about->low],
                 check->cells[column], check->cells[about->high]);
    }
    kt_obs obs;
    if (status_of(check, column, &obs) && obs == KT_OBS_PROTECTED && low == high) {
        kt_fault(check->faults, check->number, about->name,
                 "protected, but its interval is the single figure %s", check->cells[about->low]);
    }
}

/* obs_status is the worst of the row's other statuses, where it has any. */
static void check_worst(const table_check *check)
{
    kt_obs worst = KT_OBS_OBSERVED;
    bool any = false;
    for (size_t i = 0; i < check->schema->column_count; i++) {
        kt_obs obs;
        if (i == check->schema->obs_status || check->schema->columns[i].type != KT_COLUMN_STATUS ||
            check->lengths[i] != 1 || !kt_obs_read(check->cells[i][0], &obs)) {
            continue;
        }
        worst = any ? kt_obs_worse(worst, obs) : obs;
        any = true;
    }
    const char *found = check->cells[check->schema->obs_status];
    if (any && found[0] != kt_obs_letter(worst)) {
        kt_fault(check->faults, check->number, "obs_status",
                 "%.8s, expected %c, the worst of the row", found, kt_obs_letter(worst));
    }
}

static void read_period(table_check *check, const char *cell)
{
    kt_period period;
    check->period[0] = '\0';
    check->start[0] = '\0';
    check->month = INT_MAX;
    char again[KT_PERIOD_SIZE];
    if (!kt_period_read(cell, &period) || strcmp(kt_period_write(period, again), cell) != 0) {
        kt_fault(check->faults, check->number, "time_period",
                 "\"%.64s\", expected a period as 2026M06, 2026Q2 or Y2026", cell);
        return;
    }
    if (check->table->year != 0 && kt_period_year(period) != check->table->year) {
        kt_fault(check->faults, check->number, "time_period", "%s, expected the year %d", cell,
                 check->table->year);
    }
    memcpy(check->period, again, sizeof again);
    kt_period_start(period, check->start);
    (void)kt_month_of_period(cell, &check->month);
}

static void check_period(table_check *check)
{
    const kt_schema *schema = check->schema;
    if (schema->time_period == KT_NO_COLUMN) {
        return;
    }
    const char *cell = check->cells[schema->time_period];
    if (check->period[0] == '\0' || strcmp(check->period, cell) != 0) {
        read_period(check, cell);
    }
    if (schema->period_start == KT_NO_COLUMN) {
        return;
    }
    const char *start = check->cells[schema->period_start];
    if (check->period[0] != '\0' && strcmp(start, check->start) != 0) {
        kt_fault(check->faults, check->number, "period_start", "\"%.64s\", expected %s", start,
                 check->start);
    }
}

static void add(kt_text *text, const char *bytes, size_t length)
{
    (void)kt_text_add(text, bytes, length); /* cells of one row: far below any limit */
}

static void check_key(table_check *check)
{
    kt_text_clear(&check->key);
    for (size_t i = 0; i < check->schema->key_count; i++) {
        const size_t column = check->schema->key[i];
        add(&check->key, check->cells[column], check->lengths[column] + 1);
    }
    if (check->rows > 0 && kt_key_compare(&check->key, &check->last_key) <= 0) {
        char words[KT_KEY_WORDS];
        const bool same = kt_key_compare(&check->key, &check->last_key) == 0;
        kt_fault(check->faults, check->number, NULL, "key %s: %s", kt_key_words(&check->key, words),
                 same ? "the row before has it too" : "expected above the row before");
    }
    const kt_text spare = check->last_key;
    check->last_key = check->key;
    check->key = spare;
}

static bool is_joined(const kt_foreign_key *key, const table_check *check, const kt_text *last)
{
    const char *at = last->bytes;
    for (size_t i = 0; i < key->column_count; i++) {
        const size_t length = check->lengths[key->columns[i]];
        if (at == NULL || (i > 0 && *at++ != KT_REFERENCE_JOIN) ||
            strncmp(at, check->cells[key->columns[i]], length) != 0) {
            return false;
        }
        at += length;
    }
    return *at == '\0';
}

static void check_foreign_key(table_check *check, size_t index)
{
    const kt_foreign_key *key = &check->schema->foreign_keys[index];
    const kt_codes *known = check->references[index].known;
    kt_text *last = &check->joined[index];
    if (known == NULL || is_joined(key, check, last)) {
        return;
    }
    kt_reference_join(key, check->cells, last);
    if (kt_codes_find(known, last->bytes) == KT_NO_CODE) {
        const size_t column = key->columns[key->column_count - 1];
        const bool within = key->column_count > 1;
        kt_fault(check->faults, check->number, name_of(check, column),
                 "\"%.64s\" is not in %s%s%s%s%s", check->cells[column], key->table,
                 within ? " at " : "", within ? key->other_names[0] : "", within ? " " : "",
                 within ? check->cells[key->columns[0]] : "");
    }
}

static kt_status check_row(void *context, size_t number, const char *const *cells,
                           const size_t *lengths, kt_error *err)
{
    (void)err;
    table_check *check = context;
    check->number = number;
    check->cells = cells;
    check->lengths = lengths;
    check_cells(check);
    check_presence(check);
    for (size_t i = 0; i < check->schema->column_count; i++) {
        if (check->schema->columns[i].low != KT_NO_COLUMN) {
            check_interval(check, i);
        }
    }
    check_worst(check);
    check_period(check);
    check_key(check);
    for (size_t i = 0; i < check->schema->foreign_key_count; i++) {
        check_foreign_key(check, i);
    }
    check->rows++;
    kt_finnish_compare(check->finnish, number, check->month, cells, check->finnish_faults);
    return KT_OK;
}

/* The references are laid out table after table, key after key. */
static const kt_reference *references_of(const kt_check_run *run, const kt_schema *schema)
{
    const kt_reference *at = run->references;
    for (const kt_schema *table = run->contract->tables; table != schema; table++) {
        at += table->foreign_key_count;
    }
    return at;
}

void kt_table_check(kt_table_job *job)
{
    const kt_schema *schema = job->table->schema;
    KT_AUTO(finnish_rows)
    kt_finnish_rows finnish = {.schema = schema,
                               .first_month =
                                   job->run->first_months[schema - job->run->contract->tables],
                               .from = job->finnish_from};
    kt_finnish_load(job->finnish_faults->file, &finnish, job->finnish_faults);
    KT_AUTO(table_check)
    table_check check = {.table = job->table,
                         .schema = schema,
                         .references = references_of(job->run, schema),
                         .faults = job->faults,
                         .finnish_faults = job->finnish_faults,
                         .finnish = &finnish,
                         .month = INT_MAX};
    kt_error err = {0};
    const kt_table_events events = {.context = &check, .row = check_row, .from = job->from};
    if (kt_table_read(job->faults->file, schema, &events, &err) != KT_OK) {
        kt_fault_line(job->faults, err.message);
    } else {
        kt_finnish_end(&finnish, job->finnish_faults);
    }
    job->rows = job->from.rows + check.rows;
    job->finnish_rows = job->finnish_from.rows + finnish.count;
    if (job->rows > KT_CHECK_ROW_LIMIT) {
        kt_fault(job->faults, 0, NULL, "%zu rows, expected at most %d", job->rows,
                 KT_CHECK_ROW_LIMIT);
    }
}
