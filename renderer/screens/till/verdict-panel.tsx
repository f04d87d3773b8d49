import type { DiscountCopyView } from '../../../main/contract/copy-discount.ts'
import type { CounterView } from '../../../main/contract/counter.ts'
import type { Language } from '../../../main/contract/language.ts'
import { ToneIcon } from '../../components/tone-icon.tsx'
import { Choices } from './choices.tsx'
import { CopyLine } from './copy-line.tsx'
import { NextCustomer } from './next-customer.tsx'
import { OrderLine } from './order-line.tsx'
import { dataAttributesOf, lookOf, subjectOf, type PanelContent } from './panel-content.ts'
import { useTopOf } from './use-top-of.ts'
import { VerdictDetail } from './verdict-detail.tsx'
import styles from './verdict-panel.module.css'
import tones from './verdict-tones.module.css'
import { VerdictWords } from './verdict-words.tsx'

interface VerdictPanelProps {
  readonly content: PanelContent
  readonly counter: CounterView
  readonly isTotalInvalid: boolean
  readonly language: Language
  readonly copy: DiscountCopyView | null
  readonly onNextCustomer: () => void
}

/** Shows the verdict as colour, shape, icon, word and sentence; the sentence says what to do now. */
export function VerdictPanel(props: VerdictPanelProps) {
  const { content, counter, isTotalInvalid, language, copy, onNextCustomer } = props
  const isTold = content.kind === 'verdict' || content.kind === 'aged'
  const redemption = content.kind === 'verdict' ? content.verdict.redemption : null
  const body = useTopOf<HTMLDivElement>(content)
  return (
    <section
      className={`${styles['panel']} ${tones['tones']}`}
      data-testid="verdict"
      {...dataAttributesOf(content)}
    >
      <div ref={body} className={styles['body']}>
        <ToneIcon look={lookOf(content)} />
        <div className={styles['words']}>
          <VerdictWords content={content} aside={counter.aside} language={language} />
          {redemption && <VerdictDetail redemption={redemption} language={language} />}
        </div>
      </div>
      <div className={styles['foot']}>
        {isTold && (
          <Choices key={subjectOf(content)} {...content} {...{ language, onNextCustomer }} />
        )}
        <span className={styles['space']}>
          <CopyLine copy={copy} />
          <OrderLine counter={counter} isTotalInvalid={isTotalInvalid} language={language} />
        </span>
        <NextCustomer content={content} onPress={onNextCustomer} />
      </div>
    </section>
  )
}
