import type { ShiftReport } from '../../../main/contract/shift-report.ts'
import { shiftReportText } from '../../../main/contract/shift-report-text.ts'
import type { Language } from '../../../main/contract/language.ts'
import { wordsOn } from '../../../main/contract/words/on-platform.ts'
import styles from './report-sheet.module.css'

interface ReportSheetProps {
  readonly report: ShiftReport
  readonly language: Language
}

/** The report on the screen, in the words that are printed. */
export function ReportSheet({ report, language }: ReportSheetProps) {
  const words = wordsOn(window.till.platform)[language].shift
  const { title, head, total, tables, sums } = shiftReportText(report, words, language)
  return (
    <article className={styles['sheet']} data-testid="report">
      <h2 className={styles['title']}>{title}</h2>
      <dl className={styles['head']}>
        {head.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={styles['total']} data-testid="report-total">
        {total}
      </p>
      {tables.map(({ columns, rows }) => (
        <table key={columns[0]} className={styles['table']}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, cells: [first, ...others] }) => (
              <tr key={key}>
                <th scope="row">{first}</th>
                {others.map((cell, at) => (
                  <td key={columns[at + 1]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ))}
      <dl className={styles['head']}>
        {sums.map(({ key, name, value }) => (
          <div key={key}>
            <dt>{name}</dt>
            <dd data-testid={`report-${key}`}>{value}</dd>
          </div>
        ))}
      </dl>
    </article>
  )
}
