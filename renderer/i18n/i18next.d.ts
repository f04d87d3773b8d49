import type { words } from '../../main/contract/words/index.ts'

declare module 'i18next' {
  /** Keys of the catalogues, checked by the compiler: a misspelt key does not build. */
  interface CustomTypeOptions {
    defaultNS: 'till'
    resources: (typeof words)['zh-CN']
  }
}
