import { deductedOf, differenceOf, type Sale, totalOf } from './ledger.ts'
import { type Words, yuan } from './words.ts'

/** The last sales as they are in the books. */
export function Journal({
  sales,
  words,
}: {
  readonly sales: readonly Sale[]
  readonly words: Words
}) {
  const told = sales.filter(({ items }) => items.length > 0)
  return (
    <section className="journal">
      <h2>{words.journal}</h2>
      {told.length === 0 && <p>{words.none}</p>}
      <ol>
        {told.slice(0, 12).map((sale) => {
          const difference = differenceOf(sale)
          return (
            <li
              key={sale.orderId}
              data-testid="entry"
              data-state={sale.state}
              data-settled={sale.isSettled}
            >
              <span>
                {sale.orderId} · {words.state[sale.state]}
                {difference !== 0 && (
                  <em>
                    {difference > 0 ? words.owed : words.owes} {yuan(Math.abs(difference))}
                  </em>
                )}
              </span>
              <span>
                {yuan(totalOf(sale))} − {yuan(deductedOf(sale))}
              </span>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
