/** What holds for every page: nothing on it goes unchecked, its links lead somewhere, its words are those of the code. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import { troubleshooting } from '../../scripts/troubleshooting.ts'
import { runCookie } from '../../src/decide/cookie.ts'
import { type Failure, outcomeOf, REFUSAL_CODES, reasonCode } from '../../src/decide/failure.ts'
import { PRODUCT } from '../rig/fanout.ts'
import { fencesOf, pages, textOf } from '../rig/fences.ts'

/** Languages whose blocks a test performs, reads or executes. */
const CHECKED: Readonly<Record<string, string>> = { yaml: 'yaml.test.ts', console: 'console.test.ts' }
/** Blocks that nothing can perform, with the reason. */
const EXEMPT: Readonly<Record<string, string>> = {
  'README.md#Fanout mermaid': 'a picture, which GitHub draws',
}

const fences = pages().flatMap(page => fencesOf(page))

describe('fenced blocks', () => {
  test('each is checked by a test, or exempt for a reason that still holds', () => {
    const others = fences.filter(({ lang }) => !(lang in CHECKED)).map(({ name, lang }) => `${name} ${lang}`)
    expect(others.sort()).toEqual(Object.keys(EXEMPT).sort())
    for (const file of Object.values(CHECKED)) expect(existsSync(join(import.meta.dirname, file))).toBe(true)
  })
})

describe('links', () => {
  const links = pages().flatMap(page => {
    const prose = textOf(page)
      .replace(/^ *```[\s\S]*?^ *```/gm, '')
      .replace(/`[^`\n]*`/g, 'code')
    return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = '']) => ({ page, to }))
  })

  test('there are some', () => {
    expect(links.length).toBeGreaterThan(40)
  })

  test('none is broken, down to the heading', () => {
    const local = links.filter(({ to }) => !/^[a-z]+:/.test(to))
    const broken = local.filter(({ page, to }) => {
      const [path = '', anchor] = to.split('#')
      const target = path === '' ? page : posix.join(posix.dirname(page), path)
      if (!existsSync(join(PRODUCT, target))) return true
      return anchor !== undefined && !anchorsOf(target).has(anchor)
    })
    expect(broken).toEqual([])
  })
})

/** What GitHub makes of a page's headings. */
function anchorsOf(page: string): ReadonlySet<string> {
  if (statSync(join(PRODUCT, page)).isDirectory()) return new Set()
  const seen = new Map<string, number>()
  const prose = textOf(page).replace(/^ *```[\s\S]*?^ *```/gm, '')
  const anchors = [...prose.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => {
    const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase()
    const slug = plain.replace(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(' ', '-')
    const count = seen.get(slug) ?? 0
    seen.set(slug, count + 1)
    return count === 0 ? slug : `${slug}-${count}`
  })
  return new Set(anchors)
}

describe('words', () => {
  test('`make` is only asked for what the Makefile has, or what the reader is said to have', () => {
    const targets = new Set([...textOf('Makefile').matchAll(/^([a-z]+):/gm)].map(([, name]) => name))
    const readers = new Set(['verify', 'test', 'client', 'ci'])
    for (const page of pages()) {
      const own = /^(README|CONTRIBUTING|ARCHITECTURE)\.md$/.test(page)
      for (const [, name = ''] of textOf(page).matchAll(/`make ([a-z]+)/g)) {
        expect(targets.has(name) || (!own && readers.has(name)), `${page}: make ${name}`).toBe(true)
      }
    }
  })

  test('the README names the mark of a run, and can be read in one sitting', () => {
    const [name = ''] = Object.keys({ [markName()]: '' })
    expect(textOf('README.md')).toContain(`| \`${name}\` |`)
    expect(textOf('README.md').split('\n').length).toBeLessThan(460)
  })
})

/** The variable's name, from the source that sets it. */
function markName(): string {
  const source = readFileSync(join(PRODUCT, 'src/decide/cookie.ts'), 'utf8')
  const name = /NAME = '(\w+)'/.exec(source)?.[1] ?? ''
  expect(runCookie({ [name]: 'outer' }, 'inner')).toBe('outer/inner')
  return name
}

describe('docs/troubleshooting.md', () => {
  const page = troubleshooting()
  const sections = new Map(
    page
      .split(/^## /m)
      .slice(1)
      .map(section => [section.slice(0, section.indexOf('\n')), section] as const),
  )

  test('has every refusal code', () => {
    for (const code of REFUSAL_CODES) expect(sections.get('blocked-push')).toContain(`\n### ${code}\n`)
  })

  test('and the README have the same reasons below the same outcomes', () => {
    const table = textOf('README.md').split('## How a task can end')[1]?.split('\n## ')[0] ?? ''
    let outcome = ''
    const listed: string[] = []
    for (const [, first = '', reasons = ''] of table.matchAll(/^\| (`[a-z-]+`)? ?\| (.*?) \|/gm)) {
      outcome = first.replaceAll('`', '') || outcome
      for (const [, code = ''] of reasons.matchAll(/`([a-z-]+)`/g)) listed.push(`${outcome} ${code}`)
    }
    const shown = [...sections].flatMap(([name, section]) =>
      [...section.matchAll(/^### (?:.*: )?([a-z-]+)$/gm)].map(([, code]) => `${name} ${code}`),
    )
    expect(shown.sort()).toEqual(listed.sort())
  })

  test('a follow-up that is not valid, and a stop, stand with the reason that reports show', () => {
    const failures: readonly Failure[] = [{ code: 'follow-ups', problems: [] }, { code: 'stop' }]
    for (const failure of failures) {
      const section = sections
        .get(outcomeOf(failure))
        ?.split(`### ${reasonCode(failure)}\n`)[1]
        ?.split('\n### ')[0]
      expect(section).toMatch(failure.code === 'stop' ? /asked to stop/ : /follow-up tasks/)
    }
  })
})
