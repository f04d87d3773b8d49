import type { TillApp } from './till-app.ts'

/**
 * Does work during which the page's only thread is busy for long, such as a look at all of its elements or of its memory. To the till it
 * would hang on a busy machine, and be loaded anew (main/desktop/watch-page.ts): meanwhile the till is told that it replies.
 */
export async function whilePageStandsStill<T>(
  { electron }: Pick<TillApp, 'electron'>,
  work: () => Promise<T>,
): Promise<T> {
  await electron.evaluate(({ BrowserWindow }) => {
    for (const { webContents } of BrowserWindow.getAllWindows())
      Reflect.set(webContents, 'executeJavaScriptInIsolatedWorld', async () => null)
  })
  try {
    return await work()
  } finally {
    await electron.evaluate(({ BrowserWindow }) => {
      for (const { webContents } of BrowserWindow.getAllWindows())
        Reflect.deleteProperty(webContents, 'executeJavaScriptInIsolatedWorld')
    })
  }
}
