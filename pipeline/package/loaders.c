/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/cleanup.h"
#include "package/loader_texts.h"
#include "package/parts.h"

/* load/: scripts that read a run. Those for Python and R take every column's type from
 * datapackage.json; Power Query keeps its own list, for a refresh must not change its columns. */
#define TABLES_MARK "// @TABLES@"

static void put_query(kt_text *out, const kt_schema *schema, bool last)
{
    kt_text_print(out, "        %s = Load(\"%s\", {\n", schema->table, schema->table);
    for (size_t i = 0; i < schema->column_count; i++) {
        kt_text_print(out, "            {\"%s\", %s}%s\n", schema->columns[i].name,
                      kt_package_type_of(&schema->columns[i]).query,
                      i + 1 < schema->column_count ? "," : "");
    }
    kt_text_put(out, last ? "        })" : "        }),\n");
}

static void add_query(kt_package *package)
{
    KT_AUTO(text) kt_text out = {0};
    const char *text =
        kt_arena_copy_n(package->arena, (const char *)kt_loader_pq, kt_loader_pq_length);
    const char *mark = strstr(text, TABLES_MARK);
    (void)kt_text_add(&out, text, (size_t)(mark - text));
    for (size_t i = 0; i < package->table_count; i++) {
        put_query(&out, package->tables[i].schema, i + 1 == package->table_count);
    }
    kt_text_put(&out, mark + strlen(TABLES_MARK));
    kt_package_add(package, "load/kohtaanto.pq", out.bytes, out.length);
}

void kt_package_loaders(kt_package *package)
{
    kt_package_add(package, "load/kohtaanto.py", (const char *)kt_loader_py, kt_loader_py_length);
    kt_package_add(package, "load/kohtaanto.R", (const char *)kt_loader_r, kt_loader_r_length);
    add_query(package);
}
