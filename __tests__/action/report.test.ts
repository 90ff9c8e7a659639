import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { reportHtml } from '../../src/action/report.ts'
import { busy, EVERY, failing, HOSTILE, RED, summaryOf, task, thousand } from './sample.ts'

const none = { tails: new Map() }
const tags = (html: string): string[] =>
  html.replace(/<script[^>]*>[\s\S]*?<\/script>/g, '<script>').match(/<[a-z!/][^\s>]*/gi) ?? []

test('it needs no network and runs nothing but its own script', () => {
  const html = reportHtml(EVERY, none)
  const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(found => found[1] ?? '')
  const styles = [...html.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(found => found[1] ?? '')
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  expect(scripts).toHaveLength(1)
  expect(html).toContain(
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${styles.map(hash).join(' ')}; script-src ${scripts.map(hash).join(' ')}; base-uri 'none'; form-action 'none'">`,
  )
  expect(html).not.toMatch(/\b(?:src|action|style|on[a-z]+)=|@import|url\(|https?:\/\//)
})

test('its script is valid and its data is the summary, whole', () => {
  const html = reportHtml(thousand(20), none)
  const script = html.match(/<script>([\s\S]*?)<\/script>/)?.[1] ?? ''
  expect(() => new Function(script)).not.toThrow()
  const data = html.match(/<script type="application\/json" id="data">([\s\S]*?)<\/script>/)?.[1] ?? ''
  expect(JSON.parse(data)).toEqual(thousand(20))
})

test('headline, counts, verification and lane are told', () => {
  const html = reportHtml(summaryOf(EVERY.tasks, { verification: RED }), none)
  expect(html).toContain(
    '<h1>2 of 8 tasks landed on main, 1 changed nothing, 1 skipped, 5 need a person, the verification failed</h1>',
  )
  expect(html).toContain('<dt class="o o-blocked-push">not pushed</dt><dd>1</dd>')
  expect(html).toContain('with exit code 2: <code>make verify</code>')
  expect(html).toContain('caused by fix-readme')
  expect(html).toContain('2 pushes in 3 attempts · 1 race lost')
})

test('every task has a row that leads to its part: reason, fix, files and the end of its log', () => {
  const html = reportHtml(EVERY, { tails: new Map([['types', 'npm ERR! <b>\u001b[31mred']]) })
  const index = EVERY.tasks.findIndex(each => each.id === 'types')
  expect(html).toContain(
    `<th scope="row"><a href="#t-${index}">Tighten the types</a> <code>types</code></th>`,
  )
  const part = html.match(new RegExp(`<details class="task" id="t-${index}" open>.*</details>`))?.[0]
  expect(part).toContain('<dt>Why</dt><dd>The worker exited with code 3.')
  expect(part).toContain('<dt>To do</dt><dd>Read the end of worker.log')
  expect(part).toContain('<a href="./tasks/types/work.bundle">tasks/types/work.bundle</a>')
  expect(part).toContain('<pre tabindex="0">npm ERR! &lt;b&gt;red</pre>')
})

test('it is a document that a screen reader can follow', () => {
  const html = reportHtml(EVERY, none)
  expect(html).toMatch(/^<!doctype html>\n<html lang="en">/)
  expect(html.match(/<th scope="col"/g)).toHaveLength(6)
  expect(html).toContain('<caption')
  expect(html.match(/<label>/g)).toHaveLength(2)
  expect(html).toMatch(
    /<svg role="img" aria-label="Timeline of 4m 12s: 7 tasks worked on by up to \d at a time, 2 landings"/,
  )
  expect(html).toContain('<a class="skip" href="#tasks">')
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(found => found[1])
  expect(new Set(ids).size).toBe(ids.length)
  for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target)
})

describe('hostile text', () => {
  test.each(HOSTILE)('%j as title, reason, file, branch and log adds no tag', words => {
    const page = (text: string) =>
      reportHtml(
        summaryOf(
          [
            failing(
              'x',
              { code: 'internal', detail: 'd' },
              { title: text, reason: { code: 'gate', message: text, fix: text }, files: [text] },
            ),
          ],
          {
            verification: { ...RED, command: text, culprits: [text] },
            run: { branch: text, key: text, repository: text, base_sha: text },
          },
        ),
        { tails: new Map([['x', text]]) },
      )
    const code = (words.match(/`/g)?.length ?? 0) >= 2
    const shown = tags(page(words)).filter(tag => !code || !/^<\/?code/.test(tag))
    expect(shown).toEqual(tags(page('harmless')).filter(tag => !code || !/^<\/?code/.test(tag)))
    expect(page(words).replace(/<script type[\s\S]*/, '')).not.toMatch(/[\u0000-\u0008\u001b\u202e\u2066]/)
  })

  test('data cannot close its script', () => {
    const html = reportHtml(summaryOf([task('x', { title: '</script><script>alert(1)</script><!--' })]), none)
    expect(html).toContain('\\u003c/script\\u003e\\u003cscript\\u003e')
    expect(html.match(/<\/script>/g)).toHaveLength(2)
  })

  test('a file is a path below the page, never an address', () => {
    const files = [
      'javascript:alert(1)',
      '//evil.test/x',
      '../../etc/passwd',
      'https://evil.test',
      'a b/ü"\'<>#?.log',
      '\ud800',
    ]
    const html = reportHtml(summaryOf([task('x', { files })]), none)
    for (const [, href] of html.matchAll(/href="([^"#][^"]*)"/g))
      expect(href).toMatch(/^\.\/(?!\/)(?!.*\.\.\/)[^:]*$/)
    expect(html).toContain('href="./a%20b/%C3%BC%22&#39;%3C%3E%23%3F.log"')
  })
})

test('1,000 tasks make a page of reasonable size in reasonable time', () => {
  const html = reportHtml(busy(), none)
  expect(html.match(/<tr>/g)).toHaveLength(1001)
  expect(html.match(/<rect/g)).toHaveLength(2000)
  expect(html.length).toBeLessThan(2 * 1024 * 1024)
  const tails = new Map(thousand().tasks.map(each => [each.id, '<&"'.repeat(100_000)] as const))
  expect(reportHtml(thousand(), { tails }).length).toBeLessThan(24 * 1024 * 1024)
})

test('an empty run makes a page too', () => {
  const html = reportHtml(summaryOf([], { run: { started_at: 'never', finished_at: 'never' } }), none)
  expect(html).toContain('<h1>No task to run</h1>')
  expect(html).not.toMatch(/<svg|NaN|undefined/)
})
