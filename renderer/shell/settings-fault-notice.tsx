import { Wrench } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import buttons from '../components/buttons.module.css'
import { isSettingsFault, stepThatMends } from '../screens/setup/settings-fault.ts'
import type { SetupStep } from '../screens/setup/setup-steps.ts'
import { may } from './permissions.ts'
import type { SnapshotWithoutCounter } from './snapshot-without-counter.ts'

interface SettingsFaultNoticeProps {
  readonly snapshot: SnapshotWithoutCounter
  /** `null` while the till is locked. */
  readonly onMend: ((step: SetupStep) => void) | null
}

/** Names the setting that stopped the queue, and leads there whoever may change it. */
export function SettingsFaultNotice({ snapshot, onMend }: SettingsFaultNoticeProps) {
  const { t } = useTranslation('till')
  const { blockedBy } = snapshot.connection
  if (!isSettingsFault(blockedBy)) return null
  const step = stepThatMends(blockedBy)
  return (
    <>
      : {t(`status.field.${blockedBy}`)}
      {step !== null &&
        onMend !== null &&
        snapshot.mode === 'live' &&
        may(snapshot.session, 'set-up') && (
          <Button
            className={buttons['quiet'] ?? ''}
            data-testid="mend-settings"
            onPress={() => onMend(step)}
          >
            <Wrench aria-hidden size={18} />
            {t('status.mend')}
          </Button>
        )}
    </>
  )
}
