// The least that a page can do with the messages of the board: parse them, keep where everybody is, draw a mark for each.
window.places = new Map()

function startRaw(hub, stations, incidents) {
  document.body.innerHTML = '<canvas style="position:absolute;inset:0" width="830" height="560"></canvas>'
  const socket = new WebSocket(hub)
  const send = (message) => socket.send(JSON.stringify(message) + '\u001e')
  socket.onopen = () => {
    send({ protocol: 'json', version: 1 })
    for (let station = 0; station < stations; station++) {
      send({ type: 1, invocationId: `p${station}`, target: 'Subscribe', arguments: [`station/s${station}/positions`, null] })
      send({ type: 1, invocationId: `s${station}`, target: 'Subscribe', arguments: [`station/s${station}`, null] })
    }
    setInterval(() => send({ type: 6 }), 10_000)
  }
  socket.onmessage = ({ data }) => {
    for (const part of data.split('\u001e')) {
      if (part === '') continue
      const message = JSON.parse(part)
      if (message.target !== 'Feed' || !message.arguments[0].feed.endsWith('/positions')) continue
      for (const { key, value } of message.arguments[0].changes) {
        if (value) window.places.set(key, value)
        else window.places.delete(key)
      }
    }
  }

  const context = document.querySelector('canvas').getContext('2d')
  const mark = new OffscreenCanvas(20, 20)
  const drawing = mark.getContext('2d')
  drawing.arc(10, 10, 8, 0, 7)
  drawing.fill()
  const image = mark.transferToImageBitmap()
  let paintedAt = 0
  requestAnimationFrame(function paint(now) {
    requestAnimationFrame(paint)
    if (now - paintedAt < 250) return
    paintedAt = now
    context.clearRect(0, 0, 830, 560)
    for (const { lat, lon } of window.places.values()) context.drawImage(image, (lon - 110) * 2_000, (lat - 30) * 2_000)
    for (let n = 0; n < incidents; n++) context.drawImage(image, (n * 37) % 830, (n * 91) % 560)
  })
}
