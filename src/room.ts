/** Before the first workspace: older runs' leftovers are gone, the kind of workspace is decided, and the disk takes them. */
import { join } from 'node:path'
import { isRunKey } from './decide/identity.ts'
import { inBytes, judgeRoom } from './decide/room.ts'
import type { Settings } from './decide/settings.ts'
import type { RunState, Sha } from './decide/task.ts'
import { rescueWork } from './rescue.ts'
import type { Obstacle } from './run/preflight.ts'
import type { Places } from './run/world.ts'
import type { CheckoutOptions } from './world/checkout.ts'
import { freeSpace, treeSize } from './world/disk.ts'
import { clearLeftovers } from './world/leftovers.ts'
import type { Log } from './world/log.ts'
import { openWorkspaces, type Workspaces } from './world/workspaces.ts'

/** In the run directory; never uploaded. */
export const LAYERS = 'internal/layers'

export async function clearRoot(
  root: string,
  own: {
    readonly key: string
    readonly runId: string | undefined
    readonly lockFile: string
    readonly retried: string | undefined
    readonly cookieOf: (runDir: string) => string
  },
  settings: Settings,
  log: Log,
): Promise<void> {
  const problems = await clearLeftovers({
    root,
    lockFile: own.lockFile,
    ownKey: own.key,
    isKey: isRunKey,
    cookieOf: own.cookieOf,
    // The run that is tried again, and earlier attempts of this workflow run, may hold work that this one takes up.
    spare: key => key === own.retried || (own.runId !== undefined && key.startsWith(`${own.runId}-`)),
    retentionHours: settings.workspaceRetentionHours,
    rescue: async dir => (await rescueWork(dir)).problems,
  })
  for (const problem of problems) log.notice('leftovers', problem)
}

export function workspacesFor(
  settings: Settings,
  tip: Sha,
  places: Places,
  checkout: CheckoutOptions,
  log: Log,
  cancel: AbortSignal,
): Promise<Workspaces> {
  const layers = join(places.run, LAYERS)
  return openWorkspaces(settings.workspaces, tip, { checkout, runDir: places.run, layers, log, cancel })
}

/** null: there is room, as far as sizes tell. Overlays take none worth counting. */
export async function roomFor(
  state: RunState,
  workers: number,
  settings: Settings,
  places: Places,
  workspaces: Workspaces,
  log: Log,
): Promise<Obstacle | null> {
  const tasks = state.tasks.filter(task => task.stage.kind === 'waiting').length
  const free = workspaces.kind === 'clone' && tasks > 0 ? await freeSpace(places.run) : null
  if (free === null) return null
  const tree = await treeSize(places.store, state.lane.tip, free.block)
  const gates = settings.gate === null ? 0 : settings.gateSlots
  const { fits, least, most } = judgeRoom({ tree: tree.bytes, free: free.bytes, workers, tasks, gates })
  const one = `A checkout of the ${tree.files} file(s) takes ${inBytes(tree.bytes)}`
  const there = `${inBytes(free.bytes)} is free at ${places.run}`
  if (fits === 'maybe') {
    log.warning(
      'disk',
      `${one}, all ${tasks} tasks together ${inBytes(most)}, and ${there}: it is enough only if work lands soon after it is done. ` +
        'Lower `workers`, set `keep-workspaces: never`, or give `workspace-root` a larger disk.',
    )
  }
  if (fits !== 'never') return null
  return {
    what: `The disk cannot hold the workspaces: ${inBytes(least)} is needed, ${there}.`,
    why: `${one}, and ${Math.min(workers, tasks)} workers have one each.`,
    fix: 'Lower `workers`, give `workspace-root` a folder on a larger disk, or set `workspaces: overlay` where root or password-less sudo allows mounts.',
  }
}
