/** A tile of slanting lines, `pixels` wide, for areas that are marked without words. */
export function hatchTile(pixels: number, colour: string): ImageData {
  const context = new OffscreenCanvas(pixels, pixels).getContext('2d')
  if (!context) throw new Error('This browser draws no patterns off the screen.')
  context.strokeStyle = colour
  context.lineWidth = pixels / 6
  context.lineCap = 'square'
  context.beginPath()
  for (const shift of [-pixels, 0, pixels]) {
    context.moveTo(shift, pixels)
    context.lineTo(shift + pixels, 0)
  }
  context.stroke()
  return context.getImageData(0, 0, pixels, pixels)
}
