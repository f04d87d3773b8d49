/**
 * What a POS asked for (see `pos-table.ts`). An order's columns are what it is found by; everything else of orders and requests is sealed.
 * The index finds the coupons of an order. Rows enter it with the other indexes, so that recording a scan costs the same.
 */
export const createPos = `
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
`
