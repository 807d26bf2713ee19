/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/select_pxweb2.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/*
 * Selections as PxWebApi 2 understands them: codes and expressions, in letters of any case, over
 * the values that a code list leaves. PxTools/PxWebApi, SelectionHandler and SelectionExpressions.
 */

static const kt_complaint no_variable = {400, 0, "Non-existent variable", NULL};
static const kt_complaint no_codelist = {400, 0, "Non-existent codelist", NULL};
static const kt_complaint no_value = {400, 0, "Non-existent value", NULL};
static const kt_complaint no_expression = {400, 0, "Illegal selection expression", NULL};
static const kt_complaint no_selection = {400, 0, "Missing selection for mandantory variable",
                                          NULL};

/* How many periods the default selection shows of a table with few variables. */
#define DEFAULT_PERIODS 13

/* One variable of the view, of which values are picked. */
typedef struct choice {
    const kt_served_variable *variable;
    size_t first, count; /* the values that are served now */
    bool *picked;        /* one for each value of the variable */
} choice;

static choice choice_of(const kt_served_table *table, size_t variable, kt_arena *arena)
{
    const kt_served_variable *v = &table->variables[variable];
    return (choice){.variable = v,
                    .first = v->is_time ? table->kept_first : 0,
                    .count = v->is_time ? table->kept_count : v->count,
                    .picked = kt_arena_array(arena, bool, v->count)};
}

static void pick_range(choice *c, size_t from, size_t end)
{
    for (size_t i = from; i < end; i++) {
        c->picked[c->first + i] = true;
    }
}

/* The position of a code among the values that are served; their count if there is none. */
static size_t find_code(const choice *c, const char *code)
{
    size_t i = 0;
    while (i < c->count && strcasecmp(c->variable->values[c->first + i], code) != 0) {
        i++;
    }
    return i;
}

/* '?' is one letter, '*' any number of them. */
static bool fits(const char *pattern, const char *text)
{
    const char *star = NULL;
    const char *from = NULL;
    while (*text != '\0') {
        if (*pattern == '*') {
            star = ++pattern;
            from = text;
        } else if (*pattern == '?' || strncasecmp(pattern, text, 1) == 0) {
            pattern++;
            text++;
        } else if (star != NULL) {
            pattern = star;
            text = ++from;
        } else {
            return false;
        }
    }
    return pattern[strspn(pattern, "*")] == '\0';
}

static bool pick_pattern(choice *c, const char *pattern)
{
    bool some = false;
    for (size_t i = 0; i < c->count; i++) {
        if (fits(pattern, c->variable->values[c->first + i])) {
            c->picked[c->first + i] = true;
            some = true;
        }
    }
    return some;
}

/* "(3)", "(3,1)": false for anything else. */
static bool read_numbers(const char *text, size_t *count, size_t *offset)
{
    char *end = NULL;
    *count = strtoul(text + 1, &end, 10);
    *offset = 0;
    if (*end == ',') {
        *offset = strtoul(end + 1, &end, 10);
    }
    return *count > 0 && strcmp(end, ")") == 0;
}

/* The newest periods, the first values of any other variable; from the other end for bottom. */
static const kt_complaint *pick_end(choice *c, const char *numbers, bool top)
{
    size_t wanted = 0;
    size_t offset = 0;
    if (!read_numbers(numbers, &wanted, &offset)) {
        return &no_expression;
    }
    const bool from_end = top == c->variable->is_time;
    const size_t left = offset < c->count ? c->count - offset : 0;
    const size_t n = wanted < left ? wanted : left;
    const size_t start = from_end ? left - n : offset;
    pick_range(c, start, start + n);
    return NULL;
}

/* "(a)", "(a,b)": the codes in copies; *second is NULL if there is one code only. */
static bool read_codes(const char *text, kt_arena *arena, char **first, char **second)
{
    const size_t length = strlen(text);
    if (length < 3 || text[length - 1] != ')') {
        return false;
    }
    *first = kt_arena_print(arena, "%.*s", (int)(length - 2), text + 1);
    *second = strchr(*first, ',');
    if (*second != NULL) {
        *(*second)++ = '\0';
    }
    return true;
}

static const kt_complaint *pick_between(choice *c, size_t from, size_t to)
{
    if (from == c->count || to == c->count) {
        return &no_value;
    }
    pick_range(c, from < to ? from : to, (from < to ? to : from) + 1);
    return NULL;
}

static const kt_complaint *pick_stretch(choice *c, const char *word, const char *rest,
                                        kt_arena *arena)
{
    char *first = NULL;
    char *second = NULL;
    const bool range = strncasecmp(word, "range", 5) == 0;
    if (!read_codes(rest, arena, &first, &second) || range != (second != NULL)) {
        return &no_expression;
    }
    const size_t at = find_code(c, first);
    if (range) {
        return pick_between(c, at, find_code(c, second));
    }
    const bool from = strncasecmp(word, "from", 4) == 0;
    return from ? pick_between(c, at, c->count - 1) : pick_between(c, 0, at);
}

static const kt_complaint *pick_value(choice *c, const char *value, kt_arena *arena)
{
    const size_t at = find_code(c, value);
    if (at < c->count) {
        pick_range(c, at, at + 1);
        return NULL;
    }
    if (strpbrk(value, "*?") != NULL) {
        return pick_pattern(c, value) ? NULL : &no_value;
    }
    static const char *const ends[] = {"top", "bottom"};
    static const char *const stretches[] = {"from", "to", "range"};
    const char *open = strchr(value, '(');
    const size_t word = open == NULL ? 0 : (size_t)(open - value);
    for (size_t i = 0; i < 2; i++) {
        if (word == strlen(ends[i]) && strncasecmp(value, ends[i], word) == 0) {
            return pick_end(c, open, i == 0);
        }
    }
    for (size_t i = 0; i < 3; i++) {
        if (word == strlen(stretches[i]) && strncasecmp(value, stretches[i], word) == 0) {
            return pick_stretch(c, value, open, arena);
        }
    }
    return &no_value;
}

static void take_choice(const choice *c, size_t variable, kt_arena *arena, kt_selection *out)
{
    out->positions[variable] = kt_arena_array(arena, size_t, c->variable->count);
    for (size_t i = 0; i < c->variable->count; i++) {
        if (c->picked[i]) {
            out->positions[variable][out->counts[variable]++] = i;
        }
    }
    out->cells *= out->counts[variable];
}

/* Left out: its total, and no dimension of the reply. */
static void leave_out(choice *c, bool *gone)
{
    *gone = true;
    c->picked[kt_served_value_find(c->variable, c->variable->total)] = true;
}

static const kt_complaint *select_variable(const kt_route *route, size_t variable,
                                           const kt_asked *asked, kt_arena *arena,
                                           kt_selection *out)
{
    choice c = choice_of(route->view, variable, arena);
    const size_t count = asked == NULL ? 0 : asked->count;
    for (size_t i = 0; i < count; i++) {
        const kt_complaint *wrong = pick_value(&c, asked->values[i], arena);
        if (wrong != NULL) {
            return wrong;
        }
    }
    if (count == 0 && c.variable->total == NULL) {
        return &no_selection;
    }
    if (count == 0) {
        leave_out(&c, &out->gone[variable]);
    }
    take_choice(&c, variable, arena, out);
    return NULL;
}

/* "time" is another name of the time variable. */
static size_t find_variable(const kt_served_table *table, const char *name)
{
    for (size_t i = 0; i < table->variable_count; i++) {
        if (strcasecmp(table->variables[i].code, name) == 0) {
            return i;
        }
    }
    return strcasecmp(name, "time") == 0 ? table->time : table->variable_count;
}

static const kt_complaint *apply_codelist(kt_route *route, size_t variable, const char *id,
                                          kt_arena *arena)
{
    const kt_served_variable *v = &route->table->variables[variable];
    for (size_t i = 0; i < v->codelist_count; i++) {
        if (strcasecmp(v->codelists[i].id, id) == 0) {
            route->view = kt_served_view(route->view, variable, &v->codelists[i], arena);
            return NULL;
        }
    }
    return &no_codelist;
}

/* Puts what is asked beside the variable that it is asked of. */
static const kt_complaint *place_asking(const kt_asking *asking, kt_arena *arena, kt_route *route,
                                        const kt_asked **by_variable)
{
    for (size_t i = 0; i < asking->count; i++) {
        const kt_asked *asked = &asking->variables[i];
        const size_t variable = find_variable(route->table, asked->variable);
        if (variable == route->table->variable_count) {
            return &no_variable;
        }
        by_variable[variable] = asked;
        const bool other = asked->codelist != NULL && asked->codelist[0] != '\0';
        const kt_complaint *wrong =
            other ? apply_codelist(route, variable, asked->codelist, arena) : NULL;
        if (wrong != NULL) {
            return wrong;
        }
    }
    return NULL;
}

/* Which of the variables that are neither time nor contents the default selection shows whole. */
static void choose_shown(const kt_served_table *table, bool *shown)
{
    size_t others[KT_SERVED_VARIABLES];
    size_t count = 0;
    size_t mandatory = 0;
    for (size_t i = 0; i < table->variable_count; i++) {
        if (i != table->time && i != table->contents) {
            others[count++] = i;
            mandatory += table->variables[i].total == NULL;
        }
    }
    size_t seen = 0;
    for (size_t i = 0; i < count; i++) {
        const bool must = table->variables[others[i]].total == NULL;
        seen += must;
        const bool end_of_must = must && (seen == 1 || seen == mandatory);
        const bool end_of_all = mandatory == 0 && (i == 0 || i + 1 == count);
        shown[others[i]] = end_of_must || end_of_all || (mandatory == 1 && i + 1 == count);
    }
}

/* How much of a variable the default selection has: 0 leaves it out. */
static size_t default_count(const kt_served_table *table, size_t variable, bool shown)
{
    const bool few = table->variable_count <= 3;
    const size_t contents = table->variables[table->contents].count;
    if (variable == table->time) {
        return few && (table->variable_count == 2 || contents == 1) ? DEFAULT_PERIODS : 1;
    }
    if (variable == table->contents) {
        return few ? contents : 1;
    }
    if (shown) {
        return table->variables[variable].count;
    }
    return table->variables[variable].total == NULL ? 1 : 0;
}

/* PxTools/PxWebApi, Bjarte3: enough to show, and dimensions may be missing. */
static void select_default(kt_arena *arena, kt_route *route)
{
    bool shown[KT_SERVED_VARIABLES] = {false};
    choose_shown(route->view, shown);
    for (size_t i = 0; i < route->view->variable_count; i++) {
        choice c = choice_of(route->view, i, arena);
        const size_t wanted = default_count(route->view, i, shown[i]);
        const size_t n = wanted < c.count ? wanted : c.count;
        if (n == 0) {
            leave_out(&c, &route->selection.gone[i]);
        } else {
            pick_range(&c, c.variable->is_time ? c.count - n : 0,
                       c.variable->is_time ? c.count : n);
        }
        take_choice(&c, i, arena, &route->selection);
    }
}

const kt_complaint *kt_select_pxweb2(const kt_asking *asking, kt_arena *arena, kt_route *route)
{
    const kt_asked *by_variable[KT_SERVED_VARIABLES] = {NULL};
    route->view = route->table;
    route->selection = (kt_selection){.cells = 1, .form = KT_FORM_JSONSTAT_2};
    if (asking->count == 0) {
        select_default(arena, route);
        return NULL;
    }
    const kt_complaint *wrong = place_asking(asking, arena, route, by_variable);
    for (size_t i = 0; i < route->table->variable_count && wrong == NULL; i++) {
        wrong = select_variable(route, i, by_variable[i], arena, &route->selection);
    }
    return wrong;
}
