import type { z } from 'zod'
import {
  type ParsedInput,
  type RequestName,
  type RequestOutput,
  requests,
} from '../contract/api.ts'
import type { RequestError, RequestKind } from '../contract/requests.ts'
import { err, ok, type Result } from '../contract/result.ts'
import type { Actor, AdmitFault, PersonRequest } from '../shop/session.ts'
import { isPlainData } from './plain-data.ts'
import { personRequest } from './person-request.ts'

export type Handlers = {
  readonly [N in RequestName]: (
    input: ParsedInput<N>,
    actor: Actor,
  ) => Promise<Result<RequestOutput<N>, RequestError>>
}

/** The list of requests with a type that relates the input of each to the handler of the same name. */
type Kinds = {
  readonly [N in RequestName]: RequestKind & { readonly input: z.ZodType<ParsedInput<N>> }
}
const kinds: Kinds = requests

/**
 * Logs a request that failed because of a bug or did not fit its schema: its name and the problem, never its payload.
 */
export type ReportFault = (channel: string, problem: string, cause: unknown) => void

export interface RequestChecks {
  /** Awaited before a permission is checked, because nobody is known while the till is being reopened. */
  readonly settled: () => Promise<void>
  /** Returns the person who makes the request, if they have all the permissions that it needs. */
  readonly admit: (request: PersonRequest) => Result<Actor, AdmitFault>
  /** Writes who makes this request, and with which of its input, into the audit trail. */
  readonly record: (act: OrderedRequest) => void
  readonly onFault: ReportFault
}

/** A request that a person made, as the audit trail has it. */
export interface OrderedRequest {
  readonly by: string
  readonly request: RequestName
  readonly input: Readonly<Record<string, unknown>>
}

/**
 * Carries out one request of the page, after checking its input and the permission, and returns the reply, after
 * checking that too. It never rejects: the reply to a request that failed because of a bug is `internal`. `raw`: whatever
 * the page sent.
 */
export async function serveRequest<N extends RequestName>(
  name: N,
  handler: Handlers[N],
  { settled, admit, record, onFault }: RequestChecks,
  raw: unknown,
): Promise<Result<unknown, RequestError | AdmitFault>> {
  const kind = kinds[name]
  try {
    if (!isPlainData(raw)) {
      onFault(name, 'input against schema', 'not plain data')
      return err({ code: 'bad-request' })
    }
    const parsed = kind.input.safeParse(raw)
    if (!parsed.success) {
      onFault(name, 'input against schema', issuePaths(parsed.error.issues))
      return err({ code: 'bad-request' })
    }
    await settled()
    const actor = admit(personRequest(name, parsed.data))
    if (!actor.ok) return actor
    if (kind.audited !== undefined) {
      const fields = Object.entries(parsed.data).filter(([field]) => kind.audited?.includes(field))
      record({ by: actor.value.name, request: name, input: Object.fromEntries(fields) })
    }
    const reply = await handler(parsed.data, actor.value)
    if (!reply.ok) return reply
    const checked = kind.output.safeParse(reply.value)
    if (checked.success) return ok(checked.data)
    onFault(name, 'output against schema', issuePaths(checked.error.issues))
  } catch (cause) {
    onFault(name, 'request threw', cause)
  }
  return err({ code: 'internal' })
}

function issuePaths(issues: readonly { path: PropertyKey[]; code: string }[]): string {
  return issues.map((issue) => `${issue.path.map(String).join('.')}: ${issue.code}`).join('; ')
}
