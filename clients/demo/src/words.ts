const zh = {
  title: '示范收银台',
  lead: '给开发者看的示范：这台收银机用生成的客户端与核销台相连。',
  practice: '练习：没有一张券、一分钱是真的',
  pairLead: '在核销台打开“设置 → POS 接口”，点“配对新的 POS”，把屏幕上的六位数字填在这里。',
  origin: '核销台地址',
  digits: '六位数字',
  pair: '配对',
  goods: '商品',
  order: '订单',
  empty: '点商品开单，然后在核销台扫顾客的券。',
  total: '合计',
  deducted: '优惠',
  toPay: '应收',
  scan: '收银机自己扫的券码',
  scanned: '核销',
  sum: '手机上的优惠金额',
  pay: '收款',
  payWithoutTill: '核销台没有回应：先收款',
  cancel: '取消订单',
  next: '下一单',
  takeIn: '算到本单',
  offered: '开单前在核销台扫的券',
  notAtTill: '核销台现在没有打开这一单。',
  putAtTill: '放到核销台',
  journal: '账本',
  none: '还没有订单。',
  online: '已连接核销台',
  offline: '正在寻找核销台…',
  otherTab: '示范收银台已在另一个页面打开。',
  unreadable: '账本读不出来，没有改动它。',
  owed: '应退给顾客',
  owes: '还应向顾客收',
  state: {
    open: '进行中',
    paying: '收款中',
    paid: '已收款',
    cancelling: '取消中',
    cancelled: '已取消',
  },
  notice: {
    'sum-changed': '金额变了，请再看一眼应收，重新收款。',
    'sum-unknown': '有一张券的金额还不知道：请看顾客手机，填在券旁边，按回车。',
    'no-till': '核销台没有回应。它恢复后账本会自动对上。',
    live: '这台核销台在真实核销。示范收银台只用于练习模式，没有记账。',
    failed: '出错了，请看浏览器的控制台。',
  },
}

const en: typeof zh = {
  title: 'Demonstration POS',
  lead: 'For developers: a register that is linked to the till by the generated client.',
  practice: 'Practice: no coupon and no money here is real',
  pairLead:
    'Open Settings → POS link at the till, press “Pair a POS”, and enter the six digits that it shows.',
  origin: 'Address of the till',
  digits: 'Six digits',
  pair: 'Pair',
  goods: 'Goods',
  order: 'Order',
  empty: 'Ring up some goods, then scan the customer’s coupon at the till.',
  total: 'Total',
  deducted: 'Discount',
  toPay: 'To pay',
  scan: 'Code that this register scanned',
  scanned: 'Redeem',
  sum: 'Sum on the phone',
  pay: 'Take the money',
  payWithoutTill: 'No till: take the money anyway',
  cancel: 'Cancel the order',
  next: 'Next order',
  takeIn: 'Take into this order',
  offered: 'Scanned at the till before this order',
  notAtTill: 'This order is not the one at the till now.',
  putAtTill: 'Put it there',
  journal: 'Ledger',
  none: 'No orders yet.',
  online: 'Linked to the till',
  offline: 'Looking for the till…',
  otherTab: 'The demonstration POS is open in another page.',
  unreadable: 'The ledger cannot be read, and was left as it is.',
  owed: 'Owed to the customer',
  owes: 'Still to be paid',
  state: {
    open: 'open',
    paying: 'being paid',
    paid: 'paid',
    cancelling: 'being cancelled',
    cancelled: 'cancelled',
  },
  notice: {
    'sum-changed': 'The sum has changed. Look at it once more, then take the money.',
    'sum-unknown':
      'What one coupon is worth is not known. Read it on the phone, enter it beside the coupon, and press Enter.',
    'no-till': 'The till does not reply. The ledger follows by itself when it is back.',
    live: 'This till redeems real coupons. The demonstration is for practice alone, and booked nothing.',
    failed: 'Something went wrong; see the console of the browser.',
  },
}

export type Words = typeof zh
export type Language = 'zh-CN' | 'en'

export function wordsIn(language: Language): Words {
  return language === 'en' ? en : zh
}

/** Chosen in the address (`?lang=en`), or as the browser's. */
export function languageHere(): Language {
  const wanted = new URLSearchParams(location.search).get('lang') ?? navigator.language
  return wanted.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}

export function yuan(fen: number): string {
  return `¥${(fen / 100).toFixed(2)}`
}
