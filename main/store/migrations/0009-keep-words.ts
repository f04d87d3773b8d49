/**
 * What WeChat Pay said of a redemption, in its own words: encrypted, and apart from the audit trail, whose rows stay for
 * ever. Erased with the rest of the redemption.
 */
export const keepWords = `
CREATE TABLE api_words (
  audit_id       INTEGER PRIMARY KEY,
  use_request_no TEXT NOT NULL,
  sealed         BLOB NOT NULL
) STRICT;
CREATE INDEX api_words_of ON api_words (use_request_no);
`
