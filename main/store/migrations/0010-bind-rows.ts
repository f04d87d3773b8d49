/**
 * Adds a keyed digest of each redemption's columns, and keeps it with the audit row of the change as well: a row that
 * was edited does not fit its own digest, and an older copy of a row does not fit the trail. A row that was changed
 * without an audit row keeps the digest that the trail knows in `mac_audited`. Earlier rows get theirs
 * when a till that holds its file against the keychain opens it (see `row-check.ts`).
 */
export const bindRows = `
ALTER TABLE redemption ADD COLUMN mac BLOB;
ALTER TABLE redemption ADD COLUMN mac_audited BLOB;
ALTER TABLE audit_trail ADD COLUMN row_mac BLOB;
`
