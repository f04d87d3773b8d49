import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Language } from '../../../main/contract/language.ts'
import type { OfficeFigures } from '../../../main/contract/office.ts'
import { formatSum } from '../../format/money.ts'
import styles from '../office.module.css'

interface FiguresTableProps {
  readonly title: string
  /** What the rows are. */
  readonly column: string
  readonly language: Language
  readonly testId: string
  readonly total: { readonly name: string; readonly figures: OfficeFigures } | null
  readonly rows: readonly {
    readonly key: string
    readonly name: string
    readonly figures: OfficeFigures
    /** Shows what is behind the row; `null` where it leads nowhere. */
    readonly onPress: (() => void) | null
  }[]
}

/** Figures by name. Nothing is drawn where there are no rows. */
export function FiguresTable({ title, column, language, testId, total, rows }: FiguresTableProps) {
  const { t } = useTranslation('office')
  if (rows.length === 0) return null
  const head = [
    t('figure.redeemed'),
    t('figure.discount'),
    t('figure.refused'),
    t('figure.open'),
    t('figure.lossSum'),
    t('figure.returned'),
  ]
  return (
    <div className={styles['sheet']}>
      <table className={styles['table']} data-testid={testId}>
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{column}</th>
            {head.map((each) => (
              <th key={each} scope="col" data-figure>
                {each}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, figures, onPress }) => (
            <tr key={key}>
              <th scope="row">
                {onPress === null ? (
                  name
                ) : (
                  <Button className={styles['link'] ?? ''} onPress={onPress}>
                    {name}
                  </Button>
                )}
              </th>
              <Cells figures={figures} language={language} />
            </tr>
          ))}
        </tbody>
        {total !== null && (
          <tfoot>
            <tr>
              <th scope="row">{total.name}</th>
              <Cells figures={total.figures} language={language} />
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  )
}

function Cells({
  figures,
  language,
}: {
  readonly figures: OfficeFigures
  readonly language: Language
}) {
  const { redeemed, discountFen, refused, open, lossFen, returned } = figures
  return (
    <>
      <td>{redeemed}</td>
      <td>{formatSum(discountFen, language)}</td>
      <td>{refused}</td>
      <td data-warns={open > 0}>{open}</td>
      <td data-warns={lossFen > 0}>{formatSum(lossFen, language)}</td>
      <td>{returned}</td>
    </>
  )
}
