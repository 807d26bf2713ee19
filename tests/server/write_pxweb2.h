/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_SERVER_WRITE_PXWEB2_H
#define KT_SERVER_WRITE_PXWEB2_H

#include "server/dialect.h"

/** What PxWeb 2 tells of its tables without their variables, and of code lists. */

/** One table; with a language it is an answer of its own, with NULL an element of a list. */
void kt_write_about(const kt_served_table *table, const char *language, FILE *out);

/** A page of the list of tables, as the address asks for it. False if there is no such page. */
bool kt_write_tables(const kt_service *service, const kt_exchange *exchange, FILE *out);

void kt_write_codelist(const kt_served_codelist *list, FILE *out);

#endif
