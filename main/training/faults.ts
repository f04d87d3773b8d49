import { z } from 'zod'
import { type IncomingRequest, decodeSegment } from './incoming-request.ts'

const Milliseconds = z.number().int().min(0).max(120_000)

/** Which requests a fault is for; without either, any. */
const Match = z.strictObject({
  /** The target starts with this. */
  path: z.string().optional(),
  /** The coupon code in the body or the path. */
  code: z.string().optional(),
})

const kinds = z.discriminatedUnion('kind', [
  /** The connection dies before anything is booked. */
  z.object({ kind: z.literal('reset-before-effect') }),
  /** The effect is booked, then the connection dies without a byte. */
  z.object({ kind: z.literal('reset-after-effect') }),
  z.object({ kind: z.literal('delay-before-effect'), ms: Milliseconds }),
  z.object({ kind: z.literal('delay-after-effect'), ms: Milliseconds }),
  /** Half of the body, then the connection dies. */
  z.object({ kind: z.literal('truncated') }),
  /** Half of the body in a reply that is whole to HTTP. */
  z.object({ kind: z.literal('cut-body') }),
  z.object({ kind: z.literal('bad-signature') }),
  z.object({ kind: z.literal('signtest') }),
  z.object({ kind: z.literal('no-signature') }),
  z.object({ kind: z.literal('unknown-serial') }),
  /** Signed, but ten minutes ago. */
  z.object({ kind: z.literal('stale-signature') }),
  z.object({ kind: z.literal('accepted-202'), effect: z.boolean().default(false) }),
  z.object({ kind: z.literal('bad-gateway'), effect: z.boolean().default(false) }),
  /** A page with status 200 from something between till and WeChat Pay. */
  z.object({ kind: z.literal('captive-portal') }),
  z.object({ kind: z.literal('redirect'), location: z.string() }),
  /** A genuine signature, over nothing. */
  z.object({ kind: z.literal('empty-body') }),
  /** A genuine, signed reply of 2 MiB. */
  z.object({ kind: z.literal('oversized') }),
  /** For this request WeChat Pay's clock stands elsewhere than the till's. */
  z.object({ kind: z.literal('clock-off'), ms: z.number().int() }),
  z.object({
    kind: z.literal('rate-limit'),
    retryAfterSeconds: z.number().int().nonnegative().nullable().default(null),
  }),
  /** Any error row, before anything is booked unless `effect`. */
  z.object({
    kind: z.literal('error'),
    status: z.number().int().min(400).max(599),
    code: z.string(),
    message: z.string(),
    signed: z.boolean().default(true),
    effect: z.boolean().default(false),
  }),
])

export const Fault = z.intersection(
  kinds,
  z.object({ times: z.number().int().positive().default(1), match: Match.default({}) }),
)
export type Fault = z.infer<typeof Fault>

export function faultKinds(): Fault['kind'][] {
  return kinds.options.map((option) => option.shape.kind.value)
}

/** Scripted faults in the order they were given. */
export class FaultScript {
  #waiting: { fault: Fault; left: number }[] = []

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times })
  }

  clear(): void {
    this.#waiting = []
  }

  /** The first that is meant for this request; it is used up by one. */
  take(request: IncomingRequest): Fault | null {
    const entry = this.#waiting.find(({ fault }) => isMeantFor(fault.match, request))
    if (entry === undefined) return null
    entry.left -= 1
    if (entry.left === 0) this.#waiting = this.#waiting.filter((other) => other !== entry)
    return entry.fault
  }
}

function isMeantFor(match: z.infer<typeof Match>, request: IncomingRequest): boolean {
  if (match.path !== undefined && !request.target.startsWith(match.path)) return false
  return match.code === undefined || match.code === codeOf(request)
}

const CodeInBody = z.object({ coupon_code: z.string() })

/** The coupon code that the request is about, from its path or its body. */
export function codeOf(request: IncomingRequest): string | null {
  const [path = ''] = request.target.split('?', 1)
  const [, inPath] = /\/(?:users\/[^/]+\/coupons|couponcodes)\/([^/]+)/.exec(path) ?? []
  if (inPath !== undefined) return decodeSegment(inPath)
  try {
    const parsed = CodeInBody.safeParse(JSON.parse(Buffer.from(request.body).toString('utf8')))
    return parsed.success ? parsed.data.coupon_code : null
  } catch {
    // Not JSON: no code in it.
    return null
  }
}
