import { code128, qrcode, drawingSVG } from 'bwip-js/generic'
import { useMemo } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ScanSource } from '../../../main/contract/redemption-view.ts'
import type { Language } from '../../../main/contract/language.ts'
import type { SampleCoupon } from '../../../main/contract/snapshot.ts'
import buttons from '../../components/buttons.module.css'
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
  const { code } = sample
  const images = useMemo(
    () => ({
      barcode: asImage(code128({ bcid: 'code128', text: code, scale: 1, height: 9 }, drawingSVG())),
      qr: asImage(qrcode({ bcid: 'qrcode', text: code, scale: 2 }, drawingSVG())),
    }),
    [code],
  )
  return (
    <li className={styles['card']} data-testid="sample" data-kind={sample.kind} data-code={code}>
      <div className={styles['words']}>
        <p className={styles['kind']}>{t(`sample.${sample.kind}`)}</p>
        <p className={styles['stock']}>
          {sample.stock ? describeStock(sample.stock, tTill, language) : ' '}
        </p>
      </div>
      <Button
        className={`${buttons['quiet']} ${styles['scan']}`}
        onPress={() => onScan(code, 'typed')}
        aria-label={`${t('panel.scan')}: ${t(`sample.${sample.kind}`)}`}
      >
        {t('panel.scan')}
      </Button>
      <img className={styles['barcode']} src={images.barcode} alt={t('panel.barcode', { code })} />
      <img className={styles['qr']} src={images.qr} alt={t('panel.qr', { code })} />
      <p className={styles['code']}>{code}</p>
    </li>
  )
}

/** The page's content security policy allows images from `data:`, but no markup made from strings. */
function asImage(svg: string): string {
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}
