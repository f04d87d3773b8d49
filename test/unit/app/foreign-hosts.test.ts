import { expect, test } from 'vitest'
import { foreignHosts } from '../../../main/app/live/foreign-hosts.ts'
import { wechatpayHosts } from '../../../main/contract/setup.ts'

test("WeChat Pay's own servers are none, however they are written", () => {
  expect(foreignHosts(wechatpayHosts)).toEqual([])
  expect(foreignHosts(['https://API.mch.weixin.qq.com:443/'])).toEqual([])
})

test('another server is named, with its port, also where it looks like WeChat Pay', () => {
  const hosts = [
    'https://api.mch.weixin.qq.com',
    'http://127.0.0.1:8080',
    'https://api.mch.weixin.qq.com:8443',
    'https://api.mch.weixin.qq.com.example.cn',
    'http://api.mch.weixin.qq.com',
  ]
  expect(foreignHosts(hosts)).toEqual([
    '127.0.0.1:8080',
    'api.mch.weixin.qq.com:8443',
    'api.mch.weixin.qq.com.example.cn',
    'api.mch.weixin.qq.com',
  ])
})
