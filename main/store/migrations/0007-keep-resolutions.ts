/**
 * Adds how a review was ended and why a return was refused, apart from the redemption's own state and reason. Corrects
 * older rows: what a person confirmed is redeemed, and a refused return does not change the redemption.
 */
export const keepResolutions = `
ALTER TABLE redemption ADD COLUMN resolution TEXT;
ALTER TABLE redemption ADD COLUMN return_reason TEXT;
ALTER TABLE redemption ADD COLUMN return_refused_at INTEGER;
CREATE INDEX redemption_return_refused ON redemption (return_refused_at) WHERE return_refused_at IS NOT NULL;

UPDATE redemption SET resolution = said.how, given_by = ifnull(given_by, said.by)
  FROM (
    SELECT use_request_no, json_extract(evidence, '$.by') AS by,
      CASE WHEN json_extract(evidence, '$.how') = 'loss' OR json_extract(evidence, '$.why') LIKE 'loss: %'
        THEN 'loss' ELSE 'confirmed' END AS how
    FROM audit WHERE event = 'resolved'
  ) AS said
  WHERE said.use_request_no = redemption.use_request_no
    AND state = 'resolved' AND reason IS NOT 'handed-over';
UPDATE redemption SET state = 'redeemed', reason = 'confirmed-by-person', given_at = ifnull(given_at, settled_at)
  WHERE resolution = 'confirmed';

UPDATE redemption SET return_reason = 'return-not-done', return_refused_at = settled_at, reason = 'redeemed'
  WHERE state = 'redeemed' AND return_request_no IS NOT NULL AND reason IS NOT 'redeemed'
    AND reason IS NOT 'confirmed-by-person';
UPDATE redemption SET return_reason = nullif(reason, 'redeemed'), reason = 'redeemed',
    settled_at = ifnull(settled_at, recorded_at)
  WHERE return_request_no IS NOT NULL AND state IN ('returning', 'review');
DELETE FROM day_summed;
`
