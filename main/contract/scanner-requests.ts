import { z } from 'zod'
import { ScannerConnection, SerialPortView } from './attached-scanner.ts'
import { Placement } from './placement.ts'
import { nothing, type RequestKind } from './requests.ts'

/** Scanners that do not type, and where the window stands beside the POS. */
export const scannerRequests = {
  'app.setPlacement': {
    input: z.strictObject({ placement: Placement }),
    output: z.null(),
    needs: 'redeem',
  },
  'scanner.setConnection': {
    input: z.strictObject({ connection: ScannerConnection }),
    output: z.null(),
    needs: 'set-scanner',
  },
  /** The serial ports of this computer. */
  'scanner.ports': { input: nothing, output: z.array(SerialPortView), needs: 'set-scanner' },
} as const satisfies Record<string, RequestKind>
