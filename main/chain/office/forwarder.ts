import { backOffMs } from '../../redemption/back-off.ts'
import { type Line, openLine } from '../line.ts'
import { streamNames } from '../names.ts'
import { createPause } from '../pause.ts'
import { createChainSealing } from '../sealing.ts'
import type { Session } from '../session.ts'
import { silent } from '../within.ts'
import { collectBatch, createTranslator } from './collect-batch.ts'
import { type HubClient, openHubClient } from './hub-client.ts'
import type { OfficeFile } from './office-file.ts'
import { OfficeBatch, type ShopReport } from './office-messages.ts'
import { healthSubject, recordsSubject } from './office-names.ts'
import { createOfficeSealing } from './office-sealing.ts'
import { hearTillReports } from './till-reports.ts'

/** `even`: the hub has everything. `no-hub`: it does not answer, or stores nothing; it is asked again. */
export type ForwarderState = 'even' | 'forwarding' | 'no-server' | 'no-hub'

export interface Forwarder {
  state(): ForwarderState
  /** Records that the hub does not have yet, as far as known. */
  behind(): number
  close(): Promise<void>
}

export interface ForwarderParts {
  readonly office: OfficeFile
  readonly chainKey: Uint8Array
  /** The shop's server on this computer, `host:port`, and the certificate of its authority. */
  readonly address: string
  readonly authority: string
  /** The keeper's connection to it. */
  readonly line: Line
  /** How it is with the shop, as far as this file does not know it. */
  readonly facts: () => Omit<ShopReport, 'at' | 'shop' | 'behind' | 'tills'> & {
    readonly tills: readonly { readonly key: string; readonly name: string }[]
  }
  /** How often the hub is told of it. */
  readonly reportEveryMs?: number
  /** Epoch milliseconds. */
  readonly clock: () => number
  readonly random: () => number
  readonly onFault: (cause: unknown) => void
}

/** Where the hub's last message of this shop ends. */
interface Place {
  readonly journal: string
  readonly upTo: number
  /** Of that message; 0: there is none. */
  readonly sequence: number
}

const patienceMs = 5000
const usualRecords = 100
/** Under what the shop's server takes (`configuration.ts`), with room for headers. */
const mostBytes = 15_000
/** Records of so long go up in one message. */
const gatherMs = 250
const idleMs = 2000
/** A hub that is off costs nobody anything; one that is full is not sent the same again and again. */
const longestWaitMs = 5000
const longestFullMs = 120_000
const usualReportMs = 60_000

/**
 * Carries the shop's journal to the hub, in order. How far it has come is read from the hub itself, and each message is stored only
 * after the one that it follows: so none is there twice, none is missing though either end has lost what it knew, and nothing is kept
 * here (docs/decisions/0065-a-head-office.md).
 */
export function startForwarder(parts: ForwarderParts): Forwarder {
  const { office, line, clock, onFault } = parts
  const chainSealing = createChainSealing(parts.chainKey)
  const sealing = createOfficeSealing(Buffer.from(office.sealKey, 'base64'))
  const translate = createTranslator(chainSealing, Buffer.from(office.couponKey, 'base64'))
  const subject = recordsSubject(office.shopId)
  const { address, authority, random } = parts
  const hubLine = openLine({
    address,
    authority,
    seed: office.seed,
    key: office.key,
    random,
    onFault,
  })
  const reports = hearTillReports(line, chainSealing, clock)
  const pause = createPause()
  let state: ForwarderState = 'no-server'
  let behind = 0
  let place: Place | null = null
  let hub: HubClient | null = null
  const closing = new AbortController()
  let isAdded = false
  let isFull = false
  let gathering: NodeJS.Timeout | null = null
  const stops = [
    hubLine.onUp(({ connection }) => {
      openHubClient(connection, office.domain)
        .then((client) => {
          hub = client
          place = null
          pause.wake()
        })
        .catch(onFault)
      void connection.closed().then(() => (hub = null))
    }),
    line.onUp((session) => {
      place = null
      session.announced('journal.*.*', () => {
        isAdded = true
        gathering ??= setTimeout(() => {
          gathering = null
          pause.wake()
        }, gatherMs)
      })
      pause.wake()
    }),
  ]
  const reporting = setInterval(report, parts.reportEveryMs ?? usualReportMs)
  const running = run()

  async function run(): Promise<void> {
    let failures = 0
    while (!closing.signal.aborted) {
      isAdded = false
      const isWell = await step().catch((cause: unknown) => {
        onFault(cause)
        return false
      })
      failures = isWell ? 0 : failures + 1
      if (closing.signal.aborted || (isWell && (state === 'forwarding' || isAdded))) continue
      await pause.for(
        isWell ? idleMs : backOffMs(failures, random, isFull ? longestFullMs : longestWaitMs),
      )
    }
  }

  /** Sends one message, if there is anything to send. Returns whether everything answered. */
  async function step(): Promise<boolean> {
    const session = line.session()
    if (session === null) return stuck('no-server')
    if (hub === null) return stuck('no-hub')
    place ??= await findPlace(session, hub)
    if (place === null) return stuck('no-hub')
    const { batch, sealed } = await packed(session, place)
    const journal = await session.stream(streamNames.journal, patienceMs)
    if (journal === silent || journal === null) return stuck('no-server')
    if (journal.id !== place.journal) {
      // The shop's disk was lost, or its key was changed: what was just read is of the new journal.
      place = { ...place, journal: journal.id, upTo: 0 }
      state = 'forwarding'
      return true
    }
    behind = Math.max(0, journal.lastSequence - (batch?.after ?? place.upTo))
    state = batch === null ? 'even' : 'forwarding'
    if (batch === null) return true
    const answer = await hub.publishAfter(place.sequence, subject, sealed)
    isFull = answer.kind === 'full'
    if (answer.kind === 'stored') {
      place = { journal: batch.journal, upTo: batch.upTo, sequence: answer.sequence }
      behind = Math.max(0, journal.lastSequence - batch.upTo)
      return true
    }
    // Without an answer it may be there all the same: the hub is asked.
    place = null
    if (isFull) onFault(new Error('the hub stores no records of this shop'))
    return answer.kind === 'passed' || stuck('no-hub')
  }

  /** As many records as go into a message of the shop's server. */
  async function packed(session: Session, from: Place) {
    for (let most = usualRecords; ; most = Math.ceil(most / 2)) {
      const batch = await collectBatch(session, from, translate, most)
      const sealed = sealing.seal(subject, { ...batch, shop: office.name })
      if (batch === null || sealed.length <= mostBytes || most === 1) return { batch, sealed }
    }
  }

  function stuck(at: 'no-server' | 'no-hub'): false {
    state = at
    return false
  }

  async function findPlace(session: Session, at: HubClient): Promise<Place | null> {
    const last = await at.last(subject)
    const journal = await session.stream(streamNames.journal, patienceMs)
    if (last === silent || journal === silent || journal === null) return null
    report()
    if (last === null) return { journal: journal.id, upTo: 0, sequence: 0 }
    const known = OfficeBatch.safeParse(sealing.open(subject, last.data))
    if (!known.success) throw new Error("the hub's last message of this shop cannot be opened")
    const upTo = known.data.journal === journal.id ? known.data.upTo : 0
    return { journal: journal.id, upTo, sequence: last.sequence }
  }

  function report(): void {
    if (hub === null) return
    const { tills, ...facts } = parts.facts()
    const said: ShopReport = {
      ...facts,
      at: clock(),
      shop: office.name,
      behind,
      tills: tills.map(({ key, name }) => ({ key, name, ...reports.of(key) })),
    }
    const of = healthSubject(office.shopId)
    hub.tell(of, sealing.seal(of, said))
  }

  return {
    state: () => state,
    behind: () => behind,
    async close() {
      closing.abort()
      clearInterval(reporting)
      if (gathering !== null) clearTimeout(gathering)
      for (const stop of stops) stop()
      reports.close()
      pause.wake()
      await hubLine.close()
      await running
    },
  }
}
