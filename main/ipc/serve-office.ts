import type { z } from 'zod'
import type { Office } from '../app/office/office.ts'
import type { OfficeParsedInput } from '../contract/office-bridge.ts'
import {
  type OfficeEventName,
  type OfficeRequestKind,
  type OfficeRequestName,
  officeRequests,
} from '../contract/office-requests.ts'
import { mayInOffice } from '../contract/office-roles.ts'
import type { RequestError } from '../contract/requests.ts'
import { err, ok, type Result } from '../contract/result.ts'
import { type OfficeHandlers, officeHandlers } from './office-handlers.ts'
import { isPlainData } from './plain-data.ts'
import type { ReportFault } from './serve-request.ts'

/** The list of requests with a type that relates the input of each to the handler of the same name. */
type Kinds = {
  readonly [N in OfficeRequestName]: OfficeRequestKind & {
    readonly input: z.ZodType<OfficeParsedInput<N>>
  }
}
const kinds: Kinds = officeRequests

interface OfficePageParts {
  readonly send: (name: OfficeEventName, payload: unknown) => void
  readonly onFault: ReportFault
}

interface ServedOffice {
  /** Returns the envelope of the reply; never rejects. `input`: whatever the page sent. */
  request(name: string, input: unknown): Promise<Result<unknown, RequestError>>
  /** Ends the sending of events. */
  stop(): void
}

/** Changes within this time are told together. */
const coalesceMs = 40

/** Carries out the requests of the head office's page, whose sender the router has checked, and sends it events. */
export function serveOffice(office: Office, { send, onFault }: OfficePageParts): ServedOffice {
  const handlers = officeHandlers(office)

  async function serve<N extends OfficeRequestName>(
    name: N,
    handler: OfficeHandlers[N],
    raw: unknown,
  ): Promise<Result<unknown, RequestError>> {
    const kind = kinds[name]
    try {
      const parsed = isPlainData(raw) ? kind.input.safeParse(raw) : null
      if (parsed?.success !== true) {
        onFault(name, 'input against schema', null)
        return err({ code: 'bad-request' })
      }
      const { needs } = kind
      const person = office.people.person()
      if (needs !== null && person === null) return err({ code: 'signed-out' })
      if (needs !== null && person !== null && !mayInOffice(person.role, needs))
        return err({ code: 'role-too-low' })
      const checked = kind.output.safeParse(await handler(parsed.data))
      if (checked.success) return ok(checked.data)
      onFault(name, 'output against schema', checked.error.issues[0]?.path.map(String).join('.'))
    } catch (cause) {
      onFault(name, 'request threw', cause)
    }
    return err({ code: 'internal' })
  }

  let timer: NodeJS.Timeout | null = null
  const stopTelling = office.subscribe(() => {
    timer ??= setTimeout(() => {
      timer = null
      send('office.changed', office.snapshot())
    }, coalesceMs)
  })
  return {
    async request(name, input) {
      const known = officeNames.find((each) => each === name)
      return known === undefined
        ? err({ code: 'bad-request' })
        : serve(known, handlers[known], input)
    },
    stop() {
      stopTelling()
      if (timer !== null) clearTimeout(timer)
    },
  }
}

const officeNames = Object.keys(officeRequests).filter(
  (name): name is OfficeRequestName => name in officeRequests,
)
