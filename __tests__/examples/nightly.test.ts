import { expect, test, vi } from 'vitest'
import { runExample } from '../rig/example.ts'
import { outcomes } from '../rig/fanout.ts'

// Whole workflows, on a machine that may be busy.
vi.setConfig({ testTimeout: 240_000 })

const MAKEFILE = `
docs:
	mkdir -p docs && cat src/*.txt > docs/api.md && echo '[gone](nowhere)' >> docs/api.md
links:
	sed -i.old '/nowhere/d' docs/api.md && rm docs/api.md.old
format:
	for file in src/*.txt; do tr A-Z a-z < "$$file" > new && mv new "$$file"; done
test:
	! grep -rn broken src
.PHONY: docs links format test
`
const files = { Makefile: MAKEFILE, 'src/a.txt': 'ALPHA\n', 'src/b.txt': 'beta\n' }

test('at night the queue is worked off, and what landed leaves it', async () => {
  await using run = await runExample('nightly', 'fanout.yml', { files, github: { event_name: 'schedule' } })
  expect(run.done.conclusion).toBe('success')
  expect(outcomes(run.summary())).toEqual({
    'regenerate-docs': 'landed',
    'check-links': 'landed',
    format: 'landed',
  })
  const landed = await run.remote.files()
  expect(landed['src/a.txt']).toBe('alpha\n')
  expect(landed['docs/api.md']).toMatch(/^alpha\nbeta\n$/i)
  expect(landed['tasks.yml']).not.toMatch(/- id:/)
  expect(landed['tasks.done.yml']).toMatch(/id: format/)
})

test('by hand, one task as a rehearsal: the report and nothing on the branch', async () => {
  await using run = await runExample('nightly', 'fanout.yml', {
    files,
    inputs: { only: 'format', 'dry-run': true },
  })
  expect(run.done.conclusion).toBe('success')
  expect(run.summary().run.dry_run).toBe(true)
  expect(outcomes(run.summary())).toMatchObject({ format: 'landed', 'check-links': 'skipped (only)' })
  expect(await run.remote.log()).toBe('everything\ninitial')
})
