/** The arrows of docs/architecture.md. `npm run lint` fails on an import against them. */
const electronOrStorageOrHttp =
  '^(electron|better-sqlite3|keytar|undici)($|/)|node_modules/(electron|better-sqlite3|keytar|undici)/'
const nodeNetwork = '^(node:)?(http|https|http2|net|tls|dgram|dns|fs|sqlite)($|/)'

export default {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?' },
    },
    {
      name: 'domain-is-pure',
      comment:
        'redemption/ imports no Electron, SQL or HTTP and no other part of main but contract.',
      severity: 'error',
      from: { path: '^main/(redemption|shop)/' },
      to: { path: `${electronOrStorageOrHttp}|${nodeNetwork}` },
    },
    {
      name: 'domain-knows-no-adapter',
      severity: 'error',
      from: { path: '^main/redemption/' },
      to: { path: '^main/(?!redemption/|contract/)' },
    },
    {
      name: 'shop-knows-no-adapter',
      severity: 'error',
      from: { path: '^main/shop/' },
      to: { path: '^main/(?!shop/|redemption/|contract/)' },
    },
    {
      name: 'adapters-know-only-the-domain',
      comment:
        'store, wechatpay, keychain, scanners and training do not know each other; index.ts connects them.',
      severity: 'error',
      from: { path: '^main/(store|wechatpay|keychain|scanners)/' },
      to: { path: '^main/(?!redemption/|shop/|contract/|$1/)' },
    },
    {
      name: 'pos-link-is-loaded-when-it-is-on',
      comment: 'A till without a link to a POS loads nothing of the server.',
      severity: 'error',
      from: {
        path: '^main/',
        pathNot:
          '^main/pos/(app|commands|desk|feed|folder|folder-app|folder-files|gate|once|responses|server|views)\\.ts$',
      },
      to: {
        path: '^main/pos/(app|commands|desk|feed|folder|folder-app|folder-files|gate|once|responses|server|views)\\.ts$|node_modules/@?hono/',
        dynamic: false,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'pos-knows-no-adapter',
      comment: 'pos/ asks the till and the shop. Its store is handed in.',
      severity: 'error',
      from: { path: '^main/pos/' },
      to: {
        path: '^main/(?!pos/|redemption/|shop/|contract/|outside/|words-here)|^electron$|better-sqlite3',
      },
    },
    {
      name: 'chain-is-loaded-where-it-is-set-up',
      comment:
        'A till alone loads nothing of NATS. What it may import of chain/ are the shapes of its files and addresses; hosted-server.ts is loaded by a shop alone.',
      severity: 'error',
      from: { path: '^main/(?!chain/|office/)', pathNot: '^main/app/live/hosted-server\\.ts' },
      to: {
        path: '^main/chain/(?!(profile|address|server/keeper-file)\\.ts)|node_modules/@nats-io/',
        dynamic: false,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'office-is-loaded-in-its-own-mode',
      comment: 'A till loads nothing of the head office.',
      severity: 'error',
      from: { path: '^main/(?!office/)' },
      to: { path: '^main/office/', dynamic: false, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nats-in-chain-alone',
      severity: 'error',
      from: { path: '^(main|renderer)/', pathNot: '^main/chain/' },
      to: { path: 'node_modules/@nats-io/' },
    },
    {
      name: 'chain-knows-no-adapter',
      comment:
        'chain/ is handed its secrets, its memory and the till; the keeper writes its own files.',
      severity: 'error',
      from: { path: '^main/chain/' },
      to: {
        path: '^main/(?!chain/|redemption/|contract/|credentials/private-file)|^electron$|better-sqlite3',
      },
    },
    {
      name: 'chain-profile-is-plain',
      severity: 'error',
      from: { path: '^main/chain/profile\\.ts$' },
      to: { pathNot: 'node_modules/zod/' },
    },
    {
      name: 'training-stands-alone',
      comment: 'The stand-in is a peer of the client: it may not borrow the code that it checks.',
      severity: 'error',
      from: { path: '^main/training/' },
      to: { path: '^main/(?!training/|contract/)' },
    },
    {
      name: 'contract-runs-anywhere',
      severity: 'error',
      from: { path: '^main/contract/' },
      to: { path: '^main/(?!contract/)|^renderer/|^(node:|electron)' },
    },
    {
      name: 'electron-only-in-desktop-ipc-preload',
      severity: 'error',
      from: { path: '^main/(?!desktop/|ipc/|preload/|index\\.ts)' },
      to: { path: '^electron$|node_modules/electron/' },
    },
    {
      name: 'preload-imports-channels-only',
      severity: 'error',
      from: { path: '^main/preload/' },
      to: { pathNot: '^main/contract/|^electron$|node_modules/electron/' },
    },
    {
      name: 'renderer-is-a-web-page',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^main/(?!contract/)|^(node:)|^electron$|node_modules/electron/' },
    },
    {
      name: 'nobody-imports-the-root',
      severity: 'error',
      from: {},
      to: { path: '^main/index\\.ts$' },
    },
    {
      name: 'product-does-not-import-tests',
      severity: 'error',
      from: { path: '^(main|renderer)/' },
      to: { path: '^(test|build)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
