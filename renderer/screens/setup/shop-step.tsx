import { useTranslation } from 'react-i18next'
import { CodeField } from '../../components/code-field.tsx'
import { SetupField } from './setup-field.tsx'
import { areHosts } from './setup-steps.ts'
import styles from './setup-screen.module.css'
import type { SetupProps } from './use-setup.ts'

/** The shop's name, and which of its tills this is. */
export function ShopStep({ setup, onSubmit }: SetupProps & { readonly onSubmit: () => void }) {
  const { t } = useTranslation('setup')
  const isWrong = !areHosts(setup.form.hosts)
  return (
    <>
      <div className={styles['row']}>
        <SetupField setup={setup} name="merchantId" onSubmit={onSubmit} />
        <SetupField setup={setup} name="appid" onSubmit={onSubmit} />
        <SetupField setup={setup} name="tillId" onSubmit={onSubmit} />
      </div>
      <CodeField
        label={t('screen.hosts')}
        description={t(isWrong ? 'screen.hostsInvalid' : 'screen.hostsHint')}
        invalid={isWrong}
        value={setup.form.hosts.join(' ')}
        onChange={(text) => setup.change({ hosts: text.split(' ') })}
        onSubmit={onSubmit}
      />
      <label className={styles['choice']}>
        <input
          type="checkbox"
          checked={setup.form.trustsSystem}
          data-testid="setup-trusts-system"
          onChange={(event) => setup.change({ trustsSystem: event.target.checked })}
        />
        <span>
          {t('screen.trustsSystem')}
          <span className={styles['cost']}>{t('screen.trustsSystemCost')}</span>
        </span>
      </label>
    </>
  )
}
