/** YAML anchors that bookkeeping would trip over: a task cannot leave a file in which others use what it defines. */
import { isAlias, isMap, isSeq, type Node, parseDocument, visit } from 'yaml'
import type { Problem } from './problem.ts'
import { readTree } from './read.ts'
import type { Task } from './task.ts'
import { PARSING } from './yaml.ts'

/** What looks like an anchor or an alias: without both there is nothing to parse for. */
const MARKS = [/(^|[\s[{,])&[^\s&,[\]{}]/, /(^|[\s[{,])\*[^\s,[\]{}]/]
const WAY_OUT =
  'write the keys out in each task, define the anchor under `defaults`, or set `bookkeeping: off`'

/**
 * The anchors that a task defines which may land (`tasks`: all of the file, in its order) and that are used outside of
 * it, each at its place. The text is known to be a good tasks file.
 */
export function sharedAnchors(
  file: string,
  source: string,
  tasks: readonly Pick<Task, 'id' | 'status'>[],
): readonly Problem[] {
  const problems: Problem[] = []
  if (!MARKS.every(mark => mark.test(source))) return problems
  const reading = readTree(file, source, problems)
  if (!reading.ok || reading.syntax !== 'yaml') return problems
  const text = source.replace(/^\uFEFF/, '')
  const document = parseDocument(text, PARSING)
  const { contents } = document
  const list = isMap(contents) ? contents.get('tasks', true) : contents
  if (isAlias(list)) {
    const why = 'the list of tasks stands behind an alias, where `bookkeeping: archive` cannot edit it'
    reading.report(list.range?.[0] ?? null, `${why}: write it out, or set \`bookkeeping: off\``)
  }
  const items = new Map<unknown, number>(isSeq(list) ? list.items.map((item, index) => [item, index]) : [])
  const anchors = new Map<string, { readonly owner: number | undefined; readonly at: number }>()
  const told = new Set<number>()
  visit(document, {
    Node: (_, node, path) => {
      const owner = [...path, node].map(part => items.get(part)).find(index => index !== undefined)
      const start = (node as Node).range?.[0] ?? 0
      if (!isAlias(node)) {
        // A node's own place is behind its anchor.
        if (node.anchor) anchors.set(node.anchor, { owner, at: text.lastIndexOf(`&${node.anchor}`, start) })
        return
      }
      const anchor = anchors.get(node.source)
      if (anchor?.owner === undefined || anchor.owner === owner || told.has(anchor.at)) return
      const task = tasks[anchor.owner]
      if (task?.status !== 'todo' && task?.status !== 'doing') return
      told.add(anchor.at)
      const what = `task '${task.id}' defines the anchor '&${node.source}', which line ${lineOf(text, start)} uses`
      const why = '`bookkeeping: archive` could not take the task out of the file when it lands'
      reading.report(anchor.at, `${what}: ${why}; ${WAY_OUT}`)
    },
  })
  return problems
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}
