import type { OfficeWords } from '../../main/contract/words/office.ts'
import type { Words } from '../../main/contract/words/on-platform.ts'

declare module 'i18next' {
  /** Keys of the catalogues, checked by the compiler: a misspelt key does not build. */
  interface CustomTypeOptions {
    defaultNS: 'till'
    resources: Words['zh-CN'] & { office: OfficeWords }
  }
}
