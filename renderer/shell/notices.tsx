import type { Language } from '../../main/contract/language.ts'
import type { RejectReason } from '../scanner/decision.ts'
import { MissedScan } from './missed-scan.tsx'
import { OfferedScan } from './offered-scan.tsx'
import { RefusedKey } from './refused-key.tsx'
import type { ScannerRead } from './scan-target.ts'
import styles from './shell.module.css'
import type { RefusedKey as Refused } from './use-shortcuts.ts'

/** What a key or a scan came to that did nothing. */
export type Aside = { readonly refused: Refused } | { readonly missed: RejectReason }

interface NoticesProps {
  readonly language: Language
  readonly aside: Aside | null
  readonly offered: ScannerRead | null
  readonly onRedeem: (offered: ScannerRead) => void
  /** The person has read it. */
  readonly onRead: (which: 'aside' | 'offered') => void
}

/** Above dialogs too, because a person who types in one must see them. */
export function Notices({ language, aside, offered, onRedeem, onRead }: NoticesProps) {
  const read = (): void => onRead('aside')
  return (
    <div className={styles['notices']} data-react-aria-top-layer="true">
      {aside && 'refused' in aside && (
        <RefusedKey refused={aside.refused} language={language} onDismiss={read} />
      )}
      {aside && 'missed' in aside && <MissedScan why={aside.missed} onDismiss={read} />}
      {offered && (
        <OfferedScan
          scan={offered}
          onRedeem={() => onRedeem(offered)}
          onDismiss={() => onRead('offered')}
        />
      )}
    </div>
  )
}
