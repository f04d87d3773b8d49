import type { ReportPaper } from '../contract/report-file.ts'

/** How wide a roll's print head prints, in millimetres; the rest of the paper beside it stays white. */
const printed: Readonly<Record<Exclude<ReportPaper, 'A4'>, number>> = { '58mm': 48, '80mm': 72 }

/** Black on white whatever the screen's theme is: a receipt printer has no grey, and toner costs money. */
const every = `
  :root { color-scheme: only light; background: #fff; }
  * { box-sizing: border-box; }
  body { margin: 0; color: #000; background: #fff; overflow-wrap: anywhere;
    font: 10.5pt/1.45 'Microsoft YaHei', 'PingFang SC', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif; }
  /* Among Chinese letters quotation marks are as wide as these. */
  html:lang(en) body { font-family: 'Segoe UI', 'Helvetica Neue', 'Arial', 'Liberation Sans', 'Microsoft YaHei', 'PingFang SC',
    'Noto Sans CJK SC', 'Noto Sans SC', sans-serif; }
  h1, h2, p, dl, dd, ol, ul { margin: 0; padding: 0; }
  ol, ul { list-style: none; }
  .training { margin-bottom: 3mm; padding: 1.5mm 3mm; border: 0.6mm solid #000; text-align: center; }
  .training strong { font-size: 1.3em; }
  .shop { font-weight: 700; }
  .shop, h1 { text-wrap: balance; }
  /* Sums and names break at a comma or a space before they break in a word. */
  .shop, h1, .total, b, td, dd { word-break: keep-all; }
  thead th { overflow-wrap: normal; }
  .remark + .remark { margin-top: 1.5mm; }
  .total.code { font-family: 'Consolas', 'Menlo', 'DejaVu Sans Mono', monospace; text-align: center; white-space: nowrap; }
  .issuer span { margin-right: 1.5em; }
  section, table { margin-bottom: 4mm; }
  tr, li, dl > div, h2 { break-inside: avoid; }
  h2 { break-after: avoid; }
  footer { break-inside: avoid; }
  footer span { flex: 1; margin-left: 2mm; border-bottom: 0.3mm solid #000; }
`

const sheet = `
  @page { margin: 15mm; }
  header { margin-bottom: 5mm; padding-bottom: 2mm; border-bottom: 0.3mm solid #000; }
  .shop { font-size: 14pt; }
  h1 { margin-bottom: 3mm; font-size: 17pt; }
  h2 { margin-bottom: 1.5mm; font-size: 11.5pt; }
  dl { margin-bottom: 4mm; }
  dl > div { display: grid; grid-template-columns: 46mm minmax(0, 1fr); gap: 4mm; }
  section dl > div { padding: 0.8mm 0; border-bottom: 0.2mm solid #bbb; }
  .total { margin-bottom: 2mm; font-size: 15pt; font-weight: 700; }
  .total.code { margin: 8mm 0; font-size: 26pt; letter-spacing: 0.06em; }
  table { width: 100%; border-collapse: collapse; }
  th, td { padding: 1.6mm 2mm; border-bottom: 0.2mm solid #bbb; font-weight: 400; text-align: right; vertical-align: top; }
  th:first-child { width: 27%; padding-left: 0; text-align: left; }
  td:last-child, th:last-child { width: 34%; padding-right: 0; }
  thead th { border-bottom: 0.3mm solid #000; font-size: 9.5pt; }
  tfoot { display: table-row-group; }
  tfoot th, tfoot td { border-top: 0.3mm solid #000; border-bottom: 0; font-weight: 700; }
  ol li { display: grid; grid-template-columns: 46mm minmax(0, 1fr); gap: 4mm; padding: 0.8mm 0; }
  .remark { margin-bottom: 4mm; font-size: 9.5pt; }
  footer { display: grid; grid-template-columns: 1fr 1fr; gap: 12mm; margin-top: 16mm; }
  footer p { display: flex; align-items: end; }
`

const roll = `
  @page { margin: 0; }
  body { font-size: 9pt; line-height: 1.35; }
  .training strong { display: block; }
  header { text-align: center; }
  .shop { font-size: 12pt; }
  .issuer { font-size: 8pt; }
  .issuer span { display: block; margin: 0; }
  h1 { margin: 1.5mm 0 2mm; padding-top: 1.5mm; border-top: 0.3mm dashed #000; font-size: 12pt; text-align: center; }
  h2 { margin-bottom: 0.8mm; font-size: 9.5pt; }
  section, dl, .total { margin-bottom: 2.5mm; }
  section dl { margin-bottom: 0; }
  section { padding-top: 1.5mm; border-top: 0.3mm dashed #000; }
  dl > div { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 2mm; }
  dd { margin-left: auto; }
  .total { font-size: 12pt; font-weight: 700; }
  .total.code { margin: 3mm 0; font-size: 11pt; }
  .stack li { padding-bottom: 1mm; }
  .stack li + li { padding-top: 1mm; border-top: 0.2mm dotted #000; }
  .stack p { display: flex; flex-wrap: wrap; gap: 0 2.5mm; }
  .stack p:last-child { justify-content: space-between; }
  .stack li:last-child { border-top: 0.3mm solid #000; }
  b { font-weight: 700; }
  time { display: block; font-size: 8pt; }
  ol li { padding-bottom: 0.8mm; }
  .remark { margin-bottom: 2.5mm; font-size: 8pt; }
  footer p { display: flex; align-items: end; margin-top: 9mm; }
`

/** Returns the style of a paper. A roll's body is as wide as its print head, so that its height is that of the paper. */
export function paperStyle(paper: ReportPaper): string {
  if (paper === 'A4') return every + sheet
  return `${every}${roll}
  body { width: ${printed[paper]}mm; margin: 0 auto; padding: 3mm 0 8mm; }`
}
