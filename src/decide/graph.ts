/** Questions about who needs whom. Nodes are indexes; nothing recurses, so any depth is fine. */

type Edges = readonly (readonly number[])[]

/** The same edges the other way round: result[i] holds every node that has i in its list, ascending. */
export function dependantsOf(needs: Edges): number[][] {
  const dependants: number[][] = needs.map(() => [])
  needs.forEach((list, node) => {
    for (const need of list) dependants[need]?.push(node)
  })
  return dependants
}

/** Every node that can be reached from `starts` over `edges`, without the starts themselves unless a cycle leads back. */
export function reachable(edges: Edges, starts: readonly number[]): ReadonlySet<number> {
  const reached = new Set<number>()
  const open = [...starts]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const next of edges[node] ?? []) {
      if (reached.has(next)) continue
      reached.add(next)
      open.push(next)
    }
  }
  return reached
}

/**
 * One shortest cycle for every knot of nodes that need each other, as its nodes in the order of needing,
 * beginning with the lowest: [0, 2] means 0 needs 2 needs 0. A node that needs itself is [node].
 */
export function findCycles(needs: Edges): number[][] {
  const cycles = knots(needs).map(knot => shortestCycle(needs, knot))
  return cycles.filter(cycle => cycle.length > 0).sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0))
}

/** Strongly connected components (Tarjan), with an explicit stack. */
function knots(needs: Edges): number[][] {
  const order = new Map<number, number>()
  const low = new Map<number, number>()
  const path: number[] = []
  const onPath = new Set<number>()
  const found: number[][] = []
  const lower = (node: number, value: number) => low.set(node, Math.min(low.get(node) ?? value, value))

  for (let root = 0; root < needs.length; root++) {
    if (order.has(root)) continue
    const stack = [{ node: root, next: 0 }]
    for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
      const { node } = frame
      if (frame.next === 0) {
        low.set(node, order.size)
        order.set(node, order.size)
        path.push(node)
        onPath.add(node)
      }
      const need = needs[node]?.[frame.next++]
      if (need !== undefined) {
        if (!order.has(need)) stack.push({ node: need, next: 0 })
        else if (onPath.has(need)) lower(node, order.get(need) ?? 0)
        continue
      }
      stack.pop()
      const parent = stack.at(-1)
      if (parent !== undefined) lower(parent.node, low.get(node) ?? 0)
      if (low.get(node) !== order.get(node)) continue
      const knot = path.splice(path.lastIndexOf(node))
      for (const member of knot) onPath.delete(member)
      found.push(knot)
    }
  }
  return found
}

/** Breadth first from the lowest node of a knot back to it; empty when it is no cycle. */
function shortestCycle(needs: Edges, knot: readonly number[]): number[] {
  const inside = new Set(knot)
  const start = knot.reduce((a, b) => Math.min(a, b))
  const from = new Map<number, number>()
  const open = [start]
  for (const node of open) {
    for (const need of needs[node] ?? []) {
      if (need === start) {
        const cycle = [node]
        for (let step = from.get(node); step !== undefined; step = from.get(step)) cycle.push(step)
        return cycle.reverse()
      }
      if (!inside.has(need) || from.has(need)) continue
      from.set(need, node)
      open.push(need)
    }
  }
  return []
}
