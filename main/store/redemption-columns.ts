const fixed: Readonly<Record<string, string>> = {
  use_request_no: '@useRequestNo',
  key_id: '@keyId',
  code_fingerprint: '@codeFingerprint',
  code_tail: '@codeTail',
  body_sealed: '@bodySealed',
}
/** Everything that may change, in the order of its binding. */
const changing: Readonly<Record<string, string>> = {
  openid_sealed: '@openidSealed',
  state: '@state',
  source: '@source',
  cashier: '@cashier',
  attempts: '@attempts',
  spent: '@spent',
  waited_ms: '@waitedMs',
  in_flight: '@inFlight',
  uncertain: '@uncertain',
  honoured: '@honoured',
  stake_fen: '@stakeFen',
  total_fen: '@totalFen',
  given_at: '@givenAt',
  given_by: '@givenBy',
  given_fen: '@givenFen',
  order_no: '@orderNo',
  held_until: '@heldUntil',
  released_at: '@releasedAt',
  released_how: '@releasedHow',
  reason: '@reason',
  recorded_at: '@recordedAt',
  settled_at: '@settledAt',
  resolution: '@resolution',
  next_attempt_at: '@nextAttemptAt',
  expires_at: '@expiresAt',
  stock_id: '@stockId',
  return_request_no: '@returnRequestNo',
  return_sealed: '@returnSealed',
  hand_overs: '@handOvers',
  return_reason: '@returnReason',
  return_refused_at: '@returnRefusedAt',
}

/** For an update, by the bindings of `RedemptionRow.changes`. */
export const setChanging = `${Object.entries(changing)
  .map(([column, binding]) => `${column} = ${binding}`)
  .join()}, send_rank = rowid - @placesAhead, fresh = 0`

const inserted = { ...fixed, ...changing }
/** Writes a new row; `value` gives what stands for a binding of `RedemptionRow.bindings`, and for `fresh`. */
export const redemptionInsertion = (value: (binding: string) => string | number): string => `
  INSERT INTO redemption (${Object.keys(inserted).join()}, fresh, send_rank)
  VALUES (${Object.values(inserted)
    .map((binding) => value(binding.slice(1)))
    .join()}, ${value('fresh')}, (SELECT ifnull(max(rowid), 0) + 1 FROM redemption) - ${value('placesAhead')})`
