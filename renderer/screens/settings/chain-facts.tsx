import { useTranslation } from 'react-i18next'
import type { ShopServerView } from '../../../main/contract/chain.ts'
import { formatDateTime } from '../../format/time.ts'
import styles from './settings-screen.module.css'

const gigabyte = 1e9

/** What whoever looks after the server's computer wants to know. */
export function ChainFacts({ server }: { readonly server: ShopServerView }) {
  const { t, i18n } = useTranslation('chain')
  const language = i18n.language === 'en' ? 'en' : 'zh-CN'
  const free = new Intl.NumberFormat(language, {
    style: 'unit',
    unit: 'gigabyte',
    maximumFractionDigits: 1,
  }).format(server.diskFree / gigabyte)
  const facts = [
    ['version', server.program.version ?? '?'],
    ['program', server.program.file],
    ['port', String(server.port)],
    ['disk', free],
    [
      'certificate',
      t('here.certificateUntil', { date: formatDateTime(server.certificateUntil, language) }),
    ],
  ] as const
  return (
    <>
      <h3>{t('here.facts')}</h3>
      <dl className={styles['facts']} data-testid="chain-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`here.${name}`)}</dt>
            <dd className={styles['found']}>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
