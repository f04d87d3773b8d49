import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import {
  apiV3KeyPattern,
  appidPattern,
  merchantIdPattern,
  publicKeyIdPattern,
  tillIdPattern,
} from '../../../main/contract/setup-patterns.ts'
import buttons from '../../components/buttons.module.css'
import { CodeField } from '../../components/code-field.tsx'
import styles from './setup-screen.module.css'
import { isOddMerchantId, merchantIdLength } from './setup-steps.ts'
import type { SetupProps } from './use-setup.ts'

const patterns = {
  merchantId: merchantIdPattern,
  appid: appidPattern,
  tillId: tillIdPattern,
  publicKeyId: publicKeyIdPattern,
  apiV3Key: apiV3KeyPattern,
}

/** Answers whose length alone is often wrong: one character is lost in copying. */
const lengths: Partial<Record<keyof typeof patterns, number>> = { apiV3Key: 32 }

interface SetupFieldProps extends SetupProps {
  readonly name: keyof typeof patterns
  /** Dots, until a person asks to see the text. */
  readonly secret?: boolean
  readonly hint?: string
  readonly onSubmit: () => void
}

/** The field for one answer, whose form is checked while it is typed. None of them has spaces: the field leaves them out, and says so. */
export function SetupField({ setup, name, secret = false, hint, onSubmit }: SetupFieldProps) {
  const { t } = useTranslation('setup')
  const [isShown, setIsShown] = useState(false)
  const text = setup.form[name]
  const isOddId = name === 'merchantId' && isOddMerchantId(text)
  const isWrong = isOddId || (text !== '' && !patterns[name].test(text))
  const length = lengths[name]
  const wrong = isOddId
    ? t('screen.merchantIdLength', { count: text.length, length: merchantIdLength })
    : length === undefined
      ? t('screen.invalid')
      : t('screen.lengthWrong', { count: text.length, length })
  return (
    <div className={styles['answer']}>
      <CodeField
        label={t(`screen.${name}`)}
        description={isWrong ? wrong : (hint ?? t(`screen.${name}Hint`))}
        value={text}
        invalid={isWrong}
        secret={secret && !isShown}
        allows={(char) => char > ' ' && char <= '~'}
        onChange={(next) => setup.change({ [name]: next })}
        onSubmit={onSubmit}
      />
      {secret && text !== '' && (
        <Button
          className={buttons['quiet'] ?? ''}
          data-testid={`show-${name}`}
          onPress={() => setIsShown(!isShown)}
        >
          {isShown ? <EyeOff aria-hidden size={18} /> : <Eye aria-hidden size={18} />}
          {t(isShown ? 'screen.hide' : 'screen.show')}
        </Button>
      )}
    </div>
  )
}
