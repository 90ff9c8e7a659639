/**
 * The folders that workers get. Two kinds do the same (input `workspaces`): `clone` writes every file, `overlay` mounts
 * one pristine checkout under a private layer. Who uses a workspace cannot tell and need not know.
 */
import type { Settings } from '../decide/settings.ts'
import type { Sha } from '../decide/task.ts'
import type { Checkout, CheckoutOptions } from './checkout.ts'
import { cloneWorkspaces, WORTH_AN_EFFORT } from './clones.ts'
import { countFiles } from './disk.ts'
import type { Log } from './log.ts'
import { ownPower, type Power, removeFolder } from './mounts.ts'
import { overlayWorkspaces, probeOverlay } from './overlay.ts'

export interface Workspaces {
  readonly kind: 'clone' | 'overlay'
  /** Files of `commit` with a git directory of their own; what was there is removed. `more`: others will be asked for. */
  create(at: Checkout, commit: Sha, more?: boolean): Promise<void>
  /** Removes folder and index; nothing there is nothing to do. */
  remove(at: Checkout): Promise<void>
  /** Leaves the folder to people: plain files that need nothing of ours but the store's objects. */
  keep(at: Checkout): Promise<void>
  /** Ends what would outlive the process. Never rejects. */
  close(): Promise<void>
}

export interface WorkspacesOptions {
  readonly checkout: CheckoutOptions
  /** The run directory: all workspaces lie in it. */
  readonly runDir: string
  /** For layers; on the file system of the workspaces. Made when needed, removed in the end. */
  readonly layers: string
  readonly log: Log
  /** Once aborted, only what is quick is still done. */
  readonly cancel: AbortSignal
  readonly power?: Power
  /** So many files are written at a time; all that this process may use unless told otherwise. */
  readonly processors?: number
}

/** Decides once a run which kind it is; `tip` is the first commit that workspaces are made of. */
export async function openWorkspaces(
  wanted: Settings['workspaces'],
  tip: Sha,
  options: WorkspacesOptions,
): Promise<Workspaces> {
  const { log, layers, checkout, power = ownPower() } = options
  // Of an earlier process of this run.
  await removeFolder(layers, power)
  if (wanted === 'clone') return cloneWorkspaces(options)
  if (wanted === 'auto' && (await countFiles(checkout.storeDir, tip)) < WORTH_AN_EFFORT) {
    return cloneWorkspaces(options)
  }
  const probed = await probeOverlay(layers, power)
  if (probed.ok) return overlayWorkspaces({ ...options, power }, probed.mountOptions)
  const text = `Overlay workspaces are not possible here, so each workspace is a clone: ${probed.why}`
  if (wanted === 'overlay') log.notice('workspaces', text)
  else log.debug(text)
  return cloneWorkspaces(options)
}
