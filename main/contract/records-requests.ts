import { z } from 'zod'
import { HistoryDetail, HistoryPage, HistoryQuery, HistorySums } from './history.ts'
import { Insights } from './insights.ts'
import { Money, MoneyQuery } from './money.ts'
import { PrintOutcome, ReportFile, ReportPaper } from './report-file.ts'
import { nothing, type RequestKind } from './requests.ts'
import { StockView } from './redemption-view.ts'
import { ShiftFigures, ShiftReport } from './shift-report.ts'

const ShiftId = z.number().int().positive()

/** Requests about what was recorded: history, figures and reports. */
export const recordsRequests = {
  'history.search': { input: HistoryQuery, output: HistoryPage, needs: 'read-history' },
  'history.detail': {
    input: z.strictObject({ useRequestNo: z.string().min(1).max(64) }),
    output: HistoryDetail.nullable(),
    needs: 'read-history',
  },
  /** Sums over everything that the query finds, whatever its cursor. */
  'history.sums': { input: HistoryQuery, output: HistorySums, needs: 'read-history' },
  /** Returns the path of the written spreadsheet; `null` when the file dialog was cancelled. The query may hold a code, so it is not kept. */
  'history.save': {
    input: HistoryQuery,
    output: z.string().nullable(),
    needs: 'read-history',
    audited: [],
  },
  /** Returns the batches and the cashiers of this till's redemptions, to filter by. */
  'history.names': {
    input: nothing,
    output: z.object({
      stocks: z.array(StockView),
      cashiers: z.array(z.string()),
    }),
    needs: 'read-history',
  },
  'insights.read': {
    input: z.strictObject({ days: z.number().int().min(1).max(366) }),
    output: Insights,
    needs: 'read-insights',
  },
  'money.read': { input: MoneyQuery, output: Money, needs: 'read-insights' },
  /** Opens the system's print dialog with the money of a range. */
  'money.print': {
    input: z.strictObject({ query: MoneyQuery, paper: ReportPaper }),
    output: PrintOutcome,
    needs: 'read-insights',
    audited: ['query'],
  },
  /** Returns the path of the written file; `null` when the file dialog was cancelled. */
  'money.save': {
    input: z.strictObject({ query: MoneyQuery, file: ReportFile }),
    output: z.string().nullable(),
    needs: 'read-insights',
    audited: ['query', 'file'],
  },
  'shift.report': {
    input: z.strictObject({ id: ShiftId }),
    output: ShiftReport.nullable(),
    needs: 'work-shift',
  },
  /** Opens the system's print dialog with what happened to one redemption; returns `null` for an unknown number. */
  'history.print': {
    input: z.strictObject({ useRequestNo: z.string().min(1).max(64), paper: ReportPaper }),
    output: PrintOutcome.nullable(),
    needs: 'read-history',
    audited: ['useRequestNo'],
  },
  /** What was recorded since the last shift ended, and so is in none; `null` for more than can be counted at once. */
  'shift.outside': { input: nothing, output: ShiftFigures.nullable(), needs: 'work-shift' },
  /** Opens the system's print dialog; returns `null` for an unknown shift. */
  'report.print': {
    input: z.strictObject({ shiftId: ShiftId, paper: ReportPaper }),
    output: PrintOutcome.nullable(),
    needs: 'work-shift',
    audited: ['shiftId'],
  },
  /** Returns the path of the written file; `null` when the file dialog was cancelled, or for an unknown shift. */
  'report.save': {
    input: z.strictObject({ shiftId: ShiftId, file: ReportFile }),
    output: z.string().nullable(),
    needs: 'work-shift',
    audited: ['shiftId', 'file'],
  },
} as const satisfies Record<string, RequestKind>
