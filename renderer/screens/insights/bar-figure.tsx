import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { useTranslation } from 'react-i18next'
import styles from './insights-screen.module.css'

interface BarFigureProps {
  readonly title: string
  /** What is counted, as a word. */
  readonly unit: string
  readonly bars: readonly { readonly name: string; readonly count: number }[]
  /** Horizontal bars, for long names. */
  readonly isLying?: boolean
}

const ink = 'var(--ink-soft)'
const nameWidth = 150

/** A bar chart, and the same numbers as a table for people who cannot see it. */
export function BarFigure({ title, unit, bars, isLying = false }: BarFigureProps) {
  const { t } = useTranslation('insights')
  const isEmpty = bars.every(({ count }) => count === 0)
  return (
    <figure className={styles['figure']} data-testid="figure">
      <figcaption className={styles['caption']}>{title}</figcaption>
      {isEmpty ? (
        <p className={styles['nothing']}>{t('nothing')}</p>
      ) : (
        <div className={styles['chart']} aria-hidden>
          <ResponsiveContainer>
            <BarChart
              data={[...bars]}
              layout={isLying ? 'vertical' : 'horizontal'}
              margin={{ top: 8, right: 16, bottom: 0, left: 0 }}
              accessibilityLayer={false}
            >
              <CartesianGrid stroke="var(--line)" vertical={isLying} horizontal={!isLying} />
              {isLying ? (
                <>
                  <XAxis type="number" allowDecimals={false} stroke={ink} />
                  <YAxis type="category" dataKey="name" width={nameWidth} stroke={ink} />
                </>
              ) : (
                <>
                  <XAxis dataKey="name" stroke={ink} />
                  <YAxis allowDecimals={false} width={48} stroke={ink} />
                </>
              )}
              <Tooltip cursor={{ fill: 'var(--neutral-ground)' }} />
              <Bar
                dataKey="count"
                name={unit}
                fill="var(--accent)"
                isAnimationActive={false}
                maxBarSize={44}
              />
            </BarChart>
          </ResponsiveContainer>
        </div>
      )}
      <table className="visually-hidden">
        <caption>{title}</caption>
        <tbody>
          {bars.map(({ name, count }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                {count} {unit}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}
