import { appendFile, readdir, readFile, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Event } from '../../src/decide/happened.ts'
import { type JournalHead, keepAside, openJournal, readJournal } from '../../src/world/journal.ts'
import { tempDir } from '../rig/temp.ts'

const HEAD: JournalHead = {
  version: 1,
  run_key: '1-1',
  origin: 'https://github.com/o/r',
  branch: 'main',
  dry_run: false,
  base_sha: 'b'.repeat(40),
  started_at: '2026-11-21T00:00:00.000Z',
  gate_hash: '0123456789ab',
  fingerprints: { a: 'aaaaaaaaaaaa' },
}
const halted = (n: number): Event => ({ type: 'halted', halt: 'stop', at: `2026-11-21T00:00:0${n}.000Z` })

async function journalOf(dir: string, ...events: readonly Event[]): Promise<string> {
  const file = join(dir, 'journal.ndjson')
  const journal = await openJournal(file, HEAD, [])
  for (const event of events) journal.append(event)
  await journal.close()
  return file
}

describe('a journal', () => {
  it('gives back what was flushed, and nothing before', async () => {
    await using dir = await tempDir()
    const file = join(dir.path, 'journal.ndjson')
    const journal = await openJournal(file, HEAD, [halted(1)])
    journal.append(halted(2))
    expect(await readJournal(file)).toMatchObject({ text: { head: HEAD, events: [halted(1)] } })
    await journal.flush()
    expect(await readJournal(file)).toEqual({
      kind: 'read',
      text: { head: HEAD, events: [halted(1), halted(2)] },
      lost: 0,
    })
    await journal.close()
  })

  it('is none where there is none', async () => {
    await using dir = await tempDir()
    expect(await readJournal(join(dir.path, 'journal.ndjson'))).toEqual({ kind: 'none' })
  })

  it('cut anywhere holds every event whose line is whole', async () => {
    await using dir = await tempDir()
    const file = await journalOf(dir.path, halted(1), halted(2))
    const whole = await readFile(file)
    for (let length = whole.length; length >= 0; length--) {
      await truncate(file, length)
      const lines = whole.subarray(0, length).toString().split('\n').length - 1
      const read = await readJournal(file)
      if (lines === 0) expect(read).toEqual({ kind: 'broken' })
      else
        expect(read).toMatchObject({ lost: 0, text: { events: [halted(1), halted(2)].slice(0, lines - 1) } })
    }
  })

  it.each(['{"type":"halted","halt"', '\0\0\0\0', '42', '{"type":"halted"}', ''])(
    'ends what can be trusted at the broken line %j, and says how much came after it',
    async broken => {
      await using dir = await tempDir()
      const file = await journalOf(dir.path, halted(1))
      await appendFile(file, `${broken}\n${JSON.stringify(halted(2))}\n${JSON.stringify(halted(3))}\n`)
      expect(await readJournal(file)).toEqual({
        kind: 'read',
        text: { head: HEAD, events: [halted(1)] },
        lost: 3,
      })
    },
  )

  it.each(['', '\n', '{"version"', 'garbage\n', '{"key":1}\n', '[]\n'])(
    'that begins with %j says nothing',
    async text => {
      await using dir = await tempDir()
      const file = join(dir.path, 'journal.ndjson')
      await writeFile(file, text)
      expect(await readJournal(file)).toEqual({ kind: 'broken' })
    },
  )

  it('of another version is known as such, whatever its events look like', async () => {
    await using dir = await tempDir()
    const file = join(dir.path, 'journal.ndjson')
    await writeFile(file, '{"version":2,"anything":true}\n{"kind":"new"}\n')
    expect(await readJournal(file)).toEqual({ kind: 'other-version', version: 2 })
  })

  it('that goes on drops a torn end and leaves no other file behind', async () => {
    await using dir = await tempDir()
    const file = await journalOf(dir.path, halted(1))
    await appendFile(file, '{"type":"hal')
    const journal = await openJournal(file, HEAD, [halted(1)])
    journal.append(halted(2))
    await journal.close()
    expect(await readJournal(file)).toMatchObject({ lost: 0, text: { events: [halted(1), halted(2)] } })
    expect(await readdir(dir.path)).toEqual(['journal.ndjson'])
  })
})

it('a copy of a broken one goes into no file that a link beside it names', async () => {
  await using temp = await tempDir('journal')
  const file = join(temp.path, 'journal.ndjson')
  const theirs = join(temp.path, 'theirs')
  await writeFile(file, 'broken')
  await writeFile(theirs, 'theirs')
  await symlink(theirs, `${file}.broken`)
  expect(await readFile(await keepAside(file), 'utf8')).toBe('broken')
  expect(await readFile(theirs, 'utf8')).toBe('theirs')
})
