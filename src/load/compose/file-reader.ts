import type { Lookup } from '../../syntax/compose/interpolate.ts';
import type { ComposeMap } from '../../syntax/compose/node.ts';
import { composeTree } from '../../syntax/compose/tree.ts';
import type { Source, Span } from '../../syntax/source.ts';
import { type ParsedYaml, parseYaml, secondDocument, tooDeep } from '../../syntax/yaml.ts';
import type { Root } from '../root.ts';
import type { Doubt } from './service.ts';

/** How large a compose file may be, in bytes, and how many a project may be made of. Real ones are far below. */
const MAX_BYTES = 1 << 20;
const MAX_FILES = 200;
/** How often files may be asked for: two that include the same two, and so on, ask without end. */
const MAX_READS = 2000;
/** In UTF-16 units, all files together; one that is filled in with other variables is another tree, and counts anew. */
const MAX_LENGTH = 4 << 20;

const tooLong = 'with it, the files of the project are too long';

/** Reads the files of one project, each once. */
export interface ComposeFiles {
  /** The mapping in a file, its variables filled in; undefined where it is not read, which is then noted. `askedAt` names the file. */
  read(path: string, lookup: Lookup, askedAt?: Span): Promise<ComposeMap | undefined>;
  /** The files that were read, in order. */
  readonly sources: readonly Source[];
  /** The env files by which their variables are filled in. */
  readonly environmentFiles: Source[];
  /** What is wrong with them. */
  readonly problems: Doubt[];
  /** Which were asked for and not read. */
  readonly unread: Doubt[];
}

/** Begins to read a project. */
export function composeFiles(root: Root): ComposeFiles {
  const parsed = new Map<string, { readonly source: Source; readonly yaml: ParsedYaml }>();
  const trees = new Map<string, Map<Lookup, ComposeMap | undefined>>();
  const sources: Source[] = [];
  const environmentFiles: Source[] = [];
  const problems: Doubt[] = [];
  const unread: Doubt[] = [];
  let reads = 0;
  let length = 0;

  /** After so many reads every further one is in vain, and one note says so. */
  function isTooMany(askedAt?: Span): boolean {
    reads++;
    if (reads === MAX_READS + 1 && askedAt) {
      unread.push({ message: 'files are included again and again, and not all is read', span: askedAt });
    }
    return reads > MAX_READS;
  }

  function isTooLong(path: string, askedAt?: Span): boolean {
    const { source } = parsed.get(path) ?? {};
    if (!source) return false;
    length += source.text.length;
    if (length <= MAX_LENGTH) return false;
    const span = askedAt ?? { source, start: 0, end: 0 };
    unread.push({ message: `${source.file} is not read: ${tooLong}`, span });
    return true;
  }

  async function parse(path: string, askedAt?: Span): Promise<Source | undefined> {
    const before = parsed.get(path);
    if (before) return before.source;
    const result = root.read(path);
    const why = refusal(result.kind === 'read' ? result.source.text.length : 0);
    if (result.kind !== 'read' || why) {
      const reason = why ?? (result.kind === 'read' ? '' : result.message);
      const file = result.kind === 'read' ? result.source.file : result.file;
      unread.push({ message: `${file} is not read: ${reason}`, span: askedAt ?? nowhere(path, file) });
      return undefined;
    }
    const { source } = result;
    const yaml = await parseYaml(source);
    parsed.set(path, { source, yaml });
    sources.push(source);
    // Compose reads all documents of a file, one over the other, and deeper trees; only the first is read here.
    for (const problem of yaml.problems) (isLeftOut(problem) ? unread : problems).push(problem);
    return source;
  }

  function refusal(size: number): string | undefined {
    if (size > MAX_BYTES) return 'it is larger than 1 MB, so not a compose file';
    if (length + size > MAX_LENGTH) return tooLong;
    return sources.length >= MAX_FILES ? `a project has no more than ${MAX_FILES} files` : undefined;
  }

  function tree(path: string, lookup: Lookup): ComposeMap | undefined {
    const entry = parsed.get(path);
    if (!entry) return undefined;
    const { yaml, source } = entry;
    if (!yaml.root) return undefined;
    const { root: node, isTruncated } = composeTree(yaml.root, lookup);
    const span = { source, start: 0, end: 0 };
    if (isTruncated) problems.push({ message: 'its merge keys bring in more than is read', span });
    if (node.kind === 'map') return node;
    if (yaml.problems.length === 0)
      problems.push({ message: 'a compose file must be a map', span: node.span });
    return undefined;
  }

  return {
    async read(path, lookup, askedAt) {
      if (isTooMany(askedAt) || !(await parse(path, askedAt))) return undefined;
      const known = trees.get(path) ?? new Map<Lookup, ComposeMap | undefined>();
      trees.set(path, known);
      if (!known.has(lookup)) known.set(lookup, isTooLong(path, askedAt) ? undefined : tree(path, lookup));
      return known.get(lookup);
    },
    sources,
    environmentFiles,
    problems,
    unread,
  };
}

function isLeftOut({ message }: Doubt): boolean {
  return message === secondDocument || message === tooDeep;
}

/** A place for what can be said of no text. */
function nowhere(path: string, file: string): Span {
  return { source: { path, file, text: '', encoding: 'utf8' }, start: 0, end: 0 };
}
