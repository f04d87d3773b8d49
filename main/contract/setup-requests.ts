import { z } from 'zod'
import { nothing, type RequestKind } from './requests.ts'
import {
  AppliedSetup,
  FilePurpose,
  FinishedSetup,
  SetupFault,
  SetupForm,
  SetupFormSoFar,
  SetupPart,
  SetupState,
  TakenFiles,
  TestedSetup,
} from './setup.ts'

/** Needs the merchant id because it is the password of a `.p12` file and is checked against the certificate. */
const ForMerchant = z.strictObject({ purpose: FilePurpose, merchantId: z.string().max(32) })
const needs = 'set-up'

/** Requests to set this computer up as a live till. */
export const setupRequests = {
  'setup.state': { input: nothing, output: SetupState, needs },
  /** Opens the system's file dialog; `null` when it was cancelled. */
  'setup.chooseFiles': { input: ForMerchant, output: TakenFiles.nullable(), needs },
  /** Files that were dropped on the page, by their paths: the page itself never reads them. */
  'setup.takeFiles': {
    input: ForMerchant.extend({ paths: z.array(z.string().min(1).max(4096)).min(1).max(64) }),
    output: TakenFiles,
    needs,
  },
  /** Takes one of the files that were handed over back. */
  'setup.removeFile': {
    input: ForMerchant.extend({ name: z.string().min(1).max(4096) }),
    output: TakenFiles,
    needs,
  },
  /** Returns what is wrong with one part of the form. The main process keeps the form, and a key in it. */
  'setup.check': {
    input: z.strictObject({ part: SetupPart, form: SetupFormSoFar }),
    output: z.object({ fault: SetupFault.nullable() }),
    needs,
  },
  'setup.test': { input: SetupForm, output: TestedSetup, needs },
  'setup.apply': {
    input: SetupForm,
    output: AppliedSetup,
    needs,
    audited: ['merchantId', 'appid', 'tillId', 'hosts', 'trustsSystem', 'isNextCertificate'],
  },
  /** The set-up that was saved and not yet acknowledged: saving may end on the sign-in screen. `null` where there is none. */
  'setup.finished': { input: nothing, output: FinishedSetup.nullable(), needs },
  /** Somebody has read it, and wants no more of its files deleted. */
  'setup.acknowledge': { input: nothing, output: z.null(), needs },
  /** Moves the files with the stored key to the recycle bin; returns the names of those that could not be moved. */
  'setup.deleteSources': {
    input: nothing,
    output: z.object({ left: z.array(z.string()) }),
    needs,
    audited: [],
  },
  /** Makes the main process forget the form and every file that was handed over. */
  'setup.forget': { input: nothing, output: z.null(), needs },
} as const satisfies Record<string, RequestKind>
