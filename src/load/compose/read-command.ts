import { type Given, known, unknown } from '../../syntax/compose/given.ts';
import { partSpan } from '../../syntax/compose/node.ts';
import { splitCommand } from '../../syntax/compose/words.ts';
import { type Layers, last, under } from './layers.ts';
import type { Reading } from './reading.ts';

/**
 * Reads `command` or `entrypoint`: a list of words, or a line that is split into words. The last file counts. Nothing where none says
 * anything, or says nothing: the image's own remains.
 */
export function readCommand(
  reading: Reading,
  service: Layers,
  key: 'command' | 'entrypoint',
): Given<readonly Given<string>[]> | undefined {
  const layer = last(under(service, key));
  if (!layer) return undefined;
  const { node } = layer;
  const { span } = node;
  if (node.kind === 'map') {
    reading.complain(`${key} must be a line or a list of words`, span);
    return unknown('it is a map', span);
  }
  if (node.kind === 'list') {
    const words = node.items.map((item) =>
      item.kind === 'scalar' ? item.text : unknown('it is not a word', item.span),
    );
    return known(words, span);
  }
  if (node.isNull) return undefined;
  const { text } = node;
  if (text.kind === 'unknown') return text;
  const words = splitCommand(text.value);
  if (!words) return unknown('it has a quote that never ends', span, text.value);
  return known(
    words.map(({ text: word, start, end }) => known(word, partSpan(span, text.value, start, end))),
    span,
  );
}
