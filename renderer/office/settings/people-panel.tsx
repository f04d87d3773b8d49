import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { OfficePerson } from '../../../main/contract/office-people.ts'
import buttons from '../../components/buttons.module.css'
import staff from '../../screens/staff/staff-screen.module.css'
import styles from '../office.module.css'
import { PersonForm } from './person-form.tsx'

/** Who may look at the chain. */
export function PeoplePanel({ people }: { readonly people: readonly OfficePerson[] }) {
  const { t } = useTranslation('office')
  const [edited, setEdited] = useState<OfficePerson | 'new' | null>(null)
  return (
    <>
      <p className={styles['hint']}>{t('people.hint')}</p>
      <ul className={staff['people']}>
        {people.map((person) => (
          <li key={person.id} className={staff['person']} data-testid="person">
            <strong className={staff['name']}>{person.name}</strong>
            <span>
              {t(`people.roles.${person.role}`)} · {t(`people.may.${person.role}`)}
            </span>
            <span className={staff['space']} />
            <Button className={buttons['quiet'] ?? ''} onPress={() => setEdited(person)}>
              {t('people.edit', { name: person.name })}
            </Button>
          </li>
        ))}
      </ul>
      <div>
        <Button
          className={buttons['primary'] ?? ''}
          data-testid="person-add"
          onPress={() => setEdited('new')}
        >
          {t('people.add')}
        </Button>
      </div>
      {edited !== null && (
        <PersonForm person={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
      )}
    </>
  )
}
