// Copy to codemod/codemod.mjs
// Writes the built-in modules of node with their prefix (`fs` -> `node:fs`) in all sources below a folder.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'

const BUILTIN = new Set(builtinModules.filter(name => !name.startsWith('_')))
const IMPORT = /(\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(['"])([^'"\n]+)\2/g

const folder = process.argv[2]
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  const file = join(entry.parentPath, entry.name)
  if (!entry.isFile() || !/\.[cm]?[jt]sx?$/.test(entry.name) || file.includes('node_modules')) continue
  const before = readFileSync(file, 'utf8')
  const after = before.replace(IMPORT, (whole, word, quote, name) =>
    BUILTIN.has(name) && !name.startsWith('node:') ? `${word}${quote}node:${name}${quote}` : whole,
  )
  if (after !== before) writeFileSync(file, after)
}
