CREATE TABLE redemption (
  use_request_no   TEXT PRIMARY KEY,
  key_id           TEXT NOT NULL,
  code_fingerprint BLOB NOT NULL,
  code_tail        TEXT NOT NULL,
  body_sealed      BLOB NOT NULL,
  openid_sealed    BLOB,
  state            TEXT NOT NULL,
  source           TEXT NOT NULL,
  attempts         INTEGER NOT NULL,
  in_flight        INTEGER NOT NULL,
  uncertain        INTEGER NOT NULL,
  honoured         INTEGER NOT NULL,
  reason           TEXT,
  recorded_at      INTEGER NOT NULL,
  settled_at       INTEGER,
  next_attempt_at  INTEGER,
  stock_id         TEXT
, cashier TEXT, spent INTEGER NOT NULL DEFAULT 0, waited_ms INTEGER NOT NULL DEFAULT 0, stake_fen INTEGER, total_fen INTEGER, expires_at INTEGER, send_rank INTEGER NOT NULL DEFAULT 0, return_request_no TEXT, return_sealed BLOB, given_at INTEGER, given_by TEXT, given_fen INTEGER, order_no TEXT, held_until INTEGER, released_at INTEGER, released_how TEXT, hand_overs INTEGER NOT NULL DEFAULT 0, resolution TEXT, return_reason TEXT, return_refused_at INTEGER, fresh INTEGER NOT NULL DEFAULT 0, mac BLOB, mac_audited BLOB) STRICT;

CREATE INDEX redemption_review ON redemption (recorded_at) WHERE state = 'review';

CREATE TABLE audit_trail (
  id             INTEGER PRIMARY KEY,
  key_id         TEXT NOT NULL,
  use_request_no TEXT NOT NULL,
  at             INTEGER NOT NULL,
  event          TEXT NOT NULL,
  evidence       TEXT,
  link           BLOB NOT NULL
, row_mac BLOB) STRICT;

CREATE VIEW audit AS SELECT * FROM audit_trail WHERE id < 4503599627370496;

CREATE TABLE stock (
  stock_id   TEXT PRIMARY KEY,
  view       TEXT NOT NULL,
  fetched_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX redemption_return ON redemption (return_request_no) WHERE return_request_no IS NOT NULL;

CREATE TABLE hand_over (
  id     INTEGER PRIMARY KEY,
  at     INTEGER NOT NULL,
  count  INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT;

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

CREATE TABLE outage (
  id       INTEGER PRIMARY KEY,
  began_at INTEGER NOT NULL,
  ended_at INTEGER,
  attempts INTEGER NOT NULL
) STRICT;

CREATE INDEX redemption_rare ON redemption (state) WHERE state NOT IN ('pending', 'redeemed');

CREATE TABLE staff (
  id           TEXT PRIMARY KEY,
  name         TEXT NOT NULL,
  role         TEXT NOT NULL,
  pin_sealed   BLOB NOT NULL,
  wrong_pins   INTEGER NOT NULL,
  locked_until INTEGER,
  is_active    INTEGER NOT NULL
) STRICT;

CREATE TABLE shift (
  id     INTEGER PRIMARY KEY,
  record TEXT NOT NULL
) STRICT;

CREATE TABLE setting (
  name   TEXT PRIMARY KEY,
  sealed BLOB NOT NULL
) STRICT;

CREATE INDEX redemption_held ON redemption (held_until) WHERE held_until IS NOT NULL;

CREATE TABLE stock_choice (
  among    TEXT PRIMARY KEY,
  stock_id TEXT NOT NULL
) STRICT;

CREATE TABLE lost_time (
  id  INTEGER PRIMARY KEY,
  at  INTEGER NOT NULL,
  how TEXT NOT NULL
) STRICT;

CREATE INDEX redemption_return_refused ON redemption (return_refused_at) WHERE return_refused_at IS NOT NULL;

CREATE INDEX redemption_by_code ON redemption (code_fingerprint) WHERE fresh = 0;

CREATE INDEX redemption_due ON redemption (send_rank, next_attempt_at)
  WHERE fresh = 0 AND state IN ('pending', 'returning');

CREATE TABLE api_words (
  audit_id       INTEGER PRIMARY KEY,
  use_request_no TEXT NOT NULL,
  sealed         BLOB NOT NULL
) STRICT;

CREATE INDEX api_words_of ON api_words (use_request_no);

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
, mac BLOB) STRICT;

CREATE INDEX late_booking_by_booking ON late_booking (booked_at);

CREATE INDEX late_booking_by_recording ON late_booking (recorded_at);

CREATE INDEX late_booking_by_shift ON late_booking (last_shift, in_shift);

CREATE INDEX late_booking_by_redemption ON late_booking (redemption);

CREATE INDEX redemption_unpriced ON redemption (stock_id)
  WHERE given_at IS NOT NULL AND given_fen IS NULL AND stake_fen IS NULL;

CREATE TABLE pos_order (
  order_id  TEXT PRIMARY KEY,
  opened_at INTEGER NOT NULL,
  sealed    BLOB NOT NULL
) STRICT;

CREATE INDEX pos_order_by_opening ON pos_order (opened_at);

CREATE TABLE pos_request (
  client_id TEXT NOT NULL,
  key       TEXT NOT NULL,
  at        INTEGER NOT NULL,
  sealed    BLOB NOT NULL,
  PRIMARY KEY (client_id, key)
) STRICT;

CREATE INDEX pos_request_by_time ON pos_request (at);

CREATE INDEX redemption_by_order ON redemption (order_no) WHERE fresh = 0 AND order_no IS NOT NULL;

CREATE TABLE peer_redemption (
  code_fingerprint   BLOB NOT NULL,
  number_fingerprint BLOB NOT NULL,
  at                 INTEGER NOT NULL,
  sealed             BLOB NOT NULL
) STRICT;

CREATE UNIQUE INDEX peer_redemption_by_coupon ON peer_redemption (code_fingerprint, number_fingerprint);
