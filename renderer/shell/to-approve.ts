import type { ReactNode } from 'react'
import type { RequestInput, RequestName } from '../../main/contract/api.ts'
import type { Permission } from '../../main/contract/permission.ts'

/** What is approved: one request, with exactly the input that is sent afterwards. */
export interface ToApprove<N extends RequestName> {
  /** What the request needs. */
  readonly permission: Permission
  readonly request: N
  readonly input: RequestInput<N>
  /** Shows the input to the person who approves it. */
  readonly subject: ReactNode
}
