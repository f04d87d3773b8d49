import { admittingMutations } from './mutations/admitting.ts'
import { anchoringMutations } from './mutations/anchoring.ts'
import { carryingMutations } from './mutations/carrying.ts'
import { decidingMutations } from './mutations/deciding.ts'
import { handingOverMutations } from './mutations/handing-over.ts'
import { joiningMutations } from './mutations/joining.ts'
import { judgingMutations } from './mutations/judging.ts'
import { keepingMutations } from './mutations/keeping.ts'
import type { Mutation } from './mutations/mutation.ts'
import { openingMutations } from './mutations/opening.ts'
import { presentingMutations } from './mutations/presenting.ts'
import { readingMutations } from './mutations/reading.ts'
import { scanningMutations } from './mutations/scanning.ts'
import { sendingMutations } from './mutations/sending.ts'
import { sharingMutations } from './mutations/sharing.ts'
import { signingInMutations } from './mutations/signing-in.ts'
import { storingMutations } from './mutations/storing.ts'
import { threadingMutations } from './mutations/threading.ts'
import { trustingMutations } from './mutations/trusting.ts'

export type { Mutation } from './mutations/mutation.ts'

/** Bugs that have cost somebody money somewhere. The domain's unit tests or 200 seeds must find every one. */
export const mutations: readonly Mutation[] = [
  ...judgingMutations,
  ...presentingMutations,
  ...readingMutations,
  ...scanningMutations,
  ...sendingMutations,
  ...storingMutations,
  ...threadingMutations,
  ...trustingMutations,
  ...carryingMutations,
  ...decidingMutations,
  ...openingMutations,
  ...handingOverMutations,
  ...admittingMutations,
  ...anchoringMutations,
  ...signingInMutations,
  ...keepingMutations,
  ...sharingMutations,
  ...joiningMutations,
]
