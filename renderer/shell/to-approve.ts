import type { ParseKeys } from 'i18next'
import type { RequestInput, RequestName } from '../../main/contract/api.ts'
import type { Permission } from '../../main/contract/permission.ts'

/** What is approved: one request, with exactly the input that is sent afterwards. */
export interface ToApprove<N extends RequestName> {
  /** What the request needs. */
  readonly permission: Permission
  readonly request: N
  readonly input: RequestInput<N>
  /** The words for the input, shown to the person who approves it. A key, so that they follow a change of the language. */
  readonly subject: ParseKeys<['till', 'training', 'shift']>
}
