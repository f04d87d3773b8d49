import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ScanSource } from '../../../main/contract/redemption-view.ts'
import type { Language } from '../../../main/contract/language.ts'
import type { SampleCoupon } from '../../../main/contract/snapshot.ts'
import buttons from '../../components/buttons.module.css'
import { ScannableCode } from '../../components/scannable-code.tsx'
import { describeStock } from '../../format/stock.ts'
import styles from './sample-card.module.css'

interface SampleCardProps {
  readonly sample: SampleCoupon
  readonly language: Language
  readonly onScan: (code: string, source: ScanSource) => void
}

export function SampleCard({ sample, language, onScan }: SampleCardProps) {
  const { t } = useTranslation('training')
  const { t: tTill } = useTranslation('till')
  const { code, kind, isSpent } = sample
  const name = isSpent ? t('panel.spent') : t(`sample.${kind}`)
  return (
    <li
      className={styles['card']}
      data-testid="sample"
      data-kind={kind}
      data-code={code}
      data-spent={isSpent}
    >
      <div className={styles['words']}>
        <p className={styles['kind']}>{name}</p>
        <p className={styles['stock']}>
          {sample.stock ? describeStock(sample.stock, tTill, language) : ' '}
        </p>
      </div>
      <Button
        className={`${buttons['quiet']} ${styles['scan']}`}
        onPress={() => onScan(code, 'typed')}
        aria-label={`${t('panel.scan')}: ${name}`}
      >
        {t('panel.scan')}
      </Button>
      <div className={styles['codes']}>
        <ScannableCode symbology="code128" code={code} label={t('panel.barcode', { code })} />
        <ScannableCode symbology="qrcode" code={code} label={t('panel.qr', { code })} />
      </div>
      <p className={styles['code']}>{code}</p>
    </li>
  )
}
