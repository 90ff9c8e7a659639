/** One step of the lane, on the remote and in the store; what it is to do is decide/lane.ts's to say. */
import type { LaneStep } from '../decide/task.ts'
import { unreachable } from '../decide/task.ts'
import { type GateSlots, gate } from './gate.ts'
import type { Happened } from './loop.ts'
import { push } from './push.ts'
import { stack } from './stack.ts'
import type { Recall } from './tip.ts'
import type { LaneWorld } from './world.ts'

/** What the lane keeps from step to step. */
export interface LaneTools {
  readonly slots: GateSlots
  readonly recall: Recall
}

export async function land(
  step: LaneStep,
  { slots, recall }: LaneTools,
  world: LaneWorld,
): Promise<Happened> {
  switch (step.kind) {
    case 'stack':
      return { type: 'stacked', result: await stack(step, recall, world) }
    case 'gate':
      return { type: 'gated', results: await gate(step, slots, world) }
    case 'push':
      return { type: 'pushed', layers: step.layers, result: await push(step, recall, world) }
    default:
      return unreachable(step)
  }
}
