import type { PaperSection } from '../../../main/contract/paper-text.ts'
import type { ShiftReport } from '../../../main/contract/shift-report.ts'
import { shiftReportText } from '../../../main/contract/shift-report-text.ts'
import type { Language } from '../../../main/contract/language.ts'
import { wordsOn } from '../../../main/contract/words/on-platform.ts'
import { FigureTable } from '../../components/figure-table.tsx'
import styles from './report-sheet.module.css'

interface ReportSheetProps {
  readonly report: ShiftReport
  readonly language: Language
}

/** The report on the screen, in the words that are printed. */
export function ReportSheet({ report, language }: ReportSheetProps) {
  const words = wordsOn(window.till.platform)[language]
  const { title, head, total, sections, remarks } = shiftReportText(report, words, language)
  return (
    <article className={styles['sheet']} data-testid="report">
      <h2 className={styles['title']}>{title}</h2>
      <Section section={{ kind: 'facts', key: 'head', heading: null, facts: head }} />
      <p className={styles['total']} data-testid="report-total">
        {total}
      </p>
      {remarks.map((remark) => (
        <p key={remark} className={styles['remark']}>
          {remark}
        </p>
      ))}
      {sections.map((section) => (
        <Section key={section.key} section={section} />
      ))}
    </article>
  )
}

function Section({ section }: { readonly section: PaperSection }) {
  return (
    <section className={styles['section']} data-testid={`report-section-${section.key}`}>
      {section.heading !== null && <h3 className={styles['heading']}>{section.heading}</h3>}
      <Content section={section} />
    </section>
  )
}

function Content({ section }: { readonly section: PaperSection }) {
  switch (section.kind) {
    case 'table':
      return <Table table={section} />
    case 'facts':
      return (
        <dl className={styles['head']}>
          {section.facts.map(({ key, name, value }) => (
            <div key={key}>
              <dt>{name}</dt>
              <dd data-testid={`report-${key}`}>{value}</dd>
            </div>
          ))}
        </dl>
      )
    case 'lines':
      return (
        <>
          <ol className={styles['lines']}>
            {section.lines.map(({ at, text }, position) => (
              // A line has no identity but its position.
              <li key={position}>
                <time>{at}</time>
                <span>{text}</span>
              </li>
            ))}
          </ol>
          {section.rest !== null && <p>{section.rest}</p>}
        </>
      )
  }
}

function Table({
  table: { columns, rows, total },
}: {
  readonly table: Extract<PaperSection, { readonly kind: 'table' }>
}) {
  const [names = '', ...figures] = columns
  const [sumName = '', ...sums] = total ?? []
  return (
    <FigureTable
      columns={[names, ...figures]}
      rows={rows.map(({ key, cells: [name, ...cells] }) => ({ key, name, cells }))}
      total={total === null ? null : { name: sumName, cells: sums }}
    />
  )
}
