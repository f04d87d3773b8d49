import { ClipboardCopy, Printer, Undo2, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { HistoryDetail } from '../../../main/contract/history.ts'
import type { RedemptionView } from '../../../main/contract/redemption-view.ts'
import type { Language } from '../../../main/contract/language.ts'
import type { ReportPaper } from '../../../main/contract/report-file.ts'
import buttons from '../../components/buttons.module.css'
import { PaperPicker } from '../../components/paper-picker.tsx'
import { StateChip } from '../../components/state-chip.tsx'
import { usePrint } from '../../components/use-print.ts'
import { Shortcut } from '../../components/shortcut.tsx'
import { isDialogOpen, useKeys } from '../../components/use-keys.ts'
import { formatFen } from '../../format/money.ts'
import { describeStock } from '../../format/stock.ts'
import { formatDateTime } from '../../format/time.ts'
import { ReturnDialog } from './return-dialog.tsx'
import styles from './history-screen.module.css'
import { Timeline } from './timeline.tsx'
import { supportText } from './support-text.ts'

interface HistoryDetailProps {
  readonly useRequestNo: string
  readonly language: Language
  readonly paper: ReportPaper
  readonly recordsRevision: number
  readonly onRead: (redemption: RedemptionView) => void
  readonly onClose: () => void
  readonly onChanged: () => void
}

/** Shows one redemption with everything that happened to it. */
export function HistoryDetailPanel(props: HistoryDetailProps) {
  const { useRequestNo, language, paper, recordsRevision, onRead, onClose, onChanged } = props
  const { t } = useTranslation(['history', 'till', 'reasons'])
  const { t: tillWords } = useTranslation('till')
  const [detail, setDetail] = useState<HistoryDetail | 'failed' | null>(null)
  const [isGivingBack, setIsGivingBack] = useState(false)
  const [isCopied, setIsCopied] = useState(false)
  const { said, print } = usePrint(false)
  useEffect(() => {
    let isCurrent = true
    void window.till.history.detail({ useRequestNo }).then((reply) => {
      if (!isCurrent) return
      const read = reply.ok ? reply.value : null
      setDetail(read ?? 'failed')
      if (read) onRead(read.redemption)
    })
    return () => {
      isCurrent = false
    }
    // The revision is not used, only watched: whenever it changes, the entry may have changed.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [useRequestNo, recordsRevision, onRead])

  const canReturn = detail !== null && detail !== 'failed' && detail.redemption.state === 'redeemed'
  // The same key as at the till; no digit, which may be the first of a scan.
  useKeys(({ code, target }) => {
    if (code !== 'Delete' || !canReturn || hasText(target) || isDialogOpen()) return false
    setIsGivingBack(true)
    return true
  })

  if (detail === null) return <aside className={styles['detail']}>{t('loading')}</aside>
  if (detail === 'failed')
    return (
      <aside className={styles['detail']} role="alert">
        {t('failed')}
      </aside>
    )
  const { redemption, totalFen, timeline } = detail
  const { stock, state, resolution, returnRefused, excessFen } = redemption
  const facts = [
    ['requestNo', redemption.useRequestNo],
    ['code', redemption.codeTail],
    ['stock', stock ? `${stock.name} · ${describeStock(stock, tillWords, language)}` : null],
    ['stockId', redemption.stockId ?? null],
    ['recorded', formatDateTime(redemption.recordedAt, language)],
    ['settled', redemption.settledAt && formatDateTime(redemption.settledAt, language)],
    ['cashier', redemption.cashier ?? null],
    ['source', t(`source.${redemption.source}`)],
    ['total', totalFen === null ? null : formatFen(totalFen, language)],
    ['excess', excessFen == null ? null : formatFen(excessFen, language)],
    ['resolution', resolution ? t(`resolution.${resolution}`) : null],
    ['returnNo', detail.returnRequestNo],
  ] as const

  return (
    <aside className={styles['detail']} data-testid="history-detail" aria-label={t('detail')}>
      <header className={styles['detailHead']}>
        <StateChip state={state} />
        <span className={styles['space']} />
        <Button className={buttons['quiet'] ?? ''} aria-label={t('close')} onPress={onClose}>
          <X aria-hidden size={20} />
        </Button>
      </header>
      <dl className={styles['facts']}>
        {facts.map(
          ([name, value]) =>
            value !== null && (
              <div key={name}>
                <dt>{t(`fact.${name}`)}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      {returnRefused && (
        <p className={styles['refused']} role="alert" data-testid="return-refused-reason">
          <strong>{t(`reasons:${returnRefused}.cashier.title`)}</strong>
          {t(`reasons:${returnRefused}.manager`)}
        </p>
      )}
      <h3 className={styles['heading']}>{t('timeline.title')}</h3>
      <Timeline steps={timeline} language={language} />
      <div className={styles['actions']}>
        <PaperPicker paper={paper} />
        <Button
          className={buttons['quiet'] ?? ''}
          data-testid="copy-support"
          onPress={() => {
            void window.till.app
              .copyText({ text: supportText(detail, language) })
              .then((reply) => setIsCopied(reply.ok))
          }}
        >
          <ClipboardCopy aria-hidden size={18} />
          {t(isCopied ? 'copied' : 'copy')}
        </Button>
        <Button
          className={buttons['quiet'] ?? ''}
          data-testid="print-redemption"
          onPress={() => void print(window.till.history.print({ useRequestNo, paper }))}
        >
          <Printer aria-hidden size={18} />
          {t('print')}
        </Button>
        {canReturn && (
          <Button
            className={buttons['danger'] ?? ''}
            data-testid="return-coupon"
            onPress={() => setIsGivingBack(true)}
          >
            <Undo2 aria-hidden size={18} />
            {t(returnRefused ? 'returnRefused.again' : 'return.open')}
            <Shortcut keys="Delete" />
          </Button>
        )}
      </div>
      {said !== null && (
        <output className={styles['printed']} data-testid="print-said">
          {said}
        </output>
      )}
      {isGivingBack && (
        <ReturnDialog
          redemption={redemption}
          language={language}
          onClose={() => setIsGivingBack(false)}
          onDone={() => {
            setIsGivingBack(false)
            onChanged()
          }}
        />
      )}
    </aside>
  )
}

/** Whether the key may be for text. In an empty field there is none to delete: the search has the focus from the start. */
function hasText(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return target.value !== ''
  return target instanceof Element && (target.closest('[role=textbox]')?.textContent ?? '') !== ''
}
