import { z } from 'zod'
import { nothing, type RequestKind } from './requests.ts'
import {
  AppliedSetup,
  FilePurpose,
  SetupFault,
  SetupForm,
  SetupFormSoFar,
  SetupPart,
  SetupState,
  TakenFiles,
  TestedSetup,
} from './setup.ts'

/** A `.p12` opens with the merchant id, and a certificate names it. */
const ForMerchant = z.strictObject({ purpose: FilePurpose, merchantId: z.string().max(32) })
const needs = 'set-up'

/** Making this computer a live till. */
export const setupRequests = {
  'setup.state': { input: nothing, output: SetupState, needs },
  /** Opens the system's file dialog; `null` when it was cancelled. */
  'setup.chooseFiles': { input: ForMerchant, output: TakenFiles.nullable(), needs },
  /** Files that were dropped on the page, by their paths: the page itself never reads them. */
  'setup.takeFiles': {
    input: ForMerchant.extend({ paths: z.array(z.string().min(1).max(4096)).min(1).max(4) }),
    output: TakenFiles,
    needs,
  },
  /** What is wrong with one part; keeps the answers, and a key that was given. */
  'setup.check': {
    input: z.strictObject({ part: SetupPart, form: SetupFormSoFar }),
    output: z.object({ fault: SetupFault.nullable() }),
    needs,
  },
  'setup.test': { input: SetupForm, output: TestedSetup, needs },
  'setup.apply': { input: SetupForm, output: AppliedSetup, needs },
  /** Answers the names of those that could not be deleted. */
  'setup.deleteSources': {
    input: nothing,
    output: z.object({ left: z.array(z.string()) }),
    needs,
  },
  /** Lets go of the answers, and of every file that was handed over. */
  'setup.forget': { input: nothing, output: z.null(), needs },
} as const satisfies Record<string, RequestKind>
