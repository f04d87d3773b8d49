import {
  batches,
  waitOutDoubleScan,
  codeOf,
  expectVerdict,
  issueCoupons,
} from '../support/counter-steps.ts'
import { mountSmallDisk, type SmallDisk, whyNoMount } from '../support/small-disk.ts'
import { expect, test as trainingTest } from '../support/training-test.ts'

const reason = whyNoMount()
/** Room for the program's own files and a little more, in megabytes. */
const megabytes = 48

const test = trainingTest.extend<{ disk: SmallDisk }>({
  disk: async ({}, use) => {
    const disk = mountSmallDisk(megabytes)
    await use(disk)
    disk.remove()
  },
  userDataFolder: async ({ disk }, use) => {
    await use(disk.folder)
  },
})

test.skip(reason !== null, `a separate disk is not here: ${reason}`)

const warnings = {
  'zh-CN': /记录存不下来：这次的结果是真的/,
  en: /The records cannot be kept\. The result above is true/,
}

test('a verified reply that cannot be written is green, with a warning, and asks for no second scan', async ({
  standIn,
  till,
  keyboard,
  disk,
}) => {
  const { page } = till
  await issueCoupons(standIn, batches.twentyOff, [codeOf(1), codeOf(2)])
  await standIn.control.addFault({
    kind: 'delay-before-effect',
    ms: 3000,
    match: { code: codeOf(1) },
  })
  await keyboard.scan(codeOf(1))
  // The coupon is recorded and its request is on its way: the disk fills up before the reply comes.
  await expect
    .poll(async () => Object.keys((await standIn.control.ledger({})).requests).join(' '))
    .toContain('use')
  disk.fill()
  await expectVerdict(page, { tone: 'green', reason: 'redeemed', instruction: 'give' })
  // On a full disk no other language can be chosen.
  const language = await page.locator('html').getAttribute('lang')
  await expect(page.getByTestId('verdict-unrecorded')).toHaveText(
    language === 'en' ? warnings.en : warnings['zh-CN'],
  )
  await expect(page.getByTestId('verdict')).not.toContainText(/再扫|scan (it )?again/i)

  // The next scan finds no room, so that nothing is sent and nothing is redeemed.
  await keyboard.scan(codeOf(2))
  await expectVerdict(page, {
    tone: 'red',
    reason: 'not-saved-disk-full',
    instruction: 'do-not-give',
  })
  disk.free()
  await expect(page.locator('[data-testid="recent-row"][data-state="redeemed"]')).toHaveCount(1)
  await waitOutDoubleScan(page)
  await keyboard.scan(codeOf(1))
  await expectVerdict(page, {
    tone: 'red',
    reason: 'redeemed-here-before',
    instruction: 'do-not-give',
  })
  await keyboard.scan(codeOf(2))
  await expectVerdict(page, { tone: 'green', reason: 'redeemed', instruction: 'give' })
  const { effects } = await standIn.control.ledger({})
  expect(effects.map(({ code }) => code)).toEqual([codeOf(1), codeOf(2)])
})
