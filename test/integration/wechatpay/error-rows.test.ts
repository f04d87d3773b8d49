import { beforeAll, describe, expect, test } from 'vitest'
import { errorCodes } from '../../../main/redemption/judge-error.ts'
import { cashierTitle, outcomeTables } from '../../support/outcome-tables.ts'
import { type Scene, createScene } from '../../support/wechatpay-scene.ts'

const { errors } = outcomeTables()

let scene: Scene
beforeAll(async () => {
  scene = await createScene()
  return () => scene.close()
})

describe.each([true, false])('errors, signed: %s', (signed) => {
  test.each(errors)('$http $code $message', async (row) => {
    const { control, sample, redeem } = scene
    const { http: status, code, message } = row
    await control.addFault({ kind: 'error', status, code, message, signed })
    expect(await redeem(await sample())).toMatchObject({
      kind: row.outcome,
      reason: row.reason,
      evidence: {
        httpStatus: status,
        apiCode: code,
        apiMessage: message,
        requestId: expect.stringMatching(/-\d+$/),
        transportFault: null,
      },
    })
    expect(cashierTitle(row.reason)).toBe(row['cashier reads'])
  })
})

test('every code that the till knows is in the table', () => {
  const inTable = new Set(errors.map((row) => row.code.replaceAll('_', '')))
  expect(Object.keys(errorCodes).filter((code) => !inTable.has(code))).toEqual([])
})

test('every error of the API document is in the table', () => {
  const document = [
    '400 PARAM_ERROR 参数错误',
    '400 SYSTEM_ERROR 系统错误',
    '400 RESOURCE_ALREADY_EXISTS 批次已存在',
    '400 RESOURCE_ALREADY_EXISTS 券已被其他订单核销',
    '404 RESOURCE_NOT_EXISTS 查询的资源不存在',
    '403 NOAUTH 无权限',
    '400 APPID_MCHID_NOT_MATCH appid与请求方商户无关联关系',
    '400 MCH_NOT_EXISTS 商户号不存在',
    '404 USER_NOT_EXISTS openid不正确',
    '500 SYSTEM_ERROR 系统失败',
    '429 FREQUENCY_LIMITED 频率限制',
    '403 RULELIMIT 券不在有效期',
    '400 INVALID_REQUEST 发券模式不合法',
    '400 INVALID_REQUEST 上传的自定义code已达上限',
  ]
  const inTable = errors.filter((row) => row.from === 'document')
  expect(inTable.map((row) => `${row.http} ${row.code} ${row.message}`)).toEqual(document)
})
