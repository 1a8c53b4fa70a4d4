/** Whether this device can draw the map. */
export function hasWebGl(): boolean {
  const context = document.createElement('canvas').getContext('webgl2')
  // Browsers keep only a few contexts; this one must not wait for the garbage collector.
  context?.getExtension('WEBGL_lose_context')?.loseContext()
  return context !== null
}
