import { expect, test } from 'vitest'
import { diskFault, isFullDisk } from '../../src/decide/disk.ts'

const failing = (code: string) => Object.assign(new Error(code), { code, syscall: 'open', path: '/r/1-1/x' })

test.each(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'ENOTDIR', 'EIO'])(
  '%s is told with the file, the cause and a way out',
  code => {
    const fault = diskFault(failing(code), '/r', false)
    expect(fault?.what).toBe(`/r/1-1/x cannot be written (${code}).`)
    expect(fault?.fix).toContain('workspace-root')
    expect(diskFault(failing(code), '/r', true)?.fix).toContain('run again')
  },
)

test('what git says of a full disk counts as well', () => {
  const error = new Error('git init exited with 128: fatal: cannot mkdir x: No space left on device')
  expect(diskFault(error, '/r', false)).toMatchObject({ what: '/r cannot be written (ENOSPC).' })
})

test('anything else is a fault of ours', () => {
  expect(diskFault(failing('ENOENT'), '/r', false)).toBeNull()
  expect(diskFault(new TypeError('x is not a function'), '/r', true)).toBeNull()
  expect(diskFault(undefined, '/r', true)).toBeNull()
  // Not of the file system.
  expect(diskFault(Object.assign(new Error('EACCES'), { code: 'EACCES' }), '/r', false)).toBeNull()
})

test('a folder that the system will not make is told as that, before anything was begun', () => {
  const error = Object.assign(new Error('ENOENT'), { code: 'ENOENT', syscall: 'mkdir', path: '/proc/x' })
  expect(diskFault(error, '/proc/x', false)?.fix).toContain('workspace-root')
  expect(diskFault(error, '/proc/x', true)).toBeNull()
})

test('git often does not say why it could not write: most likely there is no room', () => {
  const said = (words: string) => isFullDisk(new Error(words))
  expect(
    [
      'error: unable to write file a/b.txt',
      "cannot update ref 'refs/heads/main': couldn't write '/r/main.lock'",
      'fatal: unknown write failure on standard output',
      'error: No space left on device',
      'Disk quota exceeded',
    ].map(said),
  ).toEqual([true, true, true, true, true])
  expect(
    [
      "fatal: Unable to create '/r/index.lock': File exists.",
      'error: unable to write file x: Permission denied',
      "couldn't write: Read-only file system",
      'fatal: bad object',
    ].map(said),
  ).toEqual([false, false, false, false])
  expect(isFullDisk(failing('ENOSPC'))).toBe(true)
  expect(isFullDisk(failing('EACCES'))).toBe(false)
  expect(isFullDisk(undefined)).toBe(false)
})
