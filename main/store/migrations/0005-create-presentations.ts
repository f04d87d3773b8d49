/**
 * Adds what a cashier was told about a coupon: to give the discount (once), in which order, until when an undecided
 * coupon is held for its customer, and when it was released to them. The discount of coupons redeemed before this
 * counts as given.
 */
export const createPresentations = `
ALTER TABLE redemption ADD COLUMN given_at INTEGER;
ALTER TABLE redemption ADD COLUMN given_by TEXT;
ALTER TABLE redemption ADD COLUMN given_fen INTEGER;
ALTER TABLE redemption ADD COLUMN order_no TEXT;
ALTER TABLE redemption ADD COLUMN held_until INTEGER;
ALTER TABLE redemption ADD COLUMN released_at INTEGER;
ALTER TABLE redemption ADD COLUMN released_how TEXT;
CREATE INDEX redemption_held ON redemption (held_until) WHERE held_until IS NOT NULL;
UPDATE redemption SET given_at = ifnull(settled_at, recorded_at), given_by = cashier, given_fen = stake_fen
  WHERE honoured = 1 OR state IN ('redeemed', 'returning', 'returned');

-- The batch chosen last among several that a merchant's own code may be of.
CREATE TABLE stock_choice (
  among    TEXT PRIMARY KEY,
  stock_id TEXT NOT NULL
) STRICT;
`
