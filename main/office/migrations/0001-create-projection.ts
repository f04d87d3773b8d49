/**
 * The copy of the journals. `figures_by_shop` is read for a shop, or for the whole chain as shop 0; `figures_by_hour` for all shops at
 * one hour of the day, or at hour 24: the whole day. Days and hours are Beijing's. `stock` '' is a coupon without a batch.
 */
const figures = `
  redeemed INTEGER NOT NULL, refused INTEGER NOT NULL, discount_fen INTEGER NOT NULL,
  open INTEGER NOT NULL, open_fen INTEGER NOT NULL, losses INTEGER NOT NULL, loss_fen INTEGER NOT NULL,
  returned INTEGER NOT NULL`

export const createProjection = `
CREATE TABLE shop (
  id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, unopened INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE till (
  id INTEGER PRIMARY KEY, shop INTEGER NOT NULL REFERENCES shop, key TEXT NOT NULL,
  last_record_at INTEGER, UNIQUE (shop, key)
) STRICT;
CREATE TABLE journal (
  shop INTEGER NOT NULL REFERENCES shop, id TEXT NOT NULL,
  up_to INTEGER NOT NULL, missing INTEGER NOT NULL, unreadable INTEGER NOT NULL, PRIMARY KEY (shop, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE hub (
  only INTEGER PRIMARY KEY CHECK (only = 1), stream TEXT NOT NULL, sequence INTEGER NOT NULL, at INTEGER
) STRICT;
CREATE TABLE redemption (
  id INTEGER PRIMARY KEY, shop INTEGER NOT NULL, till INTEGER NOT NULL, number TEXT NOT NULL, coupon BLOB,
  stock TEXT NOT NULL, at INTEGER NOT NULL, settled_at INTEGER, state TEXT NOT NULL, reason TEXT,
  honoured INTEGER NOT NULL, released INTEGER NOT NULL, was_redeemed INTEGER NOT NULL, resolution TEXT,
  given_fen INTEGER, is_given INTEGER NOT NULL, is_open INTEGER NOT NULL, loss_fen INTEGER NOT NULL, is_loss INTEGER NOT NULL,
  life TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX redemption_by_number ON redemption (number, shop);
CREATE INDEX redemption_by_time ON redemption (at);
CREATE INDEX redemption_by_shop ON redemption (shop, at);
CREATE INDEX redemption_given ON redemption (coupon) WHERE is_given = 1 AND coupon IS NOT NULL;
CREATE INDEX redemption_open ON redemption (shop, till, at) WHERE is_open = 1;
CREATE INDEX redemption_loss ON redemption (at) WHERE is_loss = 1;
CREATE INDEX redemption_refused ON redemption (at) WHERE state = 'refused';
CREATE INDEX redemption_returned ON redemption (at) WHERE state = 'returned';
CREATE INDEX redemption_honoured ON redemption (till, at) WHERE honoured = 1;
CREATE TABLE doubled (
  coupon BLOB PRIMARY KEY, at INTEGER NOT NULL, stock TEXT NOT NULL, shops INTEGER NOT NULL, loss_fen INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX doubled_by_time ON doubled (at);
CREATE TABLE figures_by_shop (
  shop INTEGER NOT NULL, day INTEGER NOT NULL, hour INTEGER NOT NULL, stock TEXT NOT NULL, ${figures},
  PRIMARY KEY (shop, day, hour, stock)
) STRICT, WITHOUT ROWID;
CREATE TABLE figures_by_hour (
  hour INTEGER NOT NULL, day INTEGER NOT NULL, shop INTEGER NOT NULL, stock TEXT NOT NULL, ${figures},
  PRIMARY KEY (hour, day, shop, stock)
) STRICT, WITHOUT ROWID;
CREATE TABLE outage (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, shop INTEGER NOT NULL, till INTEGER, began_at INTEGER NOT NULL, ended_at INTEGER
) STRICT;
CREATE INDEX outage_by_time ON outage (began_at);
CREATE UNIQUE INDEX outage_open ON outage (kind, shop, coalesce(till, 0)) WHERE ended_at IS NULL;
`
