import { z } from 'zod'
import type { EventName, RequestName } from './channels.ts'
import { AppearanceChange, SoundChange } from './appearance.ts'
import { AttachedRead, ScannerConnection, SerialPortView } from './attached-scanner.ts'
import { CodeWrapping } from './code-wrapping.ts'
import { counterRequests } from './counter-requests.ts'
import { personOrderRequests } from './person-order-requests.ts'
import { handOverRequests } from './hand-over-requests.ts'
import { Placement } from './placement.ts'
import { recordsRequests } from './records-requests.ts'
import { nothing, type RequestKind } from './requests.ts'
import { ScannerProfile } from './scanner-profile.ts'
import { setupRequests } from './setup-requests.ts'
import { updateRequests } from './updates.ts'
import { upkeepRequests } from './upkeep-requests.ts'
import { shopRequests } from './shop-requests.ts'
import { ScanSource } from './redemption-view.ts'
import { CounterView, Verdict } from './counter.ts'
import { Language } from './language.ts'
import { AppSnapshot, SampleCoupon } from './snapshot.ts'

/** Longest payload the scanner passes on; the domain decides what it is. */
export const maxPayloadLength = 256

/** Every request the renderer may make: input and output are checked at the door, and who may make it. */
export const requests = {
  'app.snapshot': { input: nothing, output: AppSnapshot, needs: null },
  'app.setLanguage': {
    input: z.strictObject({ language: Language }),
    output: z.null(),
    needs: null,
  },
  /** Looks again at what stood in the way. */
  'app.retry': { input: nothing, output: z.null(), needs: null },
  'app.setScanner': {
    input: z.strictObject({ profile: ScannerProfile }),
    output: z.null(),
    needs: 'set-scanner',
  },
  'app.setPlacement': {
    input: z.strictObject({ placement: Placement }),
    output: z.null(),
    needs: null,
  },
  'app.setAppearance': {
    input: z.strictObject({ appearance: AppearanceChange }),
    output: z.null(),
    needs: 'redeem',
  },
  'app.setSound': {
    input: z.strictObject({ sound: SoundChange }),
    output: z.null(),
    needs: 'redeem',
  },
  'app.setWrapping': {
    input: z.strictObject({ wrapping: CodeWrapping }),
    output: z.null(),
    needs: 'set-scanner',
  },
  'scanner.setConnection': {
    input: z.strictObject({ connection: ScannerConnection }),
    output: z.null(),
    needs: 'set-scanner',
  },
  /** The serial ports of this computer. */
  'scanner.ports': { input: nothing, output: z.array(SerialPortView), needs: 'set-scanner' },
  'till.redeem': {
    input: z.strictObject({
      payload: z.string().min(1).max(maxPayloadLength),
      source: ScanSource,
    }),
    output: Verdict,
    needs: 'redeem',
  },
  'outbox.syncNow': { input: nothing, output: z.null(), needs: 'redeem' },
  'training.samples': { input: nothing, output: z.array(SampleCoupon), needs: 'practise' },
  'training.renewSamples': { input: nothing, output: z.array(SampleCoupon), needs: 'practise' },
  'training.setNetwork': {
    input: z.strictObject({ network: z.enum(['up', 'cut']) }),
    output: z.null(),
    needs: 'cut-network',
  },
  ...counterRequests,
  ...setupRequests,
  ...upkeepRequests,
  ...updateRequests,
  ...shopRequests,
  ...personOrderRequests,
  ...recordsRequests,
  ...handOverRequests,
} as const satisfies Record<RequestName, RequestKind>

export const events = {
  'app.changed': AppSnapshot,
  /** At once, before the snapshot that follows. */
  'counter.changed': CounterView,
  /** Each scan once, as it came. */
  'scanner.read': AttachedRead,
} as const satisfies Record<EventName, z.ZodType>

export type RequestInput<N extends RequestName> = z.input<(typeof requests)[N]['input']>
/** As the handler gets it, with what the page left out filled in. */
export type ParsedInput<N extends RequestName> = z.output<(typeof requests)[N]['input']>
export type RequestOutput<N extends RequestName> = z.infer<(typeof requests)[N]['output']>
export type EventPayload<N extends EventName> = z.infer<(typeof events)[N]>
