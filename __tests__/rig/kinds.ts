import { readFile } from 'node:fs/promises'
import { probeOverlay } from '../../src/world/overlay.ts'
import type { Workspaces } from '../../src/world/workspaces.ts'
import { tempDir } from './temp.ts'

const { ok, why } = await probe()

/** Whether this process may mount overlays here. */
export const overlayPossible = ok

/**
 * For `describe.each`: title and input `workspaces`. Where overlays are not possible that row's title says so and its
 * tests run on the clones that there are then; with the right to mount, that they are not is a failure (see `expectKind`).
 */
export const KINDS: readonly (readonly [title: string, kind: Workspaces['kind']])[] = [
  ['clone', 'clone'],
  [ok ? 'overlay' : `overlay, which this machine cannot mount, so clones (${why})`, 'overlay'],
]

/** The kind that a run must have had: `file system` of its workspaces as `stat -f -c %T` says it. */
export async function expectKind(kind: Workspaces['kind'], fileSystem: string): Promise<void> {
  if (kind === 'overlay' && !ok && (await mayMount()))
    throw new Error(`overlays must be possible here: ${why}`)
  const seen = fileSystem.trim() === 'overlayfs' ? 'overlay' : 'clone'
  const wanted = ok ? kind : 'clone'
  // A container's own root may be an overlay: then there is nothing to tell them apart by.
  if (seen !== wanted && wanted === 'overlay')
    throw new Error(`${wanted} was asked for, the workspace is on ${fileSystem}`)
}

async function probe(): Promise<{ readonly ok: boolean; readonly why: string }> {
  await using temp = await tempDir('probe')
  const probed = await probeOverlay(temp.path)
  return probed.ok ? { ok: true, why: '' } : { ok: false, why: probed.why.split('\n')[0] ?? '' }
}

const CAP_SYS_ADMIN = 21n

/** Root in a container usually may not. */
async function mayMount(): Promise<boolean> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '')
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0'
  return ((BigInt(`0x${effective}`) >> CAP_SYS_ADMIN) & 1n) === 1n
}
