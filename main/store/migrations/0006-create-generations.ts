/**
 * Adds how often each redemption was handed over, so that an outdated hand-over file is recognised, and when the newest
 * part of the till's own file was lost (see `lost-time.ts`).
 */
export const createGenerations = `
ALTER TABLE redemption ADD COLUMN hand_overs INTEGER NOT NULL DEFAULT 0;
UPDATE redemption SET hand_overs = told.times FROM (
  SELECT use_request_no, count(*) AS times FROM audit WHERE event IN ('handed-over', 'taken-over') GROUP BY use_request_no
) AS told WHERE told.use_request_no = redemption.use_request_no;

CREATE TABLE lost_time (
  id  INTEGER PRIMARY KEY,
  at  INTEGER NOT NULL,
  how TEXT NOT NULL
) STRICT;
`
