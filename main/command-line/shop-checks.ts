import type { ShopOrderFault, ShopOutcome } from '../app/live/shop-order.ts'
import { fill } from '../contract/words/fill.ts'
import type { Language } from '../contract/language.ts'
import { wordsHere } from '../words-here.ts'
import type { Check, CheckWriter } from './report.ts'

/** What became of the part `shop`, or would become of it. */
export function shopChecks(
  { changed, same, leftAlone, isRecoveryDue, backupFault }: ShopOutcome,
  isDryRun: boolean,
  write: CheckWriter,
): Check[] {
  const checks = [changesCheck('shop', changed, same, isDryRun, write)]
  if (leftAlone.length > 0)
    checks.push(write.line('shop', 'ok', 'shop-left-alone', { names: leftAlone.join(', ') }))
  if (isRecoveryDue) checks.push(write.line('shop', 'warning', 'shop-recovery-due'))
  if (backupFault !== null)
    checks.push(write.line('shop', 'attention', 'shop-backup-failed', { fault: backupFault }))
  return checks
}

/** Names what differs, and says whether it was changed or only compared. */
export function changesCheck(
  check: 'shop' | 'merchant',
  changed: readonly string[],
  same: number,
  isDryRun: boolean,
  write: CheckWriter,
): Check {
  if (changed.length === 0) return write.line(check, 'ok', 'nothing-changed', { same })
  const values = { changed: changed.join('; '), same }
  return write.line(check, 'ok', isDryRun ? 'would-change' : 'changed', values)
}

/** Why nothing of the part `shop` was carried out. */
export function shopFaultCheck(
  { code, detail }: ShopOrderFault,
  language: Language,
  write: CheckWriter,
): Check {
  const text = fill(wordsHere(language).commands.shopFault[code], { detail })
  return write.text('shop', 'failed', code, text, { detail })
}
