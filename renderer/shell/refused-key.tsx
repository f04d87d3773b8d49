import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Language } from '../../main/contract/language.ts'
import { mayDo, roles } from '../../main/contract/roles.ts'
import buttons from '../components/buttons.module.css'
import styles from './offered-scan.module.css'
import type { RefusedKey as Refused } from './use-shortcuts.ts'

interface RefusedKeyProps {
  readonly refused: Refused
  readonly language: Language
  readonly onDismiss: () => void
}

/** Tells why a key did nothing: whose it is, and how they get to it. */
export function RefusedKey({ refused, language, onDismiss }: RefusedKeyProps) {
  const { t } = useTranslation(['shell', 'till'])
  const { key, permission } = refused
  const able = roles.filter((role) => mayDo(role, permission)).map((role) => t(`role.${role}`))
  const who = new Intl.ListFormat(language, { type: 'disjunction' }).format(able)
  return (
    <div className={styles['offer']} role="alert" data-testid="refused-key" data-key={key}>
      <strong>{t('refusedKey.title', { key, what: t(`permission.${permission}`), who })}</strong>
      <span>{t('refusedKey.how')}</span>
      <span className={styles['space']} />
      <Button className={buttons['quiet'] ?? ''} onPress={onDismiss}>
        {t('till:action.close')}
      </Button>
    </div>
  )
}
