import type { Tree } from '../plan.ts';
import { type Candidate, filesBelow, type TextFile, withEntry, withText } from './candidate.ts';

const CONFIGURATION = ['/etc/nginx/', '/etc/php', '/etc/passwd', '/etc/group'];
/** Only what a daemon reads as its own configuration; tables of types and parameters say little. */
const DULL = /mime\.types$|(?:fastcgi|scgi|uwsgi)_params$/;

/** Without its main file a daemon is not installed, as far as anybody can read. */
const MAIN = /\/nginx\.conf$|\/php-fpm\.conf$|\/(?:passwd|group)$/;

/** Breaks files as text, as an editor, a merge or a script would. */
export function textCandidates(tree: Tree): readonly Candidate[] {
  const files = filesBelow(tree, CONFIGURATION).filter(({ path }) => !DULL.test(path));
  return [...files.flatMap((file) => lineCandidates(tree, file)), ...fileCandidates(tree, files)];
}

function lineCandidates(tree: Tree, { path, text }: TextFile): readonly Candidate[] {
  const lines = text.split('\n');
  const comment = path.startsWith('/etc/nginx') ? '#' : ';';
  const candidates: Candidate[] = [];
  const add = (operator: string, at: number, how: string, changed: readonly string[]): void => {
    const what = `${path.slice(1)}:${at + 1} ${how}`;
    candidates.push({ operator: `text: ${operator}`, what, tree: withText(tree, path, changed.join('\n')) });
  };
  const replaced = (at: number, line: string): readonly string[] => lines.with(at, line);

  lines.forEach((line, at) => {
    const content = line.trim();
    if (content === '' || content.startsWith(comment)) return;
    add('delete a line', at, `deleted: ${content}`, lines.toSpliced(at, 1));
    add('comment a line out', at, `commented out: ${content}`, replaced(at, `${comment}${line}`));
    add('repeat a line', at, `repeated: ${content}`, lines.toSpliced(at, 0, line));
    add(
      'drop the last character',
      at,
      `without its last character: ${content}`,
      replaced(at, line.slice(0, -1)),
    );
    add('cut the file', at, `is the last line: ${content}`, lines.slice(0, at + 1));
    const next = lines[at + 1];
    if (next !== undefined && next.trim() !== '') {
      add('swap two lines', at, `after the next line: ${content}`, lines.with(at, next).with(at + 1, line));
    }
    const digit = content.search(/\d/);
    if (digit !== -1) {
      const changed = line.replace(/\d/, (old) => String((Number(old) + 1) % 10));
      add('change a digit', at, `became: ${changed.trim()}`, replaced(at, changed));
    }
    const word = /[a-z]{4,}/.exec(line);
    if (word) {
      const changed = line.replace(word[0], word[0].slice(0, -2) + word[0].slice(-1));
      add('lose a letter', at, `became: ${changed.trim()}`, replaced(at, changed));
    }
  });
  return candidates;
}

function fileCandidates(tree: Tree, files: readonly TextFile[]): readonly Candidate[] {
  const candidates: Candidate[] = [];
  const add = (operator: string, what: string, changed: Tree): void => {
    candidates.push({ operator: `file: ${operator}`, what, tree: changed });
  };
  for (const { path, text } of files) {
    add('empty a file', `${path.slice(1)} empty`, withText(tree, path, ''));
    if (!MAIN.test(path)) {
      const without = withEntry(tree, path, undefined);
      add('delete a file', `${path.slice(1)} deleted`, without);
      add(
        'rename a file',
        `${path.slice(1)} renamed to .bak`,
        withEntry(without, `${path}.bak`, tree.get(path)),
      );
    }
    add(
      'write a mark of a merge',
      `${path.slice(1)} begins with <<<<<<<`,
      withText(tree, path, `<<<<<<< HEAD\n${text}`),
    );
    add(
      'carriage returns',
      `${path.slice(1)} with carriage returns`,
      withText(tree, path, text.replaceAll('\n', '\r\n')),
    );
    for (const other of files) {
      if (other.path <= path || !alike(path, other.path)) continue;
      const swapped = withText(withText(tree, path, other.text), other.path, text);
      add('swap two files', `${path.slice(1)} and ${other.path.slice(1)} swapped`, swapped);
      add(
        'copy a file over another',
        `${path.slice(1)} over ${other.path.slice(1)}`,
        withText(tree, other.path, text),
      );
    }
  }
  return candidates;
}

function alike(a: string, b: string): boolean {
  return (
    a.startsWith('/etc/nginx/') === b.startsWith('/etc/nginx/') &&
    a.startsWith('/etc/php') === b.startsWith('/etc/php')
  );
}
