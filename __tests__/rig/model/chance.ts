/** Chance that can be repeated: the same seed, the same throws. */
export interface Chance {
  /** True with this probability. */
  readonly happens: (probability: number) => boolean
  readonly below: (count: number) => number
}

/** Mulberry32. */
export function chanceOf(seed: number): Chance {
  let state = seed | 0
  const throwOnce = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  return {
    happens: probability => throwOnce() < probability,
    below: count => Math.floor(throwOnce() * count),
  }
}

/** A promise of the product; breaking it fails the run with these words. */
export function insist(kept: boolean, promise: string): asserts kept {
  if (!kept) throw new Error(`broken promise: ${promise}`)
}
