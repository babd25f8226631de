import type { Edit, Fix } from '../engine/finding.ts';
import { own } from '../model/nginx/block.ts';
import type { BufferConflict } from '../model/nginx/start/buffers.ts';
import type { Directive } from '../syntax/nginx/tree.ts';
import { nginxSizeText } from '../values/nginx-size-text.ts';
import { insertDirectiveAfter, replace } from './lines.ts';

/**
 * Sizes that fit each other: the one that nginx names is changed or, where that is out of the question, the buffers are. It
 * is written in the innermost block that takes part, so that other locations keep theirs.
 */
export function buffersFix(conflict: BufferConflict): Fix {
  const { name, args } = consistent(conflict);
  const { directive, block } = conflict.nearest;
  const text = `${name} ${args.join(' ')};`;
  const there = own(block, name);
  const edit = there ? withArguments(there, args) : insertDirectiveAfter(directive, text);
  return { safe: true, title: text, edits: [edit] };
}

function consistent({ kind, name, values }: BufferConflict): {
  readonly name: string;
  readonly args: readonly string[];
} {
  const { module, first, count, each, busy, busyGiven } = values;
  const largest = Math.max(first, each);
  if (kind === 'one-buffer') return { name, args: ['8', nginxSizeText(each)] };
  if (kind !== 'busy-too-large') return { name, args: [nginxSizeText(largest)] };
  const room = (count - 1) * each;
  if (busyGiven && room >= largest) return { name, args: [nginxSizeText(room)] };
  const needed = Math.max(count, Math.ceil(busy / largest) + 1);
  return { name: `${module}_buffers`, args: [String(needed), nginxSizeText(largest)] };
}

function withArguments({ source, args }: Directive, texts: readonly string[]): Edit {
  const start = args[0]?.start ?? 0;
  return replace({ source, start, end: args.at(-1)?.end ?? start }, texts.join(' '));
}
