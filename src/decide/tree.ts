/** What a tasks file holds, whether YAML or JSON, with the place of every part in its text. */

interface Placed {
  /** Offset into the text without its byte order mark. */
  readonly at: number
  /** Values it stands for once aliases are written out; what limits YAML bombs. */
  readonly weight: number
}
export interface Entry {
  readonly key: string
  readonly keyAt: number
  readonly value: Tree
}
export type MapTree = Placed & { readonly kind: 'map'; readonly entries: readonly Entry[] }
export type ListTree = Placed & { readonly kind: 'list'; readonly items: readonly Tree[] }
export type Leaf = string | number | boolean | null
export type LeafTree = Placed & { readonly kind: 'leaf'; readonly value: Leaf }
export type Tree = MapTree | ListTree | LeafTree

export type Syntax = 'yaml' | 'jsonc'

/** Deepest nesting that is read. */
export const MAX_DEPTH = 100
/** Most tokens of a text, and most values once aliases are written out. */
export const MAX_PARTS = 1_000_000

export const TOO_DEEP = `nested deeper than ${MAX_DEPTH} levels`
export const TOO_MANY = `holds more than ${MAX_PARTS} values`

export function leaf(at: number, value: Leaf): LeafTree {
  return { kind: 'leaf', at, value, weight: 1 }
}

export function list(at: number, items: readonly Tree[]): ListTree {
  return { kind: 'list', at, items, weight: items.reduce((sum, item) => sum + item.weight, 1) }
}

export function map(at: number, entries: readonly Entry[]): MapTree {
  return { kind: 'map', at, entries, weight: entries.reduce((sum, entry) => sum + entry.value.weight, 1) }
}

export function entryOf(tree: Tree, key: string): Entry | null {
  return tree.kind === 'map' ? (tree.entries.find(entry => entry.key === key) ?? null) : null
}

/** The plain value; maps have no prototype, so that no key has a meaning of its own. */
export function toValue(tree: Tree): unknown {
  switch (tree.kind) {
    case 'leaf':
      return tree.value
    case 'list':
      return tree.items.map(toValue)
    case 'map': {
      const value: Record<string, unknown> = Object.create(null)
      for (const entry of tree.entries) value[entry.key] = toValue(entry.value)
      return value
    }
  }
}

/** The part that a path of keys and indexes leads to, or the last one on the way that exists. */
export function partAt(tree: Tree, path: readonly PropertyKey[]): Tree {
  let part = tree
  for (const step of path) {
    const next = part.kind === 'list' ? part.items[Number(step)] : entryOf(part, String(step))?.value
    if (next === undefined) return part
    part = next
  }
  return part
}
