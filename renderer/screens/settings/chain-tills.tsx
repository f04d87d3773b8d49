import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ShopServerView } from '../../../main/contract/chain.ts'
import buttons from '../../components/buttons.module.css'
import { formatDateTime } from '../../format/time.ts'
import { ChainQuestion } from './chain-question.tsx'
import styles from './settings-screen.module.css'
import type { ChainAsking } from './use-chain-setup.ts'

interface ChainTillsProps {
  readonly asking: ChainAsking
  readonly server: ShopServerView
}

type TillOfServer = ShopServerView['tills'][number]

/** The tills that the server lets in, each with how it stands, and how to remove it. */
export function ChainTills({ asking, server }: ChainTillsProps) {
  const { t, i18n } = useTranslation('chain')
  const { ask, isBusy } = asking
  const [leaving, setLeaving] = useState<TillOfServer | null>(null)
  const [removed, setRemoved] = useState<string | null>(null)
  const language = i18n.language === 'en' ? 'en' : 'zh-CN'
  const missing = new Set(
    server.gate.state === 'gathering' ? server.gate.missing.map(({ key }) => key) : [],
  )

  async function remove({ key, name }: TillOfServer): Promise<void> {
    setRemoved(null)
    if (await ask(() => window.till.chain.removeTill({ key }))) setRemoved(name)
  }

  return (
    <section className={styles['exports']}>
      <h3>{t('tills.title')}</h3>
      <ul>
        {server.tills.map((till) => {
          const { key, name, addedAt, isOwn, mustRejoin } = till
          const facts = [
            ...(isOwn ? [t('tills.own')] : []),
            t('tills.since', { date: formatDateTime(addedAt, language) }),
            ...(mustRejoin ? [t('tills.mustRejoin')] : []),
            ...(missing.has(key) ? [t('tills.away')] : []),
          ]
          return (
            <li key={key} data-testid="chain-till" data-name={name}>
              <span>
                <strong>{name}</strong> · {facts.join(' · ')}
              </span>
              {!isOwn && (
                <Button
                  className={buttons['quiet'] ?? ''}
                  isDisabled={isBusy}
                  aria-label={t('tills.removeNamed', { name })}
                  onPress={() => setLeaving(till)}
                >
                  {t('tills.remove')}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
      {removed !== null && (
        <output className={styles['saved']} data-testid="chain-removed">
          {t('tills.removed', { name: removed })}
        </output>
      )}
      {leaving !== null && (
        <ChainQuestion
          title={t('ask.remove.title', { name: leaving.name })}
          what={[t('ask.remove.what'), t('ask.remove.stolen')]}
          run={t('ask.remove.run')}
          onRun={() => void remove(leaving)}
          onClose={() => setLeaving(null)}
        />
      )}
    </section>
  )
}
