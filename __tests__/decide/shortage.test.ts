import { describe, expect, it } from 'vitest'
import { saysShortage, shortageIn, shortageOf } from '../../src/decide/shortage.ts'

const fault = (code: string, syscall: string) =>
  Object.assign(new Error(`${syscall} ${code}`), { code, syscall })

describe('a machine that is short of processes or open files', () => {
  it.each([
    'error: cannot fork() for git-remote-https: Resource temporarily unavailable',
    'fatal: cannot run ssh: Resource temporarily unavailable',
    'fatal: unable to create thread: Resource temporarily unavailable',
    'error: cannot create async thread: Resource temporarily unavailable',
    'fatal: unable to create threaded lstat: Resource temporarily unavailable',
    'error: cannot create standard input pipe for index-pack: Too many open files',
    "warning: unable to access '.gitattributes': Too many open files",
    "fatal: unable to open 'objects/pack/pack-1.pack': Too many open files in system",
    'bash: fork: retry: Resource temporarily unavailable',
    'sh: 1: Cannot fork',
    'fork/exec /usr/bin/git: resource temporarily unavailable',
    'runtime: failed to create new OS thread (have 5 already; errno=11)',
    'runtime/cgo: pthread_create failed: Resource temporarily unavailable',
    "fatal: unable to access 'https://h.test/o/r/': getaddrinfo() thread failed to start",
    'fatal: cannot fork() for x: Cannot allocate memory',
  ])('says so: %s', line => {
    expect(shortageIn(`hint: something\n${line}\nfatal: the end`)).toBe(line)
  })

  it.each([
    '',
    'fatal: Authentication failed for https://h.test/',
    'remote: fatal: cannot fork() for pack-objects: Resource temporarily unavailable',
    'read: Resource temporarily unavailable',
    "error: open('x: Too many open files'): Permission denied",
    'fatal: loose object 12 (stored in objects/1/2) is corrupt',
    'fatal: Out of memory, malloc failed (tried to allocate 10 bytes)',
  ])('does not: %s', line => {
    expect(shortageIn(line)).toBeNull()
  })

  it('shows in the errors of node', () => {
    expect(shortageOf(fault('EAGAIN', 'spawn git'))).toBe('spawn git EAGAIN')
    expect(shortageOf(fault('EMFILE', 'open'))).toBe('open EMFILE')
    expect(shortageOf(new Error('could not be started. Error: spawn env ENFILE'))).not.toBeNull()
    expect(shortageOf(fault('EAGAIN', 'read'))).toBeNull()
    expect(shortageOf(fault('ENOENT', 'spawn git'))).toBeNull()
    expect(shortageOf(undefined)).toBeNull()
  })

  it('is told with the way out', () => {
    expect(saysShortage('spawn git\nEAGAIN')).toMatch(/\(?spawn git EAGAIN.*no task is blamed.*`workers`/)
  })
})
