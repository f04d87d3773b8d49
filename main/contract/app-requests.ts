import { z } from 'zod'
import { SerialPortView } from './attached-scanner.ts'
import { Licence } from './licence.ts'
import { nothing, outcome, type RequestKind } from './requests.ts'
import { AppSnapshot } from './snapshot.ts'

/** What somebody on the phone asks for. Merchant and till are `null` where no till could be opened. */
export const About = z.object({
  merchantId: z.string().nullable(),
  tillId: z.string().nullable(),
  dataFolder: z.string(),
  supportContact: z.string(),
})
export type About = z.infer<typeof About>

/** Requests about the program and the computer that it runs on. */
export const appRequests = {
  'app.snapshot': { input: nothing, output: AppSnapshot, needs: null },
  /** Tries again to open the till after its obstacle may have been removed. */
  'app.retry': { input: nothing, output: z.null(), needs: null },
  /** Copies text for support to the clipboard, to which the page has no access. */
  'app.copyText': {
    input: z.strictObject({ text: z.string().min(1).max(20_000) }),
    output: z.null(),
    needs: 'read-history',
  },
  'app.about': { input: nothing, output: About, needs: 'read-history' },
  /** Everything of somebody else's that is part of the program, with its terms. */
  'app.licences': { input: nothing, output: z.array(Licence), needs: 'read-history' },
  /** Asks for a file and saves what support needs in it; returns the file, `null` when cancelled. */
  'app.exportDiagnostics': {
    input: nothing,
    output: outcome(z.string().nullable(), z.object({ code: z.literal('not-written') })),
    needs: 'change-settings',
    audited: [],
  },
  /** The serial ports of this computer. */
  'scanner.ports': { input: nothing, output: z.array(SerialPortView), needs: 'set-scanner' },
} as const satisfies Record<string, RequestKind>
