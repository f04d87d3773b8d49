import type { TFunction } from 'i18next'
import type { ShiftReport } from '../../../main/contract/shift-report.ts'
import type { Language } from '../../../main/contract/language.ts'
import { formatDateTime } from '../../format/time.ts'
import { nameOf } from './shift-desk.tsx'

type ShiftWords = TFunction<'shift'>

/** Returns whose shift it was and when; the same on the screen, on paper and in a file. */
export function headRows(
  { shift, at }: ShiftReport,
  t: ShiftWords,
  language: Language,
): [string, string][] {
  const { handedOn } = shift
  return [
    [
      t('report.opened'),
      `${formatDateTime(shift.openedAt, language)} ${nameOf(shift.openedBy, t('nobody'))}`,
    ],
    [
      t('report.closed'),
      shift.closedAt === null
        ? t('running')
        : `${formatDateTime(shift.closedAt, language)} ${nameOf(shift.closedBy ?? '-', t('nobody'))}`,
    ],
    [t('report.made'), formatDateTime(at, language)],
    ...(handedOn && handedOn.count > 0
      ? [
          [
            t('report.handed'),
            t(handedOn.acknowledgedBy === null ? 'report.notTaken' : 'report.taken', {
              to: handedOn.to ?? '',
              by: handedOn.acknowledgedBy ?? '',
              count: handedOn.count,
            }),
          ] satisfies [string, string],
        ]
      : []),
    ...(shift.note === '' ? [] : [[t('report.note'), shift.note] satisfies [string, string]]),
  ]
}

const fenPerYuan = 100

/** Returns the rows for a spreadsheet: plain numbers, money in yuan. */
export function csvRows(report: ShiftReport, t: ShiftWords, language: Language): string[][] {
  const { honoured, honouredOpen, losses, ungiven } = report
  return [
    ...headRows(report, t, language),
    [],
    [
      t('report.stock'),
      t('report.stockId'),
      t('report.redeemed'),
      t('report.returned'),
      t('report.refused'),
      t('report.open'),
      t('report.deducted'),
    ],
    ...report.stocks.map((row) => [
      row.name ?? t('report.unknownStock'),
      row.stockId,
      String(row.redeemed),
      String(row.returned),
      String(row.refused),
      String(row.open),
      row.deductedFen === null ? '' : yuan(row.deductedFen),
    ]),
    [],
    [t('report.cashier'), t('report.redeemed')],
    ...report.cashiers.map(({ name, redeemed }) => [name ?? t('nobody'), String(redeemed)]),
    [],
    [t('report.honoured'), String(honoured.count), yuan(honoured.fen)],
    [t('report.honouredOpen'), String(honouredOpen.count), yuan(honouredOpen.fen)],
    [t('report.losses'), String(losses.count), yuan(losses.fen)],
    [t('report.released'), String(ungiven.released)],
    [t('report.notGiven'), String(ungiven.notGiven)],
    [t('report.returnRefused'), String(ungiven.returnRefused)],
  ]
}

function yuan(fen: number): string {
  return (fen / fenPerYuan).toFixed(2)
}
