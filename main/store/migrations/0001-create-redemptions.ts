export const createRedemptions = `
CREATE TABLE redemption (
  use_request_no  TEXT PRIMARY KEY,
  coupon_code     TEXT NOT NULL,
  state           TEXT NOT NULL,
  source          TEXT NOT NULL,
  body            BLOB NOT NULL,
  attempts        INTEGER NOT NULL,
  honoured        INTEGER NOT NULL,
  reason          TEXT,
  recorded_at     INTEGER NOT NULL,
  settled_at      INTEGER,
  next_attempt_at INTEGER,
  stock_id        TEXT,
  openid          TEXT
) STRICT;
CREATE INDEX redemption_by_code ON redemption (coupon_code);
CREATE INDEX redemption_due ON redemption (next_attempt_at) WHERE state = 'pending';
CREATE INDEX redemption_review ON redemption (recorded_at) WHERE state = 'review';

CREATE TABLE audit (
  id             INTEGER PRIMARY KEY,
  use_request_no TEXT NOT NULL REFERENCES redemption (use_request_no),
  at             INTEGER NOT NULL,
  event          TEXT NOT NULL,
  evidence       TEXT
) STRICT;

CREATE TABLE stock (
  stock_id   TEXT PRIMARY KEY,
  view       TEXT NOT NULL,
  fetched_at INTEGER NOT NULL
) STRICT;
`
