import { expect, it } from 'vitest'
import { takeUpCommand } from '../../src/action/saved.ts'
import { failing, task } from './sample.ts'

const red = { code: 'worker-exit', exitCode: 1 } as const

it('names the bundle and the branch in it', () => {
  expect(takeUpCommand(failing('types', red), '/tmp/run')).toBe(
    'git fetch /tmp/run/tasks/types/work.bundle refs/fanout/work/types && git cherry-pick FETCH_HEAD',
  )
})

it('an id with two dots has the name that git takes', () => {
  expect(takeUpCommand(failing('v1..2', red), '/r')).toContain(' refs/fanout/work/v1.%2E2 ')
})

it('a folder with spaces and quotes is one word to the shell', () => {
  expect(takeUpCommand(failing('a', red), "/it's here")).toContain(
    `git fetch '/it'\\''s here/tasks/a/work.bundle' `,
  )
})

it('finds the bundle beside the folder of a task where that could not be written', () => {
  const moved = failing('a', red, { files: ['a.work.bundle', 'a.work.patch'] })
  expect(takeUpCommand(moved, '/r')).toContain('/r/a.work.bundle refs/fanout/work/a')
})

it('never takes an artifact of the worker for it', () => {
  expect(takeUpCommand(task('a', { files: ['tasks/a/artifacts/work.bundle'] }), '/r')).toBeNull()
  expect(takeUpCommand(task('a'), '/r')).toBeNull()
})
