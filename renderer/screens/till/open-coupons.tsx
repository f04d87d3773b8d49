import { memo } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { OpenCoupon } from '../../../main/contract/counter.ts'
import type { Language } from '../../../main/contract/language.ts'
import buttons from '../../components/buttons.module.css'
import panel from '../../components/panel.module.css'
import { Shortcut } from '../../components/shortcut.tsx'
import { formatSum } from '../../format/money.ts'
import { describeStock } from '../../format/stock.ts'
import { formatClock } from '../../format/time.ts'
import styles from './open-coupons.module.css'
import { useChoiceKeys, type ChoiceKey } from './use-choice-keys.ts'
import { useCouponRequest } from './use-coupon-request.ts'

interface OpenCouponsProps {
  readonly open: readonly OpenCoupon[]
  /** Whether the keys act on the first entry; false while the big panel shows or asks something. */
  readonly hasKeys: boolean
  readonly language: Language
}

type Order = 'give' | 'keep' | 'return'

const keyOf = {
  give: 'Insert',
  keep: 'Delete',
  return: 'Delete',
} as const satisfies Record<Order, ChoiceKey>

function ordersOf({ kind, shortFen, isNothingLeft }: OpenCoupon): readonly Order[] {
  switch (kind) {
    case 'held':
      return ['keep']
    case 'not-given':
      return shortFen !== null || isNothingLeft ? ['return'] : ['give', 'return']
    case 'releasing':
      return []
  }
}

function DrawnOpenCoupons({ open, hasKeys, language }: OpenCouponsProps) {
  const { t } = useTranslation('till')
  const { fault, run } = useCouponRequest()
  const first = open.find((coupon) => ordersOf(coupon).length > 0)

  const carryOut = (order: Order, { redemption }: OpenCoupon): void => {
    const { useRequestNo } = redemption
    void run(() => {
      switch (order) {
        case 'give':
          return window.till.counter.give({ useRequestNo })
        case 'keep':
          return window.till.counter.keep({ useRequestNo })
        case 'return':
          return window.till.counter.return({ useRequestNo })
      }
    })
  }
  const actionOf = (key: ChoiceKey): (() => void) | undefined => {
    if (!hasKeys || !first) return undefined
    const order = ordersOf(first).find((each) => keyOf[each] === key)
    return order && (() => carryOut(order, first))
  }
  useChoiceKeys(actionOf)

  return (
    <section className={panel['panel']} aria-labelledby="open-title" data-testid="open-coupons">
      <h2 id="open-title" className={panel['title']}>
        {t('open.title')}
      </h2>
      {fault !== null && (
        <p className={styles['fault']} role="alert">
          {fault}
        </p>
      )}
      <ol className={styles['rows']}>
        {open.map((coupon) => (
          <li
            key={coupon.redemption.useRequestNo}
            className={styles['row']}
            data-testid="open-coupon"
            data-kind={coupon.kind}
          >
            <span className={styles['tail']}>
              {t('recent.tail', { tail: coupon.redemption.codeTail })}
            </span>
            <span className={styles['state']}>{stateOf(coupon)}</span>
            {ordersOf(coupon).map((order) => (
              <Button
                key={order}
                className={buttons[order === 'give' ? 'primary' : 'quiet'] ?? ''}
                data-testid={`open-${order}`}
                onPress={() => carryOut(order, coupon)}
              >
                {t(`choice.${order}`)}
                {hasKeys && coupon === first && <Shortcut keys={keyOf[order]} />}
              </Button>
            ))}
          </li>
        ))}
      </ol>
    </section>
  )

  function stateOf({ kind, heldUntil, redemption, shortFen, isNothingLeft }: OpenCoupon): string {
    const { stock } = redemption
    const until =
      heldUntil === null ? null : t('open.heldUntil', { time: formatClock(heldUntil, language) })
    return [
      t(`open.${kind}`),
      ...(stock ? [describeStock(stock, t, language)] : []),
      ...(until === null || kind === 'releasing' ? [] : [until]),
      ...(kind === 'not-given' && shortFen !== null
        ? [t('open.short', { sum: formatSum(shortFen, language) })]
        : []),
      ...(kind === 'not-given' && isNothingLeft ? [t('open.nothingLeft')] : []),
    ].join(' · ')
  }
}

/** The coupons that still need an action: held for their customer, or redeemed without a discount given. */
export const OpenCoupons = memo(DrawnOpenCoupons)
