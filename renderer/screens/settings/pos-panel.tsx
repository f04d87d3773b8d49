import { useState } from 'react'
import { Input, Label, Text, TextArea, TextField } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { PosSettings } from '../../../main/contract/pos.ts'
import { Choice } from '../../components/choice.tsx'
import forms from '../../components/forms.module.css'
import { CopyDiscountForm } from './copy-discount.tsx'
import { NumberSetting } from './number-setting.tsx'
import { PosClients } from './pos-clients.tsx'
import { SaveBar } from './save-bar.tsx'
import styles from './settings-screen.module.css'
import { useShopSettings } from './use-shop-settings.ts'

/** Whether the program of a POS on this computer may ask, and which are paired. */
export function PosPanel() {
  const { t } = useTranslation(['pos', 'settings'])
  const { draft, state, change, save } = useShopSettings()
  const [origins, setOrigins] = useState<string | null>(null)
  if (!draft)
    return (
      <p className={styles['form']}>
        {t(state === 'failed' ? 'settings:failed' : 'settings:loading')}
      </p>
    )
  const { pos } = draft
  const set = (part: Partial<PosSettings>): void => change({ pos: { ...pos, ...part } })
  return (
    <div className={styles['form']} data-testid="pos-settings">
      <h2 className={styles['title']}>{t('settings:tab.pos')}</h2>
      <p>{t('lead')}</p>
      <Choice
        label={t('switch')}
        value={pos.isOn ? 'on' : 'off'}
        options={[
          { value: 'off', label: t('off') },
          { value: 'on', label: t('on'), hint: t('switchHint') },
        ]}
        onChange={(value) => set({ isOn: value === 'on' })}
      />
      <div className={styles['narrow']}>
        <NumberSetting
          label={t('port')}
          description={t('portHint')}
          value={pos.port}
          onChange={(port) => set({ port })}
        />
      </div>
      <TextField
        className={forms['field'] ?? ''}
        value={origins ?? pos.origins.join('\n')}
        onChange={(text) => {
          setOrigins(text)
          set({ origins: linesOf(text) })
        }}
      >
        <Label className={forms['label'] ?? ''}>{t('origins')}</Label>
        <TextArea className={forms['input'] ?? ''} rows={2} data-testid="pos-origins" />
        <Text slot="description" className={forms['hint'] ?? ''}>
          {t('originsHint')}
        </Text>
      </TextField>
      <TextField
        className={forms['field'] ?? ''}
        value={pos.folder ?? ''}
        onChange={(text) => set({ folder: text.trim() === '' ? null : text })}
      >
        <Label className={forms['label'] ?? ''}>{t('folder.label')}</Label>
        <Input className={forms['input'] ?? ''} data-testid="pos-folder" />
        <Text slot="description" className={forms['hint'] ?? ''}>
          {t('folder.hint')}
        </Text>
      </TextField>
      <CopyDiscountForm
        value={draft.copyDiscount}
        onChange={(copyDiscount) => change({ copyDiscount })}
      />
      <SaveBar state={state} onSave={() => void save()} />
      <PosClients />
    </div>
  )
}

function linesOf(text: string): string[] {
  return text.split('\n').flatMap((line) => line.trim() || [])
}
