import type { OfficeFigures, OfficeFilter, OfficeRedemption } from '../../main/contract/office.ts'
import type { MemberHealth } from '../../main/contract/office-health.ts'
import { beijingMs, hourMs } from '../../main/contract/beijing-day.ts'

const dayMs = 24 * hourMs

export const seededShops = ['解放路店', '人民广场店', '东湖店', '西站店', '大学城店', '机场店'].map(
  (name, at) => ({ shopId: `S${at + 1}`, name }),
)
export const seededStocks = [
  { stockId: '98065001', name: '满100减20' },
  { stockId: '98065002', name: '打8.8折' },
]

/** Redemptions of the last 20 days, newest first: the same for the same `now`. */
export function seededRedemptions(now: number): OfficeRedemption[] {
  const made: OfficeRedemption[] = []
  for (let index = 0; index < 900; index += 1) {
    const shop = seededShops[index % seededShops.length] ?? { shopId: 'S1', name: '解放路店' }
    const stock = index % 11 === 0 ? null : (seededStocks[index % 2] ?? null)
    const till = 1 + (index % 3)
    const day = index % 20
    // Between 9 and 22 of Beijing's day, and never later than now.
    const clock = (9 + ((index * 7) % 13)) * hourMs + ((index * 137) % 3600) * 1000
    const midnight = Math.floor((now + beijingMs) / dayMs) * dayMs - beijingMs
    const at = Math.min(midnight - day * dayMs + clock, now - index * 1000)
    const isRefused = index % 17 === 3
    const isOpen = day === 0 && index % 40 === 0
    const isLoss = index % 97 === 5
    made.push({
      id: `R${index}`,
      couponId: index === 40 || index === 41 ? 'twice' : `C${index}`,
      shopId: shop.shopId,
      shopName: shop.name,
      tillId: `T${till}`,
      tillName: `${till} 号台`,
      useRequestNo: `HX20261127${String(index).padStart(6, '0')}`,
      stockId: stock?.stockId ?? null,
      stockName: stock?.name ?? null,
      recordedAt: at,
      settledAt: isOpen ? null : at + 400,
      state: isOpen ? 'pending' : isRefused ? 'refused' : isLoss ? 'resolved' : 'redeemed',
      reason: isRefused ? 'used-elsewhere' : null,
      isHonoured: isOpen || isLoss,
      discountFen: isRefused ? null : 2000,
      totalFen: 10_000 + (index % 50) * 100,
      lossFen: isLoss ? 2000 : 0,
      cashier: ['小王', '小李', '阿芳'][index % 3] ?? null,
    })
  }
  return made.toSorted((a, b) => b.recordedAt - a.recordedAt)
}

export function within(
  filter: OfficeFilter,
): (each: Pick<OfficeRedemption, 'recordedAt' | 'shopId' | 'stockId'>) => boolean {
  return ({ recordedAt, shopId, stockId }) =>
    recordedAt >= filter.from &&
    recordedAt < filter.until &&
    (filter.shopId === null || filter.shopId === shopId) &&
    (filter.stockId === null || filter.stockId === (stockId ?? '')) &&
    (filter.hour === null || filter.hour === hourOf(recordedAt))
}

export function hourOf(at: number): number {
  return Math.floor(((at + beijingMs) % dayMs) / hourMs)
}

function sum(of: readonly OfficeRedemption[], fen: (each: OfficeRedemption) => number): number {
  return of.reduce((total, each) => total + fen(each), 0)
}

export function figuresOf(found: readonly OfficeRedemption[]): OfficeFigures {
  const open = found.filter(({ state }) => state === 'pending')
  const lost = found.filter(({ lossFen }) => lossFen > 0)
  return {
    redeemed: found.filter(({ state }) => state === 'redeemed').length,
    refused: found.filter(({ state }) => state === 'refused').length,
    discountFen: sum(found, ({ discountFen }) => discountFen ?? 0),
    open: open.length,
    openFen: sum(open, ({ discountFen }) => discountFen ?? 0),
    losses: lost.length,
    lossFen: sum(lost, ({ lossFen }) => lossFen),
    returned: 0,
  }
}

/** Eighteen tills and six servers, some with something wrong, in no order. */
export function seededHealth(now: number): MemberHealth[] {
  const wrong: Readonly<Record<string, MemberHealth['problems']>> = {
    'S1 T2': [{ kind: 'old-version', since: null }],
    'S2 T1': [{ kind: 'certificate-soon', since: null }],
    'S3 T3': [{ kind: 'silent', since: now - 3 * hourMs }],
    'S4 T1': [
      { kind: 'audit-broken', since: now - dayMs },
      { kind: 'behind', since: now - 2 * hourMs },
    ],
    'S5 server': [{ kind: 'disk-low', since: now - dayMs }],
  }
  return seededShops.flatMap(({ shopId, name }) =>
    ['T1', 'T2', 'T3', 'server'].map((id): MemberHealth => {
      const problems = wrong[`${shopId} ${id}`] ?? []
      const has = (kind: string): boolean => problems.some((each) => each.kind === kind)
      return {
        shopId,
        shopName: name,
        part: id === 'server' ? 'server' : 'till',
        id,
        name: id === 'server' ? id : `${id.slice(1)} 号台`,
        heardAt: has('silent') ? now - 3 * hourMs : now - 40_000,
        behind: has('behind') ? 312 : 0,
        version: has('old-version') ? '0.0.9' : '0.1.0',
        certificateUntil:
          id === 'server' ? null : now + (has('certificate-soon') ? 9 : 400) * dayMs,
        clockAheadMs: id === 'T2' ? 2100 : 0,
        audit: has('audit-broken') ? 'broken' : 'whole',
        open: id === 'T1' ? 1 : 0,
        problems,
      }
    }),
  )
}
