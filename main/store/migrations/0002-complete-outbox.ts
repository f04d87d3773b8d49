/**
 * Adds who scanned a coupon, the value at risk, the order of sending, returns with request numbers of their own, what
 * other tills redeemed, and hand-over files that can be exported again.
 */
export const completeOutbox = `
ALTER TABLE redemption ADD COLUMN cashier TEXT;
ALTER TABLE redemption ADD COLUMN spent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE redemption ADD COLUMN waited_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE redemption ADD COLUMN stake_fen INTEGER;
ALTER TABLE redemption ADD COLUMN total_fen INTEGER;
ALTER TABLE redemption ADD COLUMN expires_at INTEGER;
ALTER TABLE redemption ADD COLUMN send_rank INTEGER NOT NULL DEFAULT 0;
ALTER TABLE redemption ADD COLUMN return_request_no TEXT;
ALTER TABLE redemption ADD COLUMN return_sealed BLOB;
DROP INDEX redemption_due;
CREATE INDEX redemption_due ON redemption (send_rank, next_attempt_at) WHERE state IN ('pending', 'returning');
CREATE UNIQUE INDEX redemption_return ON redemption (return_request_no) WHERE return_request_no IS NOT NULL;

CREATE TABLE peer_redemption (
  code_fingerprint BLOB PRIMARY KEY,
  till_id          TEXT NOT NULL,
  use_request_no   TEXT NOT NULL,
  at               INTEGER NOT NULL
) STRICT;

CREATE TABLE hand_over (
  id     INTEGER PRIMARY KEY,
  at     INTEGER NOT NULL,
  count  INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
`
