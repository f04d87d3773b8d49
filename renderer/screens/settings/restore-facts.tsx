import { useTranslation } from 'react-i18next'
import type { BackupFacts } from '../../../main/contract/upkeep.ts'

/** What a backup brings, what it lacks, and what to mind. */
export function RestoreFacts({ facts }: { readonly facts: BackupFacts }) {
  const { t, i18n } = useTranslation('settings')
  const { from, lastAt, bringsKeyOnly } = facts
  const at =
    lastAt === null
      ? '–'
      : new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' }).format(
          lastAt,
        )
  if (bringsKeyOnly)
    return <p data-testid="restore-facts">{t('restore.keyOnly', { name: facts.name })}</p>
  if (from === null)
    return <p data-testid="restore-facts">{t('restore.facts', { ...facts, at })}</p>
  return (
    <>
      <p data-testid="restore-facts">{t('restore.elsewhere', { ...facts, ...from, at })}</p>
      <p>
        <strong>{t('restore.twoTills')}</strong>
      </p>
    </>
  )
}
