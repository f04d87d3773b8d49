/** The heads of the audit chains have ids from here on; no till ever writes so many rows. */
export const firstHeadId = 2 ** 52

/**
 * Coupon code and request body (both in `body_sealed`) and openid are encrypted (see `sealing.ts`). The last four
 * characters of a code are readable, and so is everything with which nobody can redeem a coupon.
 */
export const createRedemptions = `
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
) STRICT;
CREATE INDEX redemption_by_code ON redemption (code_fingerprint);
CREATE INDEX redemption_due ON redemption (next_attempt_at) WHERE state = 'pending';
CREATE INDEX redemption_review ON redemption (recorded_at) WHERE state = 'review';

-- Rows count up from 1. At the far end, and so on the same page as the newest row, stands each key's head (audit-chain.ts).
CREATE TABLE audit_trail (
  id             INTEGER PRIMARY KEY,
  key_id         TEXT NOT NULL,
  use_request_no TEXT NOT NULL,
  at             INTEGER NOT NULL,
  event          TEXT NOT NULL,
  evidence       TEXT,
  link           BLOB NOT NULL
) STRICT;
CREATE VIEW audit AS SELECT * FROM audit_trail WHERE id < ${firstHeadId};

CREATE TABLE stock (
  stock_id   TEXT PRIMARY KEY,
  view       TEXT NOT NULL,
  fetched_at INTEGER NOT NULL
) STRICT;
`
