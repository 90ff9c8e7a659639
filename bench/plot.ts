/** Line charts as one SVG: panels side by side, each with its legend below it. */

export interface Series {
  readonly name: string
  readonly points: readonly (readonly [x: number, y: number])[]
}

export interface Panel {
  readonly title: string
  readonly xLabel: string
  readonly yLabel: string
  /** `log`: only points above zero are drawn. */
  readonly x: 'linear' | 'log'
  readonly y: 'linear' | 'log'
  readonly series: readonly Series[]
}

const WIDTH = 400
const HEIGHT = 280
const LEFT = 64
const TOP = 36
const RIGHT = 16
const BELOW = 44
const LEGEND_LINE = 18
/** Okabe and Ito: told apart by most eyes. */
const COLORS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9']

export function plot(panels: readonly Panel[]): string {
  const lines = Math.max(...panels.map(panel => panel.series.length))
  const height = TOP + HEIGHT + BELOW + lines * LEGEND_LINE + 8
  const width = panels.length * (LEFT + WIDTH + RIGHT)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12" fill="#222">`,
    `<title>${panels.map(({ title }) => title).join('; ')}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...panels.map((panel, i) => {
      const at = `translate(${i * (LEFT + WIDTH + RIGHT) + LEFT} ${TOP})`
      return `<g transform="${at}">\n${panelOf(panel)}\n</g>`
    }),
    '</svg>\n',
  ].join('\n')
}

function panelOf({ title, xLabel, yLabel, x, y, series }: Panel): string {
  const drawn = series.map(({ name, points }) => ({
    name,
    points: points.filter(([px, py]) => (x === 'linear' || px > 0) && (y === 'linear' || py > 0)),
  }))
  const all = drawn.flatMap(({ points }) => points)
  const across = scale(
    all.map(([px]) => px),
    x,
    WIDTH,
  )
  const up = scale(
    all.map(([, py]) => py),
    y,
    HEIGHT,
  )
  const place = ([px, py]: readonly [number, number]): string =>
    `${across.at(px).toFixed(1)},${(HEIGHT - up.at(py)).toFixed(1)}`
  return [
    `<text x="0" y="-14" font-size="14" font-weight="bold">${title}</text>`,
    ...up.ticks.map(tick => {
      const at = (HEIGHT - up.at(tick)).toFixed(1)
      return `<path d="M0 ${at}H${WIDTH}" stroke="#ddd"/><text x="-6" y="${at}" dy="4" text-anchor="end">${short(tick)}</text>`
    }),
    ...across.ticks.map(tick => {
      const at = across.at(tick).toFixed(1)
      return `<path d="M${at} ${HEIGHT}v5" stroke="#222"/><text x="${at}" y="${HEIGHT + 18}" text-anchor="middle">${short(tick)}</text>`
    }),
    `<path d="M0 0V${HEIGHT}H${WIDTH}" stroke="#222" fill="none"/>`,
    `<text x="${WIDTH / 2}" y="${HEIGHT + 36}" text-anchor="middle">${xLabel}</text>`,
    `<text transform="translate(-46 ${HEIGHT / 2}) rotate(-90)" text-anchor="middle">${yLabel}</text>`,
    ...drawn.map(({ name, points }, i) => {
      const color = COLORS[i % COLORS.length]
      const line = HEIGHT + BELOW + (i + 0.5) * LEGEND_LINE
      return [
        `<polyline points="${points.map(place).join(' ')}" fill="none" stroke="${color}" stroke-width="2"/>`,
        ...points.map(point => {
          const [cx, cy] = place(point).split(',')
          return `<circle cx="${cx}" cy="${cy}" r="3" fill="${color}"/>`
        }),
        `<path d="M0 ${line}h24" stroke="${color}" stroke-width="2"/><text x="30" y="${line}" dy="4">${name}</text>`,
      ].join('\n')
    }),
  ].join('\n')
}

interface Scale {
  readonly at: (value: number) => number
  readonly ticks: readonly number[]
}

function scale(values: readonly number[], kind: 'linear' | 'log', length: number): Scale {
  const most = Math.max(...values)
  if (kind === 'log') {
    const [from, to] = [Math.floor(Math.log10(Math.min(...values))), Math.ceil(Math.log10(most))]
    const decades = Math.max(1, to - from)
    return {
      at: value => ((Math.log10(value) - from) / decades) * length,
      ticks: Array.from({ length: decades + 1 }, (_, i) => 10 ** (from + i)),
    }
  }
  const rough = most / 5
  const unit = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find(each => each * unit >= rough) ?? 10) * unit
  const count = Math.ceil(most / step - 1e-9)
  return {
    at: value => (value / (count * step)) * length,
    ticks: Array.from({ length: count + 1 }, (_, i) => i * step),
  }
}

function short(tick: number): string {
  if (tick >= 1_000_000) return `${tick / 1_000_000}M`
  return tick >= 10_000 ? `${tick / 1000}k` : String(Number(tick.toPrecision(6)))
}
