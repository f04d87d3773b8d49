import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type OfficeListQuery, officeKinds } from '../../../main/contract/office.ts'
import { mayInOffice } from '../../../main/contract/office-roles.ts'
import { CodeField } from '../../components/code-field.tsx'
import { Picker } from '../../components/picker.tsx'
import { AskedView } from '../asked-view.tsx'
import { ExportButton } from '../export-button.tsx'
import { FilterBar } from '../filter-bar.tsx'
import { MoreButton } from '../more-button.tsx'
import styles from '../office.module.css'
import { usePages } from '../use-pages.ts'
import { LifeDialog } from './life-dialog.tsx'
import { RedemptionTable } from './redemption-table.tsx'
import type { ListKind, View } from './view.ts'

interface ListScreenProps {
  readonly view: View
  readonly kind: ListKind
  readonly onKind: (kind: ListKind) => void
}

/** Single redemptions, newest first. */
export function ListScreen({ view, kind, onKind }: ListScreenProps) {
  const { t } = useTranslation('office')
  const { sight, filter, scope, fresh, role, onSight } = view
  const [requestNo, setRequestNo] = useState('')
  const [opened, setOpened] = useState<string | null>(null)
  const query: Omit<OfficeListQuery, 'cursor'> = {
    filter,
    tillId: null,
    kind: kind === 'all' ? null : kind,
    requestNo,
  }
  const { first, entries, hasMore, readMore } = usePages(
    `${JSON.stringify(query)} ${fresh}`,
    (cursor) => window.office.figures.list({ ...query, cursor }),
  )
  return (
    <section className={styles['screen']} data-testid="list" aria-label={t('destination.list')}>
      <FilterBar sight={sight} filter={filter} scope={scope} onSight={onSight}>
        <Picker
          label={t('list.kind')}
          value={kind}
          options={(['all', ...officeKinds] as const).map((each) => ({
            value: each,
            label: t(`list.kinds.${each}`),
          }))}
          onChange={(value) => onKind(officeKinds.find((each) => each === value) ?? 'all')}
        />
        <div className={styles['number']}>
          <CodeField
            label={t('list.number')}
            value={requestNo}
            maxLength={64}
            onChange={(text) => setRequestNo(text)}
          />
        </div>
        {mayInOffice(role, 'export') && (
          <ExportButton what={{ kind: 'list', query: { ...query, cursor: null } }} />
        )}
      </FilterBar>
      <AskedView asked={first}>
        {() =>
          entries.length === 0 ? (
            <p className={styles['empty']}>{t('list.empty')}</p>
          ) : (
            <>
              <RedemptionTable entries={entries} language={view.language} onOpen={setOpened} />
              <MoreButton count={entries.length} hasMore={hasMore} onMore={readMore} />
            </>
          )
        }
      </AskedView>
      {opened !== null && (
        <LifeDialog
          key={opened}
          id={opened}
          view={view}
          onOpen={setOpened}
          onClose={() => setOpened(null)}
        />
      )}
    </section>
  )
}
