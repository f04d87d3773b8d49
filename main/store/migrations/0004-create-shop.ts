/** Staff, shifts and the shop's settings. What nobody should change in the file is encrypted (see `staff-table.ts`). */
export const createShop = `
CREATE TABLE staff (
  id           TEXT PRIMARY KEY,
  name         TEXT NOT NULL,
  role         TEXT NOT NULL,
  pin_sealed   BLOB NOT NULL,
  wrong_pins   INTEGER NOT NULL,
  locked_until INTEGER,
  is_active    INTEGER NOT NULL
) STRICT;

CREATE TABLE shift (
  id     INTEGER PRIMARY KEY,
  record TEXT NOT NULL
) STRICT;

CREATE TABLE setting (
  name   TEXT PRIMARY KEY,
  sealed BLOB NOT NULL
) STRICT;
`
