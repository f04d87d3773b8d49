import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ReportPaper } from '../../../main/contract/report-file.ts'
import type { Session, StaffView } from '../../../main/contract/staff.ts'
import buttons from '../../components/buttons.module.css'
import forms from '../../components/forms.module.css'
import { RecoveryDialog } from './recovery-dialog.tsx'
import { RoleTable } from './role-table.tsx'
import { StaffForm } from './staff-form.tsx'
import styles from './staff-screen.module.css'

interface StaffScreenProps {
  readonly session: Session
  readonly paper: ReportPaper
}

/** The staff, and what each role may do. */
export function StaffScreen({ session, paper }: StaffScreenProps) {
  const { t } = useTranslation(['staff', 'shell'])
  const [isRecovering, setIsRecovering] = useState(false)
  const [edited, setEdited] = useState<StaffView | 'new' | null>(null)
  return (
    <div className={styles['screen']} data-testid="staff">
      <header className={styles['head']}>
        <h2 className={styles['title']}>{t('title')}</h2>
        <Button
          className={buttons['primary'] ?? ''}
          data-testid="staff-add"
          onPress={() => setEdited('new')}
        >
          <UserPlus aria-hidden size={20} />
          {t('add')}
        </Button>
      </header>
      {session.staff.length === 0 ? (
        <p className={styles['empty']}>{t('empty')}</p>
      ) : (
        <ul className={styles['people']}>
          {session.staff.map((member) => (
            <li key={member.id} className={styles['person']} data-testid="staff-row">
              <strong className={styles['name']}>{member.name}</strong>
              <span>{t(`shell:role.${member.role}`)}</span>
              <span className={styles['space']} />
              <Button className={buttons['quiet'] ?? ''} onPress={() => setEdited(member)}>
                {t('edit')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {session.unreadable > 0 && (
        <p className={forms['fault']} data-testid="staff-unreadable">
          {t('unreadable', { count: session.unreadable })}
        </p>
      )}
      {session.person?.role === 'owner' && (
        <section className={styles['recovery']}>
          <p>{t('recovery.why')}</p>
          <Button
            className={buttons['quiet'] ?? ''}
            data-testid="recovery-open"
            onPress={() => setIsRecovering(true)}
          >
            {t(session.recovery.exists ? 'recovery.open' : 'recovery.show')}
          </Button>
        </section>
      )}
      <RoleTable />
      {isRecovering && <RecoveryDialog paper={paper} onClose={() => setIsRecovering(false)} />}
      {edited && (
        <StaffForm
          member={edited === 'new' ? null : edited}
          isFirst={session.staff.length === 0}
          onClose={() => setEdited(null)}
        />
      )}
    </div>
  )
}
