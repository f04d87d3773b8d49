/** Every problem that a POS can be told, with its HTTP status. Its words are in `words/<language>/pos.json` under the same code. */
export const problems = {
  'invalid-request': 400,
  'key-missing': 400,
  'not-paired': 401,
  'wrong-code': 403,
  'origin-not-allowed': 403,
  'supervisor-needed': 403,
  'unknown-address': 404,
  'order-not-found': 404,
  'coupon-not-found': 404,
  'wrong-method': 405,
  'order-ended': 409,
  'not-now': 409,
  'key-unreadable': 409,
  'request-too-old': 409,
  'too-large': 413,
  'not-json': 415,
  'wrong-host': 421,
  'key-reused': 422,
  'payment-code': 422,
  'not-a-coupon': 422,
  'not-a-file': 422,
  'not-utf8': 422,
  'wrong-file-name': 422,
  'too-many': 429,
  internal: 500,
  'till-closed': 503,
  'not-saved': 503,
} as const satisfies Record<string, number>

export type ProblemCode = keyof typeof problems

function isProblemCode(name: string): name is ProblemCode {
  return name in problems
}
export const problemCodes: readonly ProblemCode[] = Object.keys(problems).filter(isProblemCode)
