import { useTranslation } from 'react-i18next'
import { Choice } from '../../components/choice.tsx'
import { FileDrop } from './file-drop.tsx'
import { SetupField } from './setup-field.tsx'
import styles from './setup-screen.module.css'
import { TakenList } from './taken-list.tsx'
import type { SetupProps } from './use-setup.ts'

/** The key that verifies WeChat Pay's replies: its public key, or the API v3 key. */
export function KeyStep({ setup, onSubmit }: SetupProps & { readonly onSubmit: () => void }) {
  const { t } = useTranslation('setup')
  const { taken, saved, form, holdsApiV3Key } = setup
  const publicKey = taken['public-key']
  const isSaved = saved?.hasApiV3Key === true
  const hint = holdsApiV3Key
    ? t('screen.apiV3KeyHeld')
    : isSaved && !form.dropsApiV3Key
      ? t('screen.apiV3KeySaved')
      : undefined
  return (
    <>
      <FileDrop
        label={t('screen.publicKey')}
        description={t('screen.publicKeyHint')}
        testId="public-key-file"
        onChoose={() => void setup.choose('public-key')}
        onDrop={(files) => void setup.drop('public-key', files)}
      >
        <TakenList
          names={publicKey.names}
          onRemove={(name) => void setup.remove('public-key', name)}
        />
        {publicKey.names.length > 0 && (
          <p
            className={styles['note']}
            data-tone={publicKey.fault === null ? 'green' : 'red'}
            data-testid="taken-public-key"
            data-fault={publicKey.fault ?? ''}
          >
            {publicKey.fault === null ? t('screen.publicKeyTaken') : t(`fault.${publicKey.fault}`)}
          </p>
        )}
      </FileDrop>
      {/* Each in a line of its own, so that an id of 43 characters is seen whole. */}
      <SetupField setup={setup} name="publicKeyId" onSubmit={onSubmit} />
      <SetupField
        setup={setup}
        name="apiV3Key"
        secret
        {...(hint !== undefined && { hint })}
        onSubmit={onSubmit}
      />
      {isSaved && form.publicKeyId !== '' && form.apiV3Key === '' && (
        <Choice
          label={t('screen.savedApiV3Key')}
          value={form.dropsApiV3Key ? 'drop' : 'keep'}
          options={[
            { value: 'keep', label: t('screen.keepApiV3Key') },
            { value: 'drop', label: t('screen.dropApiV3Key') },
          ]}
          onChange={(choice) => setup.change({ dropsApiV3Key: choice === 'drop' })}
          isRow
        />
      )}
    </>
  )
}
