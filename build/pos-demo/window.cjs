// A window that shows the demonstration POS, as a browser would: started by Electron with the address as its argument.
const { app, BrowserWindow } = require('electron')

void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1180, height: 760, autoHideMenuBar: true })
  return window.loadURL(process.argv.at(-1))
})
app.on('window-all-closed', () => app.quit())
