/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_FETCH_CAMPAIGN_H
#define KT_FETCH_CAMPAIGN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"
#include "fetch/fetch.h"
#include "question.h"
#include "select.h"
#include "table.h"

/**
 * One fetch of one selection of a table: its pieces, each one call, until every piece has a good
 * reply of one and the same publication. A campaign that was broken off is taken up again if the
 * same pieces are wanted: what its receipts have is not asked for again.
 */

/** A call of the campaign. */
typedef struct kt_piece {
    struct kt_campaign *campaign;
    kt_part part;
    kt_request request;
    size_t number; /* kt_receipt.part */
    bool is_good;
    const char *updated; /* of the good reply */
    size_t cells;        /* of the reply that came in this run */
    kt_question question;
} kt_piece;

typedef struct kt_campaign {
    kt_table *table;
    kt_selection selection;
    const char *id; /* kt_receipt.campaign */
    kt_piece **pieces;
    size_t count, room;
    size_t parts;         /* kt_receipt.parts: numbers given out so far */
    size_t refused_cells; /* the least that the service found too large; 0 if it found nothing so */
    bool has_updated;
    const char *updated; /* of the newest reply; NULL if it does not say */
    bool republished;    /* replies are of different publications */
    kt_outcome outcome;  /* GOOD until a piece failed or is outdated */
    kt_error failure;    /* its words */
} kt_campaign;

/** How a run of a campaign ended. */
typedef enum kt_ending {
    KT_ENDING_COMPLETE,
    KT_ENDING_REPUBLISHED, /* the table was published anew meanwhile: begin again */
    KT_ENDING_OUTDATED,    /* the service no longer knows our codes: read the metadata again */
} kt_ending;

/** The receipt of a campaign of the source that was broken off after the last complete one, or
 * NULL. */
const kt_receipt *kt_campaign_pending(const kt_table *table);

/** "12ti-20261121T050000Z", or with "-2" behind it if that second has seen one already. */
const char *kt_campaign_new_id(const kt_table *table);

/** Plans the calls, or takes up the pending campaign where its pieces are the same. */
kt_status kt_campaign_begin(kt_table *table, const kt_selection *selection, kt_campaign **out,
                            kt_error *err) KT_MUST_CHECK;

/** The calls that are still to be made, in the errand's arena. */
kt_plan *kt_campaign_plan(const kt_campaign *campaign);

/** Makes the calls. KT_OK with the ending; else the failure of a piece. */
kt_status kt_campaign_run(kt_campaign *campaign, kt_ending *ending, kt_error *err) KT_MUST_CHECK;

/** Cells of the replies that came in this run. */
size_t kt_campaign_cells(const kt_campaign *campaign);

/** True if one of its replies is not one that the archive had for the same question. */
bool kt_campaign_has_news(const kt_campaign *campaign);

/* Shared by the files of the campaign. */

/** Lays out the pieces of the plan, none of them asked yet. */
kt_status kt_campaign_lay_out(kt_campaign *campaign, kt_error *err) KT_MUST_CHECK;

/**
 * Takes up the campaign of that receipt: pieces with a good reply of the publication that
 * its newest reply is of are good. False if its pieces are not those that are wanted; the pieces
 * are then to be laid out again.
 */
bool kt_campaign_resume(kt_campaign *campaign, const kt_receipt *pending);

/** Cuts a piece in two; the new one, without a number, is the campaign's last. NULL for one cell.
 */
kt_piece *kt_piece_split(kt_piece *piece);

size_t kt_piece_cells(const kt_piece *piece);

/** Pieces this small are not cut any further: it is not their size that the service refuses. */
size_t kt_campaign_least_cells(const kt_campaign *campaign);

#define KT_NO_NUMBER ((size_t)-1)

#endif
