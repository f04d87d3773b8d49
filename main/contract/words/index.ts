import enChain from './en/chain.json' with { type: 'json' }
import enCommands from './en/commands.json' with { type: 'json' }
import enCustomer from './en/customer.json' with { type: 'json' }
import enReasons from './en/reasons.json' with { type: 'json' }
import enScanner from './en/scanner.json' with { type: 'json' }
import enSetup from './en/setup.json' with { type: 'json' }
import enShell from './en/shell.json' with { type: 'json' }
import enStaff from './en/staff.json' with { type: 'json' }
import enCopy from './en/copy.json' with { type: 'json' }
import enSettings from './en/settings.json' with { type: 'json' }
import enReview from './en/review.json' with { type: 'json' }
import enHistory from './en/history.json' with { type: 'json' }
import enShift from './en/shift.json' with { type: 'json' }
import enInsights from './en/insights.json' with { type: 'json' }
import enMoney from './en/money.json' with { type: 'json' }
import enHelp from './en/help.json' with { type: 'json' }
import enPos from './en/pos.json' with { type: 'json' }
import enPaper from './en/paper.json' with { type: 'json' }
import enTill from './en/till.json' with { type: 'json' }
import enTraining from './en/training.json' with { type: 'json' }
import enWindow from './en/window.json' with { type: 'json' }
import zhChain from './zh-CN/chain.json' with { type: 'json' }
import zhCommands from './zh-CN/commands.json' with { type: 'json' }
import zhCustomer from './zh-CN/customer.json' with { type: 'json' }
import zhReasons from './zh-CN/reasons.json' with { type: 'json' }
import zhScanner from './zh-CN/scanner.json' with { type: 'json' }
import zhSetup from './zh-CN/setup.json' with { type: 'json' }
import zhShell from './zh-CN/shell.json' with { type: 'json' }
import zhStaff from './zh-CN/staff.json' with { type: 'json' }
import zhCopy from './zh-CN/copy.json' with { type: 'json' }
import zhSettings from './zh-CN/settings.json' with { type: 'json' }
import zhReview from './zh-CN/review.json' with { type: 'json' }
import zhHistory from './zh-CN/history.json' with { type: 'json' }
import zhShift from './zh-CN/shift.json' with { type: 'json' }
import zhInsights from './zh-CN/insights.json' with { type: 'json' }
import zhMoney from './zh-CN/money.json' with { type: 'json' }
import zhHelp from './zh-CN/help.json' with { type: 'json' }
import zhPos from './zh-CN/pos.json' with { type: 'json' }
import zhPaper from './zh-CN/paper.json' with { type: 'json' }
import zhTill from './zh-CN/till.json' with { type: 'json' }
import zhTraining from './zh-CN/training.json' with { type: 'json' }
import zhWindow from './zh-CN/window.json' with { type: 'json' }

/**
 * The texts as they are written, by language and namespace. zh-CN is written first; a test holds that en is complete.
 * `{{keychain}}` in them waits for the platform: whatever a person reads comes from `wordsOn`.
 */
export const catalogues = {
  'zh-CN': {
    till: zhTill,
    chain: zhChain,
    commands: zhCommands,
    customer: zhCustomer,
    reasons: zhReasons,
    scanner: zhScanner,
    setup: zhSetup,
    shell: zhShell,
    staff: zhStaff,
    copy: zhCopy,
    settings: zhSettings,
    review: zhReview,
    history: zhHistory,
    shift: zhShift,
    insights: zhInsights,
    money: zhMoney,
    help: zhHelp,
    paper: zhPaper,
    pos: zhPos,
    training: zhTraining,
    window: zhWindow,
  },
  en: {
    till: enTill,
    chain: enChain,
    commands: enCommands,
    customer: enCustomer,
    reasons: enReasons,
    scanner: enScanner,
    setup: enSetup,
    shell: enShell,
    staff: enStaff,
    copy: enCopy,
    settings: enSettings,
    review: enReview,
    history: enHistory,
    shift: enShift,
    insights: enInsights,
    money: enMoney,
    help: enHelp,
    paper: enPaper,
    pos: enPos,
    training: enTraining,
    window: enWindow,
  },
}

export const namespaces = [
  'till',
  'chain',
  'commands',
  'customer',
  'reasons',
  'scanner',
  'setup',
  'shell',
  'help',
  'insights',
  'money',
  'shift',
  'history',
  'review',
  'settings',
  'staff',
  'paper',
  'pos',
  'training',
  'window',
] as const
