// The smallest Electron program that shows the scanner page. Run with the built page as its last argument.
const { app, BrowserWindow } = require('electron')

void app.whenReady().then(async () => {
  const window = new BrowserWindow({
    width: 900,
    height: 600,
    webPreferences: { sandbox: true, contextIsolation: true, spellcheck: false },
  })
  await window.loadFile(process.argv.at(-1))
})
app.on('window-all-closed', () => app.quit())
