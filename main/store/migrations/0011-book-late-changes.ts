/**
 * Adds the bookings of late changes (see `late-bookings.ts`): what a coupon of an earlier day, or of a closed shift, counted for
 * before a change, with `sign` -1, and after it, with 1. `last_shift` is the newest shift when it was booked (0: there was
 * none), and `in_shift` says whether that was open. The index is for discounts whose value is learnt with their batch.
 */
export const bookLateChanges = `
CREATE TABLE late_booking (
  id             INTEGER PRIMARY KEY,
  redemption     INTEGER NOT NULL,
  recorded_at    INTEGER NOT NULL,
  booked_at      INTEGER NOT NULL,
  last_shift     INTEGER NOT NULL,
  in_shift       INTEGER NOT NULL,
  sign           INTEGER NOT NULL,
  stock_id       TEXT,
  cashier        TEXT,
  state          TEXT NOT NULL,
  resolution     TEXT,
  honoured       INTEGER NOT NULL,
  given          INTEGER NOT NULL,
  released       INTEGER NOT NULL,
  return_refused INTEGER NOT NULL,
  given_fen      INTEGER,
  honoured_fen   INTEGER
) STRICT;
CREATE INDEX late_booking_by_booking ON late_booking (booked_at);
CREATE INDEX late_booking_by_recording ON late_booking (recorded_at);
CREATE INDEX late_booking_by_shift ON late_booking (last_shift, in_shift);
CREATE INDEX late_booking_by_redemption ON late_booking (redemption);

CREATE INDEX redemption_unpriced ON redemption (stock_id)
  WHERE given_at IS NOT NULL AND given_fen IS NULL AND stake_fen IS NULL;
`
