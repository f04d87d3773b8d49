import type { Language } from '../../../main/contract/language.ts'
import type { OfficeFilter, officeKinds, OfficeScope } from '../../../main/contract/office.ts'
import type { OfficeRole } from '../../../main/contract/office-roles.ts'
import type { Sight } from '../period.ts'

export type ListKind = (typeof officeKinds)[number] | 'all'

/** What a screen of figures is drawn from. */
export interface View {
  readonly sight: Sight
  readonly filter: OfficeFilter
  /** What there is to choose from; `null` until it was read. */
  readonly scope: OfficeScope | null
  /** Changes when what is shown has become old. */
  readonly fresh: string
  readonly language: Language
  readonly role: OfficeRole
  readonly onSight: (sight: Sight) => void
  /** Shows the coupons behind a figure. */
  readonly onList: (sight: Sight, kind: ListKind) => void
}
