import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { SetupForm } from '../../../main/contract/setup.ts'
import {
  apiV3KeyPattern,
  appidPattern,
  merchantIdPattern,
  publicKeyIdPattern,
  tillIdPattern,
} from '../../../main/contract/setup-patterns.ts'
import buttons from '../../components/buttons.module.css'
import { CodeField } from '../../components/code-field.tsx'
import { FileDrop } from './file-drop.tsx'
import { SetupDone } from './setup-done.tsx'
import { SetupResult, TakenCertificate } from './setup-result.tsx'
import styles from './setup-screen.module.css'
import { useSetup } from './use-setup.ts'

const patterns = {
  merchantId: merchantIdPattern,
  appid: appidPattern,
  tillId: tillIdPattern,
  publicKeyId: publicKeyIdPattern,
  apiV3Key: apiV3KeyPattern,
}

type TextField = keyof typeof patterns

/** Makes this computer a live till: each field is checked as it is filled, the whole by a connection test. */
export function SetupScreen({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('setup')
  const setup = useSetup()
  const { form, taken, step, change } = setup
  if (step.kind === 'done')
    return (
      <main className={styles['screen']}>
        <SetupDone sources={step.sources} onClose={onClose} />
      </main>
    )

  function field(name: TextField, isOptional = false, secret = false) {
    const text = form[name]
    const isWrong = text !== '' && !patterns[name].test(text.trim())
    return (
      <CodeField
        label={t(`screen.${name}`)}
        description={isWrong ? t('screen.invalid') : t(`screen.${name}Hint`)}
        value={text}
        invalid={isWrong || (text === '' && !isOptional && step.kind === 'fault')}
        secret={secret}
        onChange={(next) => change({ [name]: next.trim() })}
      />
    )
  }

  const canTest = isComplete(form) && taken.merchant.certificate !== null && step.kind !== 'busy'
  const isTested = step.kind === 'tested'
  const isGood = isTested && ['passed', 'accepted'].includes(step.report.finding)
  return (
    <main className={styles['screen']} data-testid="setup">
      <div className={styles['sheet']}>
        <header className={styles['head']}>
          <h1 className={styles['title']}>{t('screen.title')}</h1>
          <Button className={buttons['quiet'] ?? ''} onPress={onClose}>
            {t('screen.back')}
          </Button>
        </header>
        <div className={styles['row']}>
          {field('merchantId')}
          {field('appid')}
          {field('tillId')}
        </div>
        <FileDrop
          label={t('screen.certificate')}
          description={t('screen.certificateHint')}
          testId="merchant-files"
          isDisabled={!merchantIdPattern.test(form.merchantId)}
          onChoose={() => void setup.choose('merchant')}
          onDrop={(files) => void setup.drop('merchant', files)}
        >
          <TakenCertificate taken={taken.merchant} />
        </FileDrop>
        <FileDrop
          label={t('screen.publicKey')}
          description={t('screen.publicKeyHint')}
          testId="public-key-file"
          onChoose={() => void setup.choose('public-key')}
          onDrop={(files) => void setup.drop('public-key', files)}
        >
          {taken['public-key'].names.map((name) => (
            <p key={name} className={styles['note']} data-tone="green">
              {t('screen.publicKeyTaken', { name })}
            </p>
          ))}
        </FileDrop>
        <div className={styles['row']}>
          {field('publicKeyId', true)}
          {field('apiV3Key', true, true)}
        </div>
        <CodeField
          label={t('screen.hosts')}
          description={t('screen.hostsHint')}
          value={form.hosts.join(' ')}
          onChange={(text) => change({ hosts: text.split(' ') })}
        />
        <SetupResult step={step} />
        <div className={styles['buttons']}>
          <Button
            className={buttons[isGood ? 'quiet' : 'primary'] ?? ''}
            isDisabled={!canTest}
            onPress={() => void setup.test()}
          >
            {t('screen.test')}
          </Button>
          {isTested && (
            <Button
              className={buttons[isGood ? 'primary' : 'quiet'] ?? ''}
              onPress={() => void setup.save()}
            >
              {t(isGood ? 'screen.save' : 'screen.saveAnyway')}
            </Button>
          )}
        </div>
      </div>
    </main>
  )
}

function isComplete(form: SetupForm): boolean {
  const { merchantId, appid, tillId, publicKeyId, apiV3Key } = form
  return (
    merchantIdPattern.test(merchantId) &&
    appidPattern.test(appid) &&
    tillIdPattern.test(tillId) &&
    (publicKeyId !== '' || apiV3Key !== '')
  )
}
