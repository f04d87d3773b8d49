import { z } from 'zod'
import { nothing, outcome, type RequestKind } from './requests.ts'
import { InstallRefusal, UpdateAddress, UpdateFault } from './updates.ts'

const needs = 'change-settings'

/** Requests to look for newer versions of the program, to fetch them and to install them. */
export const updateRequests = {
  'updates.setAddress': {
    input: z.strictObject({ address: UpdateAddress.nullable() }),
    output: z.null(),
    needs,
    audited: ['address'],
  },
  /** Looks for a newer version, which is then in the snapshot. */
  'updates.check': { input: nothing, output: outcome(z.null(), UpdateFault), needs },
  'updates.setAutomatic': {
    input: z.strictObject({ automatic: z.boolean(), hour: z.number().int().min(0).max(23) }),
    output: z.null(),
    needs,
    audited: ['automatic', 'hour'],
  },
  /** Begins to fetch what was found; how far it is, is in the snapshot. */
  'updates.download': { input: nothing, output: z.null(), needs, audited: [] },
  /** Installs what was fetched and starts the till anew, unless somebody would be interrupted by it. */
  'updates.install': {
    input: nothing,
    output: outcome(z.null(), InstallRefusal),
    needs,
    audited: [],
  },
} as const satisfies Record<string, RequestKind>
