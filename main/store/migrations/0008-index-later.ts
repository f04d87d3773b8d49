/**
 * A cashier and a customer wait while a scan is recorded, and each index costs the recording a page. Therefore a row is
 * `fresh` until its first change, usually a moment later, and enters the indexes of codes and of the queue only then;
 * most rows never enter the index of the queue. Fresh rows are always among the newest (see `fresh-rows.ts`).
 */
export const indexLater = `
ALTER TABLE redemption ADD COLUMN fresh INTEGER NOT NULL DEFAULT 0;
DROP INDEX redemption_by_code;
DROP INDEX redemption_due;
CREATE INDEX redemption_by_code ON redemption (code_fingerprint) WHERE fresh = 0;
CREATE INDEX redemption_due ON redemption (send_rank, next_attempt_at)
  WHERE fresh = 0 AND state IN ('pending', 'returning');
`
