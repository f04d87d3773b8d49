import { z } from 'zod'
import { nothing, outcome, type RequestKind } from './requests.ts'
import { UpdateAddress, UpdateFault } from './updates.ts'

const needs = 'change-settings'

/** Requests to look for newer versions of the program. None installs anything. */
export const updateRequests = {
  'updates.setAddress': {
    input: z.strictObject({ address: UpdateAddress.nullable() }),
    output: z.null(),
    needs,
    audited: ['address'],
  },
  /** Looks for a newer version, which is then in the snapshot. */
  'updates.check': { input: nothing, output: outcome(z.null(), UpdateFault), needs },
} as const satisfies Record<string, RequestKind>
