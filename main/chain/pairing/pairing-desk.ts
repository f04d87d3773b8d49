import { createServer, type Server, type Socket } from 'node:net'
import type { PairingView } from '../../contract/chain.ts'
import type { Result } from '../../contract/result.ts'
import { createPairingCode } from './code.ts'
import {
  Confirmation,
  type Grant,
  Hello,
  Introduction,
  Kept,
  pairingVersion,
  type Refusal,
  sidesOf,
} from './protocol.ts'
import { sealWire } from './sealed-wire.ts'
import { beginSpake2, type Spake2Parts } from './spake2.ts'
import { openWire, type Wire, WireFault } from './wire.ts'

/** Lets tills join by a code that a person reads off the server's screen. */
export interface PairingDesk {
  view(): PairingView
  /** Shows a new code, in place of the one before. Fails where another program has the port. */
  offer(): Promise<'port-taken' | null>
  withdraw(): void
  close(): void
}

interface PairingParts {
  readonly host: string
  readonly port: number
  /** Milliseconds, on a clock that nobody sets. */
  readonly elapsed: () => number
  /** Base64. */
  readonly chainKey: string
  /** PEM. */
  readonly authority: string
  /** Lets the till in for the time being. Resolves once the server has it on its disk. */
  readonly admit: (till: Introduction) => Promise<Result<null, 'name-taken' | 'shop-full'>>
  /** The till has kept what it was given: it is let in for good. */
  readonly settle: (till: Introduction) => Promise<void>
  /** The line broke before: the till is not let in, unless it was before. */
  readonly abandon: (till: Introduction) => Promise<void>
  readonly onChanged: () => void
  readonly onFault: (cause: unknown) => void
  /** For tests. */
  readonly validMs?: number
}

const validMs = 600_000
const mostAttempts = 5
/** Tills that talk at the same time; a shop has one. */
const mostConnections = 8
const conversationMs = 20_000

interface Offer {
  readonly code: string
  readonly sides: Omit<Spake2Parts, 'side'>
  readonly until: number
  /** Begun, whether they were ended or not. */
  attempts: number
  running: number
  isUsed: boolean
}

type Ended = Pick<PairingView, 'ended' | 'name'>

export function createPairingDesk(parts: PairingParts): PairingDesk {
  const { host, port, elapsed, onChanged, onFault } = parts
  const valid = parts.validMs ?? validMs
  let offer: Offer | null = null
  let ended: Ended = { ended: null, name: null }
  let server: Server | null = null
  let timer: NodeJS.Timeout | null = null
  const sockets = new Set<Socket>()

  /** The code is good no more. Whoever has proved that they know it goes on. */
  function endOffer(how: Ended): void {
    offer = null
    ended = how
    if (timer !== null) clearTimeout(timer)
    timer = null
    closeIfDone()
    onChanged()
  }

  function closeIfDone(): void {
    if (offer !== null || sockets.size > 0) return
    server?.close()
    server = null
  }

  function receive(socket: Socket): void {
    sockets.add(socket)
    const wire = openWire(socket, conversationMs)
    socket.on('close', () => {
      sockets.delete(socket)
      closeIfDone()
    })
    serve(wire).then(
      () => wire.end(),
      (cause: unknown) => {
        socket.destroy()
        if (!(cause instanceof WireFault)) onFault(cause)
      },
    )
  }

  async function serve(wire: Wire): Promise<void> {
    const hello = Hello.safeParse(await wire.read())
    if (!hello.success) throw new WireFault('malformed')
    if (hello.data.version !== pairingVersion) return refuse(wire, 'other-version')
    const tried = offer
    if (tried === null || elapsed() >= tried.until) return refuse(wire, 'no-code')
    if (tried.attempts >= mostAttempts) return refuse(wire, 'too-many-attempts')
    // Counted before anything is said by which a guess could be judged, and taken off again for nobody.
    tried.attempts += 1
    tried.running += 1
    onChanged()
    let shared: Uint8Array | null = null
    try {
      shared = await agree(wire, tried, Buffer.from(hello.data.share, 'base64'))
    } finally {
      tried.running -= 1
      const isWornOut = tried.attempts >= mostAttempts && tried.running === 0
      if (offer === tried && isWornOut) endOffer({ ended: 'too-many-attempts', name: null })
    }
    if (shared !== null) await letIn(sealWire(wire, shared, 'B'))
  }

  /** Returns the key that both sides have; `null` for a wrong code, or where another till was first. */
  async function agree(wire: Wire, tried: Offer, share: Buffer): Promise<Uint8Array | null> {
    const run = beginSpake2({ ...tried.sides, side: 'B' })
    const keys = run.finish(share)
    if (keys === null) throw new WireFault('malformed')
    wire.write({ share: Buffer.from(run.share).toString('base64') })
    const confirmation = Confirmation.safeParse(await wire.read())
    if (!confirmation.success) throw new WireFault('malformed')
    if (!keys.confirms(Buffer.from(confirmation.data.word, 'base64'))) {
      refuse(wire, 'wrong-code')
      return null
    }
    const isLate = elapsed() >= tried.until || (offer !== tried && !tried.isUsed)
    if (tried.isUsed || isLate) {
      refuse(wire, 'no-code')
      return null
    }
    // It is good for one till, whatever becomes of this one.
    tried.isUsed = true
    endOffer({ ended: 'interrupted', name: null })
    wire.write({ word: Buffer.from(keys.confirmation).toString('base64') })
    return keys.shared
  }

  async function letIn(wire: Pick<Wire, 'read' | 'write'>): Promise<void> {
    const till = Introduction.safeParse(await wire.read())
    if (!till.success) throw new WireFault('malformed')
    const { name } = till.data
    const admitted = await parts.admit(till.data)
    if (!admitted.ok) {
      wire.write({ refused: admitted.error })
      say({ ended: 'refused', name })
      return
    }
    let isKept = false
    try {
      const grant: Grant = { authority: parts.authority, chainKey: parts.chainKey }
      wire.write({ grant })
      isKept = Kept.safeParse(await wire.read()).success
    } finally {
      if (!isKept) await parts.abandon(till.data)
    }
    if (!isKept) throw new WireFault('malformed')
    await parts.settle(till.data)
    say({ ended: 'joined', name })
    wire.write({ done: true })
  }

  /** Not where a newer code is shown already. */
  function say(how: Ended): void {
    if (offer !== null) return
    ended = how
    onChanged()
  }

  async function listen(): Promise<boolean> {
    if (server !== null) return true
    const opened = createServer(receive)
    opened.maxConnections = mostConnections
    const isListening = await new Promise<boolean>((resolve) => {
      opened.once('error', () => resolve(false))
      opened.listen({ host, port }, () => resolve(true))
    })
    if (!isListening) return false
    opened.on('error', onFault)
    server = opened
    return true
  }

  return {
    view() {
      if (offer === null) return { code: null, leftMs: 0, attemptsLeft: 0, ...ended }
      return {
        code: offer.code,
        leftMs: Math.max(0, offer.until - elapsed()),
        attemptsLeft: mostAttempts - offer.attempts,
        ended: null,
        name: null,
      }
    },
    async offer() {
      const code = createPairingCode()
      const sides = await sidesOf(code)
      if (!(await listen())) return 'port-taken'
      if (timer !== null) clearTimeout(timer)
      offer = { code, sides, until: elapsed() + valid, attempts: 0, running: 0, isUsed: false }
      timer = setTimeout(() => endOffer({ ended: 'expired', name: null }), valid)
      onChanged()
      return null
    },
    withdraw() {
      if (offer !== null) endOffer({ ended: null, name: null })
    },
    close() {
      if (timer !== null) clearTimeout(timer)
      offer = null
      for (const socket of sockets) socket.destroy()
      server?.close()
      server = null
    },
  }
}

function refuse(wire: Wire, refused: Refusal['refused']): void {
  wire.write({ refused })
}
