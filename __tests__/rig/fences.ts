import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..', '..')

/** A fenced block of a page. */
export type Fence = {
  readonly file: string
  /** Of the opening fence, from 1. */
  readonly line: number
  readonly lang: string
  /** Without the indentation that all lines share. */
  readonly text: string
  /** The last heading above it, without marks. */
  readonly heading: string
  /** `docs/x.md#heading`, and which one of its language under that heading where there are more. */
  readonly name: string
}

/** All pages for people that git holds or would add. */
export function pages(): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z', '*.md'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  return listed.split('\0').filter(path => path !== '' && !path.startsWith('dist/') && textOf(path) !== '')
}

/** '' for a page that is gone. */
export function textOf(page: string): string {
  try {
    return readFileSync(join(ROOT, page), 'utf8')
  } catch {
    return ''
  }
}

export function fencesOf(file: string, page = textOf(file)): readonly Fence[] {
  const found: Fence[] = []
  const seen = new Map<string, number>()
  const lines = page.split('\n')
  let heading = ''
  for (let i = 0; i < lines.length; i++) {
    heading = /^#{1,6} (.+)$/.exec(lines[i] ?? '')?.[1] ?? heading
    const [, indent, lang] = /^( *)```(\S*)/.exec(lines[i] ?? '') ?? []
    if (indent === undefined || lang === undefined) continue
    const start = i + 1
    do i++
    while (i < lines.length && lines[i]?.trim() !== '```')
    const key = `${file}#${heading} ${lang}`
    const nth = (seen.get(key) ?? 0) + 1
    seen.set(key, nth)
    found.push({
      ...{ file, line: start, lang, heading },
      text: dedent(lines.slice(start, i)),
      name: `${file}#${heading}${nth > 1 ? ` (${nth})` : ''}`,
    })
  }
  return found
}

/** The fence of that name and language; throws where there is none, so that a renamed heading fails its test. */
export function fence(name: string, lang: string): Fence {
  const [file = ''] = name.split('#')
  const found = fencesOf(file).find(each => each.name === name && each.lang === lang)
  if (!found) throw new Error(`${file} has no ${lang} block named ${name}`)
  return found
}

function dedent(lines: readonly string[]): string {
  const depths = lines.filter(line => line.trim() !== '').map(line => line.search(/\S/))
  const depth = Math.min(...depths)
  return lines.map(line => `${line.slice(depth)}\n`).join('')
}
