import type { OfficeReader } from '../../contract/office-reader.ts'
import { usualRules } from '../../contract/office-rules.ts'
import { err } from '../../contract/result.ts'

const none = {
  redeemed: 0,
  refused: 0,
  discountFen: 0,
  open: 0,
  openFen: 0,
  losses: 0,
  lossFen: 0,
  returned: 0,
}

const noAnswer = async () => err({ code: 'no-answer' as const })
const noList = async () => ({ entries: [], cursor: null, count: 0 })

/** An office that follows no hub, and knows nothing: what the window shows before one is attached. */
export function noReader(now: number): OfficeReader {
  return {
    connection: () => ({
      state: 'not-attached',
      address: null,
      since: now,
      asOf: null,
      behind: null,
      rebuilding: null,
    }),
    openAlerts: () => ({ open: 0, unseen: 0 }),
    onChanged: () => () => undefined,
    inspectAttachFile: async () => err({ code: 'file-wrong' }),
    attach: noAnswer,
    setAddress: noAnswer,
    rebuild: async () => undefined,
    scope: async () => ({ shops: [], stocks: [] }),
    overview: async () => ({
      total: none,
      shops: [],
      stocks: [],
      hours: Array.from({ length: 24 }, () => none),
      days: [],
    }),
    list: noList,
    life: async () => null,
    doubles: async () => ({ ...(await noList()), lossFen: 0 }),
    outages: noList,
    health: async () => ({ members: [], newestVersion: null }),
    alerts: noList,
    seeAlert: async () => undefined,
    alertSettings: async () => ({
      rules: usualRules,
      webhook: { address: null, hasSecret: false, last: null, waiting: 0 },
    }),
    saveRules: async () => undefined,
    saveWebhook: async () => err({ code: 'not-written' }),
    testWebhook: async () => err({ code: 'no-webhook' }),
    close: async () => undefined,
  }
}
