import { z } from 'zod'
import { type IncomingRequest, decodeSegment } from './incoming-request.ts'

const Milliseconds = z.number().int().min(0).max(120_000)

/** Which requests a fault applies to; with neither field, all. */
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
  /** Half of the body, in a reply that is complete as far as HTTP tells. */
  z.object({ kind: z.literal('cut-body') }),
  z.object({ kind: z.literal('bad-signature') }),
  z.object({ kind: z.literal('signtest') }),
  z.object({ kind: z.literal('no-signature') }),
  z.object({ kind: z.literal('unknown-serial') }),
  /** Signed, but ten minutes ago. */
  z.object({ kind: z.literal('stale-signature') }),
  z.object({ kind: z.literal('accepted-202'), effect: z.boolean().default(false) }),
  z.object({ kind: z.literal('bad-gateway'), effect: z.boolean().default(false) }),
  /** A web page with status 200 from something between the till and WeChat Pay. */
  z.object({ kind: z.literal('captive-portal') }),
  z.object({ kind: z.literal('redirect'), location: z.string() }),
  /** An empty body under a genuine signature. */
  z.object({ kind: z.literal('empty-body') }),
  /** A genuine, signed reply of 2 MiB. */
  z.object({ kind: z.literal('oversized') }),
  /** For this request the stand-in's clock is off by `ms`. */
  z.object({ kind: z.literal('clock-off'), ms: z.number().int() }),
  z.object({
    kind: z.literal('rate-limit'),
    retryAfterSeconds: z.number().int().nonnegative().nullable().default(null),
  }),
  /** Any error; nothing is booked before it unless `effect`. */
  z.object({
    kind: z.literal('error'),
    status: z.number().int().min(400).max(599),
    code: z.string(),
    message: z.string(),
    signed: z.boolean().default(true),
    effect: z.boolean().default(false),
  }),
])

/** A fault that the stand-in plays on the next `times` requests that match. */
export const InjectedFault = z.intersection(
  kinds,
  z.object({ times: z.number().int().positive().default(1), match: Match.default({}) }),
)
export type InjectedFault = z.infer<typeof InjectedFault>

/** All kinds of faults, for tests that go through them. */
export function faultKinds(): InjectedFault['kind'][] {
  return kinds.options.map((option) => option.shape.kind.value)
}

/** The faults still to be played, in the order in which they were added. */
export class FaultScript {
  #pending: { fault: InjectedFault; left: number }[] = []

  add(fault: InjectedFault): void {
    this.#pending.push({ fault, left: fault.times })
  }

  clear(): void {
    this.#pending = []
  }

  /** The first fault that applies to this request, counted as played once; `null` if there is none. */
  take(request: IncomingRequest): InjectedFault | null {
    const entry = this.#pending.find(({ fault }) => appliesTo(fault.match, request))
    if (entry === undefined) return null
    entry.left -= 1
    if (entry.left === 0) this.#pending = this.#pending.filter((other) => other !== entry)
    return entry.fault
  }
}

function appliesTo(match: z.infer<typeof Match>, request: IncomingRequest): boolean {
  if (match.path !== undefined && !request.target.startsWith(match.path)) return false
  return match.code === undefined || match.code === codeOf(request)
}

const CodeInBody = z.object({ coupon_code: z.string() })

/** The coupon code in the request's path or body; `null` if there is none. */
export function codeOf(request: IncomingRequest): string | null {
  const [path = ''] = request.target.split('?', 1)
  const [, inPath] = /\/(?:users\/[^/]+\/coupons|couponcodes)\/([^/]+)/.exec(path) ?? []
  if (inPath !== undefined) return decodeSegment(inPath)
  try {
    const parsed = CodeInBody.safeParse(JSON.parse(Buffer.from(request.body).toString('utf8')))
    return parsed.success ? parsed.data.coupon_code : null
  } catch {
    // Not JSON.
    return null
  }
}
