import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import buttons from '../../components/buttons.module.css'
import { formatDateTime } from '../../format/time.ts'
import styles from './settings-screen.module.css'
import { usePosState } from './use-pos-state.ts'

/** What the link does, the digits by which a POS is paired, and the list of those that are. */
export function PosClients() {
  const { t, i18n } = useTranslation('pos')
  const { link, ask } = usePosState()
  if (link === null) return null
  const { listening, port, pairing, folder, clients } = link
  const language = i18n.language === 'en' ? 'en' : 'zh-CN'
  return (
    <section className={styles['exports']} data-testid="pos-clients">
      <output data-testid="pos-listening" data-state={listening}>
        {t(`listening.${listening}`, { port: port ?? '' })}
      </output>
      {folder !== 'off' && (
        <output data-testid="pos-folder-state" data-state={folder}>
          {t('folder.label')}: {t(`folder.state.${folder}`)}
        </output>
      )}
      {pairing !== null && (
        <div>
          <p>{t('pairHint')}</p>
          <p className={styles['digits']} data-testid="pos-code">
            {pairing.code}
          </p>
          <p>{t('pairLeft', { count: Math.ceil(pairing.leftMs / 1000) })}</p>
        </div>
      )}
      <div className={styles['row']}>
        <Button
          className={buttons['quiet'] ?? ''}
          isDisabled={listening !== 'on'}
          data-testid="pos-pair"
          onPress={() =>
            void ask(() =>
              pairing === null ? window.till.pos.offer({}) : window.till.pos.withdraw({}),
            )
          }
        >
          {t(pairing === null ? 'pair' : 'pairStop')}
        </Button>
      </div>
      <h3>{t('clients')}</h3>
      {clients.length === 0 && <p>{t('none')}</p>}
      <ul>
        {clients.map(({ id, isFolder, name, pairedAt, usedAt }) => (
          <li key={id} data-testid="pos-client">
            <span>
              <strong>{isFolder ? t('folder.name') : name}</strong> ·{' '}
              {t(isFolder ? 'folder.since' : 'pairedAt', {
                at: formatDateTime(pairedAt, language),
              })}{' '}
              ·{' '}
              {usedAt === null
                ? t('unused')
                : t('usedAt', { at: formatDateTime(usedAt, language) })}
            </span>
            {!isFolder && (
              <Button
                className={buttons['quiet'] ?? ''}
                aria-label={t('revokeNamed', { name })}
                onPress={() => void ask(() => window.till.pos.revoke({ id }))}
              >
                {t('revoke')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
