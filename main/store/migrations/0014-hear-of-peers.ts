/**
 * What other tills of the shop told (see `peer-table.ts`): one row for each of their numbers, everything but the time sealed. The
 * table of before had no caller.
 */
export const hearOfPeers = `
DROP TABLE peer_redemption;
CREATE TABLE peer_redemption (
  code_fingerprint   BLOB NOT NULL,
  number_fingerprint BLOB NOT NULL,
  at                 INTEGER NOT NULL,
  sealed             BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX peer_redemption_by_coupon ON peer_redemption (code_fingerprint, number_fingerprint);
`
