import type { Given } from '../../syntax/compose/given.ts';
import { known } from '../../syntax/compose/given.ts';
import type { Heredoc, Instruction } from '../../syntax/dockerfile/parse.ts';
import type { CopySource, CopyStep } from './built-image.ts';
import { pathBelow, type WordReader } from './dockerfile-words.ts';
import { normalPath } from './reading.ts';

/** What `COPY` or `ADD` does, one step for each source. https://docs.docker.com/reference/dockerfile/#copy */
export function copySteps(
  instruction: Instruction,
  directory: Given<string> | undefined,
  reader: WordReader,
): readonly CopyStep[] {
  const { span, list, words, flags, heredocs, keyword } = instruction;
  const parts = list ? list.map((text) => reader.text(text, span)) : words.map(reader.word);
  const last = parts.at(-1);
  if (!last || parts.length < 2) return [];
  const target = pathBelow(directory, last);
  const intoDirectory = parts.length > 2 || (last.kind === 'known' && /(?:^|\/)\.{0,2}$/.test(last.value));
  const elsewhere = flags.get('from');
  return parts.slice(0, -1).map((source, index): CopyStep => {
    const written = list ? '' : (words[index]?.text ?? '');
    const heredoc = heredocs.find(({ name }) => written.replace(/^<<-?["']?|["']$/g, '') === name);
    const from = heredoc ? textSource(heredoc, reader) : sourceOf(source, elsewhere, keyword === 'ADD');
    return { kind: 'copy', span, from, target, intoDirectory };
  });
}

function textSource({ name, text, span, isExpanded }: Heredoc, reader: WordReader): CopySource {
  if (!isExpanded) return { kind: 'text', name, text: known(text, span) };
  // In a here-document quotes are characters like any other.
  return { kind: 'text', name, text: reader.text(text.replace(/["']/g, '\\$&'), span) };
}

function sourceOf(source: Given<string>, elsewhere: string | undefined, isAdd: boolean): CopySource {
  if (source.kind === 'unknown') return { kind: 'elsewhere', why: source.why };
  if (elsewhere !== undefined) return { kind: 'elsewhere', why: `it is made in "${elsewhere}"` };
  const { value } = source;
  if (isAdd && /^(?:https?|git|ssh):|^git@|\.(?:tar|tgz|txz|tbz2?)(?:\.\w+)?$/.test(value)) {
    return { kind: 'elsewhere', why: `it is fetched or unpacked from "${value}"` };
  }
  return { kind: 'context', path: normalPath(value) };
}
