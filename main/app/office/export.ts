import { beijingDay, dateOfDay } from '../../contract/beijing-day.ts'
import { formatDateTime } from '../../contract/format.ts'
import type { Language } from '../../contract/language.ts'
import type { OfficeFigures, OfficeRedemption } from '../../contract/office.ts'
import type { OfficeReader } from '../../contract/office-reader.ts'
import type { OfficeExport } from '../../contract/office-requests.ts'
import { fill } from '../../contract/words/fill.ts'
import { type OfficeWords, officeWordsOn } from '../../contract/words/office.ts'
import { type Cells, spreadsheet } from '../../reports/spreadsheet.ts'
import { platformHere, wordsHere } from '../../words-here.ts'

/** A spreadsheet program opens a million rows; a person reads fewer. */
const mostRows = 100_000

interface ExportText {
  readonly text: string
  /** Of the file, without its ending. */
  readonly name: string
  readonly isCut: boolean
}

interface Table {
  readonly rows: readonly Cells[]
  readonly isCut: boolean
}

/** Returns what a screen shows, whole and not by pages, for a spreadsheet. No code of a coupon is in it. */
export async function exportText(
  what: OfficeExport,
  reader: OfficeReader,
  language: Language,
): Promise<ExportText> {
  const words = officeWordsOn(platformHere, language)
  const { asOf } = reader.connection()
  const { rows, isCut } = await tableOf(what, reader, words, language)
  const title = words.destination[what.kind]
  return {
    text: spreadsheet([
      [`${words.title} · ${title}`],
      [
        asOf === null
          ? words.hub.nothing
          : fill(words.hub.asOf, { time: formatDateTime(asOf, language) }),
      ],
      ...rangeOf(what, words, language),
      ...(isCut ? [[words.export.cut]] : []),
      [],
      ...rows,
    ]),
    name: fill(words.export.name, { what: title, date: dateOfDay(beijingDay(Date.now())) }),
    isCut,
  }
}

function rangeOf(what: OfficeExport, words: OfficeWords, language: Language): Cells[] {
  if (what.kind === 'health') return []
  const { from, until } = what.kind === 'list' ? what.query.filter : what.filter
  return [
    [words.filter.from, formatDateTime(from, language)],
    [words.filter.to, formatDateTime(until - 1, language)],
  ]
}

async function tableOf(
  what: OfficeExport,
  reader: OfficeReader,
  words: OfficeWords,
  language: Language,
): Promise<Table> {
  switch (what.kind) {
    case 'overview':
      return whole(await overviewRows(reader, what.filter, words))
    case 'list': {
      const read = await paged((cursor) => reader.list({ ...what.query, cursor }))
      return {
        rows: [
          redemptionHead(words),
          ...read.entries.map((each) => redemptionCells(each, words, language)),
        ],
        isCut: read.isCut,
      }
    }
    case 'doubles': {
      const read = await paged((cursor) => reader.doubles(what.filter, cursor))
      return {
        rows: [
          redemptionHead(words),
          ...read.entries.flatMap(({ given }) => [
            ...given.map((each) => redemptionCells(each, words, language)),
            [],
          ]),
        ],
        isCut: read.isCut,
      }
    }
    case 'outages': {
      const read = await paged((cursor) => reader.outages(what.filter, cursor))
      const said = words.outages
      return {
        rows: [
          [
            said.kind,
            words.filter.shop,
            words.list.till,
            said.from,
            said.until,
            said.honoured,
            said.loss,
          ],
          ...read.entries.map((each) => [
            said[each.kind],
            each.shopName,
            each.tillName ?? said.wholeShop,
            formatDateTime(each.from, language),
            each.until === null ? said.going : formatDateTime(each.until, language),
            each.honoured,
            { fen: each.lossFen },
          ]),
        ],
        isCut: read.isCut,
      }
    }
    case 'health':
      return whole(await healthRows(reader, words, language))
  }
}

function whole(rows: readonly Cells[]): Table {
  return { rows, isCut: false }
}

interface Page<T> {
  readonly entries: readonly T[]
  readonly cursor: string | null
}

/** Reads page after page, up to what a spreadsheet is of use for. */
async function paged<T>(
  read: (cursor: string | null) => Promise<Page<T>>,
): Promise<{ readonly entries: readonly T[]; readonly isCut: boolean }> {
  const entries: T[] = []
  let cursor: string | null = null
  do {
    const page: Page<T> = await read(cursor)
    entries.push(...page.entries)
    cursor = page.cursor
  } while (cursor !== null && entries.length < mostRows)
  return { entries, isCut: cursor !== null }
}

async function overviewRows(
  reader: OfficeReader,
  filter: Parameters<OfficeReader['overview']>[0],
  words: OfficeWords,
): Promise<Cells[]> {
  const { total, shops, stocks, hours } = await reader.overview(filter)
  const { figure, overview, filter: said } = words
  const head = (name: string): Cells => [
    name,
    figure.redeemed,
    figure.discount,
    figure.refused,
    figure.open,
    figure.openSum,
    figure.losses,
    figure.lossSum,
    figure.returned,
  ]
  return [
    head(overview.shop),
    ...shops.map(({ name, figures }) => figureCells(name, figures)),
    figureCells(overview.total, total),
    [],
    head(overview.stock),
    ...stocks.map(({ stockId, name, figures }) =>
      figureCells(name ?? (stockId || said.noStock), figures),
    ),
    [],
    head(overview.hour),
    ...hours.map((figures, hour) => figureCells(`${hour}:00`, figures)),
  ]
}

function figureCells(name: string, figures: OfficeFigures): Cells {
  return [
    name,
    figures.redeemed,
    { fen: figures.discountFen },
    figures.refused,
    figures.open,
    { fen: figures.openFen },
    figures.losses,
    { fen: figures.lossFen },
    figures.returned,
  ]
}

function redemptionHead({ list, figure }: OfficeWords): Cells {
  return [
    list.time,
    list.shop,
    list.till,
    list.requestNo,
    list.stock,
    list.state,
    list.sum,
    figure.lossSum,
    list.cashier,
  ]
}

function redemptionCells(each: OfficeRedemption, words: OfficeWords, language: Language): Cells {
  return [
    formatDateTime(each.recordedAt, language),
    each.shopName,
    each.tillName,
    each.useRequestNo,
    each.stockName ?? each.stockId ?? words.filter.noStock,
    each.state === null ? '' : wordsHere(language).till.state[each.state],
    // What is not known is never 0.
    each.discountFen === null ? '' : { fen: each.discountFen },
    { fen: each.lossFen },
    each.cashier ?? '',
  ]
}

async function healthRows(
  reader: OfficeReader,
  words: OfficeWords,
  language: Language,
): Promise<Cells[]> {
  const { members } = await reader.health()
  const { health, filter } = words
  return [
    [
      filter.shop,
      words.list.till,
      health.what,
      health.heard,
      health.behind,
      health.version,
      health.certificate,
    ],
    ...members.map((each) => [
      each.shopName,
      each.part === 'server' ? health.server : each.name,
      each.problems.map(({ kind }) => health.problem[kind]).join(' / '),
      each.heardAt === null ? health.never : formatDateTime(each.heardAt, language),
      each.behind ?? '',
      each.version ?? '',
      each.certificateUntil === null ? '' : formatDateTime(each.certificateUntil, language),
    ]),
  ]
}
