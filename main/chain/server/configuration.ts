import { streamNames } from '../names.ts'

/** What the shop's server is to be; see `serverConfiguration`. Paths are absolute. */
export interface ServerSettings {
  /** The address to listen on: `0.0.0.0` for a shop's network. */
  readonly host: string
  readonly port: number
  readonly storeFolder: string
  readonly pidFile: string
  readonly certificateFile: string
  readonly keyFile: string
  /** Public nkeys. */
  readonly keeper: string
  readonly tills: readonly string[]
  /** Bytes that the streams may take on the disk. */
  readonly limits: StorageLimits
  /** `null` for a shop of no head office. */
  readonly office: OfficeUplink | null
}

/** How the server dials out to the head office's hub. */
export interface OfficeUplink {
  /** `host:port` for leaf nodes. */
  readonly hub: string
  readonly authorityFile: string
  readonly seed: string
  /** Public nkey of the shop at the hub; this computer's forwarder comes to this server with it, too. */
  readonly key: string
}

export interface StorageLimits {
  readonly locks: number
  readonly journal: number
}

/** Much more than a shop has. The keys of a chain's own tills alone are let in before that. */
const mostConnections = 128
/** A record of the journal is under one kilobyte. */
const mostPayload = 16_384
const slack = 64 * 1024 * 1024

/**
 * Returns the configuration of `nats-server`. It is JSON, which the server reads as its own format, so that no path or name can
 * break out of its place. There is no monitoring port, no cluster (so nothing is advertised to clients) and no password.
 */
export function serverConfiguration(settings: ServerSettings): string {
  const { host, port, storeFolder, pidFile, certificateFile, keyFile, keeper, tills, limits } =
    settings
  const { office } = settings
  const configuration = {
    host,
    port,
    pid_file: pidFile,
    // A hub takes two servers of one name for the same, and lets the later one in alone.
    server_name: office === null ? 'hexiao-till-shop' : `hexiao-till-shop-${office.key}`,
    max_connections: mostConnections,
    max_payload: mostPayload,
    max_subscriptions: 64,
    ping_interval: '5s',
    ping_max: 2,
    write_deadline: '5s',
    // Nothing is said to whoever cannot do TLS first.
    tls: {
      cert_file: certificateFile,
      key_file: keyFile,
      handshake_first: true,
      timeout: 5,
    },
    jetstream: {
      store_dir: storeFolder,
      // Without it a power cut forgets acknowledged locks (docs/chain.md).
      sync_interval: 'always',
      max_memory_store: 0,
      max_file_store: limits.locks + limits.journal + slack,
    },
    accounts: {
      SHOP: {
        jetstream: 'enabled',
        users: [
          { nkey: keeper },
          ...tills.map((nkey) => ({ nkey, permissions: tillPermissions(nkey) })),
        ],
      },
      SYS: { users: [] },
      // Of its own, so that no lock and no record of the shop passes the line to the hub but what the forwarder puts there.
      ...(office && { OFFICE: { users: [{ nkey: office.key }] } }),
    },
    system_account: 'SYS',
    ...(office && { leafnodes: { remotes: [uplink(office)], no_advertise: true } }),
  }
  return `${JSON.stringify(configuration, null, 2)}\n`
}

function uplink({ hub, authorityFile, seed }: OfficeUplink): object {
  return {
    url: `tls://${hub}`,
    account: 'OFFICE',
    nkey: seed,
    tls: { ca_file: authorityFile, handshake_first: true, timeout: 5 },
  }
}

/**
 * What a till may do: claim, release, say that it is ready, add to its own journal, and read. It cannot make, change, empty or
 * delete a stream, delete or overwrite a message, open the gate, write another till's journal, or hear another's answers.
 */
export function tillPermissions(nkey: string): {
  readonly publish: { readonly allow: readonly string[] }
  readonly subscribe: { readonly allow: readonly string[] }
} {
  const { locks, journal } = streamNames
  return {
    publish: {
      allow: [
        'lock.*.*.*',
        'release.*.*.*',
        `ready.*.${nkey}`,
        `leave.${nkey}`,
        `report.${nkey}`,
        `journal.${nkey}.*`,
        `$JS.API.STREAM.INFO.${locks}`,
        `$JS.API.STREAM.INFO.${journal}`,
        `$JS.API.DIRECT.GET.${locks}.>`,
        `$JS.API.DIRECT.GET.${journal}`,
        `$JS.API.DIRECT.GET.${journal}.journal.${nkey}.*`,
      ],
    },
    subscribe: { allow: [`_INBOX_${nkey}.>`, 'journal.*.*', 'gate.*'] },
  }
}
