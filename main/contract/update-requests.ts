import { z } from 'zod'
import { nothing, outcome, type RequestKind } from './requests.ts'
import { UpdateAddress, UpdateFault } from './updates.ts'

const needs = 'change-settings'

/** Looking for newer versions. Nothing is ever installed from here. */
export const updateRequests = {
  'updates.setAddress': {
    input: z.strictObject({ address: UpdateAddress.nullable() }),
    output: z.null(),
    needs,
  },
  /** What it finds is in the snapshot. */
  'updates.check': { input: nothing, output: outcome(z.null(), UpdateFault), needs },
} as const satisfies Record<string, RequestKind>
