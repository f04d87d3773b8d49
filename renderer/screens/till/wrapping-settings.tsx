import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import buttons from '../../components/buttons.module.css'
import { CodeField } from '../../components/code-field.tsx'
import styles from './scanner-settings.module.css'

/** What the shop's codes are wrapped in, besides what the scanner adds. */
export function WrappingSettings({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const { t } = useTranslation('scanner')
  const [prefixes, setPrefixes] = useState(snapshot.wrapping.prefixes.join(' '))
  const [urlParameters, setUrlParameters] = useState(snapshot.wrapping.urlParameters.join(' '))
  const [outcome, setOutcome] = useState<'saved' | 'invalid' | null>(null)
  const save = (): void => {
    const wrapping = { prefixes: entriesOf(prefixes), urlParameters: entriesOf(urlParameters) }
    void window.till.preferences.set({ wrapping }).then((reply) => {
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
        <output className={styles['state']} data-testid="wrapping-outcome">
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
