import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { reportHtml } from '../../src/action/report.ts'
import { busy, EVERY, failing, HOSTILE, RED, SHA, summaryOf, task, thousand } from './sample.ts'
import { EVERY_HISTORY, plainHistory } from './sample-history.ts'

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
  expect(() => new Function(scripts[0] ?? '')).not.toThrow()
})

test('commits lead to their pages, where there are such pages', () => {
  const extra = { ...none, repositoryUrl: 'https://github.com/o/r' }
  const links = (html: string) => [...html.matchAll(/href="(https?:[^"]*)"/g)].map(found => found[1])
  expect(new Set(links(reportHtml(summaryOf([task('a')]), extra)))).toEqual(
    new Set([`https://github.com/o/r/commit/${'b'.repeat(40)}`, `https://github.com/o/r/commit/${SHA}`]),
  )
  expect(links(reportHtml(summaryOf([task('a')], { run: { dry_run: true } }), extra))).toEqual([])
  for (const repositoryUrl of ['javascript:alert(1)//', 'https://x" onclick="y', null])
    expect(links(reportHtml(summaryOf([task('a')]), { ...none, repositoryUrl }))).toEqual([])
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
  const tails = new Map([['types', 'npm ERR! <b>\u001b[31mred']])
  const html = reportHtml(EVERY, { tails, history: EVERY_HISTORY })
  const index = EVERY.tasks.findIndex(each => each.id === 'types')
  expect(html).toContain(
    `<th scope="row"><a href="#t-${index}"><bdi>Tighten the types</bdi></a> <code>types</code></th>`,
  )
  const part = html.match(new RegExp(`<details class="task" id="t-${index}" open>.*</details>`))?.[0]
  expect(part).toContain('<dt>Why</dt><dd>The worker exited with code 3.')
  expect(part).toContain('<dt>To do</dt><dd>Read the end of worker.log')
  expect(part).toContain('<a href="./tasks/types/work.bundle">tasks/types/work.bundle</a>')
  expect(part).toContain('<pre class="end" tabindex="0"><span>npm ERR! &lt;b&gt;red</span></pre>')
  expect(part).toContain(
    '<code>git fetch &#39;&lt;folder of this page&gt;/tasks/types/work.bundle&#39; refs/fanout/work/types &amp;&amp; git cherry-pick FETCH_HEAD</code>',
  )
})

describe('the part of a task', () => {
  const part = (id: string, html: string) => {
    const index = EVERY.tasks.findIndex(each => each.id === id)
    return html.match(new RegExp(`<details class="task" id="t-${index}"[^]*?</details>`))?.[0] ?? ''
  }
  const html = reportHtml(EVERY, { ...none, history: EVERY_HISTORY })

  test('tells what happened, in order', () => {
    const [, list = ''] = /<h3>What happened<\/h3><ol>(.*?)<\/ol>/.exec(part('fix-readme', html)) ?? []
    expect(list.split('</li>').map(item => item.replace('<li>', ''))).toEqual([
      'At 2s: run 1 of the worker: ready to land, 3 files +10 −2, 18s',
      'At 20s: gate: red, 3.0s',
      'At 24s: remediation 1 of a red gate: worker exited with code 3, 4.0s',
      'At 28s: remediation 2 of a conflict: ready to land, 3 files +10 −2, 4.0s',
      'At 32s: gate: green, 6.0s',
      'At 38s: push: refused (race), 1.0s',
      'At 39s: push: landed, 1.0s',
      '',
    ])
    expect(part('undone', html)).toContain('gate with 1 other below it: green')
    expect(part('undone', html)).toContain(`<li>At 4m 06s: reverted by ${SHA.slice(0, 7)}</li></ol>`)
  })

  test('shows its handoffs: what of, what was said, and the packet', () => {
    const files = ['tasks/fix-readme/handoff-1.json', 'tasks/fix-readme/handoff-2.json']
    const tasks = EVERY.tasks.map(each => (each.id === 'fix-readme' ? { ...each, files } : each))
    const page = reportHtml(summaryOf(tasks), { ...none, history: EVERY_HISTORY })
    const [, list = ''] = /<h3>Handoffs<\/h3><ol>(.*?)<\/ol>/s.exec(page) ?? []
    expect(list).toBe(
      [
        '<li>A red gate: it exited with code 2 (<a href="./tasks/fix-readme/handoff-1.json">packet</a>)',
        '<pre class="end" tabindex="0"><span>FAIL src/index.test.ts\n1 test failed</span></pre></li>',
        '<li>A conflict in README.md and docs/index.md (<a href="./tasks/fix-readme/handoff-2.json">packet</a>)</li>',
      ].join(''),
    )
  })

  test('shows what it changes, file by file', () => {
    expect(part('bump-deps', html)).toContain(
      '<h3>What it changes</h3><p class="dim">3 files +10 −2</p><ul><li><code><bdi>docs/größe.md</bdi></code> <span class="plus">+1</span> <span class="minus">−0</span></li><li><code><bdi>logo.png</bdi></code> <span class="dim">binary</span></li>',
    )
    expect(part('later', html)).not.toContain('What it changes')
  })

  test('leads to the tasks that it needs', () => {
    const types = EVERY.tasks.findIndex(each => each.id === 'types')
    expect(part('docs', html)).toContain(`<dt>Blocked by</dt><dd><a href="#t-${types}">types</a></dd>`)
  })
})

test('it is a document that a screen reader can follow', () => {
  const html = reportHtml(EVERY, { ...none, history: EVERY_HISTORY })
  expect(html).toMatch(/^<!doctype html>\n<html lang="en">/)
  expect(html.match(/<th scope="col"/g)).toHaveLength(6)
  expect(html).toContain('<caption')
  expect(html.match(/<label>/g)).toHaveLength(2)
  expect(html).toMatch(/<svg role="img" aria-label="Timeline of 4m 12s: /)
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
    expect(page(words)).not.toMatch(/[\u0000-\u0008\u001b\u202e\u2066]/)
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
  const html = reportHtml(busy(), { ...none, history: plainHistory(busy()) })
  expect(html.match(/<tr /g)).toHaveLength(1000)
  expect(html.match(/<rect/g)).toHaveLength(1200)
  expect(html.length).toBeLessThan(3 * 1024 * 1024)
  const tails = new Map(thousand().tasks.map(each => [each.id, '<&"'.repeat(100_000)] as const))
  expect(reportHtml(thousand(), { tails }).length).toBeLessThan(24 * 1024 * 1024)
})

test('an empty run makes a page too', () => {
  const html = reportHtml(summaryOf([], { run: { started_at: 'never', finished_at: 'never' } }), none)
  expect(html).toContain('<h1>No task to run</h1>')
  expect(html).not.toMatch(/<svg|NaN|undefined/)
})
