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
