import { CouponLine, Scan, SumField } from './coupon-parts.tsx'
import { Journal } from './journal.tsx'
import { deductedOf, type Ledger, totalOf } from './ledger.ts'
import type { Notice, Register } from './register.ts'
import { type Words, yuan } from './words.ts'

const goods = [
  { name: '牛肉面 Beef noodles', fen: 3800 },
  { name: '拿铁 Latte', fen: 2800 },
  { name: '蛋糕 Cake', fen: 4500 },
  { name: '可乐 Cola', fen: 600 },
]

interface RegisterScreenProps {
  readonly register: Register
  readonly ledger: Ledger
  readonly words: Words
}

export function RegisterScreen({ register, ledger, words }: RegisterScreenProps) {
  const { sale, order, status, isConnected, notice } = register.view()
  const isOpen = sale.state === 'open'
  const toPay = totalOf(sale) - deductedOf(sale)
  const canPay = isOpen && sale.items.length > 0
  const isAtTill = order?.isAtCounter === true && order.totalFen === totalOf(sale)
  return (
    <main>
      <section>
        <h2>{words.goods}</h2>
        <div className="goods">
          {goods.map((item) => (
            <button
              key={item.name}
              type="button"
              disabled={!isOpen}
              data-testid="good"
              onClick={() => register.add(item)}
            >
              {item.name}
              <b>{yuan(item.fen)}</b>
            </button>
          ))}
        </div>
        <Scan register={register} words={words} isOff={!canPay} />
        <p data-testid="link" data-connected={isConnected}>
          {isConnected ? words.online : words.offline}
          {status !== null && ` · ${status.tillId}`}
        </p>
      </section>
      <section className="order" data-testid="sale" data-state={sale.state} data-at-till={isAtTill}>
        <h2>
          {words.order} <small>{sale.orderId}</small>
        </h2>
        {sale.items.length === 0 && <p>{words.empty}</p>}
        <ul>
          {sale.items.map(({ name, fen }, at) => (
            <li key={at}>
              <span>{name}</span>
              <b>{yuan(fen)}</b>
            </li>
          ))}
        </ul>
        <ul className="coupons">
          {order?.coupons.map((coupon) => (
            <CouponLine key={coupon.no} coupon={coupon} entered={sale.booked[coupon.no ?? '']}>
              {isOpen && coupon.no !== null && coupon.deductFen === null && (
                <SumField no={coupon.no} register={register} words={words} />
              )}
            </CouponLine>
          ))}
        </ul>
        {isOpen && order !== null && order.offered.length > 0 && (
          <>
            <h3>{words.offered}</h3>
            <ul className="coupons">
              {order.offered.map((coupon) => (
                <CouponLine key={coupon.no} coupon={coupon}>
                  <button
                    type="button"
                    data-testid="take-in"
                    onClick={() => coupon.no !== null && register.takeIn(coupon.no)}
                  >
                    {words.takeIn}
                  </button>
                </CouponLine>
              ))}
            </ul>
          </>
        )}
        <dl>
          <dt>{words.total}</dt>
          <dd>{yuan(totalOf(sale))}</dd>
          <dt>{words.deducted}</dt>
          <dd data-testid="deducted">−{yuan(deductedOf(sale))}</dd>
          <dt className="to-pay">{words.toPay}</dt>
          <dd className="to-pay" data-testid="to-pay">
            {yuan(toPay)}
          </dd>
        </dl>
        {isOpen && order !== null && !order.isAtCounter && (
          <p className="notice">
            {words.notAtTill}{' '}
            <button type="button" onClick={() => register.putAtTill()}>
              {words.putAtTill}
            </button>
          </p>
        )}
        {notice !== null && (
          <output className="notice" data-testid="notice">
            {noticeText(notice, words)}
          </output>
        )}
        <div className="acts">
          {isOpen ? (
            <>
              <button
                type="button"
                disabled={!canPay}
                data-testid="cancel"
                onClick={() => void register.cancel()}
              >
                {words.cancel}
              </button>
              <button
                type="button"
                className="main"
                disabled={!canPay}
                data-testid="pay"
                onClick={() => void register.pay(toPay, notice === 'no-till')}
              >
                {notice === 'no-till' ? words.payWithoutTill : words.pay}
              </button>
            </>
          ) : (
            <button
              type="button"
              className="main"
              data-testid="next"
              onClick={() => register.next()}
            >
              {words.next}
            </button>
          )}
        </div>
      </section>
      <Journal sales={ledger.sales} words={words} />
    </main>
  )
}

function noticeText(notice: Notice, words: Words): string {
  return typeof notice === 'string' ? words.notice[notice] : `${notice.title} ${notice.detail}`
}
