// A window that only paints a string on Enter: the time that the system itself takes from a key to a pixel.
const { app, BrowserWindow } = require('electron')

const page = `<!doctype html><title>bare</title>
<h1 data-testid="verdict" data-tone="idle">-</h1>
<script>
  const verdict = document.querySelector('h1')
  addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') {
      verdict.dataset.tone = 'busy'
      return
    }
    verdict.dataset.tone = 'red'
    verdict.textContent = 'verdict ' + performance.now()
  })
</script>`

void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800 })
  return window.loadURL(`data:text/html,${encodeURIComponent(page)}`)
})
app.on('window-all-closed', () => app.quit())
