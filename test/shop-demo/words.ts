import type { Language } from '../../main/contract/language.ts'
import type { Outcome, Told } from './outcome.ts'

/** What the demonstration itself says. What a till says is read from its screen. */
interface DemoWords {
  readonly open: string
  readonly firstOnes: string
  readonly cut: string
  readonly scanned: string
  readonly restored: string
  readonly till: (told: Told) => string
  readonly redeemed: (times: number) => string
  readonly outcome: Readonly<Record<Outcome, string>>
  readonly pictures: (folder: string) => string
  readonly stay: string
}

const chinese: Readonly<Record<string, string>> = {
  green: '绿',
  amber: '黄',
  red: '红',
  idle: '待扫',
}

export const words: Readonly<Record<Language, DemoWords>> = {
  'zh-CN': {
    open: '同一家店的两台收银台已打开，本店服务器在这台电脑上运行。',
    firstOnes: '1. 有网络时，每台各核销一张券',
    cut: '2. 断开网络',
    scanned: '3. 同一张券，先在 T1 扫，再在 T2 扫',
    restored: '4. 恢复网络',
    till: ({ tillId, tone, lines, waiting }) =>
      `   收银台 ${tillId}：${[chinese[tone] ?? tone, ...lines, `待发送 ${waiting} 笔`].join(' · ')}`,
    redeemed: (times) => `   微信支付核销这张券的次数：${times}`,
    outcome: {
      'one-gave': '结果：一张券只给了一次优惠。',
      'both-gave': '出错：两台收银台都说给优惠。',
      'none-gave': '出错：没有一台收银台说给优惠。',
    },
    pictures: (folder) => `每一步的截图：${folder}`,
    stay: '关闭两个窗口，或按 Ctrl+C 结束。',
  },
  en: {
    open: 'Two tills of one shop are open; the shop’s server runs on this computer.',
    firstOnes: '1. With internet, each redeems a coupon of its own',
    cut: '2. Cut the internet',
    scanned: '3. Scan one coupon at both: first at T1, then at T2',
    restored: '4. Restore the internet',
    till: ({ tillId, tone, lines, waiting }) =>
      `   till ${tillId}: ${[tone, ...lines, `${waiting} waiting to be sent`].join(' · ')}`,
    redeemed: (times) => `   WeChat Pay has redeemed this coupon so many times: ${times}`,
    outcome: {
      'one-gave': 'One coupon, one discount.',
      'both-gave': 'WRONG: both tills said to give the discount.',
      'none-gave': 'WRONG: neither till said to give the discount.',
    },
    pictures: (folder) => `Pictures of each step: ${folder}`,
    stay: 'Close both windows, or press Ctrl+C, to end.',
  },
}
