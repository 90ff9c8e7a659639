/**
 * What the pure decisions are driven against: a remote with one branch, a gate, workers and bad weather, all of
 * it data. It performs steps as src/run/*.ts does, and checks at every move of the branch what is promised of it.
 */
import type { RefusalCode } from '../../../src/decide/failure.ts'
import type { PushResult, StackResult } from '../../../src/decide/happened.ts'
import { scopeOf } from '../../../src/decide/refusal.ts'
import type {
  Candidate,
  GateResult,
  GateStep,
  Halt,
  Layer,
  PushStep,
  Sha,
  StackStep,
  Step,
  TaskId,
} from '../../../src/decide/task.ts'
import type { Happened } from '../../../src/run/loop.ts'
import { type Chance, insist } from './chance.ts'
import { createCrew } from './crew.ts'
import { emptyHistory, type Files, type History } from './history.ts'
import type { Scenario } from './scenario.ts'

export interface UnderWay {
  /** The step ends: what happened. */
  readonly complete: () => Happened
  /** The process dies while the step is under way. */
  readonly dies: () => void
}

export interface SimulatedWorld {
  readonly history: History
  readonly base: Sha
  readonly tip: () => Sha
  readonly perform: (step: Step) => UnderWay
  readonly halt: (halt: Halt) => void
  /** A new process: nobody has asked it to halt, and it has read the branch. */
  readonly restart: () => void
  readonly red: (tree: Sha) => boolean
  /** Whether the remote took a push whose answer nobody has read yet. */
  readonly unread: () => boolean
  /** Work of an earlier run, under refs/fanout/blocked. */
  readonly saved: ReadonlyMap<TaskId, Candidate>
  /** Every move of the branch by us: the tree it went to, and whether that one had passed the gate. */
  readonly moves: readonly { readonly tree: Sha; readonly passed: boolean | undefined }[]
}

export function createWorld(scenario: Scenario, chance: Chance): SimulatedWorld {
  const history = emptyHistory()
  const { weather } = scenario
  const base = history.commit({ tree: history.tree({}), parent: null, task: null, refused: null })
  const passed = new Map<Sha, boolean>()
  const moves: { tree: Sha; passed: boolean | undefined }[] = []
  let tip = base
  let halted: Halt | null = null
  let pushes = 0
  let strangers = 0
  let unread = false

  const crew = createCrew(scenario, history, base, chance)

  function redFiles(files: Files): boolean {
    if (files.vandal === 1) return true
    if (scenario.base !== 'green' && files.base !== 1) return true
    if (scenario.tasks.some((_, i) => files[`f${i}`] === 2)) return true
    return scenario.reds.some(tasks => tasks.every(i => files[`f${i}`] === 1))
  }

  /** Somebody else's commit. */
  function competitor(): void {
    const files = history.filesOf(tip)
    const vandal = files.vandal === 1 ? 0 : chance.happens(weather.vandal) ? 1 : 0
    const shared = chance.happens(0.3) ? { [`s${chance.below(3)}`]: chance.below(3) } : {}
    const tree = history.tree({ ...files, ...shared, vandal, x: ++strangers })
    tip = history.commit({ tree, parent: tip, task: null, refused: null })
  }

  const refusal = (code: RefusalCode): { code: RefusalCode; output: string } => ({
    code,
    output: `the remote says ${code}`,
  })

  function stack(step: StackStep): StackResult {
    if (chance.happens(weather.competitor / 2)) competitor()
    if (chance.happens(weather.fetch)) return { kind: 'unreachable', refusal: refusal(weather.fetchCode) }
    unread = false
    const landed = history
      .since(step.tip, tip)
      .flatMap(({ task, id }) => (task === null ? [] : [{ task, commit: id }]))
    const there = new Set(landed.map(layer => layer.task))
    const layers: Layer[] = []
    const conflicts: { task: TaskId; with: 'tip' | 'mate'; files: readonly string[] }[] = []
    const noops: TaskId[] = []
    const tipTree = history.at(tip).tree
    let top = { commit: tip, tree: tipTree }
    for (const { task, candidate } of step.tasks.filter(each => !there.has(each.task))) {
      const own = history.at(candidate.commit)
      const before = history.at(candidate.base).tree
      const tree = history.merge(top.tree, own.tree, before)
      const onTip = layers.length === 0
      if (tree === null) {
        const withTip = onTip || history.merge(tipTree, own.tree, before) === null
        conflicts.push({ task, with: withTip ? 'tip' : 'mate', files: ['a file'] })
      } else if (tree === top.tree) {
        if (onTip) noops.push(task)
        else conflicts.push({ task, with: 'mate', files: [] })
      } else {
        const upon = candidate.base === top.commit
        const commit = upon
          ? candidate.commit
          : history.commit({ tree, parent: top.commit, task, refused: own.refused })
        top = { commit, tree }
        layers.push({ task, ...top })
      }
    }
    return { kind: 'stacked', stack: { tip, tipTree, layers }, conflicts, noops, landed }
  }

  function gate(step: GateStep): readonly GateResult[] {
    const trees = step.targets.map(target => target.tree)
    insist(new Set(trees).size === trees.length, 'no tree is gated twice in one step')
    return step.targets.map(({ tree, commit }) => {
      const cut = halted === 'signal' && chance.happens(0.7)
      const red = redFiles(history.files(tree))
      const flaky = !red && chance.happens(weather.flake)
      if (!cut) passed.set(tree, !red)
      return {
        tree,
        commit,
        passed: cut ? null : !red,
        runs: red || flaky ? 2 : 1,
        exitCode: red ? 1 : 0,
        signal: null,
        timedOut: false,
        seconds: 1,
        logFile: 'gate.log',
        outputTail: '',
      }
    })
  }

  function push({ tip: expected, layers }: PushStep): PushResult {
    const top = layers.at(-1)
    insist(top !== undefined, 'a push holds a candidate')
    pushes++
    if (chance.happens(weather.competitor)) competitor()
    const refused = (code: RefusalCode, suspects: readonly TaskId[] = []): PushResult => ({
      kind: 'refused',
      refusal: refusal(code),
      suspects,
    })
    if (weather.closes && pushes > weather.closes.after) return refused(weather.closes.code)
    if (chance.happens(weather.push)) return refused(weather.pushCode)
    if (tip !== expected) return refused('race')
    const guilty = layers.filter(layer => history.at(layer.commit).refused !== null)
    const first = guilty[0]
    if (first) {
      const { refused: code } = history.at(first.commit)
      insist(code !== null && scopeOf(refusal(code)) === 'candidate', 'one commit is refused for itself')
      const wrong = layers.filter(layer => !guilty.includes(layer)).map(layer => layer.task)
      const named = { right: guilty.map(layer => layer.task), none: [], wrong }
      return refused(code, named[scenario.words])
    }
    const below = layers.map(layer => history.at(layer.commit).parent)
    insist(
      below.every((parent, i) => parent === (layers[i - 1]?.commit ?? tip)),
      'a push is fast-forward and holds nothing but its layers',
    )
    moves.push({ tree: top.tree, passed: passed.get(top.tree) })
    tip = top.commit
    if (chance.happens(weather.unclear) && chance.happens(0.6)) {
      unread = true
      return refused(weather.pushCode === 'unknown' ? 'network' : weather.pushCode)
    }
    return { kind: 'landed', bypassed: [] }
  }

  function happened(step: Step): Happened {
    switch (step.kind) {
      case 'work':
        return { type: 'worked', task: step.task, result: crew.work(step, halted) }
      case 'remediate':
        return { type: 'remediated', task: step.task, result: crew.remediate(step, halted) }
      case 'finish':
        return { type: 'finished', task: step.task, files: [`tasks/${step.task}/worker.log`] }
      case 'stack':
        return { type: 'stacked', result: stack(step) }
      case 'gate':
        return chance.happens(weather.gateThrows)
          ? { type: 'stacked', result: { kind: 'unreachable', refusal: refusal('unknown') } }
          : { type: 'gated', results: gate(step) }
      case 'push':
        return { type: 'pushed', layers: step.layers, result: push(step) }
    }
  }

  return {
    history,
    base,
    tip: () => tip,
    perform: step => {
      // What a push does to the remote may come long before its answer.
      const early = step.kind === 'push' && chance.happens(0.5) ? happened(step) : null
      return {
        complete: () => early ?? happened(step),
        dies: () => {
          if (step.kind === 'push' && early === null && chance.happens(0.5)) happened(step)
        },
      }
    },
    halt: halt => {
      if (halted !== 'signal') halted = halt
    },
    restart: () => {
      halted = null
      unread = false
    },
    red: tree => redFiles(history.files(tree)),
    unread: () => unread,
    saved: crew.saved,
    moves,
  }
}
