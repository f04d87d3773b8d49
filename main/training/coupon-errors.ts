import type { ZodError } from 'zod'
import { type ApiReply, apiError } from './api-reply.ts'
import type { Behaviour } from './behaviour.ts'

/**
 * Names the first field that is wrong, as a JSON pointer (API v3 general rules): that of a schema's error, or the one
 * given.
 */
export function paramError(what: ZodError | string, value = ''): ApiReply {
  if (typeof what === 'string') {
    return apiError(400, 'PARAM_ERROR', '参数错误', {
      field: what,
      value,
      issue: '值不符合要求',
      location: 'body',
    })
  }
  const [issue] = what.issues
  return apiError(400, 'PARAM_ERROR', '参数错误', {
    field: `/${(issue?.path ?? []).join('/')}`,
    value: '',
    issue: issue?.message ?? '',
    location: 'body',
  })
}

export function alreadyUsed(behaviour: Behaviour): ApiReply {
  return apiError(behaviour.alreadyUsedStatus, 'RESOURCE_ALREADY_EXISTS', '券已被其他订单核销')
}

export function outsideValidity(behaviour: Behaviour): ApiReply {
  const code = behaviour.spelling === 'seed' ? 'RULELIMIT' : 'RULE_LIMIT'
  return apiError(403, code, '券不在有效期')
}

/** For a coupon of another merchant. */
export function foreignCoupon(behaviour: Behaviour): ApiReply {
  if (behaviour.foreignCoupon === 'not-found') return notFound()
  if (behaviour.foreignCoupon === 'rule-limit') return outsideValidity(behaviour)
  const code = behaviour.spelling === 'seed' ? 'NOAUTH' : 'NO_AUTH'
  return apiError(403, code, '无权限')
}

/** For a coupon whose state does not allow its redemption. */
export function withdrawnCoupon(behaviour: Behaviour): ApiReply {
  if (behaviour.withdrawnCoupon === 'not-found') return notFound()
  if (behaviour.withdrawnCoupon === 'rule-limit') return outsideValidity(behaviour)
  return apiError(400, 'INVALID_REQUEST', '券状态不允许核销')
}

export function notFound(): ApiReply {
  return apiError(404, 'RESOURCE_NOT_EXISTS', '查询的资源不存在')
}
