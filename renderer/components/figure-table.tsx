import type { ReactNode } from 'react'
import styles from './figure-table.module.css'

interface FigureTableProps {
  /** The heading of the names, and of each column of figures. */
  readonly columns: readonly [string, ...string[]]
  readonly rows: readonly {
    readonly key: string
    readonly name: ReactNode
    readonly cells: readonly string[]
  }[]
  /** The last row, with the sums; `null` for none. */
  readonly total: { readonly name: string; readonly cells: readonly string[] } | null
  /** Columns of the same width in each such table, so that those of several stand below one another. */
  readonly isEven?: boolean
  readonly testId?: string
}

/** Figures by name, with their sums. */
export function FigureTable({ columns, rows, total, isEven = false, testId }: FigureTableProps) {
  const cellsOf = (cells: readonly string[]) =>
    cells.map((cell, at) => <td key={columns[at + 1]}>{cell}</td>)
  return (
    <table className={styles['table']} data-even={isEven} data-testid={testId}>
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
        {rows.map(({ key, name, cells }) => (
          <tr key={key}>
            <th scope="row">{name}</th>
            {cellsOf(cells)}
          </tr>
        ))}
      </tbody>
      {total !== null && (
        <tfoot>
          <tr>
            <th scope="row">{total.name}</th>
            {cellsOf(total.cells)}
          </tr>
        </tfoot>
      )}
    </table>
  )
}
