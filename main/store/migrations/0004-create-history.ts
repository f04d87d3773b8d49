/**
 * What the history is searched by. Filled after the fact (see `history-index.ts`): to record a scan must not get slower
 * by what is looked up once a day. States of which there are few have an index that the recording never touches.
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

CREATE TABLE history_progress (taken INTEGER NOT NULL) STRICT;
INSERT INTO history_progress VALUES (0);

CREATE INDEX redemption_rare ON redemption (state) WHERE state NOT IN ('pending', 'redeemed');
`
