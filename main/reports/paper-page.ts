import type { ReportPaper } from '../contract/report-file.ts'
import type { Language } from '../contract/language.ts'
import type { Fact, Issuer, PaperSection, PaperText, PaperWords } from '../contract/paper-text.ts'
import { issuerFacts } from './issuer-facts.ts'
import { paperStyle } from './paper-style.ts'

/** Nothing is loaded and nothing runs: the page is its text and the style beside it. */
const policy = "default-src 'none'; style-src 'unsafe-inline'"

/**
 * Returns a paper as an HTML document to be printed, beginning with who it is from. Names and notes in it are people's, and
 * are only ever text.
 */
export function paperPage(
  text: PaperText,
  issuer: Issuer,
  paper: ReportPaper,
  { words, language }: { readonly words: PaperWords; readonly language: Language },
): string {
  const { title, head, total, sections, remarks, signatures } = text
  const isRoll = paper !== 'A4'
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    `<title>${escaped(title)}</title><style>${paperStyle(paper)}</style></head>`,
    `<body class="${isRoll ? 'roll' : 'sheet'}">`,
    issuer.isTraining
      ? `<p class="training"><strong>${escaped(words.training)}</strong> ${escaped(words.trainingNote)}</p>`
      : '',
    `<header>${issuer.shopName === '' ? '' : `<p class="shop">${escaped(issuer.shopName)}</p>`}`,
    `<p class="issuer">${issuerFacts(issuer, words)
      .map(({ name, value }) => `<span>${escaped(name)} ${escaped(value)}</span>`)
      .join(' ')}</p></header>`,
    `<h1>${escaped(title)}</h1>`,
    factsOf(head),
    `<p class="${text.isCode ? 'total code' : 'total'}">${escaped(total)}</p>`,
    ...remarks.map((remark) => `<p class="remark">${escaped(remark)}</p>`),
    ...sections.map((section) => sectionOf(section, isRoll)),
    signatures.length === 0
      ? ''
      : `<footer>${signatures.map((name) => `<p>${escaped(name)}<span></span></p>`).join('')}</footer>`,
    '</body></html>',
  ].join('\n')
}

function sectionOf(section: PaperSection, isRoll: boolean): string {
  const heading = section.heading === null ? '' : `<h2>${escaped(section.heading)}</h2>`
  switch (section.kind) {
    case 'table':
      return heading + (isRoll ? stackOf(section) : tableOf(section))
    case 'facts':
      return `<section>${heading}${factsOf(section.facts)}</section>`
    case 'lines': {
      const lines = section.lines.map(
        ({ at, text }) => `<li><time>${escaped(at)}</time> <span>${escaped(text)}</span></li>`,
      )
      const list = lines.length === 0 ? '' : `<ol>${lines.join('')}</ol>`
      const rest = section.rest === null ? '' : `<p>${escaped(section.rest)}</p>`
      return `<section>${heading}${list}${rest}</section>`
    }
  }
}

function factsOf(facts: readonly Fact[]): string {
  const rows = facts.map(
    ({ name, value }) => `<div><dt>${escaped(name)}</dt><dd>${escaped(value)}</dd></div>`,
  )
  return `<dl>${rows.join('')}</dl>`
}

type Table = Extract<PaperSection, { kind: 'table' }>

function tableOf({ columns, rows, total }: Table): string {
  const head = columns.map((column) => `<th scope="col">${escaped(column)}</th>`)
  const foot = total === null ? '' : `<tfoot>${rowOf(total)}</tfoot>`
  const body = rows.map(({ cells }) => rowOf(cells)).join('')
  return `<table><thead><tr>${head.join('')}</tr></thead><tbody>${body}</tbody>${foot}</table>`
}

function rowOf([first = '', ...others]: readonly string[]): string {
  const values = others.map((cell) => `<td>${escaped(cell)}</td>`)
  return `<tr><th scope="row">${escaped(first)}</th>${values.join('')}</tr>`
}

/** A table on a receipt roll, too narrow for columns: each row is a name with its values below it. */
function stackOf({ columns, rows, total }: Table): string {
  const all = [...rows.map(({ cells }) => cells), ...(total === null ? [] : [total])]
  const items = all.map(([first = '', ...others]) => {
    const values = others.map(
      (cell, at) => `<span>${escaped(columns[at + 1] ?? '')} <b>${escaped(cell)}</b></span>`,
    )
    const last = values.pop() ?? ''
    return `<li><strong>${escaped(first)}</strong><p>${values.join(' ')}</p><p>${last}</p></li>`
  })
  const name = escaped(columns[0] ?? '')
  return `<section class="stack"><h2>${name}</h2><ul>${items.join('')}</ul></section>`
}

export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
