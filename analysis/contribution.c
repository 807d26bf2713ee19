/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "contribution.h"

#include <assert.h>
#include <math.h>

#include "sum.h"

/*
 * With shares s = u/U of job seekers and w = v/V of posts, market i adds
 *
 *     m(w, s) = a w + (1-a) s - w^a s^(1-a)
 *
 * to the mismatch index: shares sum to one, so the m sum to M; by the inequality of the arithmetic
 * and the geometric mean m >= 0, and m = 0 where w = s alone.
 */
double kt_contribution_of(double w, double s, double alpha)
{
    if (alpha == 0.5) {
        const double root = sqrt(w) - sqrt(s);
        return root * root / 2.0;
    }
    if (w == 0.0 || s == 0.0) {
        return alpha * w + (1.0 - alpha) * s;
    }
    return fmax(alpha * w + (1.0 - alpha) * s - s * pow(w / s, alpha), 0.0);
}

static bool is_exact(kt_interval of)
{
    return of.low == of.high;
}

/*
 * The interval of a share x/(x + others), x in its own interval, the sum in the totals' interval
 * and the others in theirs: rising in x, falling in the others.
 */
static kt_interval share_of(kt_interval figure, kt_interval total, kt_interval cells_sum)
{
    kt_interval share = {.value = figure.value / total.value};
    share.low = share.value;
    share.high = share.value;
    if (is_exact(figure) && is_exact(cells_sum)) {
        return share;
    }
    const double others_low = cells_sum.low - figure.low;
    const double others_high = cells_sum.high - figure.high;
    const double most = fmin(total.high, figure.low + others_high);
    const double least = fmax(total.low, figure.high + others_low);
    share.low = most > 0.0 ? fmin(figure.low / most, share.value) : 0.0;
    share.high = least > 0.0 ? fmax(fmin(figure.high / least, 1.0), share.value) : 1.0;
    return share;
}

/*
 * m is convex, 0 on the diagonal, and grows with the distance from it along either axis. So over a
 * box it is least where the box meets the diagonal, or else at the corner nearest to it, and
 * greatest at one of the two corners farthest from it.
 */
static void set_range(kt_interval w, kt_interval s, double alpha, kt_contribution *out)
{
    double low = 0.0;
    if (w.low > s.high) {
        low = kt_contribution_of(w.low, s.high, alpha);
    } else if (s.low > w.high) {
        low = kt_contribution_of(w.high, s.low, alpha);
    }
    const double high =
        fmax(kt_contribution_of(w.high, s.low, alpha), kt_contribution_of(w.low, s.high, alpha));
    out->contribution_low = fmin(low, out->contribution);
    out->contribution_high = fmax(high, out->contribution);
}

static kt_side side_of(double w, double s)
{
    if (fabs(w - s) <= 1e-9 * fmax(w, s)) {
        return KT_SIDE_EQUAL;
    }
    return w > s ? KT_SIDE_TIGHTER : KT_SIDE_LOOSER;
}

const char *kt_side_word(kt_side side)
{
    static const char *const words[] = {
        [KT_SIDE_NONE] = NULL,
        [KT_SIDE_TIGHTER] = "tighter_than_scope",
        [KT_SIDE_LOOSER] = "looser_than_scope",
        [KT_SIDE_EQUAL] = "equal",
    };
    return words[side];
}

static kt_contribution without_figure(const char *reason)
{
    return (kt_contribution){.unemployed_share = NAN,
                             .vacancy_share = NAN,
                             .contribution = NAN,
                             .contribution_low = NAN,
                             .contribution_high = NAN,
                             .persons_off_proportion = NAN,
                             .side = KT_SIDE_NONE,
                             .reason = reason};
}

/* The totals without margins: what the cells alone sum to. */
static kt_status sum_alone(const kt_cells *cells, kt_totals *out, kt_error *err)
{
    kt_cells alone = *cells;
    alone.unemployed_total_low = NAN;
    alone.unemployed_total_high = NAN;
    alone.vacancies_total_low = NAN;
    alone.vacancies_total_high = NAN;
    return kt_cells_sum(&alone, out, err);
}

kt_status kt_contribution_open(const kt_cells *cells, double alpha, kt_contribution_scope *out,
                               kt_error *err)
{
    assert(alpha > 0.0 && alpha < 1.0);
    out->cells = *cells;
    out->alpha = alpha;
    KT_TRY(kt_cells_sum(cells, &out->totals, err));
    return sum_alone(cells, &out->alone, err);
}

kt_contribution kt_contribution_at(const kt_contribution_scope *of, size_t cell)
{
    const kt_totals *totals = &of->totals;
    if (totals->reason != NULL || !kt_cells_use(&of->cells, cell)) {
        return without_figure(totals->reason != NULL ? totals->reason : "a figure is missing");
    }
    const double seekers_per_post = totals->unemployed.value / totals->vacancies.value;
    const kt_interval u = kt_cells_unemployed(&of->cells, cell);
    const kt_interval v = kt_cells_vacancies(&of->cells, cell);
    const kt_interval s = share_of(u, totals->unemployed, of->alone.unemployed);
    const kt_interval w = share_of(v, totals->vacancies, of->alone.vacancies);
    kt_contribution found = {.unemployed_share = s.value,
                             .vacancy_share = w.value,
                             .contribution = kt_contribution_of(w.value, s.value, of->alpha),
                             .persons_off_proportion = u.value - v.value * seekers_per_post,
                             .side = side_of(w.value, s.value)};
    set_range(w, s, of->alpha, &found);
    return found;
}

kt_status kt_contributions_compute(const kt_cells *cells, double alpha, kt_contribution *out,
                                   kt_error *err)
{
    kt_contribution_scope of;
    KT_TRY(kt_contribution_open(cells, alpha, &of, err));
    for (size_t i = 0; i < cells->count; i++) {
        out[i] = kt_contribution_at(&of, i);
    }
    return KT_OK;
}
