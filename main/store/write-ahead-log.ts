import fs from 'node:fs'

const headerBytes = 32
const frameHeaderBytes = 24

/**
 * Whether a write-ahead log contains commits after a damaged part. SQLite reads a log up to the first frame with a
 * wrong checksum and silently ignores the rest. After a power cut that is right, because only the last commit can be
 * incomplete; but two or more commits after the damaged part had been acknowledged, and are lost. (SQLite file format,
 * section 4)
 */
export function hidesCommits(logFile: string): boolean {
  const log = fs.existsSync(logFile) ? fs.readFileSync(logFile) : Buffer.alloc(0)
  if (log.length <= headerBytes) return false
  const pageBytes = log.readUInt32BE(8)
  // SQLite ignores a log with an invalid header, so all its commits are lost.
  if (pageBytes < 512 || pageBytes > 65_536 || (log.readUInt32BE(0) & ~1) !== 0x37_7f_06_82)
    return true
  const isBigEndian = (log.readUInt32BE(0) & 1) === 1
  const salts = log.subarray(16, 24)
  let sum = checksum(log, 0, 24, [0, 0], isBigEndian)
  if (sum[0] !== log.readUInt32BE(24) || sum[1] !== log.readUInt32BE(28)) return true
  let isBroken = false
  let commitsBehind = 0
  const frameBytes = frameHeaderBytes + pageBytes
  for (let at = headerBytes; at + frameBytes <= log.length; at += frameBytes) {
    const isOfThisLog = log.subarray(at + 8, at + 16).equals(salts)
    if (!isBroken) {
      // After the log's end come frames of an earlier round, which the log has not overwritten yet.
      if (!isOfThisLog && !laterFramesBelong(log, at + frameBytes, frameBytes, salts)) return false
      sum = checksum(log, at, 8, sum, isBigEndian)
      sum = checksum(log, at + frameHeaderBytes, pageBytes, sum, isBigEndian)
      isBroken =
        !isOfThisLog || sum[0] !== log.readUInt32BE(at + 16) || sum[1] !== log.readUInt32BE(at + 20)
    } else if (isOfThisLog && log.readUInt32BE(at + 4) !== 0) {
      // The second field of a frame that ends a commit is the size of the database.
      commitsBehind += 1
    }
  }
  return commitsBehind >= 2
}

function laterFramesBelong(log: Buffer, from: number, frameBytes: number, salts: Buffer): boolean {
  for (let at = from; at + frameBytes <= log.length; at += frameBytes)
    if (log.subarray(at + 8, at + 16).equals(salts)) return true
  return false
}

type Sum = readonly [number, number]

function checksum(
  log: Buffer,
  from: number,
  length: number,
  start: Sum,
  isBigEndian: boolean,
): Sum {
  const words = new DataView(log.buffer, log.byteOffset + from, length)
  let [first, second] = start
  for (let at = 0; at < length; at += 8) {
    first = (first + words.getUint32(at, !isBigEndian) + second) >>> 0
    second = (second + words.getUint32(at + 4, !isBigEndian) + first) >>> 0
  }
  return [first, second]
}
