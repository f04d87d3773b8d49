/**
 * A recording is waited for, by a cashier and a customer, and each index costs it a page. So a row is `fresh` until its
 * first change, a moment later as a rule, and only then enters the indexes of codes and of the queue; most never enter
 * the second. Which rows are fresh, nobody has to remember: they are among the newest (see `fresh-rows.ts`).
 */
export const indexLater = `
ALTER TABLE redemption ADD COLUMN fresh INTEGER NOT NULL DEFAULT 0;
DROP INDEX redemption_by_code;
DROP INDEX redemption_due;
CREATE INDEX redemption_by_code ON redemption (code_fingerprint) WHERE fresh = 0;
CREATE INDEX redemption_due ON redemption (send_rank, next_attempt_at)
  WHERE fresh = 0 AND state IN ('pending', 'returning');
`
