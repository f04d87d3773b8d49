import { figuresOf } from '../../main/app/shift-sums.ts'
import type { HistoryDetail } from '../../main/contract/history.ts'
import type { Issuer } from '../../main/contract/paper-text.ts'
import type { ShiftReport } from '../../main/contract/shift-report.ts'

const at = Date.parse('2026-01-05T20:00:00+08:00')
const minuteMs = 60_000

export const noFigures = figuresOf([], () => null)

export const issuer: Issuer = {
  shopName: '福满楼茶餐厅（世纪大道店）',
  merchantId: '1900000109',
  tillId: 'T01',
  isTraining: false,
}

/** A shift that nobody redeemed anything in, still open. */
export const emptyReport: ShiftReport = {
  shift: {
    id: 8,
    openedBy: '-',
    openedAt: at,
    closedBy: null,
    closedAt: null,
    note: '',
    handedOn: null,
  },
  at,
  figures: noFigures,
  outside: noFigures,
  booked: null,
  outsideSince: null,
  basis: 'growing',
  since: null,
}

const none = { redeemed: 0, returned: 0, refused: 0, open: 0, fen: 0, unknown: 0 }

/** A shift with everything that a report can say, with long names, markup and formulas in what people typed. */
export const fullReport: ShiftReport = {
  shift: {
    id: 7,
    openedBy: '小陈',
    openedAt: at - 480 * minuteMs,
    closedBy: '-',
    closedAt: at,
    note: '<script>alert(1)</script> 下午断网 20 分钟，老顾客两张先给了优惠',
    handedOn: {
      count: 2,
      fen: 300,
      unknown: 1,
      to: '李"强',
      acknowledgedBy: null,
      acknowledgedAt: null,
    },
  },
  at: at + minuteMs,
  figures: {
    stocks: [
      {
        ...none,
        stockId: '12',
        name: '=HYPERLINK("http://x")',
        redeemed: 3,
        returned: 1,
        open: 2,
        fen: 3050,
      },
      {
        ...none,
        stockId: '1200000001',
        name: '周年庆全场满减券（饮品与甜点通用，节假日不可用）',
        redeemed: 128,
        refused: 12,
        fen: 2_560_000,
      },
      {
        ...none,
        stockId: '1200000002',
        name: 'Anniversary voucher for any drink, Monday to Thursday',
        redeemed: 1,
        fen: 500,
        unknown: 1,
      },
      { ...none, stockId: '13', name: null, redeemed: 1, unknown: 1 },
      { ...none, stockId: '', name: null, refused: 4 },
    ],
    cashiers: [
      {
        ...none,
        name: null,
        redeemed: 4,
        returned: 1,
        refused: 16,
        open: 2,
        fen: 3050,
        unknown: 1,
      },
      { ...none, name: '欧阳娜娜', redeemed: 129, fen: 2_560_500, unknown: 1 },
    ],
    honoured: { count: 3, fen: 1000, unknown: 1 },
    honouredOpen: { count: 1, fen: 0, unknown: 1 },
    losses: { count: 0, fen: 0, unknown: 0 },
    ungiven: { notGiven: 1, released: 5, returnRefused: 0 },
  },
  outside: {
    ...noFigures,
    stocks: [{ ...none, stockId: '12', name: '饮品券', redeemed: 2, fen: 1000, unknown: 1 }],
    cashiers: [{ ...none, name: '小陈', redeemed: 2, fen: 1000, unknown: 1 }],
  },
  booked: {
    inShift: {
      ...noFigures,
      stocks: [{ ...none, stockId: '12', name: '饮品券', redeemed: -1, returned: 1, fen: -1000 }],
      cashiers: [{ ...none, name: '欧阳娜娜', redeemed: -1, returned: 1, fen: -1000 }],
    },
    outside: noFigures,
  },
  outsideSince: at - 500 * minuteMs,
  basis: 'kept',
  since: {
    changes: [
      { at: at + 1000, codeTail: '0012', event: 'redeemed', by: null },
      { at: at + 2000, codeTail: '0013', event: 'returned', by: null },
      { at: at + 3000, codeTail: 'A-1=', event: 'resolved', by: '王<b>芳</b>' },
    ],
    more: 4,
    now: { figures: noFigures, outside: noFigures, booked: null },
  },
}

const step = {
  by: null,
  how: null,
  why: null,
  status: null,
  code: null,
  message: null,
  detail: null,
  requestId: null,
  couponState: null,
  heldBy: null,
  returnedBy: null,
  remark: null,
  told: null,
} as const

/** A redemption that was honoured, refused and decided by a person. */
export const fullDetail: HistoryDetail = {
  redemption: {
    useRequestNo: 'T01-20260105200000-0000ABCD',
    codeTail: '0012',
    state: 'redeemed',
    honoured: true,
    reason: 'confirmed-by-person',
    source: 'scanned',
    attempts: 4,
    recordedAt: at,
    settledAt: at + minuteMs,
    stock: {
      stockId: '1200000001',
      name: '周年庆全场满减券（饮品与甜点通用，节假日不可用）',
      kind: 'NORMAL',
      discountFen: 500,
      thresholdFen: 2000,
      payPercent: null,
      exchangePriceFen: null,
      goodsName: null,
    },
    cashier: '欧阳娜娜',
    payable: null,
    given: { at, by: '欧阳娜娜', fen: 500 },
    isReleased: false,
    honouredValueFen: 500,
    stockId: '1200000001',
    resolution: 'confirmed',
    returnRefused: null,
  },
  totalFen: 2350,
  returnRequestNo: null,
  timeline: [
    { ...step, at, event: 'recorded' },
    {
      ...step,
      at: at + 1000,
      event: 'honoured',
      by: '王芳',
      how: 'supervisor',
      why: '老顾客 <b>可以</b>相信',
    },
    {
      ...step,
      at: at + 1000,
      event: 'told',
      told: { instruction: 'give', reason: 'no-answer-in-time', deductFen: 500 },
    },
    {
      ...step,
      at: at + 30_000,
      event: 'unknown',
      status: 500,
      code: 'SYSTEM_ERROR',
      message: '系统繁忙，请稍后重试',
      requestId: '08F78BB6AF0610D502189282B4B09A4D28D6D3C9A8012D2F-268435704',
    },
    {
      ...step,
      at: at + minuteMs,
      event: 'resolved',
      by: '王芳',
      how: 'confirmed',
      why: '后台已核销',
    },
  ],
}

/** A redemption that is only recorded. */
export const emptyDetail: HistoryDetail = {
  redemption: {
    ...fullDetail.redemption,
    state: 'pending',
    honoured: false,
    reason: null,
    settledAt: null,
    stock: null,
    stockId: null,
    cashier: null,
    given: null,
    honouredValueFen: null,
    resolution: null,
  },
  totalFen: null,
  returnRequestNo: null,
  timeline: [{ ...step, at, event: 'recorded' }],
}
