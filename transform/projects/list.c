/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/project_list.h"

#include <string.h>

#include "core/cleanup.h"
#include "core/codes.h"
#include "core/text.h"
#include "reading.h"
#include "wrong_letters.h"

#define WARNINGS_KEPT 200
#define TEXT_LIMIT    ((size_t)1 << 30) /* of all texts of a list: a workbook may repeat one */
#define MONEY_SLACK   100               /* cents: the lists round each amount by itself */

typedef struct reading {
    const kt_project_file *file;
    const kt_project_format *format;
    const kt_list_body *body;
    const kt_list_header *header;
    kt_arena *arena; /* of the list */
    kt_project_list *list;
    size_t project_room, reject_room;
    kt_codes *seen;  /* the code of each project, in their order */
    size_t *without; /* lines without a code at the end so far: footers if they stay there */
    size_t without_count;
    size_t last_line;
    size_t taken_before;   /* of the arena */
    wrong_letters letters; /* of a workbook: a text is judged as a whole */
    size_t wrong_line;     /* of the first of them: its row, its column and its cell */
    const char *wrong_column, *wrong_cell;
    wrong_word wrong;
} reading;

static void add_note(reading *work, const char *note)
{
    kt_project_list *list = work->list;
    if (list->notes == NULL) {
        list->notes = kt_arena_array(work->arena, const char *, 8);
    }
    if (list->note_count < 8) {
        list->notes[list->note_count++] = note;
    }
}

static void warn(reading *work, const kt_project *project, kt_list_warning told)
{
    kt_project_list *list = work->list;
    if (list->warnings == NULL) {
        list->warnings = kt_arena_array(work->arena, kt_list_warning, WARNINGS_KEPT);
    }
    if (list->warned++ < WARNINGS_KEPT) {
        char *line =
            kt_arena_print(work->arena, "%s: row %zu (%s): %s", work->file->name,
                           project->source_row, project->text[KT_PROJECT_PROJECT_CODE], told.words);
        kt_text_flatten(line);
        list->warnings[list->warning_count++] = (kt_list_warning){
            line, kt_arena_print(work->arena, "row %zu: %s", project->source_row, told.shown)};
    }
}

static kt_project_reject *add_reject(reading *work, size_t line, const char *code,
                                     const char *reason)
{
    kt_project_list *list = work->list;
    list->rejects = kt_arena_grow(work->arena, list->rejects, list->reject_count,
                                  &work->reject_room, sizeof *list->rejects);
    char *words = kt_arena_copy(work->arena, reason);
    kt_text_flatten(words);
    kt_project_reject *added = &list->rejects[list->reject_count++];
    *added = (kt_project_reject){.line = line, .code = code, .reason = words};
    for (size_t i = 0; i < KT_PROJECT_SUM_COUNT; i++) {
        added->sum[i] = KT_NO_MONEY;
    }
    return added;
}

static void reject_without_code(reading *work, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        (void)add_reject(work, work->without[i], NULL,
                         kt_arena_print(work->arena,
                                        "no code of a project, expected one of the form %s",
                                        work->format->codes[0]));
    }
    work->without_count -= count;
    memmove(work->without, work->without + count, work->without_count * sizeof *work->without);
}

static const kt_list_cell *cell_of(const reading *work, const kt_list_row *row, size_t column)
{
    const size_t at = work->header->at[column];
    return at == KT_NO_CELL || at >= row->count || kt_list_empty(&row->cells[at]) ? NULL
                                                                                  : &row->cells[at];
}

/* The first cell that is to be a code and looks like one; NULL. */
static const char *code_of(const reading *work, const kt_list_row *row)
{
    for (size_t i = 0; i < work->format->column_count; i++) {
        const kt_project_column *column = &work->format->columns[i];
        const bool is_code =
            column->holds == KT_LIST_HOLDS_TEXT && column->text == KT_PROJECT_PROJECT_CODE;
        const kt_list_cell *cell = is_code ? cell_of(work, row, i) : NULL;
        const char *code = cell == NULL ? NULL : kt_list_clean(cell->text, work->arena);
        if (code != NULL && kt_list_is_code(work->format, code)) {
            return code;
        }
    }
    return NULL;
}

static bool has_dates(const reading *work, const kt_list_row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        int64_t day = 0;
        if (kt_list_day(work->format, &row->cells[i], &day)) {
            return true;
        }
    }
    return false;
}

static bool is_blank(const kt_list_row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        if (!kt_list_empty(&row->cells[i])) {
            return false;
        }
    }
    return true;
}

/* At the end it is a footer; whether it is at the end the next rows tell. */
static void take_codeless(reading *work, const kt_list_row *row)
{
    work->without[work->without_count++] = row->line;
    if (has_dates(work, row) || work->without_count > work->format->footer_rows) {
        reject_without_code(work, has_dates(work, row) ? work->without_count : 1);
    }
}

static bool is_kept(const kt_project_format *format, const char *fund)
{
    for (size_t i = 0; i < format->fund_count; i++) {
        if (kt_text_same(format->funds[i], fund)) {
            return true;
        }
    }
    return format->fund_count == 0;
}

/* What the format calls the first column of a kind; which: the text or the sum that it is of. */
static const char *column_of(const kt_project_format *format, kt_project_holds holds, int which)
{
    for (size_t i = 0; i < format->column_count; i++) {
        const kt_project_column *column = &format->columns[i];
        if (column->holds == holds && (holds != KT_LIST_HOLDS_SUM || (int)column->sum == which) &&
            (holds != KT_LIST_HOLDS_TEXT || (int)column->text == which)) {
            return column->names[0];
        }
    }
    return "";
}

static void warn_of_money(reading *work, const kt_project *project, kt_project_sum sum,
                          kt_list_warning expected)
{
    char money[KT_MONEY_SIZE];
    const char *column = column_of(work->format, KT_LIST_HOLDS_SUM, (int)sum);
    warn(work, project,
         (kt_list_warning){
             kt_arena_print(work->arena, "column %s: %s, expected %s", column,
                            kt_money_write(project->sum[sum], money), expected.words),
             kt_arena_print(work->arena, "column %s: expected %s", column, expected.shown)});
}

/* Public money above its plan is no fault: others than the EU and the state pay too. */
static void check_granted(reading *work, const kt_project *project)
{
    const int64_t most = project->sum[KT_PROJECT_GRANTED];
    const int64_t got = project->sum[KT_PROJECT_REALISED];
    if (most != KT_NO_MONEY && most < 0) {
        warn_of_money(work, project, KT_PROJECT_GRANTED,
                      (kt_list_warning){"0 or more", "0 or more"});
    }
    if (most == KT_NO_MONEY || got == KT_NO_MONEY || got - most <= MONEY_SLACK) {
        return;
    }
    char money[KT_MONEY_SIZE];
    warn_of_money(work, project, KT_PROJECT_REALISED,
                  (kt_list_warning){kt_arena_print(work->arena, "at most the %s that were granted",
                                                   kt_money_write(most, money)),
                                    "at most what was granted"});
}

static void warn_of_state(reading *work, const kt_project *project, const char *column)
{
    const char *state = project->text[KT_PROJECT_STATUS_RAW], *format = work->format->id;
    warn(work, project,
         (kt_list_warning){
             kt_arena_print(work->arena,
                            "column %s: the state \"%.*s\", expected one that the format %s knows",
                            column, kt_utf8_cut(state, 40), state, format),
             kt_arena_print(work->arena, "column %s: expected a state that the format %s knows",
                            column, format)});
}

static const char wrong_letter[] =
    "a letter of the name is lost or of another set, expected the list as it was saved";

static bool has_wrong_letter(const char *name)
{
    wrong_letters letters = {0};
    wrong_word first = {0};
    return name != NULL && wrong_letters_add(&letters, name, strlen(name), &first);
}

static void check_project(reading *work, const kt_project *project, const kt_list_faults *faults)
{
    if (project->start_day != KT_NO_DAY && project->end_day != KT_NO_DAY &&
        project->end_day < project->start_day) {
        const char *words =
            kt_arena_print(work->arena, "column %s: before the start, expected that day or later",
                           column_of(work->format, KT_LIST_HOLDS_END, 0));
        warn(work, project, (kt_list_warning){words, words});
    }
    check_granted(work, project);
    if (faults->status != NULL) {
        warn_of_state(work, project, faults->status);
    }
    if (has_wrong_letter(project->text[KT_PROJECT_NAME])) {
        warn(work, project, (kt_list_warning){wrong_letter, wrong_letter});
    }
}

/* A second row of a code: another part of the project, or one too many. */
static void take_again(reading *work, kt_project *first, const kt_project *again)
{
    const char *column = NULL;
    const char *reason = NULL;
    if (!work->format->joins_rows) {
        reason = kt_arena_print(
            work->arena, "column %s: a second row of this project, the first is row %zu",
            column_of(work->format, KT_LIST_HOLDS_TEXT, KT_PROJECT_PROJECT_CODE),
            first->source_row);
    } else if (!kt_list_join(work->format, first, again, work->arena, &column)) {
        reason = kt_arena_print(work->arena, "says otherwise in %s than row %zu of this project",
                                column, first->source_row);
    }
    if (reason == NULL) {
        work->list->joined++;
    } else {
        kt_project_reject *added =
            add_reject(work, again->source_row, again->text[KT_PROJECT_PROJECT_CODE], reason);
        memcpy(added->sum, again->sum, sizeof added->sum);
    }
}

static void take_project(reading *work, kt_project *project, const kt_list_faults *faults)
{
    kt_project_list *list = work->list;
    const char *code = project->text[KT_PROJECT_PROJECT_CODE];
    if (!is_kept(work->format, project->text[KT_PROJECT_FUND])) {
        list->left_out++;
        return;
    }
    const size_t at = kt_codes_find(work->seen, code);
    if (at != KT_NO_CODE) {
        take_again(work, &list->projects[at], project);
        return;
    }
    (void)kt_codes_add(work->seen, code, NULL);
    list->projects = kt_arena_grow(work->arena, list->projects, list->project_count,
                                   &work->project_room, sizeof *list->projects);
    project->snapshot_day = work->file->snapshot_day;
    list->projects[list->project_count++] = *project;
    check_project(work, project, faults);
}

/* Cells that belong to no column are of a text that was cut by its own separators. */
static const char *check_width(const reading *work, const kt_list_row *row)
{
    const size_t most = work->header->count;
    bool fits = row->count >= most || work->body->container == KT_LIST_XLSX;
    for (size_t i = most; i < row->count && work->body->container != KT_LIST_XLSX; i++) {
        fits &= kt_list_empty(&row->cells[i]);
    }
    return fits ? NULL
                : kt_arena_print(work->arena, "%zu cells, expected %zu as in the header",
                                 row->count, most);
}

/* The cell of a column that holds that, as it is read; false where it is empty. */
static bool clean_cell(const reading *work, const kt_list_row *row, size_t column,
                       kt_project_holds holds, kt_list_cell *out)
{
    const kt_list_cell *cell =
        work->format->columns[column].holds == holds ? cell_of(work, row, column) : NULL;
    if (cell != NULL) {
        *out = *cell;
        out->text = kt_list_clean(cell->text, work->arena);
    }
    return cell != NULL;
}

/* The amounts of a row of which something else could not be read; none in another currency. */
static void read_sums(const reading *work, const kt_list_row *row, int64_t *sums)
{
    const kt_project_format *format = work->format;
    kt_list_cell cell;
    for (size_t i = 0; i < format->column_count; i++) {
        if (clean_cell(work, row, i, KT_LIST_HOLDS_CURRENCY, &cell) &&
            strcmp(cell.text, "EUR") != 0) {
            return;
        }
    }
    for (size_t i = 0; i < format->column_count; i++) {
        int64_t *sum = &sums[format->columns[i].sum];
        int64_t cents = 0;
        if (clean_cell(work, row, i, KT_LIST_HOLDS_SUM, &cell) && *sum == KT_NO_MONEY &&
            kt_list_money(format, &cell, &cents)) {
            *sum = cents;
        }
    }
}

/* Authorities that number their projects are told apart by the format: programs would take digits
 * alone for a number. */
static const char *whole_code(const reading *work, const char *code)
{
    return strspn(code, "0123456789") == strlen(code)
               ? kt_arena_print(work->arena, "%s-%s", work->format->id, code)
               : code;
}

/* A code that no table can have: neither its row nor its reject can be called by it. */
static void reject_code(reading *work, const kt_list_row *row, const char *code)
{
    static const char expected[] = "expected a code of letters, digits, '_', '-' and '.'";
    const char *column = column_of(work->format, KT_LIST_HOLDS_TEXT, KT_PROJECT_PROJECT_CODE);
    kt_project_reject *added =
        add_reject(work, row->line, NULL,
                   kt_arena_print(work->arena, "column %s: \"%.*s\", %s", column,
                                  kt_utf8_cut(code, 40), code, expected));
    added->shown = kt_arena_print(work->arena, "column %s: %s", column, expected);
    read_sums(work, row, added->sum);
}

static kt_status take_coded(reading *work, const kt_list_row *row, const char *found, kt_error *err)
{
    const char *code = whole_code(work, found);
    kt_project project = {.text[KT_PROJECT_PROJECT_CODE] = code};
    kt_list_faults faults = {0};
    const char *misfit = check_width(work, row);
    if (kt_text_code_fault(code, strlen(code)) != NULL) {
        reject_code(work, row, code);
        return KT_OK;
    }
    if (misfit != NULL) { /* of which cell is an amount nobody can say */
        (void)add_reject(work, row->line, code, misfit);
        return KT_OK;
    }
    if (!kt_list_fill(work->format, work->header, row, work->arena, &project, &faults)) {
        kt_project_reject *added = add_reject(work, row->line, code, faults.reason);
        added->shown = faults.shown;
        read_sums(work, row, added->sum);
        return KT_OK;
    }
    take_project(work, &project, &faults);
    if (kt_arena_used(work->arena) - work->taken_before > TEXT_LIMIT) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: row %zu: texts of more than %zu MiB",
                       work->file->name, row->line, TEXT_LIMIT >> 20);
    }
    return KT_OK;
}

/* Whoever opens a text in a spreadsheet as another set than it is in saves the workbook so. */
static void note_letters(reading *work, const kt_list_row *row)
{
    for (size_t i = 0; i < row->count && i < work->header->count; i++) {
        const kt_list_cell *cell = &row->cells[i];
        const kt_project_column *column = work->header->columns[i];
        wrong_word first = {0};
        if (column != NULL &&
            wrong_letters_add(&work->letters, cell->text, strlen(cell->text), &first) &&
            work->wrong_cell == NULL) {
            work->wrong_line = row->line;
            work->wrong_column = column->names[0];
            work->wrong_cell = kt_arena_copy(work->arena, cell->text);
            work->wrong = first;
        }
    }
}

static kt_status check_letters(const reading *work, kt_error *err)
{
    if (work->wrong_cell == NULL || !wrong_letters_spoil(&work->letters)) {
        return KT_OK;
    }
    return kt_fail(err, KT_ERR_FORMAT,
                   "%s: row %zu, column %s: %s, expected the list as it was saved",
                   work->file->name, work->wrong_line, work->wrong_column,
                   wrong_letters_words(&work->letters, work->wrong_cell, strlen(work->wrong_cell),
                                       &work->wrong, work->arena));
}

static kt_status take_row(void *context, const kt_list_row *row, kt_error *err)
{
    reading *work = context;
    if (row->line <= work->header->line) {
        return KT_OK;
    }
    work->list->rows++;
    work->last_line = row->line;
    if (is_blank(row)) {
        work->list->blanks++;
        return KT_OK;
    }
    if (work->body->container == KT_LIST_XLSX) {
        note_letters(work, row);
    }
    const char *code = code_of(work, row);
    if (code == NULL) {
        take_codeless(work, row);
        return KT_OK;
    }
    reject_without_code(work, work->without_count);
    kt_list_row repaired;
    const char *reason = NULL;
    if (work->body->container != KT_LIST_CSV_UNQUOTED) {
        return take_coded(work, row, code, err);
    }
    if (!kt_list_repair(work->format, work->header, row, work->arena, &repaired, &reason)) {
        (void)add_reject(work, row->line, code, reason);
        return KT_OK;
    }
    return take_coded(work, &repaired, code, err);
}

/* When all rows of each are joined: another one may have its name. */
static void reject_nameless(reading *work)
{
    kt_project_list *list = work->list;
    const size_t count = list->project_count;
    const char *reason =
        kt_arena_print(work->arena, "column %s: empty, expected the name of the project",
                       column_of(work->format, KT_LIST_HOLDS_TEXT, KT_PROJECT_NAME));
    list->project_count = 0;
    for (size_t i = 0; i < count; i++) {
        const kt_project *project = &list->projects[i];
        const char *name = project->text[KT_PROJECT_NAME];
        if (name != NULL && name[0] != '\0') {
            list->projects[list->project_count++] = *project;
            continue;
        }
        kt_project_reject *added =
            add_reject(work, project->source_row, project->text[KT_PROJECT_PROJECT_CODE], reason);
        added->shown = added->reason;
        memcpy(added->sum, project->sum, sizeof added->sum);
    }
}

static kt_status add_up(reading *work, kt_error *err)
{
    kt_project_list *list = work->list;
    for (size_t s = 0; s < KT_PROJECT_SUM_COUNT; s++) {
        list->sums[s] = KT_NO_MONEY;
    }
    for (size_t i = 0; i < list->project_count * KT_PROJECT_SUM_COUNT; i++) {
        const size_t s = i % KT_PROJECT_SUM_COUNT;
        const int64_t cents = list->projects[i / KT_PROJECT_SUM_COUNT].sum[s];
        const int64_t before = list->sums[s] == KT_NO_MONEY ? 0 : list->sums[s];
        if (cents != KT_NO_MONEY && __builtin_add_overflow(before, cents, &list->sums[s])) {
            return kt_fail(err, KT_ERR_DATA, "%s: the sum of %s is beyond all money",
                           work->file->name, kt_project_sum_name((kt_project_sum)s));
        }
    }
    return KT_OK;
}

static void tell_unknown_columns(reading *work)
{
    kt_text names = {0};
    const kt_list_header *header = work->header;
    for (size_t i = 0; i < header->unknown_count && i < 20; i++) {
        kt_text_print(&names, "%s%.64s", i == 0 ? "" : ", ", header->unknown[i]);
    }
    if (header->unknown_count > 0) {
        char *note = kt_arena_print(work->arena,
                                    "%s: row %zu: columns that the format %s does not name were "
                                    "not read: %s%s",
                                    work->file->name, header->line, work->format->id, names.bytes,
                                    header->unknown_count > 20 ? " ..." : "");
        kt_text_flatten(note);
        add_note(work, note);
    }
    kt_text_free(&names);
}

static void tell_footers(reading *work)
{
    kt_project_list *list = work->list;
    list->footers = work->without_count;
    if (list->footers > 0) {
        add_note(work, kt_arena_print(work->arena,
                                      "%s: row %zu: %zu rows at the end without a "
                                      "code of a project were taken for footers",
                                      work->file->name, work->without[0], list->footers));
    }
    if (list->left_out > 0) {
        add_note(work, kt_arena_print(work->arena,
                                      "%s: %zu rows of funds that the format %s does not keep",
                                      work->file->name, list->left_out, work->format->id));
    }
}

/* A last line without an end that is no project was cut while it was written; one that is may have
 * been, and nobody can tell. */
static kt_status check_end(reading *work, kt_error *err)
{
    static const char may_be_cut[] = "no line end behind the last row, expected one: it may be cut";
    const kt_project_list *list = work->list;
    const kt_list_body *body = work->body;
    const bool open = body->container != KT_LIST_XLSX && body->bytes[body->length - 1] != '\n';
    if (open && list->reject_count > 0 &&
        list->rejects[list->reject_count - 1].line == work->last_line) {
        return kt_fail(
            err, KT_ERR_FORMAT, "%s: row %zu: the last row is cut off (still being written?): %s",
            work->file->name, work->last_line, list->rejects[list->reject_count - 1].reason);
    }
    const size_t count = list->project_count;
    if (open && count > 0 && list->projects[count - 1].source_row == work->last_line) {
        warn(work, &list->projects[count - 1], (kt_list_warning){may_be_cut, may_be_cut});
    }
    return KT_OK;
}

static kt_status check_rejects(const reading *work, kt_error *err)
{
    const kt_project_list *list = work->list;
    const size_t rows = list->project_count + list->joined + list->left_out + list->reject_count;
    if (rows == 0) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: no row behind the header, expected projects",
                       work->file->name);
    }
    if (list->reject_count * 100 > rows) {
        kt_error words = {0};
        (void)kt_fail(&words, KT_ERR_FORMAT,
                      "%s: %zu of %zu rows cannot be read, expected at most 1 %%; the first is row "
                      "%zu: %s",
                      work->file->name, list->reject_count, rows, list->rejects[0].line,
                      list->rejects[0].reason);
        return kt_fail(err, KT_ERR_FORMAT, "%s", words.message);
    }
    return KT_OK;
}

static kt_status read_rows(reading *work, kt_error *err)
{
    const kt_list_sink sink = {work, take_row};
    KT_TRY(kt_list_rows(work->body, &sink, err));
    KT_TRY(check_letters(work, err));
    KT_TRY(check_end(work, err));
    reject_nameless(work);
    tell_unknown_columns(work);
    tell_footers(work);
    KT_TRY(check_rejects(work, err));
    return add_up(work, err);
}

static kt_status read_open(const kt_project_file *file, const kt_project_format *format,
                           kt_arena *scratch, kt_arena *arena, kt_project_list **out, kt_error *err)
{
    kt_list_body body;
    kt_list_header header;
    KT_TRY(kt_list_open(file, format, scratch, &body, err));
    KT_TRY(kt_list_find_header(&body, format, scratch, &header, err));
    if (header.missing_count > 0) {
        return kt_fail(err, KT_ERR_FORMAT,
                       "%s: row %zu: no list of the format %s, which has the columns %s",
                       file->name, header.line, format->id, header.missing);
    }
    if (body.container == KT_LIST_CSV_UNQUOTED) {
        KT_TRY(kt_list_check_anchors(&header, file->name, err));
    }
    kt_project_list *list = kt_arena_new(arena, kt_project_list);
    list->format = format;
    list->header_line = header.line;
    reading work = {.file = file,
                    .format = format,
                    .body = &body,
                    .header = &header,
                    .arena = arena,
                    .list = list,
                    .seen = kt_codes_new(scratch),
                    .without = kt_arena_array(scratch, size_t, format->footer_rows + 2),
                    .taken_before = kt_arena_used(arena)};
    KT_TRY(read_rows(&work, err));
    *out = list;
    return KT_OK;
}

kt_status kt_project_list_read(const kt_project_file *file, const kt_project_format *format,
                               kt_arena *arena, kt_project_list **out, kt_error *err)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open(file->name, 0);
    return read_open(file, format, scratch, arena, out, err);
}
