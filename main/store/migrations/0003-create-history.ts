/**
 * Tables for searching the history and for the owner's figures. They are filled afterwards (see `history-index.ts`),
 * because recording a scan must not get slower for what is looked up once a day. Rare states have an index that
 * recording a scan never touches.
 */
export const createHistory = `
CREATE TABLE history_entry (
  id          INTEGER PRIMARY KEY,
  code_tail   TEXT NOT NULL,
  cashier     TEXT,
  recorded_at INTEGER NOT NULL
) STRICT;
CREATE INDEX history_by_tail ON history_entry (code_tail, id);
CREATE INDEX history_by_cashier ON history_entry (cashier, id) WHERE cashier IS NOT NULL;
CREATE INDEX history_by_time ON history_entry (recorded_at);

CREATE TABLE history_step (
  use_request_no TEXT NOT NULL,
  audit_id       INTEGER NOT NULL,
  PRIMARY KEY (use_request_no, audit_id)
) STRICT, WITHOUT ROWID;

-- One row: the last audit row that was followed.
CREATE TABLE history_progress (taken INTEGER NOT NULL) STRICT;
INSERT INTO history_progress VALUES (0);

-- Sums of one day (of Beijing time, counted from the epoch). A day that is not in day_summed is summed anew when asked for.
CREATE TABLE day_summed (day INTEGER PRIMARY KEY) STRICT;
CREATE TABLE day_sum (
  day      INTEGER NOT NULL,
  hour     INTEGER NOT NULL,
  stock_id TEXT NOT NULL,
  state    TEXT NOT NULL,
  reason   TEXT NOT NULL,
  -- Which of the spans in insights-query.ts the time to settle fell in; -1 while it is not settled.
  span     INTEGER NOT NULL,
  count    INTEGER NOT NULL,
  PRIMARY KEY (day, hour, stock_id, state, reason, span)
) STRICT, WITHOUT ROWID;

-- From the first attempt that nobody answered to the first answer after it; open while ended_at is null.
CREATE TABLE outage (
  id       INTEGER PRIMARY KEY,
  began_at INTEGER NOT NULL,
  ended_at INTEGER,
  attempts INTEGER NOT NULL
) STRICT;

CREATE INDEX redemption_rare ON redemption (state) WHERE state NOT IN ('pending', 'redeemed');
`
