import type { z } from 'zod'
import type { officeEvents, OfficeEventName, OfficeRequestName } from './office-requests.ts'
import type { officeRequests } from './office-requests.ts'
import type { Platform } from './platform.ts'
import type { RequestError } from './requests.ts'
import type { Result } from './result.ts'
import type { GroupedCalls } from './till-bridge.ts'

type Kinds = typeof officeRequests

export type OfficeInput<N extends OfficeRequestName> = z.input<Kinds[N]['input']>
export type OfficeParsedInput<N extends OfficeRequestName> = z.output<Kinds[N]['input']>
export type OfficeOutput<N extends OfficeRequestName> = z.infer<Kinds[N]['output']>

type Call<N extends OfficeRequestName> = (
  input: OfficeInput<N>,
) => Promise<Result<OfficeOutput<N>, RequestError>>
/** Returns a function that ends the listening. */
type Listen<N extends OfficeEventName> = (
  listener: (payload: z.infer<(typeof officeEvents)[N]>) => void,
) => () => void

/** `window.office`: everything of the main process that the head office's page can reach. It has no `window.till`. */
export interface OfficeBridge extends GroupedCalls<
  { readonly [N in OfficeRequestName]: Call<N> },
  { readonly [N in OfficeEventName]: Listen<N> }
> {
  readonly platform: Platform
}
