import { strict as assert } from 'node:assert'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as fc from 'fast-check'
import { ShopSettings } from '../../../main/contract/shop-settings.ts'
import { parseJson } from '../../../main/contract/json.ts'
import { openProfileStore } from '../../../main/credentials/profile-store.ts'
import { Profile } from '../../../main/credentials/profile.ts'
import { ProvisionFile, readProvisionFile } from '../../../main/command-line/provision-file.ts'
import { openPreferences } from '../../../main/computer/preferences.ts'
import { isPlainData } from '../../../main/ipc/plain-data.ts'
import { readUpdateFeed } from '../../../main/updates/update-feed.ts'
import { temporaryFolder } from '../../support/store-fixture.ts'
import { editedText } from '../edited-bytes.ts'
import { shapedAfter } from '../json-arbitrary.ts'
import type { FuzzKind } from '../kind.ts'

const texts = (schema: Parameters<typeof shapedAfter>[0]) =>
  shapedAfter(schema).map((value) => (isPlainData(value) ? (JSON.stringify(value) ?? '') : ''))

const certificate = {
  serial: '4F00',
  validFrom: 1_795_430_000_000,
  validUntil: 1_890_000_000_000,
  publicKeySha256: 'ab'.repeat(32),
  keptAs: 'merchant-private-key',
}
const names = { merchantId: '1900000109', appid: 'wxd678efh567hg6787', tillId: 'T1' }
const hosts = ['https://api.mch.weixin.qq.com']
const goodProfile = {
  version: 1,
  ...names,
  signing: { kind: 'keychain', current: certificate, next: null },
  publicKey: null,
  hasApiV3Key: true,
  hosts,
  proxy: 'system',
}
const goodProvision = { ...names, certificateFiles: ['key.pem'], apiV3KeyFile: 'v3.txt', hosts }

/** The preferences, the profile, the file of `provision` and the update feed, shaped after their schemas and edited. */
export const settingsFiles: FuzzKind = {
  name: 'settings-files',
  counts: { short: 200, long: 50_000 },
  async open() {
    const temporary = temporaryFolder()
    const { path: folder } = temporary
    openPreferences(folder, 'zh-CN').set({ textPercent: 125 })
    for (const name of goodProvision.certificateFiles) writeFileSync(path.join(folder, name), 'x')
    writeFileSync(path.join(folder, goodProvision.apiV3KeyFile), 'x'.repeat(32))
    const kept = readFileSync(path.join(folder, 'preferences.json'), 'utf8')
    const file = fc.oneof(editedText(kept), fc.string())
    let profiles = 0
    let provisions = 0
    return {
      property: (play) =>
        fc.asyncProperty(
          fc.record({
            preferences: file,
            profile: fc.oneof(texts(Profile), editedText(JSON.stringify(goodProfile))),
            provision: fc.oneof(texts(ProvisionFile), editedText(JSON.stringify(goodProvision))),
            settings: shapedAfter(ShopSettings),
            feed: fc.oneof(fc.json({ maxDepth: 5 }), fc.string({ maxLength: 70_000 })),
          }),
          ({ preferences, profile, provision, settings, feed }) =>
            play(async () => {
              writeFileSync(path.join(folder, 'preferences.json'), preferences)
              assert.ok(openPreferences(folder, 'zh-CN').get().textPercent >= 100)
              writeFileSync(path.join(folder, 'profile.json'), profile)
              const opened = openProfileStore(folder).get()
              if (opened !== null) profiles += 1
              if (opened !== null) assert.ok(Profile.safeParse(parseJson(profile)).success)
              const read = await readProvisionFile(Buffer.from(provision), {
                folder,
                standardInput: async () => new Uint8Array(),
              })
              if (read.ok) provisions += 1
              const parsed = ShopSettings.safeParse(settings)
              if (parsed.success) assert.ok(ShopSettings.safeParse(parsed.data).success)
              readUpdateFeed(feed)
            }),
        ),
      async close() {
        temporary.remove()
        return `${profiles} profiles and ${provisions} set-up files taken`
      },
    }
  },
}
