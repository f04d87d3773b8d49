import { useTranslation } from 'react-i18next'
import {
  apiV3KeyPattern,
  appidPattern,
  merchantIdPattern,
  publicKeyIdPattern,
  tillIdPattern,
} from '../../../main/contract/setup-patterns.ts'
import { CodeField } from '../../components/code-field.tsx'
import type { SetupProps } from './use-setup.ts'

const patterns = {
  merchantId: merchantIdPattern,
  appid: appidPattern,
  tillId: tillIdPattern,
  publicKeyId: publicKeyIdPattern,
  apiV3Key: apiV3KeyPattern,
}

interface SetupFieldProps extends SetupProps {
  readonly name: keyof typeof patterns
  readonly secret?: boolean
  readonly hint?: string
  readonly onSubmit: () => void
}

/** The field for one answer, whose form is checked while it is typed. */
export function SetupField({ setup, name, secret = false, hint, onSubmit }: SetupFieldProps) {
  const { t } = useTranslation('setup')
  const text = setup.form[name]
  const isWrong = text !== '' && !patterns[name].test(text)
  return (
    <CodeField
      label={t(`screen.${name}`)}
      description={isWrong ? t('screen.invalid') : (hint ?? t(`screen.${name}Hint`))}
      value={text}
      invalid={isWrong}
      secret={secret}
      onChange={(next) => setup.change({ [name]: next.trim() })}
      onSubmit={onSubmit}
    />
  )
}
