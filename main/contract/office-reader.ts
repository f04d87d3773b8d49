import type {
  OfficeDoubles,
  OfficeFilter,
  OfficeLife,
  OfficeList,
  OfficeListQuery,
} from './office.ts'
import type { OfficeOutages, OfficeOverview, OfficeScope } from './office.ts'
import type {
  AlertQuery,
  AlertRule,
  AlertSettings,
  OfficeAlerts,
  Webhook,
  WebhookFault,
  WebhookForm,
  WebhookTest,
} from './office-alerts.ts'
import type { OfficeHealth } from './office-health.ts'
import type { AttachFault, AttachOffer, HubConnection } from './office-hub.ts'
import type { Result } from './result.ts'

/**
 * The chain as the head office knows it: its copy of the journals, the hub that it follows, and its alerts. Everything that is
 * asked is answered from the copy, whether the hub is there or not; what is asked never waits for the hub but where it says so.
 */
export interface OfficeReader {
  /** From memory, at once. */
  connection(): HubConnection
  /** How many alerts are open, and how many of them nobody has seen. From memory. */
  openAlerts(): { readonly open: number; readonly unseen: number }
  /**
   * Calls the listener, at most once a second, after anything changed: records, connection, alerts. Returns a function that ends
   * the listening.
   */
  onChanged(listener: () => void): () => void

  /** Reads the file with which a hub lets an office in, and keeps nothing. */
  inspectAttachFile(file: string): Promise<Result<AttachOffer, AttachFault>>
  /**
   * Connects to the hub and keeps its keys in the keychain. `address`: in place of the file's; `null`: the file's. Waits for the
   * hub's answer, 10 seconds at most. Another hub than before empties the copy.
   */
  attach(file: string, address: string | null): Promise<Result<HubConnection, AttachFault>>
  /** The hub has another address now. As `attach`, with the keys that are kept; the copy stays. */
  setAddress(address: string): Promise<Result<HubConnection, AttachFault>>
  /** Empties the copy and reads everything from the hub again. */
  rebuild(): Promise<void>

  scope(): Promise<OfficeScope>
  overview(filter: OfficeFilter): Promise<OfficeOverview>
  list(query: OfficeListQuery): Promise<OfficeList>
  /** `null`: there is none of this id. */
  life(id: string): Promise<OfficeLife | null>
  doubles(filter: OfficeFilter, cursor: string | null): Promise<OfficeDoubles>
  outages(filter: OfficeFilter, cursor: string | null): Promise<OfficeOutages>
  health(): Promise<OfficeHealth>

  alerts(query: AlertQuery): Promise<OfficeAlerts>
  /** Somebody takes care of an alert. Nothing where it is seen already, or not there. */
  seeAlert(id: string, by: string): Promise<void>
  alertSettings(): Promise<AlertSettings>
  /** Replaces the rules of the kinds that are given, and leaves the others. */
  saveRules(rules: readonly AlertRule[]): Promise<void>
  saveWebhook(form: WebhookForm): Promise<Result<Webhook, WebhookFault>>
  /** Posts a message of the event `test`, and waits for the reply, 10 seconds at most. */
  testWebhook(): Promise<Result<WebhookTest, WebhookFault>>

  close(): Promise<void>
}
