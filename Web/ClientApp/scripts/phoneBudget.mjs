// Fails where the JavaScript that a phone loads at /pair is more than it may be. Reads the build in ../wwwroot: `npm run budget` after `npm run build`.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const limit = 250 * 1024
const root = new URL('../../wwwroot/', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', root), 'utf8'))
const files = new Set()

function take(key, withLater) {
  const chunk = manifest[key]
  if (!chunk || files.has(chunk.file)) return
  files.add(chunk.file)
  for (const other of chunk.imports ?? []) take(other, withLater)
  if (withLater) for (const other of chunk.dynamicImports ?? []) take(other, withLater)
}

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry)
take(entry, false)
take('src/pair/PairPage.vue', true)
files.add('sw.js')

let sum = 0
for (const file of files) {
  const bytes = gzipSync(readFileSync(new URL(file, root)), { level: 9 }).length
  sum += bytes
  console.log(`${(bytes / 1024).toFixed(1).padStart(8)} KB  ${file}`)
}
console.log(`${(sum / 1024).toFixed(1).padStart(8)} KB  JavaScript of /pair, compressed, in all; at most ${limit / 1024} KB`)
if (sum > limit) {
  console.error('The phone loads too much.')
  process.exit(1)
}
