/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/write.h"

void kt_served_data(const kt_served_table *table, const kt_selection *selection, FILE *out)
{
    switch (selection->form) {
    case KT_FORM_PXJSON:
        kt_write_pxjson(table, selection, out);
        break;
    case KT_FORM_PX:
        kt_write_px(table, selection, out);
        break;
    case KT_FORM_EUROSTAT:
        kt_write_eurostat(table, selection, out);
        break;
    default:
        kt_write_jsonstat(table, selection, out);
        break;
    }
}
