/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/write_pxweb2.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "server/put.h"

#define PAGE_SIZE 20

static const char *time_unit(const char *period)
{
    if (strpbrk(period, "M") != NULL) {
        return "Monthly";
    }
    return strpbrk(period, "QK") != NULL ? "Quarterly" : "Annual";
}

static void put_links(const char *id, FILE *out)
{
    static const char *const rels[] = {"self", "metadata", "data"};
    static const char *const ends[] = {"?lang=en", "/metadata?lang=en",
                                       "/data?lang=en&outputFormat=json-stat2"};
    fputs("\"links\":[", out);
    for (size_t i = 0; i < 3; i++) {
        kt_put_comma(out, i > 0);
        fprintf(out, "{\"rel\":\"%s\",\"hreflang\":\"en\",\"href\":\"/api/v2/tables/%s%s\"}",
                rels[i], id, ends[i]);
    }
    fputc(']', out);
}

void kt_write_about(const kt_served_table *table, const char *language, FILE *out)
{
    const kt_served_variable *time = &table->variables[table->time];
    const size_t last = table->kept_first + table->kept_count - 1;
    fputc('{', out);
    if (language != NULL) {
        kt_put_member(out, "language", language);
        fputc(',', out);
    }
    kt_put_member(out, "id", table->id);
    fputc(',', out);
    kt_put_member(out, "label", table->title);
    fputs(",\"description\":\"\",\"updated\":", out);
    kt_put_moment(out, table->updated, ':', "Z");
    fprintf(out, ",\"firstPeriod\":\"%s\",\"lastPeriod\":\"%s\",\"category\":\"public\",",
            time->values[table->kept_first], time->values[last]);
    fprintf(out, "\"discontinued\":%s,", table->discontinued ? "true" : "false");
    fputs("\"variableNames\":[", out);
    for (size_t i = 0; i < table->variable_count; i++) {
        kt_put_comma(out, i > 0);
        kt_put_text(out, table->variables[i].text);
    }
    fputs("],", out);
    kt_put_member(out, "source", table->source);
    fprintf(out, ",\"timeUnit\":\"%s\",\"paths\":[],", time_unit(time->values[last]));
    put_links(table->id, out);
    fputc('}', out);
}

/* A number of the address, `otherwise` if it is absent or none. */
static size_t number_of(const kt_exchange *exchange, const char *name, size_t otherwise)
{
    const char *text = kt_exchange_argument(exchange, name);
    char *end = NULL;
    const unsigned long number = text == NULL ? 0 : strtoul(text, &end, 10);
    return number > 0 && *end == '\0' ? number : otherwise;
}

static bool has_words(const char *text, const char *words)
{
    const size_t length = strlen(words);
    for (const char *at = text; *at != '\0'; at++) {
        if (strncasecmp(at, words, length) == 0) {
            return true;
        }
    }
    return length == 0;
}

static bool holds(const kt_served_table *table, const char *words)
{
    if (words == NULL || has_words(table->title, words) || strcasecmp(table->id, words) == 0) {
        return true;
    }
    for (size_t i = 0; i < table->variable_count; i++) {
        if (has_words(table->variables[i].text, words)) {
            return true;
        }
    }
    return false;
}

static bool is_listed(const kt_served_table *table, const kt_exchange *exchange)
{
    const char *discontinued = kt_exchange_argument(exchange, "includeDiscontinued");
    const size_t days = number_of(exchange, "pastDays", 0);
    const double age_s = difftime(time(NULL), table->updated);
    return (!table->discontinued || (discontinued && strcasecmp(discontinued, "true") == 0)) &&
           (days == 0 || age_s <= (double)days * (double)KT_SERVED_DAY_S) &&
           holds(table, kt_exchange_argument(exchange, "query"));
}

static void put_page_link(const char *rel, size_t size, size_t page, bool more, FILE *out)
{
    kt_put_comma(out, more);
    fprintf(out,
            "{\"rel\":\"%s\",\"hreflang\":\"en\",\"href\":\"/api/v2/tables/?lang=en&pagesize=%zu"
            "&pageNumber=%zu\"}",
            rel, size, page);
}

static void put_page(size_t page, size_t size, size_t found, size_t pages, FILE *out)
{
    fprintf(out,
            "],\"page\":{\"pageNumber\":%zu,\"pageSize\":%zu,\"totalElements\":%zu,"
            "\"totalPages\":%zu,\"links\":[",
            page, size, found, pages);
    if (page < pages) {
        put_page_link("next", size, page + 1, false, out);
        put_page_link("last", size, pages, true, out);
    }
    if (page > 1) {
        put_page_link("previous", size, page - 1, page < pages, out);
    }
    fputs("]},\"links\":[", out);
    put_page_link("self", size, page, false, out);
    fputs("]}", out);
}

bool kt_write_tables(const kt_service *service, const kt_exchange *exchange, FILE *out)
{
    const size_t size = number_of(exchange, "pageSize", PAGE_SIZE);
    const size_t page = number_of(exchange, "pageNumber", 1);
    size_t found = 0;
    bool more = false;
    fputs("{\"language\":\"en\",\"tables\":[", out);
    for (size_t i = 0; i < service->table_count; i++) {
        if (!is_listed(service->tables[i], exchange)) {
            continue;
        }
        if (found / size == page - 1) {
            kt_put_comma(out, more);
            kt_write_about(service->tables[i], NULL, out);
            more = true;
        }
        found++;
    }
    const size_t pages = found == 0 ? 1 : (found + size - 1) / size;
    put_page(page, size, found, pages, out);
    return page <= pages;
}

void kt_write_codelist(const kt_served_codelist *list, FILE *out)
{
    const bool sums = strncmp(list->id, "agg_", 4) == 0;
    fputc('{', out);
    kt_put_member(out, "id", list->id);
    fputc(',', out);
    kt_put_member(out, "label", list->label);
    fprintf(out,
            ",\"language\":\"en\",\"languages\":[\"en\"],\"elimination\":false,\"type\":\"%s\","
            "\"values\":[",
            sums ? "Aggregation" : "Valueset");
    for (size_t i = 0; i < list->count; i++) {
        size_t members = 0;
        while (list->members[i][members] != NULL) {
            members++;
        }
        kt_put_comma(out, i > 0);
        fputc('{', out);
        kt_put_member(out, "code", list->values[i]);
        fputc(',', out);
        kt_put_member(out, "label", list->labels == NULL ? list->values[i] : list->labels[i]);
        fputc(',', out);
        kt_put_texts(out, "valueMap", list->members[i], members);
        fputc('}', out);
    }
    fprintf(out,
            "],\"links\":[{\"rel\":\"self\",\"hreflang\":\"en\","
            "\"href\":\"/api/v2/codeLists/%s?lang=en\"}]}",
            list->id);
}
