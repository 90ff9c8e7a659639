/**
 * Which prefix of a stack to gate next, and who is to blame.
 *
 * Prefix 0 is the tip, prefix n the whole stack. A red stack is searched for its first red prefix: binary with
 * one slot, (slots + 1)-ary with more, so that a culprit among n costs at most ceil(log2 n) further gates.
 * The tip is gated only when the first candidate looks guilty: that is when it matters.
 */
export type Search =
  | { readonly kind: 'green' }
  | { readonly kind: 'gate'; readonly prefixes: readonly number[] }
  /** 1-based: the prefix that turned red; all before it is proven. */
  | { readonly kind: 'culprit'; readonly prefix: number }
  | { readonly kind: 'base-red' }

/** `verdict(i)`: what is known of prefix i, `undefined` if nothing. `length` >= 1. */
export function search(
  verdict: (prefix: number) => boolean | undefined,
  length: number,
  slots: number,
): Search {
  const top = verdict(length)
  if (top === undefined) return { kind: 'gate', prefixes: [length] }
  if (top) return { kind: 'green' }
  let red = length
  for (let i = 1; i < length; i++) {
    if (verdict(i) === false) {
      red = i
      break
    }
  }
  let green = red - 1
  while (green > 0 && verdict(green) !== true) green--
  if (red - green > 1) return { kind: 'gate', prefixes: spread(green, red, slots) }
  if (green > 0) return { kind: 'culprit', prefix: red }
  const tip = verdict(0)
  if (tip === undefined) return { kind: 'gate', prefixes: [0] }
  return tip ? { kind: 'culprit', prefix: red } : { kind: 'base-red' }
}

/** At most `count` whole numbers strictly between `low` and `high`, evenly spread, ascending. */
export function spread(low: number, high: number, count: number): readonly number[] {
  const parts = Math.min(count, high - low - 1) + 1
  return Array.from({ length: parts - 1 }, (_, i) => low + Math.floor(((high - low) * (i + 1)) / parts))
}
