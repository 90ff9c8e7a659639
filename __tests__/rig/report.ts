import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Page, PageScreenshotOptions } from 'playwright-core'
import { OUTPUT } from './output.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** A page opened from disk, and everything about it that nobody may see: requests, errors, dialogs. */
export type OpenedPage = AsyncDisposable & {
  readonly page: Page
  /** URLs asked for, but the page's own. */
  readonly requests: readonly string[]
  /** What the console and the page's policy complained about, and dialogs. */
  readonly complaints: readonly string[]
  /** Rules that axe-core found broken, each with the first place. */
  axe(): Promise<readonly string[]>
  /** Into the tests' output folder; `whole`: not only what is in the window. */
  shot(name: string, whole?: boolean): Promise<void>
}

export async function openFile(
  browser: Browser,
  file: string,
  options: BrowserContextOptions = {},
): Promise<OpenedPage> {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options })
  const page = await context.newPage()
  const requests: string[] = []
  const complaints: string[] = []
  const own = pathToFileURL(file).href
  page.on('request', request => {
    if (request.url().split('#')[0] !== own) requests.push(request.url())
  })
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', error => complaints.push(String(error)))
  page.on('dialog', dialog => {
    complaints.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  await page.goto(own)
  return {
    ...{ page, requests, complaints },
    async axe() {
      await page.evaluate(AXE)
      return page.evaluate(async () => {
        const { violations } = await (globalThis as unknown as AxeWindow).axe.run()
        return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`)
      })
    },
    async shot(name, whole = false) {
      await mkdir(OUTPUT, { recursive: true })
      const path = join(OUTPUT, `${name}.png`)
      if (!whole) return capture(page, { path })
      // What is out of sight is painted for nobody else.
      const height = await page.evaluate<number>(PAINT_ALL)
      const clip = { x: 0, y: 0, width: page.viewportSize()!.width, height }
      await capture(page, { path, fullPage: true, clip })
    },
    [Symbol.asyncDispose]: () => context.close(),
  }
}

/** Right after a large picture a browser without a graphics card may be out of surfaces for a moment. */
async function capture(page: Page, options: PageScreenshotOptions, tries = 5): Promise<void> {
  try {
    await page.screenshot(options)
  } catch (error) {
    if (tries === 1 || !/Unable to capture/.test(String(error))) throw error
    await capture(page, options, tries - 1)
  }
}

const PAINT_ALL = `
  document.styleSheets[0].insertRule('details.task { content-visibility: visible !important }', 0)
  Math.min(5000, document.documentElement.scrollHeight)`

type AxeWindow = {
  readonly axe: {
    run(): Promise<{
      violations: { id: string; nodes: { html: string; failureSummary: string }[] }[]
    }>
  }
}
