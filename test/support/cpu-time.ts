/**
 * Runs the work and returns the time for which it kept this thread busy, ms. Unlike the time on the clock it does not
 * depend on what else the machine does.
 */
export function cpuTimeOf(work: () => void): number {
  const before = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}
