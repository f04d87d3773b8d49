import { z } from 'zod'
import type { EventName, RequestName } from './channels.ts'
import {
  AppliedSetup,
  FilePurpose,
  SetupForm,
  SetupState,
  TakenFiles,
  TestedSetup,
} from './setup.ts'
import { AttachedRead, ScannerConnection, SerialPortView } from './attached-scanner.ts'
import { CodeWrapping } from './code-wrapping.ts'
import { Placement } from './placement.ts'
import { ScannerProfile } from './scanner-profile.ts'
import { AppSnapshot, Language, SampleCoupon, ScanSource, Verdict } from './snapshot.ts'

/** Longest payload the scanner passes on; the domain decides what it is. */
export const maxPayloadLength = 256

/** A `.p12` opens with the merchant id, and a certificate names it. */
const ForMerchant = z.strictObject({ purpose: FilePurpose, merchantId: z.string().max(32) })

/** Every request the renderer may make: input and output are both checked at the door. */
export const requests = {
  'app.snapshot': { input: z.strictObject({}), output: AppSnapshot },
  'app.setLanguage': { input: z.strictObject({ language: Language }), output: z.null() },
  /** Looks again at what stood in the way. */
  'app.retry': { input: z.strictObject({}), output: z.null() },
  'app.setScanner': {
    input: z.strictObject({ profile: ScannerProfile }),
    output: z.null(),
  },
  'app.setPlacement': { input: z.strictObject({ placement: Placement }), output: z.null() },
  'app.setWrapping': { input: z.strictObject({ wrapping: CodeWrapping }), output: z.null() },
  'scanner.setConnection': {
    input: z.strictObject({ connection: ScannerConnection }),
    output: z.null(),
  },
  /** The serial ports of this computer. */
  'scanner.ports': { input: z.strictObject({}), output: z.array(SerialPortView) },
  'till.redeem': {
    input: z.strictObject({
      payload: z.string().min(1).max(maxPayloadLength),
      source: ScanSource,
    }),
    output: Verdict,
  },
  'outbox.syncNow': { input: z.strictObject({}), output: z.null() },
  'training.samples': { input: z.strictObject({}), output: z.array(SampleCoupon) },
  'training.renewSamples': { input: z.strictObject({}), output: z.array(SampleCoupon) },
  'training.setNetwork': {
    input: z.strictObject({ network: z.enum(['up', 'cut']) }),
    output: z.null(),
  },
  'setup.state': { input: z.strictObject({}), output: SetupState },
  /** Opens the system's file dialog; `null` when it was cancelled. */
  'setup.chooseFiles': { input: ForMerchant, output: TakenFiles.nullable() },
  /** Files that were dropped on the page, by their paths: the page itself never reads them. */
  'setup.takeFiles': {
    input: ForMerchant.extend({ paths: z.array(z.string().min(1).max(4096)).min(1).max(4) }),
    output: TakenFiles,
  },
  'setup.test': { input: SetupForm, output: TestedSetup },
  'setup.apply': { input: SetupForm, output: AppliedSetup },
  /** Answers the names of those that could not be deleted. */
  'setup.deleteSources': {
    input: z.strictObject({}),
    output: z.object({ left: z.array(z.string()) }),
  },
  /** Lets go of every file that was handed over. */
  'setup.forget': { input: z.strictObject({}), output: z.null() },
} as const satisfies Record<RequestName, { input: z.ZodType; output: z.ZodType }>

export const events = {
  'app.changed': AppSnapshot,
  /** Each scan once, as it came. */
  'scanner.read': AttachedRead,
} as const satisfies Record<EventName, z.ZodType>

export type RequestInput<N extends RequestName> = z.infer<(typeof requests)[N]['input']>
export type RequestOutput<N extends RequestName> = z.infer<(typeof requests)[N]['output']>
export type EventPayload<N extends EventName> = z.infer<(typeof events)[N]>
