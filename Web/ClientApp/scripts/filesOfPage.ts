/** The part of a build's chunks that is looked at here. */
interface Chunk {
  readonly type: string
  readonly fileName: string
  readonly isEntry?: boolean
  readonly facadeModuleId?: string | null
  readonly imports?: readonly string[]
  readonly dynamicImports?: readonly string[]
  readonly viteMetadata?: { readonly importedCss: ReadonlySet<string> }
}

/** Every file that a page loads: the entry's, its own, and what these import; what the page itself asks for later as well, but no other page. */
export function filesOfPage(bundle: Readonly<Record<string, unknown>>, page: string): Set<string> {
  const chunks = bundle as Readonly<Record<string, Chunk>>
  const files = new Set<string>()
  function take(name: string, withLater: boolean): void {
    const chunk = chunks[name]
    if (!chunk || files.has(name)) return
    files.add(name)
    for (const css of chunk.viteMetadata?.importedCss ?? []) files.add(css)
    for (const other of chunk.imports ?? []) take(other, withLater)
    if (withLater) for (const other of chunk.dynamicImports ?? []) take(other, withLater)
  }
  const all = Object.values(chunks).filter(({ type }) => type === 'chunk')
  // The entry first: its dynamic imports are all the pages.
  for (const { fileName, isEntry } of all) if (isEntry) take(fileName, false)
  const own = all.find(({ facadeModuleId }) => facadeModuleId?.endsWith(page))
  if (!own) throw new Error(`The build has no chunk of ${page}.`)
  take(own.fileName, true)
  return files
}
