import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { checkRecords } from '../../../main/command-line/check-records.ts'
import { noBackup } from '../../../main/contract/upkeep.ts'
import type { CommandPlace } from '../../../main/command-line/place.ts'
import { provisionFromFile } from '../../../main/command-line/provision-command.ts'
import { createCheckWriter } from '../../../main/command-line/report.ts'
import type { AnchoredTill } from '../../support/anchored-till.ts'
import { cashierPin, ownerPin } from '../../support/anchored-till.ts'
import { noShopDesk } from '../../support/no-shop-desk.ts'
import { newTill, tradingTill } from '../../support/trading-till.ts'

// Each PIN takes a shop's PC a tenth of a second, and a busy machine longer.
vi.setConfig({ testTimeout: 30_000 })

function placeOf(till: AnchoredTill): CommandPlace {
  return {
    ...till.place,
    language: 'en',
    resolveProxy: async () => 'DIRECT',
    userAgent: 'test',
    version: '1.2.3',
    backup: noBackup,
    workingFolder: till.place.folder,
    standardInput: async () => null,
    shopDesk: noShopDesk,
    tellWindow: null,
  }
}

async function looked(till: AnchoredTill): Promise<string> {
  const { state, code } = await checkRecords(placeOf(till), createCheckWriter('en'))
  return `${state} ${code}`
}

test('doctor says whether the records are those that the keychain knows, and changes nothing', async () => {
  const till = await tradingTill()
  expect(await looked(till)).toBe('ok records-fit')
  till.edit("UPDATE redemption SET state = 'cancelled' WHERE rowid = 2")
  expect(await looked(till)).toBe('failed tampered-records')
  expect(till.ask("SELECT 1 FROM redemption WHERE state = 'cancelled'")).toHaveLength(1)
  till.edit('DELETE FROM staff')
  expect(await looked(till)).toBe('failed tampered-staff')
  till.edit('CREATE TABLE planted (x)')
  expect(await looked(till)).toBe('failed schema-changed')
  // Nothing is to be solved first: no coupon was ever recorded.
  expect(await looked(await newTill())).toBe('skipped records-not-there')
})

test('a till with staff is provisioned anew with the PIN of an owner alone', async () => {
  const till = await tradingTill()
  const place = placeOf(till)
  const settings = {
    merchantId: '1900000109',
    appid: 'wx0123456789abcdef',
    tillId: 'T9',
    certificateFiles: ['nothing.pem'],
  }
  writeFileSync(path.join(till.place.folder, 'nothing.pem'), 'nothing')
  writeFileSync(path.join(till.place.folder, 'till.json'), JSON.stringify(settings))
  async function provisioned(pin: string | null): Promise<string | undefined> {
    if (pin !== null) writeFileSync(path.join(till.place.folder, 'pin.txt'), `${pin}\n`)
    const command = {
      file: 'till.json',
      next: false,
      deleteSources: false,
      dryRun: false,
      tillId: null,
    }
    const ownerPinFile = pin === null ? null : 'pin.txt'
    const report = await provisionFromFile({ ...command, ownerPinFile }, place)
    return report.checks[0]?.code
  }
  expect(await provisioned(null)).toBe('owner-pin-needed')
  expect(await provisioned(cashierPin)).toBe('owner-pin-wrong')
  // Only now is it looked at what is to be set up.
  expect(await provisioned(ownerPin)).not.toContain('owner-pin')
})
