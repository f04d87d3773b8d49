import { z } from 'zod'
import { languages } from './language.ts'
import {
  OfficeCursor,
  OfficeDoubles,
  OfficeFilter,
  OfficeLife,
  OfficeList,
  OfficeListQuery,
  OfficeOutages,
  OfficeOverview,
  OfficeScope,
} from './office.ts'
import {
  AlertQuery,
  AlertRule,
  AlertSettings,
  OfficeAlerts,
  Webhook,
  WebhookFault,
  WebhookForm,
  WebhookTest,
} from './office-alerts.ts'
import { OfficeHealth } from './office-health.ts'
import { AttachFault, AttachOffer, HubConnection } from './office-hub.ts'
import { OfficePerson, OfficePersonFault, OfficePersonForm } from './office-people.ts'
import type { OfficePermission } from './office-roles.ts'
import { themes } from './preference-choices.ts'
import { nothing, outcome } from './requests.ts'
import { Pin, PinChange, PinChangeFault, PinFault } from './staff.ts'

/** As `RequestKind`, with the permissions of the head office. `null`: nobody has to be signed in. */
export interface OfficeRequestKind {
  readonly input: z.ZodType
  readonly output: z.ZodType
  readonly needs: OfficePermission | null
}

const Id = z.string().min(1).max(200)
const File = z.string().min(1).max(4096)
const Address = z.string().trim().min(1).max(260)
const Paged = z.strictObject({ filter: OfficeFilter, cursor: OfficeCursor })

/** What was chosen for this computer. */
export const OfficePreferences = z.object({
  language: z.enum(languages),
  theme: z.enum(themes),
  /** Percent of the normal text size. */
  textPercent: z.number().int().min(100).max(200),
})
export type OfficePreferences = z.infer<typeof OfficePreferences>

/** What is left out stays as it is. */
export const OfficePreferencesChange = OfficePreferences.partial().strict()
export type OfficePreferencesChange = z.infer<typeof OfficePreferencesChange>

/** What is always on the screen. */
export const OfficeSnapshot = z.object({
  /** Greater with each snapshot: an older one that comes late is dropped. */
  revision: z.number().int().nonnegative(),
  preferences: OfficePreferences,
  connection: HubConnection,
  alerts: z.object({
    open: z.number().int().nonnegative(),
    unseen: z.number().int().nonnegative(),
  }),
  session: z.object({
    person: OfficePerson.nullable(),
    /** Everybody who can sign in; empty before the first start is finished. */
    people: z.array(OfficePerson),
    /** The file with the people cannot be read: nobody can sign in. */
    isUnreadable: z.boolean(),
  }),
  version: z.string(),
  developmentRuntime: z.boolean(),
})
export type OfficeSnapshot = z.infer<typeof OfficeSnapshot>

/** What is written to a spreadsheet. */
export const OfficeExport = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('overview'), filter: OfficeFilter }),
  z.strictObject({ kind: z.literal('list'), query: OfficeListQuery }),
  z.strictObject({ kind: z.literal('doubles'), filter: OfficeFilter }),
  z.strictObject({ kind: z.literal('outages'), filter: OfficeFilter }),
  z.strictObject({ kind: z.literal('health') }),
])
export type OfficeExport = z.infer<typeof OfficeExport>

/** Every request of the head office's page: the functions of `window.office` are made of it, as those of `window.till`. */
export const officeRequests = {
  'office.snapshot': { input: nothing, output: OfficeSnapshot, needs: null },
  'office.prefer': { input: OfficePreferencesChange, output: z.null(), needs: null },
  'entry.signIn': {
    input: z.strictObject({ id: Id, pin: Pin }),
    output: outcome(OfficePerson, PinFault),
    needs: null,
  },
  'entry.signOut': { input: nothing, output: z.null(), needs: null },
  /** Somebody is there: the time until they are signed out begins anew. */
  'entry.touch': { input: nothing, output: z.null(), needs: null },
  'entry.changePin': {
    input: PinChange,
    output: outcome(z.null(), PinChangeFault),
    needs: 'look',
  },
  /** Before there is anybody: the first owner, who is then signed in. */
  'people.begin': {
    input: z.strictObject({ name: OfficePersonForm.shape.name, pin: Pin }),
    output: outcome(OfficePerson, OfficePersonFault),
    needs: null,
  },
  'people.save': {
    input: OfficePersonForm,
    output: outcome(OfficePerson, OfficePersonFault),
    needs: 'set-up',
  },
  'people.remove': {
    input: z.strictObject({ id: Id }),
    output: outcome(z.null(), OfficePersonFault),
    needs: 'set-up',
  },
  /** Opens the file dialog; `null` when it was cancelled. */
  'hub.chooseFile': {
    input: nothing,
    output: outcome(AttachOffer.nullable(), AttachFault),
    needs: 'set-up',
  },
  /** `file`: one that `chooseFile` has returned. `address`: in place of the one in the file. */
  'hub.attach': {
    input: z.strictObject({ file: File, address: Address.nullable() }),
    output: outcome(HubConnection, AttachFault),
    needs: 'set-up',
  },
  'hub.setAddress': {
    input: z.strictObject({ address: Address }),
    output: outcome(HubConnection, AttachFault),
    needs: 'set-up',
  },
  /** Reads everything from the hub again. */
  'hub.rebuild': { input: nothing, output: z.null(), needs: 'set-up' },
  'figures.scope': { input: nothing, output: OfficeScope, needs: 'look' },
  'figures.overview': { input: OfficeFilter, output: OfficeOverview, needs: 'look' },
  'figures.list': { input: OfficeListQuery, output: OfficeList, needs: 'look-closer' },
  'figures.life': {
    input: z.strictObject({ id: Id }),
    output: OfficeLife.nullable(),
    needs: 'look-closer',
  },
  'figures.doubles': { input: Paged, output: OfficeDoubles, needs: 'look-closer' },
  'figures.outages': { input: Paged, output: OfficeOutages, needs: 'look' },
  'figures.health': { input: nothing, output: OfficeHealth, needs: 'look' },
  /** Asks for the file and writes it; `null` when the dialog was cancelled. `isCut`: there was more than a spreadsheet holds. */
  'figures.export': {
    input: OfficeExport,
    output: outcome(
      z.object({ file: z.string(), isCut: z.boolean() }).nullable(),
      z.object({ code: z.literal('not-written') }),
    ),
    needs: 'export',
  },
  'alerts.list': { input: AlertQuery, output: OfficeAlerts, needs: 'look' },
  'alerts.see': { input: z.strictObject({ id: Id }), output: z.null(), needs: 'see-alerts' },
  'alerts.settings': { input: nothing, output: AlertSettings, needs: 'set-up' },
  'alerts.saveRules': {
    input: z.strictObject({ rules: z.array(AlertRule).max(32) }),
    output: z.null(),
    needs: 'set-up',
  },
  'alerts.saveWebhook': {
    input: WebhookForm,
    output: outcome(Webhook, WebhookFault),
    needs: 'set-up',
  },
  'alerts.testWebhook': {
    input: nothing,
    output: outcome(WebhookTest, WebhookFault),
    needs: 'set-up',
  },
} as const satisfies Record<string, OfficeRequestKind>

/** The list of all events that the head office's page is sent. */
export const officeEvents = {
  'office.changed': OfficeSnapshot,
} as const satisfies Record<string, z.ZodType>

export type OfficeRequestName = keyof typeof officeRequests
export type OfficeEventName = keyof typeof officeEvents

/** The names without the schemas, for the build (`built-in-office-names.ts`). */
export const officeChannelNames = {
  requests: Object.keys(officeRequests),
  events: Object.keys(officeEvents),
}
