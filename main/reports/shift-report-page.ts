import type { ReportPaper } from '../contract/report-file.ts'
import type { ShiftReportText } from '../contract/shift-report-text.ts'

/** Nothing is loaded and nothing runs: the page is its text and the style beside it. */
const policy = "default-src 'none'; style-src 'unsafe-inline'"

const style = `
  body { margin: 0; padding: 4mm; color: #000; background: #fff;
    font: 11pt/1.5 'Microsoft YaHei', 'PingFang SC', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif; }
  h1, .total { margin: 0 0 10px; font-size: 15pt; font-weight: 700; }
  dl { margin: 0 0 14px; }
  dl > div { display: grid; grid-template-columns: minmax(7em, 30%) minmax(0, 1fr); gap: 10px; }
  dt, thead th { color: #444; }
  dd { margin: 0; overflow-wrap: anywhere; }
  table { width: 100%; margin: 0 0 14px; border-collapse: collapse; }
  th, td { padding: 6px 8px; border-bottom: 1px solid #999; font-weight: 400; text-align: right; }
  th:first-child { text-align: left; overflow-wrap: anywhere; }
  body.roll { font-size: 8pt; }
  body.roll h1, body.roll .total { font-size: 11pt; margin-bottom: 6px; }
  body.roll th, body.roll td { padding: 2px; font-size: 7pt; }
`

/** Returns the report as an HTML document to be printed. Names and notes in it are people's, and are only ever text. */
export function shiftReportPage(text: ShiftReportText, paper: ReportPaper): string {
  const { title, head, total, tables, sums } = text
  return [
    '<!doctype html><html><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    `<title>${escaped(title)}</title><style>${style}</style></head>`,
    `<body class="${paper === 'A4' ? 'sheet' : 'roll'}"><h1>${escaped(title)}</h1>`,
    listOf(head),
    `<p class="total">${escaped(total)}</p>`,
    ...tables.map(({ columns, rows }) => tableOf(columns, rows)),
    listOf(sums.map(({ name, value }) => [name, value])),
    '</body></html>',
  ].join('\n')
}

function listOf(facts: readonly (readonly [string, string])[]): string {
  const rows = facts.map(
    ([name, value]) => `<div><dt>${escaped(name)}</dt><dd>${escaped(value)}</dd></div>`,
  )
  return `<dl>${rows.join('')}</dl>`
}

function tableOf(
  columns: readonly string[],
  rows: ShiftReportText['tables'][number]['rows'],
): string {
  const head = columns.map((column) => `<th scope="col">${escaped(column)}</th>`)
  const body = rows.map(({ cells: [first = '', ...others] }) => {
    const values = others.map((cell) => `<td>${escaped(cell)}</td>`)
    return `<tr><th scope="row">${escaped(first)}</th>${values.join('')}</tr>`
  })
  return `<table><thead><tr>${head.join('')}</tr></thead><tbody>${body.join('')}</tbody></table>`
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
