import { useState } from 'react'
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { ChevronRight, GraduationCap } from 'lucide-react'
import { reasons } from '../../../main/contract/reason.ts'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import buttons from '../../components/buttons.module.css'
import { Shortcut } from '../../components/shortcut.tsx'
import { useAbout } from '../../components/use-about.ts'
import { may } from '../../shell/permissions.ts'
import styles from './help-screen.module.css'

const topics = ['colours', 'outage', 'unread', 'return', 'phone'] as const

const keys = [
  ['Esc', 'till'],
  ['F1', 'help'],
  ['F2', 'manual'],
  ['Ctrl T', 'total'],
  ['F3', 'history'],
  ['F4', 'scanner'],
  ['F5', 'review'],
  ['F6', 'language'],
  ['F7', 'shift'],
  ['F8', 'sync'],
  ['F9', 'cut'],
  ['F10', 'settings'],
  ['F11', 'compact'],
  ['F12', 'insights'],
  ['Ctrl L', 'lock'],
  ['Insert', 'insert'],
  ['Delete', 'delete'],
  ['Home', 'home'],
] as const

interface HelpScreenProps {
  readonly snapshot: AppSnapshot
  readonly onTutorial: () => void
}

/** For a cashier with a customer waiting: short answers first, every message of the till below them. */
export function HelpScreen({ snapshot, onTutorial }: HelpScreenProps) {
  const { t } = useTranslation(['help', 'reasons'])
  const [open, setOpen] = useState<string | null>('colours')
  const isSupervisor = may(snapshot.session, 'decide-review')
  const contact = useAbout()?.supportContact ?? ''
  return (
    <article className={styles['screen']} data-testid="help" aria-labelledby="help-title">
      <header className={styles['head']}>
        <h2 id="help-title" className={styles['title']}>
          {t('title')}
        </h2>
        {snapshot.mode === 'live' && (
          <Button
            className={buttons['quiet'] ?? ''}
            data-testid="practise"
            onPress={() => void window.till.practice.open({})}
          >
            <GraduationCap aria-hidden size={20} />
            {t('practise')}
          </Button>
        )}
        {snapshot.training && (
          <Button
            className={buttons['primary'] ?? ''}
            data-testid="start-tutorial"
            onPress={onTutorial}
          >
            <GraduationCap aria-hidden size={20} />
            {t('tutorial')}
          </Button>
        )}
      </header>
      {contact !== '' && <p data-testid="help-contact">{t('contact', { contact })}</p>}
      {topics.map((topic) => (
        <Disclosure
          key={topic}
          className={styles['topic'] ?? ''}
          isExpanded={open === topic}
          onExpandedChange={(isOpen) => setOpen(isOpen ? topic : null)}
        >
          <Heading level={3} className={styles['question'] ?? ''}>
            <Button slot="trigger" className={styles['trigger'] ?? ''}>
              <ChevronRight aria-hidden size={20} className={styles['mark']} />
              {t(`topic.${topic}.title`)}
            </Button>
          </Heading>
          <DisclosurePanel className={styles['answer'] ?? ''}>
            <ol className={styles['steps']}>
              {t(`topic.${topic}.steps`, { returnObjects: true }).map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
          </DisclosurePanel>
        </Disclosure>
      ))}
      <section className={styles['keys']} aria-labelledby="help-keys">
        <h3 id="help-keys">{t('keys')}</h3>
        <dl className={styles['keyList']}>
          {keys.map(([key, name]) => (
            <div key={key}>
              <dt>
                <Shortcut keys={key} />
              </dt>
              <dd>{t(`key.${name}`)}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section aria-labelledby="help-messages">
        <h3 id="help-messages">{t('messages')}</h3>
        <table className={styles['messages']}>
          <thead>
            <tr>
              <th scope="col">{t('message')}</th>
              <th scope="col">{t('do')}</th>
              {isSupervisor && <th scope="col">{t('means')}</th>}
            </tr>
          </thead>
          <tbody>
            {reasons.map((reason) => (
              <tr key={reason}>
                <th scope="row">{t(`reasons:${reason}.cashier.title`)}</th>
                <td>{t(`reasons:${reason}.cashier.action`)}</td>
                {isSupervisor && <td>{t(`reasons:${reason}.manager`)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </article>
  )
}
