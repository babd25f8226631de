import { visible } from './visible.ts';

/**
 * A sentence that may quote the user's files, as Markdown. Words of letters stay; whatever else could be read as
 * Markdown, HTML, a link, a mention or a reference to an issue becomes code. The words around it are not touched.
 */
export function markdownText(text: string): string {
  return visible(text).split(' ').map(markdownWord).join(' ');
}

// Letters with the punctuation of prose around them, or a number. Nothing of this is markup, even at the start of a line.
const prose = /^["'(]{0,3}(?:[a-z]+(?:[-'][a-z]+)*|\d+(?:\.\d+)*[a-z]?)["'),;:.?!]{0,3}$/i;
// Signs of the sentence, to stand behind the code instead of in it.
const ending = /^(.+?)([),;:.?]{0,2})$/s;

function markdownWord(word: string): string {
  const isListNumber = /^\d+[.)]$/.test(word);
  if (word === '' || (prose.test(word) && !isListNumber)) return word;
  const [, code = word, sign = ''] = ending.exec(word) ?? [];
  return `${markdownCode(code)}${sign}`;
}

/** A text as code within a line: nothing in it is read as Markdown. */
export function markdownCode(text: string): string {
  const shown = visible(text);
  const fence = '`'.repeat(longestRun(shown) + 1);
  if (shown.trim() === '') return `${fence}${shown === '' ? ' ' : shown}${fence}`;
  // A backtick at an end would lengthen the fence, and blanks at both ends would be cut.
  const needsPad = /^`|`$|^ .* $/s.test(shown);
  const pad = needsPad ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** Lines as a block of code. */
export function markdownBlock(lines: readonly string[], language = ''): string {
  const shown = lines.map(visible);
  const fence = '`'.repeat(Math.max(3, ...shown.map((line) => longestRun(line) + 1)));
  return [`${fence}${language}`, ...shown, fence].join('\n');
}

function longestRun(text: string): number {
  let longest = 0;
  let run = 0;
  for (const character of text) {
    run = character === '`' ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}
