import { useState } from 'react'
import { Radio, RadioGroup } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { OfficeSnapshot } from '../../../main/contract/office-requests.ts'
import people from '../../components/person-choice.module.css'
import { PinEntry } from '../../components/pin-entry.tsx'
import { usePersonKeys } from '../../components/use-person-keys.ts'
import lock from '../../screens/lock/lock-screen.module.css'
import { usePin } from '../../shell/use-pin.ts'

/** Asks who is there. Nothing of the chain is shown before. */
export function EntryScreen({ session }: { readonly session: OfficeSnapshot['session'] }) {
  const { t } = useTranslation(['office', 'shell'])
  const { people: all, isUnreadable } = session
  const [chosen, setChosen] = useState<string | null>(
    all.length === 1 ? (all[0]?.id ?? null) : null,
  )
  const pin = usePin()
  const choose = (id: string): void => {
    setChosen(id)
    pin.forget()
  }
  usePersonKeys(all, chosen, choose)
  return (
    <main className={lock['screen']} data-testid="entry">
      <section className={lock['sheet']}>
        <h1 className={lock['title']}>{t('entry.title')}</h1>
        {isUnreadable && (
          <p className={lock['early']} role="alert" data-testid="people-unreadable">
            {t('entry.unreadable')}
          </p>
        )}
        <div className={lock['columns']}>
          <RadioGroup
            aria-label={t('entry.who')}
            value={chosen}
            onChange={choose}
            className={people['people'] ?? ''}
          >
            {all.map(({ id, name, role }) => (
              <Radio
                key={id}
                value={id}
                className={people['person'] ?? ''}
                data-testid="person-tile"
              >
                <strong>{name}</strong>
                <span className={people['role']}>{t(`people.roles.${role}`)}</span>
              </Radio>
            ))}
          </RadioGroup>
          {chosen === null ? (
            <p className={lock['hint']}>{t('entry.hint')}</p>
          ) : (
            <PinEntry
              key={chosen}
              label={t('shell:pin.label')}
              submitLabel={t('entry.submit')}
              fault={pin.fault}
              isBusy={pin.isBusy}
              onSubmit={(typed) =>
                void pin.run(window.office.entry.signIn({ id: chosen, pin: typed }))
              }
            />
          )}
        </div>
      </section>
    </main>
  )
}
