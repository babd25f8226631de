import type { Statement } from '../syntax/nginx/statement.ts';
import type { ParsedNginx } from '../syntax/nginx/tree.ts';
import { directoryOf } from '../syntax/path-parts.ts';
import type { Source } from '../syntax/source.ts';
import type { Included, LoadedFile, TroubledInclude } from './included.ts';
import { guessContext, type SiteContext } from './nginx-context.ts';
import { type IncludeLoader, includeLoader } from './nginx-include.ts';
import type { ReadFailure, Root } from './root.ts';

/** A file that reading starts from, and the block it belongs into. */
export interface NginxEntry {
  readonly file: LoadedFile;
  readonly context: SiteContext;
}

/** An nginx configuration with all that it includes. */
export interface LoadedNginx {
  /** The main nginx.conf; absent where only single files were given. */
  readonly main?: LoadedFile;
  /** What reading starts from: the main file first, then given files that nothing includes, with where they belong. */
  readonly entries: readonly NginxEntry[];
  /** The directory to which includes are relative: that of nginx.conf. */
  readonly prefix: string;
  /** What an `include` of a file brings; `undefined` where nginx would not look for it. */
  included(include: Statement, source: Source): Included | undefined;
  /** True where includes of the same words bring the same, in whichever file they stand. */
  readonly isSameEverywhere: boolean;
  /** The includes that bring anything but files that were all read, in the order nginx follows them. */
  readonly troubled: readonly TroubledInclude[];
  /** Every file that was read, each real file once, in the order nginx first opens them. */
  readonly files: readonly LoadedFile[];
  /** The arguments of every `load_module` in the main context, in order. */
  readonly modules: readonly string[];
  /** True where all that nginx would read was read, files that only load modules aside. */
  readonly complete: boolean;
  /** True where every file that may hold a `load_module` was read. */
  readonly modulesComplete: boolean;
  /** Files whose blocks stand deeper inside of each other than they are judged. */
  readonly tooDeep: readonly LoadedFile[];
}

function finish(
  state: IncludeLoader,
  prefix: string,
  entries: readonly NginxEntry[],
): Omit<LoadedNginx, 'main'> {
  state.settle();
  const { included, isSameEverywhere, troubled, files, modules, isComplete, areModulesComplete, tooDeep } =
    state;
  return {
    entries,
    prefix,
    included,
    isSameEverywhere: isSameEverywhere(),
    troubled,
    files,
    modules,
    complete: isComplete,
    modulesComplete: areModulesComplete,
    tooDeep,
  };
}

/** Loads given files; an entry is each that nothing else includes. */
function loadEntries(state: IncludeLoader, paths: readonly string[]): NginxEntry[] {
  const loaded = paths.map((path) => state.load(path, [])).filter((file) => 'parsed' in file);
  const included: ReadonlySet<ParsedNginx> = state.includedFiles();
  return loaded
    .filter(({ parsed }) => !included.has(parsed))
    .map((file) => ({ file, context: guessContext(file.parsed.contents) }));
}

/**
 * Reads a main nginx.conf and everything it includes, as nginx would: relative paths from the directory of nginx.conf, patterns in
 * the order of glob(3), a file once for each path that leads to it. `mainPath` is absolute. `others` are files to read besides, as if
 * included, unless they are.
 * https://nginx.org/en/docs/ngx_core_module.html#include
 */
export function loadNginx(
  root: Root,
  mainPath: string,
  others: readonly string[] = [],
): LoadedNginx | ReadFailure {
  const read = root.read(mainPath);
  if (read.kind !== 'read') return read;
  const prefix = directoryOf(mainPath);
  const state = includeLoader(root, prefix, root.isPartial);
  const main = state.load(mainPath, []);
  if (!('parsed' in main)) {
    if (main.kind !== 'unread') throw new Error(`${mainPath} was read and yet not loaded`);
    return { kind: 'too-large', path: mainPath, file: read.source.file, message: main.why };
  }
  const entries = loadEntries(state, others).filter(({ file }) => file.parsed !== main.parsed);
  return { main, ...finish(state, prefix, [{ file: main, context: 'main' }, ...entries]) };
}

/**
 * Reads single files that are given without the nginx.conf they belong to: sites, snippets, an upstream. Each is an entry unless another one
 * includes it. What they include is looked for among the given files only, and nothing is ever called missing. `prefix` is the directory
 * that relative includes are looked for in.
 */
export function loadNginxFiles(root: Root, paths: readonly string[], prefix: string): LoadedNginx {
  const state = includeLoader(root, prefix, true);
  const entries = loadEntries(state, paths);
  return finish(state, prefix, entries);
}
