import { Wrench } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import buttons from '../components/buttons.module.css'
import { isSettingsFault, stepThatMends } from '../screens/setup/settings-fault.ts'
import type { SetupStep } from '../screens/setup/setup-steps.ts'
import { may } from './permissions.ts'
import type { SnapshotWithoutCounter } from './snapshot-without-counter.ts'

interface MendSettingsProps {
  readonly snapshot: SnapshotWithoutCounter
  /** `null` while the till is locked. */
  readonly onMend: ((step: SetupStep) => void) | null
}

/** Names the setting that stopped the queue. */
export function SettingsFaultName({ snapshot }: Pick<MendSettingsProps, 'snapshot'>) {
  const { t } = useTranslation('till')
  const { blockedBy } = snapshot.connection
  return isSettingsFault(blockedBy) ? <>: {t(`status.field.${blockedBy}`)}</> : null
}

/** Leads whoever may change it to the setting that stopped the queue. */
export function MendSettings({ snapshot, onMend }: MendSettingsProps) {
  const { t } = useTranslation('till')
  const { connection, mode, session } = snapshot
  const { blockedBy } = connection
  const step = isSettingsFault(blockedBy) ? stepThatMends(blockedBy) : null
  if (step === null || onMend === null || mode !== 'live' || !may(session, 'set-up')) return null
  return (
    <Button
      className={buttons['quiet'] ?? ''}
      data-testid="mend-settings"
      onPress={() => onMend(step)}
    >
      <Wrench aria-hidden size={18} />
      {t('status.mend')}
    </Button>
  )
}
