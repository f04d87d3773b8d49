import { describe, expect, test } from 'vitest'
import { readApiError } from '../../../main/redemption/api-error.ts'
import { classOf, subjectOf } from '../../../main/redemption/error-text.ts'

function error(body: object) {
  const read = readApiError({ code: 'PARAM_ERROR', message: '参数错误', ...body })
  if (read === null) throw new Error('an error body')
  return read
}

describe('the field that an error names', () => {
  test.each([
    ['documented', { detail: { field: '/appid', location: 'body' } }],
    ['with the body named', { detail: { field: '/body/appid' } }],
    ['without a slash', { detail: { field: 'appid' } }],
    ["in the detail's own detail", { detail: { detail: { field: '/body/appid' } } }],
    ['in a list', { detail: [{ issue: 'x' }, { field: '/appid' }] }],
    ['in JSON within a text', { detail: '{"field":"/body/appid"}' }],
    ['under another key', { detail: { pointer: '/body/appid' } }],
    [
      'in the message alone',
      {
        detail: { location: 'body', value: 0 },
        message:
          '输入源“/body/appid”映射到值字段“商户appid”字符串规则校验失败，字符数 0，小于最小值 1',
      },
    ],
    [
      'in the message, in other quotes',
      { message: '输入源"/appid"映射到字段"公众号ID"必填性规则校验失败，此字段为必填项' },
    ],
    ['in the message, bare', { message: '参数 /body/appid 不合法' }],
  ])('%s', (_where, body) => {
    expect(error(body)).toMatchObject({ field: 'appid', isInHeader: false })
    expect(subjectOf(error(body))).toBe('appid-not-bound')
  })

  test('an address in the message is not taken for a field', () => {
    const message = '无效请求，可查看指引https://pay.weixin.qq.com/body/appid/4012153196'
    expect(error({ message }).field).toBeNull()
  })

  test.each([
    null,
    'text',
    [],
    {},
    { field: 7 },
    { field: '' },
    { a: { b: { c: { d: { e: { f: { field: 'x' } } } } } } },
  ])('a detail of another shape names none: %j', (detail) => {
    expect(error({ detail }).field).toBeNull()
  })
})

describe('what an error is about', () => {
  test.each([
    ['此IP地址不允许调用该接口', 'address-not-allowed'],
    ['请求IP不在白名单中', 'address-not-allowed'],
    ['请将该地址加入白名单，IP：10.0.0.1', 'address-not-allowed'],
    ['平台证书序列号Wechatpay-Serial错误', 'wechatpay-key-wrong'],
    ['HTTP header缺少微信支付平台证书序列号(Wechatpay-Serial)', 'wechatpay-key-wrong'],
    ['Http头缺少Accept或User-Agent', 'headers-rejected'],
    ['User-Agent 不能为空', 'headers-rejected'],
    ['请求头Content-Type不正确', 'headers-rejected'],
    ['商户与子商户不是受理关系', 'merchant-relation'],
    ['特约商户未授权', 'merchant-relation'],
    ['商户号已被冻结', 'merchant-restricted'],
    ['该商户账号状态异常', 'merchant-restricted'],
    ['商户号不存在', 'merchant-unknown'],
    ['商户号该产品权限未开通，请前往商户平台>产品中心检查后重试', 'no-permission'],
    ['商户号与AppID不匹配', 'appid-not-bound'],
    ['appid和mch_id不匹配，请检查后再试', 'appid-not-bound'],
    ['无效的appid', 'appid-not-bound'],
    ['券不在有效期', 'coupon'],
    ['券状态不允许核销', 'coupon'],
    ['该优惠已过期', 'coupon'],
    ['不在可用时段', 'coupon'],
    ['商户号无权核销该券', 'other'],
    ['该券不属于该商户', 'other'],
    ['发券模式不合法', 'other'],
    ['批次不存在', 'other'],
    ['参数错误', 'unclear'],
    ['系统开小差了', 'unclear'],
    ['', 'nothing'],
    ['PARAM_ERROR', 'nothing'],
  ])('%s: %s', (message, subject) => {
    expect(subjectOf(error({ message }))).toBe(subject)
  })

  test.each([
    ['/coupon_code', 'coupon'],
    ['/stock_id', 'other'],
    ['/use_time', 'other'],
    ['/header/Wechatpay-Serial', 'wechatpay-key-wrong'],
    ['/header/Accept', 'headers-rejected'],
    ['/body/sub_mchid', 'merchant-unknown'],
  ])('the field %s: %s', (field, subject) => {
    expect(subjectOf(error({ detail: { field } }))).toBe(subject)
  })

  test('a field in the header', () => {
    expect(subjectOf(error({ detail: { field: 'Accept', location: 'header' } }))).toBe(
      'headers-rejected',
    )
  })
})

describe('two errors count as the same', () => {
  test('when they differ only in coupon and number', () => {
    const one = error({
      message: '参数“1201059453000011082766”不合法，请求T01-20261123104512-7K2M9QXA',
    })
    const other = error({ message: '参数“UP0000000017”不合法，请求T02-20261123104513-AAAAAAAA' })
    expect(classOf(400, one)).toBe(classOf(400, other))
  })

  test('not when status, code, field or the other words differ', () => {
    const one = classOf(400, error({ message: '参数错误' }))
    expect(classOf(403, error({ message: '参数错误' }))).not.toBe(one)
    expect(classOf(400, error({ code: 'INVALID_REQUEST', message: '参数错误' }))).not.toBe(one)
    expect(classOf(400, error({ message: '请求不合法' }))).not.toBe(one)
    expect(classOf(400, error({ detail: { field: '/stock_id' } }))).not.toBe(one)
    expect(classOf(404, null)).not.toBe(classOf(405, null))
  })
})
