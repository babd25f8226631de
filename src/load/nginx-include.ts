import { nginxParser } from '../syntax/nginx/parse.ts';
import type { Statement } from '../syntax/nginx/statement.ts';
import { Directive, type ParsedNginx } from '../syntax/nginx/tree.ts';
import { directoryOf } from '../syntax/path-parts.ts';
import type { Source } from '../syntax/source.ts';
import { ERRNO } from './errno.ts';
import { hasWildcards } from './glob-pattern.ts';
import {
  type Included,
  type LoadedFile,
  type RefusedFile,
  refused,
  type TroubledInclude,
  type UnreadFile,
} from './included.ts';
import { BLOCKS_DEEP, includesOf } from './nginx-extent.ts';
import { isStockFile, isTemplated, seldomUsedFiles } from './nginx-stock.ts';
import { type ReadFailure, type Root, underPrefix } from './root.ts';
import { findPlaceholder, maskPlaceholders } from './template.ts';

/**
 * How deep includes may nest. nginx keeps every file of the chain open, and with the usual limit of 1,024 descriptors fails about here.
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#LimitCPU=
 */
const NESTING_MAX = 1000;

/**
 * How much the includes of a host may bring in all, in directives; a block counts as many. A panel of ten thousand sites has
 * a fifth of it. Ten files of which each includes the next one twice have a thousand times their size, forty more than
 * any memory holds: nginx reads on for hours.
 */
const WEIGHT_MAX = 5_000_000;

/** So many files of the package that nothing includes are nobody's choice: see `seldomUsedFiles`. */
const PROVES_WHOLE_COPY = 2;

/** A file that nginx holds open while it reads those below it. */
interface Opened {
  readonly real: string;
  /** True where a pattern led to it. */
  readonly byPattern: boolean;
}

/** Reads files with what they include, and keeps what it learns. */
export interface IncludeLoader {
  /** What an `include` of a file that was read brings. */
  included(include: Statement, source: Source): Included | undefined;
  /** True where includes of the same words bring the same, in whichever file they stand. */
  isSameEverywhere(): boolean;
  /** Every file that some `include` brings. */
  includedFiles(): ReadonlySet<ParsedNginx>;
  readonly troubled: TroubledInclude[];
  readonly files: LoadedFile[];
  readonly modules: string[];
  /** Files whose blocks stand deeper inside of each other than they are judged. */
  readonly tooDeep: LoadedFile[];
  isComplete: boolean;
  areModulesComplete: boolean;
  /** Loads a file with all that it includes. */
  load(
    path: string,
    ancestors: readonly Opened[],
    byPattern?: boolean,
  ): LoadedFile | RefusedFile | UnreadFile;
  /** Decides about what could not be decided before everything was read. To be called once, at the end. */
  settle(): void;
}

/** Begins to read below a directory that includes are relative to. `isPartial` says that only some files of the host were given. */
export function includeLoader(root: Root, prefix: string, isPartial: boolean): IncludeLoader {
  const parsedAt = new Map<string, LoadedFile>();
  /** Why a path was not loaded. */
  const failures = new Map<string, RefusedFile | UnreadFile>();
  /** What it remembers of the files' lines is of no use once all are read. */
  let parse: ReturnType<typeof nginxParser> | undefined = nginxParser();
  /** What an argument brings, wherever it stands; and of single files, where it is something else there. */
  const byArgument = new Map<string, Included>();
  const bySource = new Map<Source, Map<string, Included>>();
  /** How often a file was found to include itself: what an argument brings then depends on who asks. */
  let loops = 0;
  const state: IncludeLoader = {
    included,
    isSameEverywhere: () => bySource.size === 0,
    includedFiles,
    troubled: [],
    files: [],
    modules: [],
    tooDeep: [],
    isComplete: !isPartial,
    areModulesComplete: !isPartial,
    load,
    settle,
  };
  let roomLeft = WEIGHT_MAX;
  /** Files of the nginx package that are included and not there. */
  const stock = new Map<UnreadFile, RefusedFile>();
  /** Those of them that are missing on the host as well. */
  const settled = new Map<UnreadFile, RefusedFile>();

  function load(
    path: string,
    ancestors: readonly Opened[],
    byPattern = false,
  ): LoadedFile | RefusedFile | UnreadFile {
    const before = failures.get(path);
    if (before) return before;
    const { path: real } = root.resolve(path);
    const self = ancestors.findIndex((above) => above.real === real);
    if (self !== -1 || ancestors.length >= NESTING_MAX) {
      loops++;
      // With no descriptor left, glob(3) finds nothing and nginx goes on: whether it starts depends on which of the two runs out.
      const isSure = !byPattern && !ancestors.slice(self + 1).some((above) => above.byPattern);
      return isSure
        ? refused('include-loop', path, 'open', ERRNO.EMFILE)
        : unread(path, 'it includes itself through a pattern');
    }
    const known = parsedAt.get(real);
    if (known) return known.path === path ? known : { ...known, path };
    const loaded = loadReal(path, real, [...ancestors, { real, byPattern }]);
    if ('kind' in loaded) failures.set(path, loaded);
    return loaded;
  }

  function loadReal(
    path: string,
    real: string,
    chain: readonly Opened[],
  ): LoadedFile | RefusedFile | UnreadFile {
    const read = root.read(path);
    if (read.kind === 'outside' && !isPartial && chain.at(-1)?.byPattern) {
      // The link is there, and so may be a whole site behind it.
      return unread(path, `it is a link to ${real}, which is not among the files given`, true);
    }
    if (read.kind !== 'read') return failed(read);
    const isTemplate = isPartial && findPlaceholder(path, read.source.text, 'nginx') !== undefined;
    const asRead = isTemplate ? maskPlaceholders(path, read.source.text) : undefined;
    if (isTemplate && asRead === undefined) {
      return unread(path, 'it is a template that is filled in on deploy');
    }
    const source = asRead === undefined ? read.source : { ...read.source, asRead };
    const parsed = parseFile(source);
    const { weight: own, depth, statements } = parsed.contents;
    const file = { path, parsed, weight: own };
    if (depth > BLOCKS_DEEP) state.tooDeep.push(file);
    if (own > roomLeft) return unread(path, TOO_MUCH, true);
    roomLeft -= own;
    parsedAt.set(real, file);
    state.files.push(file);
    for (const statement of statements) if (statement.name === 'load_module') addModule(statement);
    for (const { statement, start } of includesOf(parsed.contents)) {
      const found = include(statement, source, chain);
      if (!found) continue;
      const brought = weightBroughtBy(found);
      const isTooMuch = file.weight + brought > WEIGHT_MAX;
      const argument = statement.values[0] ?? '';
      const kept = isTooMuch ? unread(underPrefix(prefix, argument), TOO_MUCH, true) : found;
      if (isTooMuch) keepFor(source, argument, kept);
      else file.weight += brought;
      if (kept.kind !== 'files' || kept.failed.length > 0) {
        state.troubled.push({ directive: new Directive(source, statement, start), found: kept });
      }
    }
    return file;
  }

  function parseFile(source: Source): ParsedNginx {
    parse ??= nginxParser();
    return parse(source);
  }

  function keepFor(source: Source, argument: string, found: Included): void {
    const ofSource = bySource.get(source) ?? new Map<string, Included>();
    bySource.set(source, ofSource.set(argument, found));
  }

  function included({ values }: Statement, source: Source): Included | undefined {
    const [argument] = values;
    if (argument === undefined || values.length > 1) return undefined;
    const found = bySource.get(source)?.get(argument) ?? byArgument.get(argument);
    return (found?.kind === 'unread' && settled.get(found)) || found;
  }

  function includedFiles(): ReadonlySet<ParsedNginx> {
    const files = new Set<ParsedNginx>();
    for (const each of [byArgument, ...bySource.values()]) {
      for (const found of each.values()) {
        if (found.kind === 'files') for (const { parsed } of found.files) files.add(parsed);
      }
    }
    return files;
  }

  function weightBroughtBy(found: Included): number {
    if (found.kind !== 'files') return 0;
    return found.files.reduce((sum, { weight }) => sum + weight, 0);
  }

  function addModule({ values: [path] }: Statement): void {
    if (path !== undefined) state.modules.push(path);
  }

  /** Nothing for an `include` with the wrong number of arguments: nginx never gets to open a file. */
  function include(statement: Statement, source: Source, chain: readonly Opened[]): Included | undefined {
    const { values } = statement;
    const [argument] = values;
    if (argument === undefined || values.length > 1) return undefined;
    const known = byArgument.get(argument);
    if (known) return known;
    const before = loops;
    const path = underPrefix(prefix, argument);
    const isMeant = isMeantFromHere(source, argument, path);
    let found: Included;
    if (isMeant) found = refused('missing', path, 'open', ERRNO.ENOENT);
    else if (hasGlobCharacter(path)) found = matchesOf(path, chain);
    else {
      const loaded = load(path, chain);
      found = 'parsed' in loaded ? { kind: 'files', files: [loaded], glob: false, failed: [] } : loaded;
    }
    if (isMeant || loops > before) keepFor(source, argument, found);
    else byArgument.set(argument, found);
    return found;
  }

  function matchesOf(pattern: string, chain: readonly Opened[]): Included {
    const { paths, failures, tooMuch } = root.glob(pattern);
    if (tooMuch !== undefined) return unread(pattern, tooMuch, true);
    for (const { kind, path: directory } of failures) {
      if (kind !== 'missing' && kind !== 'loop') miss(directory);
    }
    const loaded = paths.map((match) => load(match, chain, true));
    return {
      kind: 'files',
      files: loaded.filter((file) => 'parsed' in file),
      glob: true,
      failed: loaded.filter((file) => 'kind' in file),
    };
  }

  /**
   * Whether a path that leaves the directory of nginx.conf by `..` was written as if includes began at the file that has
   * them, and the file is there. What lies beside /etc/nginx is seldom among the files, but then nobody means it.
   */
  function isMeantFromHere(source: Source, value: string, path: string): boolean {
    if (isPartial || !value.startsWith('../') || hasGlobCharacter(path) || root.exists(path)) return false;
    return root.exists(underPrefix(directoryOf(source.path), value));
  }

  function unread(path: string, why: string, isThere = false): UnreadFile {
    miss(path);
    return { kind: 'unread', path, why, isThere };
  }

  /**
   * Of a tree that was copied whole, a file of the package that is missing is missing on the host as well. A tree of what
   * somebody edits leaves the rest to the package.
   */
  function settle(): void {
    parse = undefined;
    if (stock.size === 0) return;
    const unused = seldomUsedFiles(prefix).filter(
      (path) => root.exists(path) && !parsedAt.has(root.resolve(path).path),
    );
    const isWholeCopy = unused.length >= PROVES_WHOLE_COPY;
    state.troubled.forEach(({ directive, found }, at) => {
      if (found.kind !== 'unread') return;
      const refusal = stock.get(found);
      if (!refusal) return;
      if (!isWholeCopy) {
        miss(refusal.path);
        return;
      }
      settled.set(found, refusal);
      state.troubled[at] = { directive, found: refusal };
    });
  }

  /** A checkout of /etc lacks what Debian and Red Hat link or include from /usr/share/nginx: one `load_module` a file, nothing else. */
  function miss(path: string): void {
    state.areModulesComplete = false;
    if (!path.includes('/modules')) state.isComplete = false;
  }

  function failed(failure: ReadFailure): RefusedFile | UnreadFile {
    const { kind, path, message } = failure;
    switch (kind) {
      case 'missing':
        return missing(failure);
      case 'directory':
        return refused('directory', path, 'pread', ERRNO.EISDIR);
      case 'loop':
        return refused('link-loop', path, 'open', ERRNO.ELOOP);
      case 'outside':
        return unread(path, 'it is not among the files given');
      case 'denied':
      case 'failed':
      case 'special':
      case 'binary':
      case 'too-large':
        return unread(path, message, true);
      default:
        return kind satisfies never;
    }
  }

  function missing({ path, errno = ERRNO.ENOENT.errno, message }: ReadFailure): RefusedFile | UnreadFile {
    const refusal = refused('missing', path, 'open', { errno, message });
    if (isPartial) return unread(path, 'it is not among the files given');
    if (isTemplated(path)) return unread(path, 'its name is a template that is filled in on deploy');
    if (!root.isWhole && isStockFile(prefix, path)) {
      const why = 'the nginx package brings it, and it is not among the files given';
      const undecided: UnreadFile = { kind: 'unread', path, why, isThere: false };
      stock.set(undecided, refusal);
      return undecided;
    }
    return refusal;
  }

  return state;
}

const TOO_MUCH = `with all that it includes it holds more than no502 reads of a host (${WEIGHT_MAX} directives)`;

/** nginx itself looks for these three before it calls glob(3), escaped or not: `ngx_conf_include`. */
function hasGlobCharacter(path: string): boolean {
  return path.includes('*') || path.includes('?') || path.includes('[') || hasWildcards(path);
}
