import type { OfficeAlert } from '../../main/contract/office-alerts.ts'

const minuteMs = 60_000

/** Three open alerts and one that has closed, newest first. */
export function seededAlerts(now: number): OfficeAlert[] {
  const alert = {
    shopId: 'S3',
    shopName: '东湖店',
    tillId: null,
    tillName: null,
    closedAt: null,
    value: null,
    limit: 0,
    seen: null,
    sent: 'sent' as const,
  }
  return [
    {
      ...alert,
      id: 'A1',
      kind: 'silent',
      tillId: 'T3',
      tillName: '3 号台',
      openedAt: now - 120 * minuteMs,
      value: 180,
      limit: 60,
    },
    {
      ...alert,
      id: 'A2',
      kind: 'losses',
      openedAt: now - 300 * minuteMs,
      value: 62_000,
      limit: 50_000,
      sent: 'failed',
    },
    {
      ...alert,
      id: 'A3',
      kind: 'audit-broken',
      shopId: 'S4',
      shopName: '西站店',
      tillId: 'T1',
      tillName: '1 号台',
      openedAt: now - 1440 * minuteMs,
      sent: 'waiting',
    },
    {
      ...alert,
      id: 'A4',
      kind: 'hub',
      shopId: null,
      shopName: null,
      openedAt: now - 2000 * minuteMs,
      closedAt: now - 1900 * minuteMs,
      value: 100,
      limit: 15,
      seen: { by: '陈姐', at: now - 1950 * minuteMs },
      sent: 'none',
    },
  ]
}
