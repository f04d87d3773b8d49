// The smallest Electron program that shows the scanner page. Its last argument is the built page. It runs scripts that
// come as JSON lines on its standard input, in the page or (`main`) in this process. No debugger is attached, so that
// the page has the focus when, and only when, its window has it.
const { app, BrowserWindow } = require('electron')
const readline = require('node:readline')

app.on('window-all-closed', () => app.quit())
void app.whenReady().then(async () => {
  const window = new BrowserWindow({
    width: 900,
    height: 600,
    webPreferences: { sandbox: true, contextIsolation: true, spellcheck: false },
  })
  await window.loadFile(process.argv.at(-1))
  readline.createInterface({ input: process.stdin }).on('line', (line) => {
    const { id, script, openOther } = JSON.parse(line)
    const done = openOther ? openOtherWindow() : window.webContents.executeJavaScript(script)
    done.then(
      (value) => answer({ id, value: value ?? null }),
      (error) => answer({ id, value: null, error: String(error) }),
    )
  })
  answer({ id: 0, value: null })
})

function answer(reply) {
  process.stdout.write(`page:${JSON.stringify(reply)}\n`)
}

async function openOtherWindow() {
  const other = new BrowserWindow({ width: 300, height: 200 })
  await other.loadURL('data:text/html,other')
}
