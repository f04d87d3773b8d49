import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { OfficePerson } from '../../../main/contract/office-people.ts'
import type { OfficeSnapshot } from '../../../main/contract/office-requests.ts'
import { mayInOffice } from '../../../main/contract/office-roles.ts'
import styles from '../../screens/settings/settings-screen.module.css'
import { AlertSettingsPanel } from './alert-settings-panel.tsx'
import { HubPanel } from './hub-panel.tsx'
import { LookPanel } from './look-panel.tsx'
import { OwnPinPanel } from './own-pin-panel.tsx'
import { PeoplePanel } from './people-panel.tsx'

const ofOwners = ['rules', 'webhook', 'people', 'hub'] as const
const ofAll = ['appearance', 'ownPin'] as const

interface OfficeSettingsProps {
  readonly snapshot: OfficeSnapshot
  readonly person: OfficePerson
}

/** What an owner sets up, and what everybody may choose for themselves. */
export function OfficeSettings({ snapshot, person }: OfficeSettingsProps) {
  const { t } = useTranslation('office')
  const tabs = mayInOffice(person.role, 'set-up') ? [...ofOwners, ...ofAll] : ofAll
  const panels = {
    rules: <AlertSettingsPanel key="rules" part="rules" />,
    webhook: <AlertSettingsPanel key="webhook" part="webhook" />,
    people: <PeoplePanel people={snapshot.session.people} />,
    hub: <HubPanel connection={snapshot.connection} />,
    appearance: <LookPanel preferences={snapshot.preferences} />,
    ownPin: <OwnPinPanel />,
  }
  return (
    <Tabs className={styles['screen'] ?? ''} orientation="vertical" data-testid="office-settings">
      <TabList aria-label={t('settings.tabs')} className={styles['tabs'] ?? ''}>
        {tabs.map((name) => (
          <Tab key={name} id={name} className={styles['tab'] ?? ''} data-testid={`tab-${name}`}>
            {t(`settings.${name}`)}
          </Tab>
        ))}
      </TabList>
      {tabs.map((name) => (
        <TabPanel key={name} id={name} className={styles['panel'] ?? ''}>
          <div className={styles['form']} data-testid={`panel-${name}`}>
            <h2 className={styles['title']}>{t(`settings.${name}`)}</h2>
            {panels[name]}
          </div>
        </TabPanel>
      ))}
    </Tabs>
  )
}
