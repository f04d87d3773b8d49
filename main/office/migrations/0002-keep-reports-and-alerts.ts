/** What a rebuild keeps, because the hub has only the last of it, or none. */
export const keepReportsAndAlerts = `
CREATE TABLE report (
  shop TEXT PRIMARY KEY, heard_at INTEGER NOT NULL, hub_at INTEGER NOT NULL, body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE version_seen (version TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE problem_since (
  member TEXT NOT NULL, kind TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (member, kind)
) STRICT, WITHOUT ROWID;
CREATE TABLE rule (kind TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE alert (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, shop TEXT, shop_name TEXT, till TEXT, till_name TEXT,
  opened_at INTEGER NOT NULL, closed_at INTEGER, value INTEGER, "limit" INTEGER NOT NULL,
  seen_by TEXT, seen_at INTEGER, sent TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX alert_open ON alert (kind, subject) WHERE closed_at IS NULL;
CREATE TABLE posting (
  id INTEGER PRIMARY KEY, alert INTEGER NOT NULL, body TEXT NOT NULL, tries INTEGER NOT NULL, due_at INTEGER NOT NULL
) STRICT;
CREATE TABLE kept (name TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
`
