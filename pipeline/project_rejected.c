/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "project_rejected.h"

#include <string.h>

static bool is_said(const kt_list_file *file, kt_project_sum sum)
{
    for (size_t i = 0; i < file->reject_count; i++) {
        if (file->rejects[i].sum[sum] != KT_NO_MONEY) {
            return true;
        }
    }
    return false;
}

/* The first of the sums, in their order, that a rejected row says: of the EU and the state where
 * the list has it. */
static kt_project_sum sum_told(const kt_list_file *file)
{
    for (int sum = 0; sum < KT_PROJECT_SUM_COUNT; sum++) {
        if (is_said(file, (kt_project_sum)sum)) {
            return (kt_project_sum)sum;
        }
    }
    return KT_PROJECT_GRANTED;
}

static void count_money(const kt_list_file *file, kt_list_rejected *out)
{
    out->sum = sum_told(file);
    for (size_t i = 0; i < file->reject_count; i++) {
        const int64_t cents = file->rejects[i].sum[out->sum];
        if (cents != KT_NO_MONEY && !__builtin_add_overflow(out->cents, cents, &out->cents)) {
            out->with_money++;
        }
    }
}

void kt_list_rejected_stand(kt_portfolio *portfolio, kt_list_file *file)
{
    kt_list_rejected *out = &file->rejected;
    count_money(file, out);
    for (size_t i = 0; i < file->reject_count; i++) {
        const char *code = file->rejects[i].code;
        const kt_project_stand stand =
            code == NULL ? KT_STANDS_NOWHERE
                         : kt_portfolio_reject(portfolio, file->format, file->snapshot_day, code);
        out->as_before += stand == KT_STANDS_AS_BEFORE ? 1 : 0;
        out->by_another_row += stand == KT_STANDS_BY_ANOTHER_ROW ? 1 : 0;
    }
}

const char *kt_list_rejected_words(const kt_list_file *file, kt_arena *arena)
{
    const kt_list_rejected *of = &file->rejected;
    char euros[KT_MONEY_SIZE];
    return kt_arena_print(
        arena,
        "%zu of %zu rows rejected, %s %s in the %zu of them that say it; of their projects "
        "%zu stand as of an older list, %zu by another row, %zu nowhere",
        file->reject_count, file->rows, kt_project_sum_name(of->sum),
        kt_money_write(of->cents, euros), of->with_money, of->as_before, of->by_another_row,
        file->reject_count - of->as_before - of->by_another_row);
}

bool kt_list_is_newest(const kt_project_lists *lists, const kt_list_file *file)
{
    for (size_t i = 0; i < lists->count; i++) {
        const kt_list_file *other = &lists->at[i];
        if (other->held == NULL && !other->replaced && other->snapshot_day > file->snapshot_day &&
            strcmp(other->format, file->format) == 0) {
            return false;
        }
    }
    return true;
}
