import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(__dirname, '..')
const rooms = ['admin', 'commandLine', 'dispatcher', 'help', 'phone', 'supervisor', 'wall'] as const

/** What a file imports of ours, now or later. */
function importsOf(file: string): string[] {
  const found: string[] = []
  for (const [, name] of readFileSync(file, 'utf8').matchAll(/(?:from|import|import\()\s*'(\.[^']+)'/g)) {
    const path = resolve(dirname(file), name ?? '')
    const known = [path, `${path}.ts`, join(path, 'index.ts')].find((x) => /\.(ts|vue)$/.test(x) && existsSync(x))
    if (known) found.push(known)
  }
  return found
}

function reachOf(file: string, reached = new Set<string>()): Set<string> {
  if (reached.has(file)) return reached
  reached.add(file)
  for (const next of importsOf(file)) reachOf(next, reached)
  return reached
}

/** The pages that the router loads, and what every page has from the beginning. */
const pages = [...readFileSync(join(root, 'router.ts'), 'utf8').matchAll(/import\('(\.\/[^']+\.vue)'\)/g)].map(([, path]) => resolve(root, path ?? ''))
const beginning = [join(root, 'App.vue')]

describe('messages of rooms', () => {
  it('are brought by every page that says something of them', () => {
    expect(pages.length).toBeGreaterThan(7)
    const missing: string[] = []
    for (const page of [...new Set(pages), ...beginning]) {
      const reached = reachOf(page)
      for (const file of reached) {
        if (/locales|\.test\.ts$/.test(relative(root, file))) continue
        const text = readFileSync(file, 'utf8')
        for (const room of rooms) {
          const says = new RegExp(`['"\`]${room}\\.[a-zA-Z$]`).test(text)
          if (says && !reached.has(join(root, 'locales', `${room}.ts`))) missing.push(`${relative(root, page)} → ${relative(root, file)}: ${room}`)
        }
      }
    }
    expect(missing).toEqual([])
  })

  it('are all in a file that brings them', () => {
    const pairs = readdirSync(__dirname).filter((name) => name.endsWith('.zh-CN.ts')).map((name) => name.replace('.zh-CN.ts', ''))
    expect(pairs.filter((room) => !['refusal', 'shell'].includes(room))).toEqual([...rooms])
  })
})
