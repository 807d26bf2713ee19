/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projects/rejected.h"

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

static bool is_of_list(const kt_list_file *file, kt_project_sum sum)
{
    return file->sums[sum] != KT_NO_MONEY;
}

/* The first of the sums, in their order, that a rejected row says: of the EU and the state where
 * the list has it. Where none says any, the first that the list has. */
static kt_project_sum sum_told(const kt_list_file *file)
{
    bool (*const has[])(const kt_list_file *, kt_project_sum) = {is_said, is_of_list};
    for (int i = 0; i < 2 * KT_PROJECT_SUM_COUNT; i++) {
        const kt_project_sum sum = (kt_project_sum)(i % KT_PROJECT_SUM_COUNT);
        if (has[i / KT_PROJECT_SUM_COUNT](file, sum)) {
            return sum;
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

static const char *money_words(const kt_list_rejected *of, kt_arena *arena)
{
    char euros[KT_MONEY_SIZE];
    const char *sum = kt_project_sum_name(of->sum);
    return of->with_money == 0
               ? kt_arena_print(arena, "%s can be read in none of them", sum)
               : kt_arena_print(arena, "%s %s in the %zu of them where it can be read", sum,
                                kt_money_write(of->cents, euros), of->with_money);
}

const char *kt_list_rejected_words(const kt_list_file *file, kt_arena *arena)
{
    const kt_list_rejected *of = &file->rejected;
    return kt_arena_print(arena,
                          "%zu of %zu rows rejected, %s; of their projects %zu stand as of an "
                          "older list, %zu by another row, %zu nowhere",
                          file->reject_count, file->rows, money_words(of, arena), of->as_before,
                          of->by_another_row,
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
