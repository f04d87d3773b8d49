import { useState } from 'react'
import { type Key, Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Permission } from '../../../main/contract/permission.ts'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import type { Destination } from '../../shell/destinations.ts'
import { useLeaveGuard } from '../../shell/leave-guard.tsx'
import { may } from '../../shell/permissions.ts'
import type { SetupStep } from '../setup/setup-steps.ts'
import { SetupScreen } from '../setup/setup-screen.tsx'
import { StaffScreen } from '../staff/staff-screen.tsx'
import { AboutPanel } from './about-panel.tsx'
import { AppearancePanel } from './appearance-panel.tsx'
import { ChainPanel } from './chain-panel.tsx'
import { CodesPanel } from './codes-panel.tsx'
import { HandOverPanel } from './hand-over-panel.tsx'
import { OfflinePanel } from './offline-panel.tsx'
import { OwnPinPanel } from './own-pin-panel.tsx'
import { PosPanel } from './pos-panel.tsx'
import styles from './settings-screen.module.css'
import { UpkeepPanel } from './upkeep-panel.tsx'
import { ShopPanel } from './shop-panel.tsx'

/** The tabs, with the permission that each needs. A tab that the person may not use is not shown. */
const tabs = [
  { name: 'appearance', needs: 'redeem' },
  { name: 'ownPin', needs: 'redeem' },
  { name: 'shop', needs: 'change-settings' },
  { name: 'offline', needs: 'change-settings' },
  { name: 'codes', needs: 'change-settings' },
  { name: 'pos', needs: 'change-settings' },
  { name: 'chain', needs: 'change-settings' },
  { name: 'upkeep', needs: 'change-settings' },
  { name: 'handOver', needs: 'hand-over' },
  { name: 'staff', needs: 'manage-staff' },
  { name: 'merchant', needs: 'set-up' },
  { name: 'about', needs: 'redeem' },
] as const satisfies readonly { readonly name: string; readonly needs: Permission }[]

/** What would be of the live till: its keys, its backups, its move, its POS, its shop. */
const notInPractice: readonly TabName[] = ['merchant', 'upkeep', 'handOver', 'pos', 'chain']

type TabName = (typeof tabs)[number]['name']

interface SettingsScreenProps {
  readonly snapshot: AppSnapshot
  /** The step of set-up to open; `null` for the settings. */
  readonly setupStep: SetupStep | null
  readonly onGo: (destination: Destination) => void
}

export function SettingsScreen({ snapshot, setupStep, onGo }: SettingsScreenProps) {
  const { t } = useTranslation('settings')
  const { leave } = useLeaveGuard()
  // With an expired certificate, the settings open where the next one is entered.
  const opensSetup = setupStep !== null || snapshot.certificate?.level === 'expired'
  const [selected, setSelected] = useState<Key>(opensSetup ? 'merchant' : 'appearance')
  const shown = tabs.filter(
    ({ name, needs }) =>
      may(snapshot.session, needs) &&
      !(snapshot.runtime.practice && notInPractice.includes(name)) &&
      // Without staff there is no PIN.
      !(snapshot.session.person === null && name === 'ownPin'),
  )
  return (
    <Tabs
      orientation="vertical"
      selectedKey={selected}
      onSelectionChange={(key) => leave(() => setSelected(key))}
      className={styles['screen'] ?? ''}
    >
      <TabList aria-label={t('title')} className={styles['tabs'] ?? ''}>
        {shown.map(({ name }) => (
          <Tab key={name} id={name} className={styles['tab'] ?? ''} data-testid={`tab-${name}`}>
            {t(`tab.${name}`)}
          </Tab>
        ))}
      </TabList>
      {shown.map(({ name }) => (
        <TabPanel key={name} id={name} className={styles['panel'] ?? ''}>
          <Panel name={name} snapshot={snapshot} setupStep={setupStep} onGo={onGo} />
        </TabPanel>
      ))}
    </Tabs>
  )
}

function Panel({
  name,
  snapshot,
  setupStep,
  onGo,
}: SettingsScreenProps & { readonly name: TabName }) {
  switch (name) {
    case 'appearance':
      return <AppearancePanel snapshot={snapshot} />
    case 'ownPin':
      return <OwnPinPanel />
    case 'shop':
      return <ShopPanel />
    case 'offline':
      return <OfflinePanel />
    case 'codes':
      return <CodesPanel />
    case 'pos':
      return <PosPanel />
    case 'chain':
      return <ChainPanel />
    case 'upkeep':
      return <UpkeepPanel snapshot={snapshot} />
    case 'handOver':
      return <HandOverPanel snapshot={snapshot} />
    case 'about':
      return <AboutPanel snapshot={snapshot} />
    case 'staff':
      return <StaffScreen session={snapshot.session} paper={snapshot.paperSize} />
    case 'merchant':
      return <SetupScreen startAt={setupStep} onClose={() => onGo('till')} />
  }
}
