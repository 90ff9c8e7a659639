import { describe, expect, test } from 'vitest'
import { headlineSoFar, standingOf } from '../../src/action/standing.ts'
import {
  refusalMarkdown,
  SUMMARY_LIMIT,
  type SummaryExtra,
  summaryMarkdown,
} from '../../src/action/summary.ts'
import { play, worked } from '../rig/model/play.ts'
import { leave } from '../rig/output.ts'
import { busy, EVERY, failing, HOSTILE, PASSED, RED, SHA, summaryOf, task, thousand } from './sample.ts'
import { EVERY_HISTORY, plainHistory } from './sample-history.ts'

const extra: SummaryExtra = {
  tails: new Map(),
  repositoryUrl: 'https://github.com/o/r',
  runDirectory: '/tmp/fanout/4711-1',
}
const lineOf = (text: string, start: string): string =>
  text.split('\n').find(line => line.startsWith(start)) ?? ''

test('the first line says it all', () => {
  const first = (...args: Parameters<typeof summaryOf>) =>
    summaryMarkdown(summaryOf(...args), extra).split('\n')[0]
  expect(first([task('a'), task('b')])).toBe('## ✅ 2 of 2 tasks landed on main')
  expect(first([task('a')], { run: { dry_run: true } })).toBe('## ✅ 1 of 1 task would land on main, dry run')
  expect(first([])).toBe('## ✅ No task to run')
  expect(first([task('a')], { verification: RED })).toBe(
    '## ❌ 1 of 1 task landed on main, the verification failed',
  )
  expect(summaryMarkdown(EVERY, extra).split('\n')[0]).toBe(
    '## ❌ 2 of 8 tasks landed on main, 1 changed nothing, 1 skipped, 5 need a person',
  )
})

describe('what needs a person', () => {
  test('comes first, worst first, each with its reason and what to do', () => {
    const text = summaryMarkdown(EVERY, extra)
    const names = [...text.matchAll(/^\*\*(?!To do)\S+ (.+?)\*\*/gm)].map(found => found[1])
    expect(names).toEqual(['undone', 'Tighten the types', 'secrets', 'late', 'docs'])
    expect(text.indexOf('### What needs a person')).toBeLessThan(text.indexOf('### Tasks'))
    expect(text).toContain('The worker exited with code 3.')
    expect(text).toContain('**To do:** Read the end of worker.log')
    expect(text).toContain('failed (worker-exit)')
  })

  test('is not there when all is well', () => {
    expect(summaryMarkdown(summaryOf([task('a')]), extra)).not.toContain('needs a person')
  })

  test('the end of a log folds out and cannot leave its block', () => {
    const tails = new Map([['types', 'before\n```\n</details><script>x</script>\n\u001b[31mafter']])
    expect(summaryMarkdown(EVERY, { ...extra, tails })).toContain(
      '<details><summary>End of <code>tasks/types/worker.log</code></summary>\n\n````text\nbefore\n```\n</details><script>x</script>\nafter\n````\n\n</details>',
    )
  })
})

test('the table has a row for each task, commits are links', () => {
  const text = summaryMarkdown(EVERY, extra)
  expect(text).toContain(
    `| Fix the readme <code>fix-readme</code> | ✅ landed | [<code>abcdef1</code>](https://github.com/o/r/commit/${SHA}) | 3 files +10 −2 | 36s | 1 run, 1 push |`,
  )
  expect(lineOf(text, '| <code>docs')).toBe('| <code>docs</code> | ⛔ blocked (dependency) |  |  |  |  |')
})

test('in a dry run, or without a repository page, no commit is a link', () => {
  expect(summaryMarkdown(summaryOf([task('a')], { run: { dry_run: true } }), extra)).not.toContain('/commit/')
  expect(summaryMarkdown(EVERY, { ...extra, repositoryUrl: null })).not.toContain('/commit/')
})

test("the lane's figures are there", () => {
  const text = summaryMarkdown(EVERY, extra)
  expect(lineOf(text, '| Landed')).toBe(
    '| Landed | Pushes | Push attempts | Races lost | Rounds | Gates run | Gates saved | Flakes | Gate time |',
  )
  expect(text).toContain('| 2 | 2 | 3 | 1 | 4 | 3 | 0 | 1 | 1m 01s |')
})

test('gates are saved where tasks shared one, or a verdict was known', () => {
  // 1,000 landed and one verdict was reused, with three gates run.
  expect(summaryMarkdown(busy(), extra)).toContain('| 1000 | 2 | 3 | 1 | 4 | 3 | 998 | 1 | 1m 01s |')
})

describe('the timeline', () => {
  test('is a chart of workers, gates and pushes', () => {
    const text = summaryMarkdown(EVERY, { ...extra, history: EVERY_HISTORY })
    expect(text).toMatch(/### Timeline\n\n```mermaid\ngantt\n {2}dateFormat x\n/)
    expect(text).toContain('  section Gates\n')
    expect(text).not.toContain('left out')
  })

  test('says what is not in it', () => {
    expect(summaryMarkdown(busy(), { ...extra, history: plainHistory(busy()) })).toContain(
      'The shortest are left out: 960 of 1000 worker runs, 85 of 100 gates, 90 of 100 pushes.',
    )
  })

  test('is not there where nothing is known', () => {
    expect(summaryMarkdown(EVERY, extra)).not.toContain('### Timeline')
  })
})

describe('while the run goes on', () => {
  const run = play(['a', 'b', 'c'], { workers: 2, gate: false })
  run.begin()
  run.take(worked('a'))
  const cancelled = (id: string) => failing(id, { code: 'signal' })
  const summary = summaryOf([task('a'), cancelled('b'), cancelled('c')])
  const soFar = {
    standing: standingOf(run.state()),
    doing: new Map([
      ['b', 'running'],
      ['c', 'waiting'],
    ]),
  }
  const text = summaryMarkdown(summary, { ...extra, soFar })

  test('the headline says where it stands, and the next line what it means if nobody writes another', () => {
    const [first, , second] = text.split('\n')
    expect(first).toBe(`## ⏳ ${headlineSoFar(soFar.standing, 'main', false)}`)
    expect(first).toContain('so far')
    expect(second).toContain('2026-01-02T03:08:17.000Z')
    expect(second).toContain('it was cut off: run it again')
  })

  test('nobody is said to have failed who has not ended', () => {
    expect(text).not.toMatch(/needs a person|cancelled|signal/)
    expect(lineOf(text, '| <code>b')).toContain('| ⏳ running |')
    expect(lineOf(text, '| <code>c')).toContain('| ⏳ waiting |')
    expect(lineOf(text, '| <code>a')).toContain('| ✅ landed |')
  })

  test('who has failed is told already', () => {
    const failed = failing('x', { code: 'worker-exit', exitCode: 1 })
    const now = summaryMarkdown(summaryOf([failed, cancelled('b')]), { ...extra, soFar })
    expect(now).toContain('### What needs a person')
    expect(now).toContain('The worker exited with code 1.')
  })

  test('an id that every object knows is an id', () => {
    const odd = summaryOf([failing('constructor', { code: 'worker-exit', exitCode: 1 }), task('valueOf')])
    expect(summaryMarkdown(odd, { ...extra, soFar: { ...soFar, doing: new Map() } })).toContain('✅ landed')
  })
})

describe('a run that was refused', () => {
  test('says why, all of it', () => {
    const lines = [
      'input \'workers\': expected auto or 1 to 256, got "0"',
      'tasks.yml:3:5: unknown key `promt`',
    ]
    expect(refusalMarkdown(lines)).toBe(
      [
        '## ❌ Fanout did not start: 2 problems',
        '',
        '- input \'workers\': expected auto or 1 to 256, got "0"',
        '- tasks.yml:3:5: unknown key <code>promt</code>',
        '',
      ].join('\n'),
    )
  })

  test('shows what it was given and no more', () => {
    const text = refusalMarkdown(HOSTILE)
    expect(text).not.toMatch(/<script|<img|@octocat|[\u001b\u202e]/)
    expect(text.match(/^- /gm)).toHaveLength(HOSTILE.length)
  })

  test('keeps to the limit', () => {
    const many = Array.from({ length: 50_000 }, (_, index) => `tasks.yml:${index}:1: ${'|<@'.repeat(30)}`)
    const text = refusalMarkdown(many)
    expect(Buffer.byteLength(text)).toBeLessThan(SUMMARY_LIMIT)
    expect(text).toMatch(/- … and \d+ more in the log\n$/)
  })
})

describe('verification', () => {
  const verified = (verification: typeof PASSED) =>
    summaryMarkdown(summaryOf([task('fix-readme')], { verification }), extra)

  test('passed', () => {
    expect(verified(PASSED)).toContain('✅ <code>make verify</code> passed on [<code>abcdef1</code>]')
  })
  test('failed: how, where to read, and who is to blame', () => {
    const text = verified(RED)
    expect(text).toContain('❌ <code>make verify</code> exited with code 2')
    expect(text).toContain('its output is in <code>verify.log</code>')
    expect(text).toContain('Caused by <code>fix-readme</code>')
  })
  test('not run: why', () => {
    const skipped = {
      ...PASSED,
      ran: false,
      passed: null,
      skipped_because: 'the tree has no make target `verify`',
    }
    expect(verified(skipped)).toContain('➖ Not run: the tree has no make target <code>verify</code>')
  })
})

test('saved work comes with the commands that take it up', () => {
  expect(summaryMarkdown(EVERY, extra)).toContain(
    'git fetch /tmp/fanout/4711-1/tasks/types/work.bundle refs/fanout/work/types && git cherry-pick FETCH_HEAD',
  )
  const spaced = summaryMarkdown(EVERY, { ...extra, runDirectory: "/tmp/it's here" })
  expect(spaced).toContain(`git fetch '/tmp/it'\\''s here/tasks/types/work.bundle' refs/fanout/work/types`)
  const uploaded = summaryMarkdown(EVERY, {
    ...extra,
    artifactUrl: 'https://github.com/o/r/actions/runs/1/artifacts/2',
  })
  expect(uploaded).toContain('[the artifact](https://github.com/o/r/actions/runs/1/artifacts/2)')
})

describe('hostile text', () => {
  test.each(HOSTILE)('a title of %j changes neither the rows nor the page', title => {
    const plain = summaryMarkdown(
      summaryOf([failing('x', { code: 'base-red' }, { title: 'harmless' })]),
      extra,
    )
    const text = summaryMarkdown(summaryOf([failing('x', { code: 'base-red' }, { title })]), extra)
    const shape = (markdown: string) =>
      markdown
        .replace(/```[\s\S]*?```/g, '')
        .match(/<\/?[a-z]+>|^#+ |^\|.*\|$|\n/gm)
        ?.map(part => (part.startsWith('|') ? part.split('|').length : part))
    expect(shape(text)).toEqual(shape(plain))
    expect(text).not.toMatch(/@octocat|@org|<script|<img|[\u001b\u202e\u2066]/)
  })

  test('in a verification command, a reason or a branch it is shown and no more', () => {
    for (const text of HOSTILE) {
      const summary = summaryOf([failing('x', { code: 'internal', detail: text })], {
        verification: { ...RED, command: text, culprits: [text] },
        run: { branch: text, key: text },
      })
      expect(summaryMarkdown(summary, extra)).not.toMatch(/<script|<img|@octocat|[\u001b\u202e]/)
    }
  })
})

test.each([
  ['every', EVERY, EVERY_HISTORY],
  ['thousand', busy(), plainHistory(busy())],
  ['hostile', thousand(HOSTILE.length), plainHistory(thousand(HOSTILE.length))],
] as const)(
  '"%s" is left in test-output, for GitHub to be asked how it looks',
  async (name, summary, history) => {
    const tails = new Map(
      summary.tasks.map(({ id }, i) => [id, `${HOSTILE[i % HOSTILE.length]}\n`.repeat(20)]),
    )
    const text = summaryMarkdown(summary, { ...extra, tails, history })
    await leave(`summary-${name}.md`, text)
    // One heading, one table of tasks, one chart: nothing in it begins another.
    expect(text.match(/^## /gm)).toHaveLength(1)
    expect(text.match(/^\| Task \|/gm)).toHaveLength(1)
    expect(text.match(/^```mermaid$/gm)).toHaveLength(1)
  },
)

describe('size', () => {
  const bytes = (text: string): number => Buffer.byteLength(text)

  test('1,000 landed tasks are all in the table', () => {
    const text = summaryMarkdown(busy(), extra)
    expect(bytes(text)).toBeLessThan(SUMMARY_LIMIT)
    expect(text).toContain('<code>task-999</code>')
  })

  test('1,000 hostile failures with long logs stay under 900 KiB and point to the rest', () => {
    const tails = new Map(
      Array.from({ length: 1000 }, (_, index) => [`task-${index}`, '`💥'.repeat(8000)] as const),
    )
    const text = summaryMarkdown(thousand(), { ...extra, tails })
    expect(bytes(text)).toBeLessThan(SUMMARY_LIMIT)
    expect(text).toMatch(
      /… and \d+ more: see <code>report\.html<\/code> under <code>\/tmp\/fanout\/4711-1<\/code>/,
    )
    expect(text).toContain('### Verification')
    expect(text).toContain('### Landing lane')
  })

  test('a few failures show much of their logs, from the end and from the start of a line', () => {
    const log = Array.from({ length: 5000 }, (_, index) => `line ${index}`).join('\n')
    const text = summaryMarkdown(EVERY, { ...extra, tails: new Map([['types', log]]) })
    expect(text).toContain('line 4999\n')
    expect(text).toMatch(/```text\n…\nline \d+\n/)
    expect(bytes(text)).toBeLessThan(20 * 1024)
  })

  test('whatever is absurdly long is cut', () => {
    const long = '<@|'.repeat(1_000_000)
    const summary = summaryOf(
      [failing('x', { code: 'internal', detail: long }, { title: long, files: [long] })],
      {
        verification: { ...RED, command: long, culprits: Array.from({ length: 10_000 }, () => long) },
        run: { branch: long, key: long, base_sha: long },
      },
    )
    expect(
      bytes(summaryMarkdown(summary, { ...extra, tails: new Map([['x', long]]), runDirectory: long })),
    ).toBeLessThan(SUMMARY_LIMIT)
  })
})
