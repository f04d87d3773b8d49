import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ShopSettings } from '../../../main/contract/shop-settings.ts'
import buttons from '../../components/buttons.module.css'
import { CodeField } from '../../components/code-field.tsx'
import styles from './scanner-settings.module.css'

/** What a shop's codes are wrapped in, beside what the scanner itself adds. Part of the shop's settings. */
export function WrappingSettings() {
  const [settings, setSettings] = useState<ShopSettings | null>(null)
  useEffect(() => {
    void window.till.readSettings({}).then((reply) => {
      if (reply.ok) setSettings(reply.value)
    })
  }, [])
  return settings && <WrappingForm settings={settings} />
}

function WrappingForm({ settings }: { readonly settings: ShopSettings }) {
  const { t } = useTranslation('scanner')
  const [prefixes, setPrefixes] = useState(settings.unwrap.prefixes.join(' '))
  const [urlParameters, setUrlParameters] = useState(settings.unwrap.urlParameters.join(' '))
  const [outcome, setOutcome] = useState<'saved' | 'invalid' | null>(null)
  const save = (): void => {
    const unwrap = { prefixes: entriesOf(prefixes), urlParameters: entriesOf(urlParameters) }
    void window.till.saveSettings({ ...settings, unwrap }).then((reply) => {
      setOutcome(reply.ok ? 'saved' : 'invalid')
    })
  }
  return (
    <>
      <h3 className={styles['title']}>{t('contents.title')}</h3>
      <p className={styles['hint']}>{t('contents.hint')}</p>
      <CodeField
        label={t('contents.prefixes')}
        description={t('contents.prefixesHint')}
        value={prefixes}
        onChange={setPrefixes}
        onSubmit={save}
      />
      <CodeField
        label={t('contents.urlParameters')}
        description={t('contents.urlParametersHint')}
        value={urlParameters}
        onChange={setUrlParameters}
        onSubmit={save}
      />
      <div className={styles['foot']}>
        <output className={styles['state']} data-testid="wrapping-outcome" data-outcome={outcome}>
          {outcome !== null && t(`contents.${outcome}`)}
        </output>
        <Button className={buttons['primary'] ?? ''} onPress={save}>
          {t('contents.save')}
        </Button>
      </div>
    </>
  )
}

function entriesOf(text: string): string[] {
  return text.split(/\s+/u).filter((entry) => entry !== '')
}
