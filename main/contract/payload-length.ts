/** Longest text of a scan; main/redemption decides whether it is a coupon. */
export const maxPayloadLength = 256

/** Longest text that an attached scanner may send: the longest code with all the characters that a scanner can add. */
export const maxAttachedLength = 320
