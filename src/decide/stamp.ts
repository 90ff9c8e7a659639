/** Writes keys into the text of one JSON object, leaving its own layout and comments as they are. */
import { findNodeAtLocation, type Node, type ParseError, parseTree } from 'jsonc-parser'
import { eolOf } from './splice-block.ts'

/** The object with these keys set, replaced where they are, else added at its end; null when it is no JSON object. */
export function stampJson(object: string, keys: Readonly<Record<string, string>>): string | null {
  const errors: ParseError[] = []
  const root = parseTree(object, errors, { allowTrailingComma: true })
  if (root?.type !== 'object' || errors.length > 0) return null
  let text = object
  const added: string[] = []
  // From the back, so that the places of what comes before stay true.
  const present = Object.entries(keys).flatMap(([key, value]) => {
    const node = findNodeAtLocation(root, [key])
    if (node === undefined) added.push(`${JSON.stringify(key)}: ${JSON.stringify(value)}`)
    return node === undefined ? [] : [{ node, value }]
  })
  const last = root.children?.at(-1)
  text = added.length === 0 ? text : insert(text, root, last, added)
  for (const { node, value } of present.sort((a, b) => b.node.offset - a.node.offset)) {
    text = text.slice(0, node.offset) + JSON.stringify(value) + text.slice(node.offset + node.length)
  }
  return text
}

function insert(text: string, root: Node, last: Node | undefined, added: readonly string[]): string {
  if (last === undefined) {
    const at = root.offset + root.length - 1
    return `${text.slice(0, at)}${added.join(', ')}${text.slice(at)}`
  }
  const end = last.offset + last.length
  const line = text.slice(text.lastIndexOf('\n', last.offset) + 1, last.offset)
  const joint = text.includes('\n') && line.trim() === '' ? `,${eolOf(text)}${line}` : ', '
  return `${text.slice(0, end)}${added.map(key => joint + key).join('')}${text.slice(end)}`
}
