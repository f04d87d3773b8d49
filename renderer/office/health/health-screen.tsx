import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type MemberHealth, urgentProblems } from '../../../main/contract/office-health.ts'
import { mayInOffice } from '../../../main/contract/office-roles.ts'
import { Choice } from '../../components/choice.tsx'
import { useNow } from '../../components/use-now.ts'
import { AskedView } from '../asked-view.tsx'
import { durationText } from '../duration.ts'
import { formatDate, formatInstant } from '../office-time.ts'
import { ExportButton } from '../export-button.tsx'
import type { View } from '../figures/view.ts'
import { HeadRow } from '../head-row.tsx'
import { ShopPicker } from '../shop-picker.tsx'
import styles from '../office.module.css'
import { useAsked } from '../use-asked.ts'
import { byUrgency, isUrgent } from './health-order.ts'

const shows = ['onlyProblems', 'all'] as const
/** A list of thousands is of use to nobody, and slow to draw. */
const mostShown = 200

/** Every till and every shop's server; what needs a person comes first, with what to do. */
export function HealthScreen({ view }: { readonly view: View }) {
  const { t } = useTranslation('office')
  const { sight, scope, fresh, role, onSight } = view
  const [show, setShow] = useState<(typeof shows)[number]>('onlyProblems')
  const asked = useAsked(fresh, () => window.office.figures.health({}))
  return (
    <section className={styles['screen']} data-testid="health" aria-label={t('destination.health')}>
      <div className={styles['filters']}>
        <Choice
          label={t('health.show')}
          value={show}
          options={shows.map((each) => ({ value: each, label: t(`health.${each}`) }))}
          onChange={setShow}
          isRow
        />
        <ShopPicker sight={sight} scope={scope} onSight={onSight} />
        {mayInOffice(role, 'export') && <ExportButton what={{ kind: 'health' }} />}
      </div>
      <AskedView asked={asked}>
        {({ members, newestVersion }) => {
          const here = members.filter(
            ({ shopId }) => sight.shopId === null || shopId === sight.shopId,
          )
          const ill = here.filter(({ problems }) => problems.length > 0)
          const urgent = ill.filter(isUrgent)
          const shown = (show === 'all' ? here : ill).toSorted(byUrgency)
          if (here.length === 0) return <p className={styles['empty']}>{t('health.none')}</p>
          return (
            <>
              <p className={styles['sum']} data-testid="health-sum">
                {[
                  t('health.urgent', { count: urgent.length }),
                  t('health.soon', { count: ill.length - urgent.length }),
                  newestVersion === null ? null : t('health.newest', { version: newestVersion }),
                ]
                  .filter((each) => each !== null)
                  .join(' · ')}
              </p>
              {shown.length === 0 ? (
                <p className={styles['empty']}>{t('health.allFine')}</p>
              ) : (
                <Members members={shown} view={view} />
              )}
            </>
          )
        }}
      </AskedView>
    </section>
  )
}

interface MembersProps {
  readonly members: readonly MemberHealth[]
  readonly view: View
}

function Members({ members, view }: MembersProps) {
  const { t } = useTranslation('office')
  const head = [
    t('health.where'),
    t('health.what'),
    t('health.heard'),
    t('health.behind'),
    t('health.open'),
    t('health.version'),
    t('health.certificate'),
    t('health.clock'),
  ]
  return (
    <div className={styles['sheet']}>
      <table className={styles['table']} data-texts>
        <HeadRow columns={head} />
        <tbody>
          {members.slice(0, mostShown).map((member) => (
            <Member
              key={`${member.shopId} ${member.part} ${member.id}`}
              member={member}
              view={view}
            />
          ))}
        </tbody>
      </table>
      {members.length > mostShown && (
        <p className={styles['hint']}>{t('list.count', { count: mostShown })}</p>
      )}
    </div>
  )
}

function Member({ member, view }: { readonly member: MemberHealth; readonly view: View }) {
  const { t } = useTranslation('office')
  const now = useNow()
  const { language } = view
  const { heardAt, problems, certificateUntil, clockAheadMs } = member
  const seconds = clockAheadMs === null ? null : Math.round(clockAheadMs / 1000)
  const clock =
    seconds === null
      ? ''
      : seconds === 0
        ? t('health.exact')
        : t(seconds > 0 ? 'health.ahead' : 'health.late', { count: Math.abs(seconds) })
  return (
    <tr data-testid="member" data-urgent={isUrgent(member)}>
      <td>
        <strong>{member.shopName}</strong>
        <br />
        {member.part === 'server' ? t('health.server') : member.name}
      </td>
      <td>
        {problems.length === 0 && <span className={styles['fine']}>{t('health.fine')}</span>}
        <ul className={styles['problems']}>
          {problems.map(({ kind, since }) => (
            <li key={kind} data-problem={kind}>
              <span className={styles['problem']} data-urgent={urgentProblems.includes(kind)}>
                {t(`health.problem.${kind}`)}
              </span>
              {since !== null && (
                <span>{t('health.since', { time: formatInstant(since, now, language) })}</span>
              )}
              <span className={styles['hint']}>{t(`health.do.${kind}`)}</span>
            </li>
          ))}
        </ul>
      </td>
      <td>
        {heardAt === null
          ? t('health.never')
          : t('health.ago', { time: durationText(Math.max(0, now - heardAt), t) })}
      </td>
      <td>{member.behind ?? ''}</td>
      <td>{member.open}</td>
      <td>{member.version ?? ''}</td>
      <td>{certificateUntil === null ? '' : formatDate(certificateUntil, language)}</td>
      <td>{clock}</td>
    </tr>
  )
}
