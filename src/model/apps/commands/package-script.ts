import type { Word } from '../../../syntax/command-line/words.ts';
import type { NearbyFiles } from './call.ts';
import { simpleCommand } from './shell.ts';

/** What a package manager is asked to run. */
export type PackageScript =
  | { readonly kind: 'found'; readonly words: readonly Word[]; readonly directory: string }
  /** A script that was not read, or does more than start one program. */
  | { readonly kind: 'unread'; readonly name: string };

const managers: ReadonlySet<string> = new Set(['npm', 'yarn', 'pnpm', 'bun']);

const directoryOptions: readonly string[] = ['--prefix', '-C', '--cwd', '--dir'];

/** Options that have it look for scripts in other packages. */
const elsewhere: readonly string[] = ['-w', '--workspace', '--workspaces', '--filter', '-r', '--recursive'];

/**
 * `npm start`, `npm run web -- -p 3001`, `yarn start`, `pnpm run web`, `bun run web`: the script of package.json, with the
 * arguments behind it. https://docs.npmjs.com/cli/commands/npm-run-script
 */
export function packageScript(
  program: string,
  args: readonly Word[],
  start: string | undefined,
  nearby: NearbyFiles,
): PackageScript | undefined {
  if (!managers.has(program)) return undefined;
  let directory = start;
  const plain: Word[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at];
    if (!word) break;
    const option = directoryOptions.find((name) => word.text === name || word.text.startsWith(`${name}=`));
    if (option && plain.length < 2) {
      const value = word.text === option ? args[++at]?.text : word.text.slice(option.length + 1);
      directory = value?.startsWith('/') || start === undefined ? value : `${start}/${value}`;
    } else if (elsewhere.includes(word.text.split('=', 1)[0] ?? '')) return { kind: 'unread', name: program };
    else if (plain.length > 0 || !word.text.startsWith('-')) plain.push(word);
  }
  const [first, second, ...rest] = plain;
  if (!first) return { kind: 'unread', name: program };
  const isRun = first.text === 'run' || first.text === 'run-script';
  const name = isRun ? second?.text : first.text;
  const more = isRun ? rest : plain.slice(1);
  // `bun server.ts` and `npm ci` run no script.
  if (name === undefined || (!isRun && program === 'bun')) return undefined;
  const line = directory === undefined ? undefined : nearby.script(directory, name);
  const simple = line && simpleCommand(line);
  if (!simple || directory === undefined) return { kind: 'unread', name };
  const extra =
    program === 'npm' ? more.slice(more.findIndex(({ text }) => text === '--') + 1 || more.length) : more;
  const at = simple.directory === undefined ? directory : `${directory}/${simple.directory}`;
  return {
    kind: 'found',
    words: [...simple.words, ...extra.filter(({ text }) => text !== '--')],
    directory: at,
  };
}
