import { z } from 'zod'
import { PosState } from './pos.ts'
import { nothing, type RequestKind } from './requests.ts'

const needs = 'change-settings'

/** Requests about the programs of a POS that may ask this till. Switch, port and origins are settings of the shop. */
export const posRequests = {
  'pos.read': { input: nothing, output: PosState, needs },
  /** Shows six digits for two minutes, by which one POS can be paired. */
  'pos.offer': { input: nothing, output: PosState, needs, audited: [] },
  /** Shows them no longer. */
  'pos.withdraw': { input: nothing, output: PosState, needs },
  /** From now on this POS may not ask. */
  'pos.revoke': {
    input: z.strictObject({ id: z.string().min(1).max(64) }),
    output: PosState,
    needs,
    audited: ['id'],
  },
} as const satisfies Record<string, RequestKind>
