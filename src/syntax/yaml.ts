import type * as Yaml from 'yaml';
import type { Source, Span } from './source.ts';

/** A YAML value that knows its place. Aliases stand for the node they name, which is then shared, not copied. */
export type YamlNode = YamlMap | YamlList | YamlScalar;

/** A mapping. Keys that are not scalars are left out. */
export interface YamlMap {
  readonly kind: 'map';
  readonly span: Span;
  readonly entries: readonly YamlEntry[];
  /** A tag of the application's own, with its `!`: `!override`. */
  readonly tag?: string;
}

/** One key of a mapping. */
export interface YamlEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: YamlNode;
}

/** A sequence. */
export interface YamlList {
  readonly kind: 'list';
  readonly span: Span;
  readonly items: readonly YamlNode[];
  /** As of a map. */
  readonly tag?: string;
}

/** A string, a number, `true`, `false` or nothing. */
export interface YamlScalar {
  readonly kind: 'scalar';
  readonly span: Span;
  readonly value: string | number | boolean | null;
  /** As it is written, without quotes: `8.10`, which as a number is 8.1. */
  readonly text: string;
  /** As of a map. */
  readonly tag?: string;
}

/** Why a text is not YAML, in one sentence, and where. */
export interface YamlProblem {
  readonly message: string;
  readonly span: Span;
}

/** What a YAML file holds; no root where it is empty. */
export interface ParsedYaml {
  readonly root: YamlNode | undefined;
  readonly problems: readonly YamlProblem[];
}

// The library descends by recursion, so a text of nothing but brackets exhausts the stack: mostly it says so as of any
// other fault of the text, and where its own catching fails it throws.
const stackExhausted = 'Maximum call stack size exceeded';
/** What is said of a tree of which no more is read. */
export const tooDeep = 'Nested too deeply';

/**
 * How deep a tree may be, what aliases name counted where they stand. Whoever walks one does so by recursion, and how far that goes before the
 * stack is full depends on what V8 has optimized.
 */
const DEEP_MAX = 500;

/** What is said of a second document. Some programs read them all. */
export const secondDocument = 'A second document starts here, and only one is read';

/**
 * Reads one YAML 1.2 document. Never throws on its text, and takes time in proportion to its length. The library is loaded
 * at the first call: most runs need none. A tree with aliases can be far larger walked than written, so whoever walks one
 * must know how deep to go; see `valuesIn`.
 */
export async function parseYaml(source: Source): Promise<ParsedYaml> {
  const yaml = await import('yaml');
  // The library also points behind the end of the text.
  const { length } = source.text;
  const span = (start: number, end: number): Span => ({
    source,
    start: Math.min(start, length),
    end: Math.min(end, length),
  });
  try {
    // The library compares each key with all others of its map, which `converter` does faster.
    const options = { prettyErrors: false, logLevel: 'error', uniqueKeys: false } as const;
    const document = yaml.parseDocument(source.text, options);
    const problems: YamlProblem[] = document.errors.map(({ code, message, pos }) => ({
      message: ownWords(code, message),
      span: span(pos[0], pos[1]),
    }));
    const root = converter(yaml, document, source, problems)(document.contents);
    return { root, problems };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { root: undefined, problems: [{ message: tooDeep, span: span(0, 0) }] };
  }
}

// Where the library speaks to the programmer who calls it.
function ownWords(code: Yaml.ErrorCode, message: string): string {
  if (code === 'MULTIPLE_DOCS') return secondDocument;
  return message === stackExhausted ? tooDeep : message;
}

type Convert = (node: unknown) => YamlNode | undefined;

function converter(
  yaml: typeof Yaml,
  document: Yaml.Document,
  source: Source,
  problems: YamlProblem[],
): Convert {
  const converted = new Map<unknown, YamlNode>();
  const open = new Set<unknown>();
  const namedBy = aliasesOf(yaml, document);
  /** How deep each list and each map is; a scalar has no depth. */
  const depths = new Map<YamlNode, number>();
  let isTooDeep = false;

  /** The node itself, unless what is in it makes it too deep. */
  function measured(made: YamlMap | YamlList, inside: readonly YamlNode[]): YamlNode | undefined {
    let depth = 1;
    for (const each of inside) depth = Math.max(depth, (depths.get(each) ?? 0) + 1);
    if (depth <= DEEP_MAX) {
      depths.set(made, depth);
      return made;
    }
    if (!isTooDeep) problems.push({ message: tooDeep, span: made.span });
    isTooDeep = true;
    return undefined;
  }

  function convert(node: unknown): YamlNode | undefined {
    if (!yaml.isNode(node)) return undefined;
    if (yaml.isAlias(node)) {
      const named = namedBy.get(node);
      if (named) return convert(named);
      problems.push({ message: `No anchor &${node.source} stands before this`, span: spanOf(node, source) });
      return undefined;
    }
    const known = converted.get(node);
    if (known || open.has(node)) return known;
    open.add(node);
    const made = convertNew(node);
    if (made) converted.set(node, made);
    return made;
  }

  function convertNew(node: Yaml.Node): YamlNode | undefined {
    const span = spanOf(node, source);
    if (yaml.isScalar(node)) return { kind: 'scalar', span, ...scalarValue(node), ...ownTag(node) };
    if (yaml.isSeq(node)) {
      const items = node.items.map((item) => convert(item) ?? nothing(span));
      return measured({ kind: 'list', span, items, ...ownTag(node) }, items);
    }
    if (!yaml.isMap(node)) return undefined;
    const entries: YamlEntry[] = [];
    const keys = new Set<unknown>();
    for (const { key, value } of node.items) {
      if (!yaml.isScalar(key)) continue;
      const keySpan = spanOf(key, source);
      if (keys.size === keys.add(key.value).size) {
        problems.push({ message: 'Map keys must be unique', span: keySpan });
      }
      entries.push({ key: scalarValue(key).text, keySpan, value: convert(value) ?? nothing(keySpan) });
    }
    const values = entries.map(({ value }) => value);
    return measured({ kind: 'map', span, entries, ...ownTag(node) }, values);
  }

  return convert;
}

/** The node that each alias stands for: the last of its anchor before it. The library looks through the whole document for each. */
function aliasesOf(yaml: typeof Yaml, document: Yaml.Document): ReadonlyMap<Yaml.Alias, Yaml.Node> {
  const anchored = new Map<string, Yaml.Node>();
  const named = new Map<Yaml.Alias, Yaml.Node>();
  yaml.visit(document, {
    Alias(_key, alias) {
      const node = anchored.get(alias.source);
      if (node) named.set(alias, node);
    },
    Value(_key, node) {
      if (node.anchor !== undefined) anchored.set(node.anchor, node);
    },
  });
  return named;
}

/**
 * How many values a tree has, what is shared by aliases counted each time: ten lists of which each names the one before
 * ten times have ten billion.
 */
export function valuesIn(root: YamlNode): number {
  const weights = new Map<YamlNode, number>();
  const weigh = (node: YamlNode): number => {
    const known = weights.get(node);
    if (known !== undefined) return known;
    const inside = node.kind === 'map' ? node.entries.map(({ value }) => value) : [];
    const children = node.kind === 'list' ? node.items : inside;
    const weight = children.reduce((sum, child) => sum + weigh(child), 1);
    weights.set(node, weight);
    return weight;
  };
  return weigh(root);
}

function spanOf(node: Yaml.Node, source: Source): Span {
  const [start, end] = node.range ?? [0, 0];
  return { source, start, end };
}

function ownTag({ tag }: Yaml.Node): { readonly tag?: string } {
  return tag?.startsWith('!') ? { tag } : {};
}

function nothing(span: Span): YamlScalar {
  return { kind: 'scalar', span, value: null, text: '' };
}

function scalarValue({ value, source: written }: Yaml.Scalar): Pick<YamlScalar, 'value' | 'text'> {
  const text = written ?? String(value ?? '');
  if (typeof value === 'string') return { value, text: value };
  if (typeof value === 'number' || typeof value === 'boolean') return { value, text };
  return { value: value === null ? null : text, text };
}
