import type { EventName, EventPayload } from './api.ts'
import type { RequestInput, RequestName, RequestOutput } from './api.ts'
import type { Platform } from './platform.ts'
import type { RequestError } from './requests.ts'
import type { Result } from './result.ts'

type Call<N extends RequestName> = (
  input: RequestInput<N>,
) => Promise<Result<RequestOutput<N>, RequestError>>
/** Returns a function that ends the listening. */
type Listen<N extends EventName> = (listener: (payload: EventPayload<N>) => void) => () => void

type GroupOf<N extends string> = N extends `${infer Group}.${string}` ? Group : never
type NameWithin<Group extends string, N extends string> = N extends `${Group}.${infer Name}`
  ? Name
  : never

/**
 * Functions by the names of requests, and by those of events. The request `counter.setTotal` becomes the function
 * `counter.setTotal`, the event `counter.changed` `counter.onChanged`.
 */
export type GroupedCalls<C extends object, L extends object> = {
  readonly [G in GroupOf<(keyof C | keyof L) & string>]: {
    readonly [N in keyof C & string as NameWithin<G, N>]: C[N]
  } & {
    readonly [N in keyof L & string as `on${Capitalize<NameWithin<G, N>>}`]: L[N]
  }
}

type TillCalls = GroupedCalls<
  { readonly [N in RequestName]: Call<N> },
  { readonly [N in EventName]: Listen<N> }
>

/** `window.till`: everything of the main process that the page can reach. The preload script creates it, frozen. */
export interface TillBridge extends TillCalls {
  /** Whose words the page uses, e.g. for the keychain. */
  readonly platform: Platform
  /** Returns the path of a `File` that was dropped on the page; an empty text for one that is not on a disk. */
  pathOfFile(file: object): string
}

/**
 * Returns the functions of `GroupedCalls` in frozen groups. Each is bound to its channel, so that the page cannot name
 * another.
 */
export function bindCalls<R extends string, E extends string, C, L>(
  names: { readonly requests: readonly R[]; readonly events: readonly E[] },
  bind: { call(name: R): C; listen(name: E): L },
): Readonly<Record<string, Readonly<Record<string, C | L>>>> {
  const bound = [
    ...names.requests.map((name) => ({ ...split(name), run: bind.call(name) })),
    ...names.events.map((channel) => {
      const { group, name } = split(channel)
      return { group, name: `on${capitalized(name)}`, run: bind.listen(channel) }
    }),
  ]
  const groups = Map.groupBy(bound, ({ group }) => group)
  return Object.freeze(
    Object.fromEntries(
      Array.from(groups, ([group, within]) => [
        group,
        Object.freeze(Object.fromEntries(within.map(({ name, run }) => [name, run]))),
      ]),
    ),
  )
}

function split(channel: string): { group: string; name: string } {
  const dot = channel.indexOf('.')
  return { group: channel.slice(0, dot), name: channel.slice(dot + 1) }
}

function capitalized(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`
}
