import { useTranslation } from 'react-i18next'
import type { RedemptionView } from '../../../main/contract/redemption-view.ts'
import type { Language } from '../../../main/contract/snapshot.ts'
import { ToneIcon } from '../../components/tone-icon.tsx'
import { HonourAnyway } from './honour-anyway.tsx'
import { VerdictDetail } from './verdict-detail.tsx'
import styles from './verdict-panel.module.css'
import { usePanelContent } from './use-panel-content.ts'
import type { TillView } from './use-redemption.ts'

interface VerdictPanelProps {
  readonly view: TillView
  readonly recent: readonly RedemptionView[]
  readonly language: Language
  readonly onHonoured: (redemption: RedemptionView) => void
}

/** The verdict in colour, icon, word and sentence; the sentence says what to do now. */
export function VerdictPanel({ view, recent, language, onHonoured }: VerdictPanelProps) {
  const { t } = useTranslation('till')
  const content = usePanelContent(view, recent)
  return (
    <section
      className={styles['panel']}
      data-testid="verdict"
      data-tone={content.tone}
      data-reason={content.reason}
    >
      <ToneIcon tone={content.tone} />
      <div className={styles['words']}>
        <output aria-live="assertive" className={styles['announced']}>
          <h2 className={styles['title']} data-testid="verdict-title">
            {content.title}
          </h2>
          <p className={styles['action']} data-testid="verdict-action">
            {content.action}
          </p>
          {content.honour !== null && (
            <p className={styles['honour']} data-testid="verdict-honour">
              {t(content.honour ? 'honour.yes' : 'honour.no')}
            </p>
          )}
          {content.offline !== null && (
            <p className={styles['why']} data-testid="verdict-offline">
              {content.offline}
            </p>
          )}
        </output>
        {content.honour === false && content.redemption?.state === 'pending' && (
          <HonourAnyway redemption={content.redemption} onDone={onHonoured} />
        )}
        {content.redemption && (
          <VerdictDetail redemption={content.redemption} language={language} />
        )}
      </div>
    </section>
  )
}
