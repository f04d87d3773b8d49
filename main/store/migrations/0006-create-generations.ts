/**
 * How often each number was handed over, so that an old file is known as such; and that the file once lost some of its
 * time (see `lost-time.ts`).
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
