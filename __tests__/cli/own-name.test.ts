import { expect, test } from 'vitest'
import { ownName } from '../../src/cli/own-name.ts'

test.each([
  ['on PATH', '/usr/local/bin/fanout', '/home/me/shop', '/usr/bin:/usr/local/bin', 'fanout'],
  [
    'beside the repository',
    '/home/me/fanout/dist/cli/index.js',
    '/home/me/shop',
    '/usr/bin',
    'node ../fanout/dist/cli/index.js',
  ],
  ['within it', '/home/me/shop/tools/fanout/index.js', '/home/me/shop', '', 'node tools/fanout/index.js'],
  [
    'far away',
    '/opt/fanout/dist/cli/index.js',
    '/home/me/work/shop',
    '',
    'node /opt/fanout/dist/cli/index.js',
  ],
  ['not on this PATH', '/cache/bin/fanout', '/home/me', '/usr/bin', 'node /cache/bin/fanout'],
  ['a path with a space', '/home/me/my tools/index.js', '/home/me', '', "node 'my tools/index.js'"],
])('%s', (_, script, cwd, path, expected) => {
  expect(ownName(script, cwd, path)).toBe(expected)
})
