import type { ConnectionFinding } from './setup.ts'

/** Whether a test shows that WeChat Pay accepts this till's signature, and that its own replies are verified. */
export function isGoodFinding(finding: ConnectionFinding): boolean {
  return finding === 'passed' || finding === 'public-key-not-used'
}
