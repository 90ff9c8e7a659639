/** The rule for trailers, held against git's own on many messages. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withTrailers } from '../../src/decide/message.ts'
import { trailerBlock } from '../../src/decide/trailer.ts'
import { git, gitWith } from '../rig/exec.ts'
import { tempDir } from '../rig/temp.ts'

const OURS = { task: 'a', run: '7-1', fingerprint: '0123456789ab' }
const LINES = ['Fanout-Task: a', 'Fanout-Run: 7-1', 'Fanout-Fingerprint: 0123456789ab']

const line = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('Refs: 1', 'Co-authored-by: Ann <a@b.test>', 'Key:v', 'key : v') },
  {
    weight: 3,
    arbitrary: fc.constantFrom('Signed-off-by: Zoë <z@b.test>', 'signed-off-by: x', 'Signed-off-by:'),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('(cherry picked from commit 1234)', '(cherry picked from', '- item', '-: x'),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom('words', 'BREAKING CHANGE: other now', 'https://host.test/', 'a:b'),
  },
  { weight: 3, arbitrary: fc.constantFrom(' more', '\tmore', '    code: x', ' Refs: 2') },
  { weight: 2, arbitrary: fc.constantFrom('# comment', '#', ' # no comment', '#Key: v') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('Conflicts:', '\ta/file', '# Conflicts:', '---', ':x', 'ä: x', 'é'),
  },
  { weight: 4, arbitrary: fc.constant('') },
)
const subject = fc.constantFrom('Do it', 'fix: it', '#42: fix it', 'Key: v', '#', 'Signed-off-by: x')
const messages = fc
  .tuple(subject, fc.array(line, { maxLength: 12 }))
  .map(([first, rest]) => [first, '', ...rest].join('\n'))

const SAMPLES = fc.sample(messages, { numRuns: 400, seed: 20 }).map(text => withTrailers(text, {}))

function blockOf(text: string): readonly string[] {
  const lines = text.trimEnd().split('\n')
  const { start, end } = trailerBlock(lines)
  return lines.slice(start, end)
}

/** What a format shows of each of these as a message, in order. */
async function shown(cwd: string, texts: readonly string[], formats: readonly string[]): Promise<string[][]> {
  const commits = texts.map((text, i) => {
    const who = `committer R <r@host.test> ${i + 1} +0000`
    return `commit refs/heads/m\n${who}\ndata ${Buffer.byteLength(text)}\n${text}\n`
  })
  const start = 'reset refs/heads/m\n\n'
  await gitWith({ cwd, input: `${start}${commits.join('')}` }, 'fast-import', '--quiet', '--force')
  const format = `${formats.join('%x01')}%x02`
  const said = await gitWith({ cwd }, 'log', '--reverse', `--format=tformat:${format}`, 'm')
  return said.stdout
    .split('\x02\n')
    .slice(0, -1)
    .map(entry => entry.split('\x01'))
}

test('a block is where git sees one, whatever the last paragraphs are', async () => {
  await using temp = await tempDir('trailers')
  await git(temp.path, 'init', '--quiet', '--bare')
  const theirs = await shown(temp.path, SAMPLES, ['%(trailers)'])
  const ours = SAMPLES.map(blockOf)
  const told = SAMPLES.map((text, i) => ({ text, block: ours[i]!.join('\n') }))
  expect(told).toEqual(SAMPLES.map((text, i) => ({ text, block: theirs[i]![0]!.trimEnd() })))
  const blocks = ours.filter(block => block.length > 0).length
  expect(blocks).toBeGreaterThan(100)
  expect(blocks).toBeLessThan(300)
})

test('ours are joined as interpret-trailers joins them, and no line goes or moves', async () => {
  await using temp = await tempDir('trailers')
  await git(temp.path, 'init', '--quiet', '--bare')
  const args = LINES.flatMap(each => ['--trailer', each])
  const byGit: string[] = []
  for (const text of SAMPLES) {
    const said = await gitWith({ cwd: temp.path, input: text }, 'interpret-trailers', '--no-divider', ...args)
    byGit.push(said.stdout)
  }
  const joined = SAMPLES.map(text => withTrailers(text, OURS))
  const formats = ['%(trailers:only=true,unfold=true)', '%(trailers:key=Fanout-Task)']
  const [theirs, ours] = [await shown(temp.path, byGit, formats), await shown(temp.path, joined, formats)]
  // git leaves out the comments within a block, and joins to a line what stood below them.
  const same = SAMPLES.map(text => !blockOf(text).some(each => each.startsWith('#')))
  const told = (said: string[][]) => said.map((each, i) => [joined[i], ...(same[i] ? each : [])])
  expect(told(ours)).toEqual(told(theirs))
  expect(ours.every(([, task]) => task === 'Fanout-Task: a\n')).toBe(true)
  for (const [i, text] of joined.entries()) {
    const lines = text.split('\n')
    const at = lines.indexOf(LINES[0]!)
    expect(lines.splice(at, LINES.length)).toEqual(LINES)
    if (blockOf(SAMPLES[i]!).length === 0) expect(lines.splice(at - 1, 1)).toEqual([''])
    expect(lines.join('\n')).toBe(SAMPLES[i])
  }
})
