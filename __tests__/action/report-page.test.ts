/** The report in a real browser: looked at in test-output/report-*.png. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reportHtml } from '../../src/action/report.ts'
import type { History } from '../../src/decide/history.ts'
import type { Summary } from '../../src/decide/summary.ts'
import { startBrowser } from '../rig/browser.ts'
import { type OpenedPage, openFile } from '../rig/report.ts'
import { type TempDir, tempDir } from '../rig/temp.ts'
import { busy, EVERY, failing, HOSTILE, RED, summaryOf, task, thousand } from './sample.ts'
import { EVERY_HISTORY, plainHistory } from './sample-history.ts'

interface Sample {
  readonly summary: Summary
  readonly history: History
  readonly tails: ReadonlyMap<string, string>
  readonly verifyTail?: string
}

const MEGABYTE = 'x'.repeat(1024 * 1024)
const LOG = Array.from({ length: 60 }, (_, i) => `step ${i}: src/module-${i}.ts compiled`).join('\n')
const every: Sample = {
  summary: summaryOf(EVERY.tasks, { verification: RED }),
  history: EVERY_HISTORY,
  tails: new Map([
    ['types', `${LOG}\nsrc/a.ts(3,4): error TS2345: not assignable\nFound 1 error.\n`],
    ['undone', 'all good\n'],
  ]),
  verifyTail: 'npm test\n1 failed\nmake: *** [verify] Error 2\n',
}
const hostileTasks = [
  ...thousand(18).tasks,
  failing('long-line', { code: 'worker-exit', exitCode: 1 }, { title: 'One line of a megabyte' }),
  task('rtl', { title: 'תקן את הקובץ README.md (1) לפני 3 ימים' }),
  task('arabic', { title: 'أصلح 12 ملفا (src/index.ts) ثم ادفع' }),
]
const hostileSummary = summaryOf(hostileTasks, {
  verification: { ...RED, command: HOSTILE.join(' '), culprits: [...HOSTILE] },
  run: { branch: HOSTILE.join(' '), key: HOSTILE[0], repository: '</title><script>alert(1)</script>' },
})
const hostile: Sample = {
  summary: hostileSummary,
  history: plainHistory(hostileSummary),
  tails: new Map([
    ...hostileTasks.slice(0, 18).map(({ id }, i) => [id, `${HOSTILE[i]}\n`.repeat(50)] as const),
    ['long-line', MEGABYTE],
  ]),
}
const mixed = (() => {
  const { tasks, run } = busy()
  const bad = { code: 'worker-exit', exitCode: 1 } as const
  const some = tasks.map((each, i) =>
    i % 25 === 7
      ? failing(each.id, bad, { title: each.title, started_at: each.started_at, seconds: each.seconds })
      : each,
  )
  return summaryOf(some, { run })
})()
const thousandTasks: Sample = {
  summary: mixed,
  history: plainHistory(mixed),
  tails: new Map(
    mixed.tasks
      .filter(({ outcome }) => outcome === 'failed')
      .map(({ id }) => [id, `${LOG}\n${id} broke\n`] as const),
  ),
}
const SAMPLES = { every, hostile, thousand: thousandTasks }

let browser: Browser
let folder: TempDir
beforeAll(async () => {
  folder = await tempDir('report')
  for (const [name, { summary, ...extra }] of Object.entries(SAMPLES)) {
    const html = reportHtml(summary, { ...extra, repositoryUrl: 'https://github.com/o/r' })
    await writeFile(join(folder.path, `${name}.html`), html)
  }
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
  await folder?.[Symbol.asyncDispose]()
})

const open = (name: keyof typeof SAMPLES, options?: BrowserContextOptions): Promise<OpenedPage> =>
  openFile(browser, join(folder.path, `${name}.html`), options)
const OVERFLOWS = 'document.documentElement.scrollWidth > innerWidth'
const shown = ({ page }: OpenedPage): Promise<string[]> =>
  page.locator('#rows > tr:visible th').allInnerTexts()

describe.each(['every', 'hostile', 'thousand'] as const)('the report of "%s"', name => {
  test.each(['light', 'dark'] as const)(
    'opens from disk without network or complaint, and axe finds nothing: %s',
    async colorScheme => {
      await using at = await open(name, { colorScheme })
      await at.shot(`report-${name}-${colorScheme}`, name !== 'thousand')
      expect(at.requests).toEqual([])
      expect(at.complaints).toEqual([])
      if (name === 'thousand') {
        // Of a thousand alike those that a person looks at; axe passes over what is hidden, but takes long for it.
        await at.page.getByLabel('Outcome').selectOption({ label: 'needs a person' })
        await at.page.evaluate("document.querySelectorAll('[hidden]').forEach(each => each.remove())")
      }
      expect(await at.axe()).toEqual([])
      const back = await at.page.evaluate('getComputedStyle(document.body).backgroundColor')
      expect(back).toBe(colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(13, 17, 23)')
    },
  )

  test('fits a narrow screen: what is wide scrolls by itself', async () => {
    await using at = await open(name, { viewport: { width: 390, height: 800 } })
    await at.shot(`report-${name}-narrow`)
    expect(await at.page.evaluate(OVERFLOWS)).toBe(false)
  })
})

describe('the filter', () => {
  test('by outcome shows those rows and parts, and says how many', async () => {
    await using at = await open('every')
    expect(await at.page.locator('#shown').innerText()).toBe('9 of 9 shown')
    await at.page.getByLabel('Outcome').selectOption({ label: 'landed' })
    expect(await shown(at)).toEqual(['Bump all dependencies bump-deps', 'Fix the readme fix-readme'])
    expect(await at.page.locator('#parts > details:visible').count()).toBe(2)
    expect(await at.page.locator('#shown').innerText()).toBe('2 of 9 shown')
    await at.page.getByLabel('Outcome').selectOption({ label: 'needs a person' })
    expect(await at.page.locator('#shown').innerText()).toBe('5 of 9 shown')
    await at.shot('report-every-filtered')
    await at.page.getByLabel('Outcome').selectOption({ label: 'all' })
    expect(await at.page.locator('#shown').innerText()).toBe('9 of 9 shown')
  })

  test('by words finds them in titles, reasons and logs, all of them at once', async () => {
    await using at = await open('every')
    const search = at.page.getByLabel('Search')
    await search.fill('ts2345')
    expect(await shown(at)).toEqual(['Tighten the types types'])
    await search.fill('README fix')
    expect(await shown(at)).toEqual(['Fix the readme fix-readme'])
    await search.fill('push protection')
    expect(await shown(at)).toEqual(['secrets'])
    await search.fill('nowhere to be found')
    expect(await at.page.locator('#shown').innerText()).toBe('0 of 9 shown')
  })

  test('makes way for a task that one goes to', async () => {
    await using at = await open('every')
    await at.page.getByLabel('Search').fill('ts2345')
    await at.page.locator('.persons a', { hasText: 'undone' }).click()
    await at.page.locator('details:focus-within', { hasText: 'undone' }).waitFor()
    expect(await at.page.locator('#shown').innerText()).toBe('9 of 9 shown')
  })
})

test('a column sorts up, down, and back to the order of the queue', async () => {
  await using at = await open('every')
  const time = at.page.getByRole('button', { name: 'Time' })
  const first = async (): Promise<string | undefined> => (await shown(at))[0]
  const queue = await shown(at)
  await time.click()
  expect(await first()).toBe('docs')
  expect(await at.page.locator('th[aria-sort]').getAttribute('aria-sort')).toBe('ascending')
  await time.click()
  expect(await first()).toBe('Tighten the types types')
  await time.click()
  expect(await shown(at)).toEqual(queue)
  await at.page.getByRole('button', { name: 'Outcome' }).click()
  expect(await first()).toBe('undone')
})

describe('the ways to a task', () => {
  test('its row, its bar in the picture and a link to it all open its part', async () => {
    await using at = await open('every')
    const part = at.page.locator('#t-0')
    expect(await part.getAttribute('open')).toBeNull()
    await at.page.locator('#rows a', { hasText: 'Bump all' }).click()
    await part.locator('summary:focus').waitFor()
    expect(await part.getAttribute('open')).not.toBeNull()
    // Closed again, the same way opens it again.
    await part.locator('summary').click()
    await at.page.locator('#rows a', { hasText: 'Bump all' }).click()
    expect(await part.getAttribute('open')).not.toBeNull()
    await at.page.locator('rect[data-task="1"]').first().click()
    await at.page.locator('#t-1[open]').waitFor()
    expect(new URL(at.page.url()).hash).toBe('#t-1')
  })

  test('an address with its number', async () => {
    await using at = await open('every')
    await at.page.goto(`${at.page.url()}#t-7`)
    await at.page.reload()
    await at.page.locator('#t-7[open]').waitFor()
  })

  test('the keyboard alone', async () => {
    await using at = await open('every')
    const { keyboard } = at.page
    const focused = at.page.locator(':focus')
    await keyboard.press('Tab')
    expect(await focused.innerText()).toBe('Skip to the tasks')
    await at.shot('report-every-skip')
    await keyboard.press('Enter')
    await keyboard.press('Tab')
    await keyboard.type('ts2345')
    expect(await shown(at)).toEqual(['Tighten the types types'])
    // The list of outcomes, the table, six heads, then the row.
    for (let i = 0; i < 9; i++) await keyboard.press('Tab')
    expect(await focused.innerText()).toBe('Tighten the types')
    await keyboard.press('Enter')
    await at.page.locator('#t-3 > summary:focus').waitFor()
    await keyboard.press('Enter')
    expect(await at.page.locator('#t-3').getAttribute('open')).toBeNull()
  })
})

test('without its script it shows everything but the filter', async () => {
  await using at = await open('every', { javaScriptEnabled: false })
  expect(await at.page.locator('#filter').isVisible()).toBe(false)
  expect(await shown(at)).toHaveLength(9)
  await at.page.locator('#t-0 summary').click()
  expect(await at.page.locator('#t-0 dl').isVisible()).toBe(true)
})

test('hostile text is text: nothing runs, nothing turns the line, nothing leaves its place', async () => {
  await using at = await open('hostile')
  expect(await at.page.locator('script, img, iframe, object, form').count()).toBe(2)
  expect(await at.page.content()).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u0000-\u0008\u001b]/)
  for (const summary of await at.page.locator('#parts summary').all()) await summary.click()
  expect(at.complaints).toEqual([])
  // A title from right to left does not turn what stands beside it.
  expect(await at.page.evaluate("getComputedStyle(document.querySelector('bdi')).unicodeBidi")).toBe(
    'isolate',
  )
  expect(await at.page.evaluate(OVERFLOWS)).toBe(false)
  await at.shot('report-hostile-open', true)
})

/** How long the page takes to answer to each of these, laid out anew, in milliseconds. */
const TYPE = `['m', 'mo', 'module 9', 'broke', ''].map(text => {
  const start = performance.now()
  const field = document.getElementById('query')
  field.value = text
  field.dispatchEvent(new Event('input', { bubbles: true }))
  document.body.offsetHeight
  return performance.now() - start
})`

test('1,000 tasks open and answer without lag', async () => {
  await using at = await open('thousand')
  const { page } = at
  const opened = await page.evaluate<number>("performance.getEntriesByType('navigation')[0].domComplete")
  const typed = await page.evaluate<number[]>(TYPE)
  await page.getByLabel('Search').fill('module 99')
  expect(await page.locator('#shown').innerText()).toBe('19 of 1000 shown')
  await page.getByLabel('Search').fill('broke')
  expect(await page.locator('#shown').innerText()).toBe('40 of 1000 shown')
  await page.getByLabel('Search').fill('')
  await page.getByLabel('Outcome').selectOption({ label: 'needs a person' })
  expect(await page.locator('#shown').innerText()).toBe('40 of 1000 shown')
  const times = typed.map(ms => ms.toFixed(0)).join(', ')
  console.log(`1,000 tasks: open in ${opened.toFixed(0)} ms, filtered in ${times} ms`)
  // A loaded machine may take many times what it takes alone.
  expect(opened).toBeLessThan(10_000)
  expect(Math.max(...typed)).toBeLessThan(3000)
})
