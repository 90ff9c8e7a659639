/**
 * Prints what CHANGELOG.md says of a version: `node scripts/release-notes.ts v1.2.3`. Exits with 1 where package.json
 * has another version, or the changelog does not know it or calls it unreleased.
 */
import { readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = join(import.meta.dirname, '..')

/** The section's text, or what stands in the way of this release. */
export function releaseNotes(
  tag: string,
  changelog: string,
  version: string,
): { readonly notes: string } | { readonly problem: string } {
  if (tag !== `v${version}`) return { problem: `the tag is ${tag}, and package.json has version ${version}` }
  const sections = changelog.split(/^## /m).slice(1)
  const own = sections.find(section => section.split(/\s/, 1)[0] === version)
  if (own === undefined) return { problem: `CHANGELOG.md has no section ${version}` }
  const [title = '', ...lines] = own.split('\n')
  if (/unreleased/i.test(title)) return { problem: `CHANGELOG.md calls ${version} unreleased` }
  const notes = lines.join('\n').trim()
  return notes === '' ? { problem: `CHANGELOG.md says nothing about ${version}` } : { notes }
}

if (realpathSync(process.argv[1] ?? '.') === fileURLToPath(import.meta.url)) {
  const textOf = (name: string): string => readFileSync(join(ROOT, name), 'utf8')
  const { version } = JSON.parse(textOf('package.json'))
  const found = releaseNotes(process.argv[2] ?? '', textOf('CHANGELOG.md'), version)
  if ('notes' in found) console.log(found.notes)
  else {
    console.error(`${found.problem}: put it right, and tag that commit`)
    process.exitCode = 1
  }
}
