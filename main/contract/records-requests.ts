import { z } from 'zod'
import { HistoryDetail, HistoryPage, HistoryQuery } from './history.ts'
import { nothing, type RequestKind } from './requests.ts'

/** Looking back. */
export const recordsRequests = {
  'history.search': { input: HistoryQuery, output: HistoryPage, needs: 'read-history' },
  'history.detail': {
    input: z.strictObject({ useRequestNo: z.string().min(1).max(64) }),
    output: HistoryDetail.nullable(),
    needs: 'read-history',
  },
  /** The batches and the people that redemptions of this till name. */
  'history.names': {
    input: nothing,
    output: z.object({
      stocks: z.array(z.object({ stockId: z.string(), name: z.string() })),
      cashiers: z.array(z.string()),
    }),
    needs: 'read-history',
  },
  /** For support: the page itself has no clipboard. */
  'app.copyText': {
    input: z.strictObject({ text: z.string().min(1).max(20_000) }),
    output: z.null(),
    needs: 'read-history',
  },
} as const satisfies Record<string, RequestKind>
