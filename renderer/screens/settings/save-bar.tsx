import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import buttons from '../../components/buttons.module.css'
import styles from './settings-screen.module.css'

type State = 'clean' | 'changed' | 'invalid' | 'saving' | 'saved' | 'failed'

/** The button that saves, and whether it worked. */
export function SaveBar({ state, onSave }: { readonly state: State; readonly onSave: () => void }) {
  const { t } = useTranslation('settings')
  return (
    <div className={styles['save']}>
      <output className={styles['saved']} data-testid="save-state" data-state={state}>
        {t(`state.${state}`)}
      </output>
      <Button
        className={buttons['primary'] ?? ''}
        isDisabled={state !== 'changed' && state !== 'failed'}
        data-testid="save"
        onPress={onSave}
      >
        {t('save')}
      </Button>
    </div>
  )
}
