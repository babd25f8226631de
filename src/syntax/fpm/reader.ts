import { limitedProblems } from '../problem.ts';
import type { Source, Span } from '../source.ts';
import { namesIn } from '../zend/names.ts';
import { type Label, type Placed, parseIni, type Statement } from '../zend/parser.ts';
import { plainLine } from '../zend/plain-line.ts';
import { known, LONGEST_VALUE, type Names, TOO_LONG, type ZendValue } from '../zend/value.ts';
import { compareVersions } from './directives.ts';
import type { FpmConfig, FpmInclude, FpmSection } from './entry.ts';
import { FpmLine, type Said } from './fpm-line.ts';
import { type Judgement, judgeBareKey, judgeElement, judgeEntry } from './judge.ts';
import { isComment, zeroIn } from './line.ts';
import { LineMemory } from './line-memory.ts';
import type { FpmIncluder, FpmOptions } from './options.ts';
import { fullPath } from './path.ts';
import type { FpmProblem, FpmProblemKind } from './problem.ts';
import { ReadConfig } from './read-config.ts';
import { stretchWriter } from './stretches.ts';
import { asciiLowerCase } from './value.ts';

/** What the reader built, and what php-fpm would say, in its order. */
export interface FpmReading {
  readonly config: FpmConfig;
  readonly problems: readonly FpmProblem[];
  /** Why some of the configuration is not known; empty where all of it was read. */
  readonly gaps: readonly string[];
  /** Why no more of its includes was read, where they bring more than no502 reads. */
  readonly cutShort?: string;
}

/** How deep php-fpm nests files, the main one included. */
const deepest = 5;

/**
 * How much one master may include, in UTF-16 units, each file counted for some more: ten thousand pools have a tenth of it. A hundred files
 * of which each includes the same hundred others have a hundred million; php-fpm reads on for days.
 */
const LENGTH_MAX = 32 * 1024 * 1024;
const FILE_LENGTH = 256;
const ENTRIES_MAX = 1_000_000;
const TOO_MUCH =
  'with all that it includes it holds more than no502 reads of a master (32 MB, 1000000 entries)';

/**
 * Reads a master's configuration as php-fpm does: line by line, includes in place. php-fpm stops at its first error;
 * this goes on with the next line. Never throws; linear in what is read.
 *
 * https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_conf.c
 */
export function readFpm(main: Source, includer: FpmIncluder, options: FpmOptions): FpmReading {
  const files: Source[] = [];
  const written = stretchWriter();
  const lines = new LineMemory();
  const includes: FpmInclude[] = [];
  const { problems, add: addProblem } = limitedProblems<FpmProblem>();
  const gaps: string[] = [];
  /** By their name in lower case. */
  const pools = new Map<string, Extract<FpmSection, { kind: 'pool' }>>();
  const hasSharpComments = options.phpVersion !== undefined && compareVersions(options.phpVersion, '7.0') < 0;
  const fallbacks = options.phpVersion !== undefined && compareVersions(options.phpVersion, '8.3') >= 0;
  const around = namesIn(options);
  const names: Names = {
    ...around,
    variable: (name) => {
      const directive = options.phpIni?.get(name);
      return directive === undefined ? around.variable(name) : known(directive);
    },
  };
  let open: FpmSection = options.isPart ? { kind: 'lost' } : { kind: 'global' };
  /** The file whose line opened it: an included file leaves its last section open. */
  let openedIn = main;
  /** php-fpm's own line counter: an included file leaves its count behind. */
  let counter = 0;
  /** All that was read so far, files as often as they are included. */
  let length = 0;
  let isCutShort = false;
  /** Files that include each other are followed once to the bottom, not along every path. */
  let tooDeep = false;

  function report(kind: FpmProblemKind, message: string, span: Span, more: Partial<FpmProblem> = {}): void {
    addProblem({
      kind,
      message,
      span,
      reportedLine: counter,
      fatal: true,
      seenByTest: true,
      ...(open.kind === 'pool' ? { pool: open.name } : {}),
      ...more,
    });
  }

  function readFile(source: Source, depth: number): void {
    files.push(source);
    length += source.text.length + FILE_LENGTH;
    counter = 0;
    const { text } = source;
    let line = 1;
    for (let start = 0; start <= text.length; line++) {
      const expected = open.kind === 'pool' ? lines.expected(text, start) : undefined;
      if (expected) {
        written.add(expected.lines, open, source, line);
        counter += expected.lines.length;
        line += expected.lines.length - 1;
        start += expected.text.length + 1;
        continue;
      }
      counter++;
      const newline = text.indexOf('\n', start);
      const end = newline === -1 ? text.length : newline;
      if (end > start && !isComment(text, start, end, hasSharpComments))
        readLine(source, start, end, line, depth);
      start = end + 1;
    }
  }

  function readLine(source: Source, start: number, end: number, line: number, depth: number): void {
    const text = source.text.slice(start, end);
    const known = open.kind === 'pool' ? lines.find(text) : undefined;
    if (known) {
      written.add(known.lines, open, source, line);
      return;
    }
    const plain = plainLine(source.text, start, end, names);
    const where: Place = {
      source,
      start,
      line,
      counter,
      isPlain: plain !== undefined,
      statements: 0,
      shareable: undefined,
      refused: false,
      include: undefined,
    };
    if (plain) readStatement(plain, where);
    else readStatements(where, start, end);
    // In every pool, a line that is taken means the same, unless it holds the pool's name.
    if (where.shareable && where.statements === 1 && open.kind === 'pool')
      lines.remember(text, where.shareable);
    if (where.include && !where.refused && !tooDeep) include(where.include, source, depth);
  }

  function readStatements(where: Place, start: number, end: number): void {
    const { source } = where;
    const zero = zeroIn(source.text, start, end);
    const range = {
      text: source.text,
      start,
      end: zero ?? end,
      appendNewline: zero === undefined,
      fallbacks,
    };
    for (const statement of parseIni(range, names)) {
      if (where.refused) break;
      readStatement(statement, where);
    }
  }

  function readStatement(statement: Statement, where: Place): void {
    where.statements++;
    switch (statement.kind) {
      case 'section':
        openSection(statement, where);
        break;
      case 'entry':
        readEntry(statement.key, statement.value, where);
        break;
      case 'element':
        readElement(statement.key, statement.offset, statement.value, where);
        break;
      case 'error': {
        where.refused = true;
        const span = spanOf(where, statement);
        report('syntax', `PHP:  ${statement.message} in Unknown on line ${statement.line}`, span, {
          help: syntaxHelp(span),
        });
        if (statement.message.endsWith("expecting ']'") && isHeader(where.source.text, statement.start)) {
          open = { kind: 'lost' };
        }
        break;
      }
      default:
        statement satisfies never;
    }
  }

  function openSection(section: Extract<Statement, { kind: 'section' }>, where: Place): void {
    const name = section.name.value.text;
    const key = asciiLowerCase(name);
    open = key === 'global' ? { kind: 'global' } : poolOf(key, name);
    openedIn = where.source;
    written.open(open, section, where.source, where.line);
    if (section.name.value.kind === 'unknown') gaps.push(section.name.value.why);
  }

  function poolOf(key: string, name: string): FpmSection {
    const known = pools.get(key);
    if (known) return known;
    const pool = { kind: 'pool', name } as const;
    pools.set(key, pool);
    return pool;
  }

  function readEntry(key: Label, placed: Placed | undefined, where: Place): void {
    if (!placed) {
      refuse(where, judgeBareKey(key.text), spanOf(where, key), key.text);
      return;
    }
    if (key.text === 'include') {
      if (where.include) {
        const message = 'two includes at the same time !';
        refuse(where, { kind: 'two-includes', message }, spanOf(where, key), key.text);
      } else where.include = placed;
      return;
    }
    const value = expandPool(placed.value, open);
    const judgement = judgeEntry(key.text, value, open, options);
    if (judgement) {
      const at = judgement.kind === 'value' ? valueOrKey(placed, key) : key;
      refuse(where, afterInclude(judgement, where), spanOf(where, at), key.text);
    }
    if (judgement?.kind === 'pool-entry-in-global' && open.kind === 'global') open = { kind: 'lost' };
    const refused = judgement !== undefined;
    const { isPlain } = where;
    add({ name: asciiLowerCase(key.text), value, refused, isPlain }, where, key, undefined, placed);
  }

  function readElement(key: Label, offset: Placed, placed: Placed, where: Place): void {
    const isFlag = key.text === 'php_flag' || key.text === 'php_admin_flag';
    const value = isFlag ? placed.value : expandPool(placed.value, open);
    const judgements = judgeElement(key.text, offset.value, value, open, options);
    for (const judgement of judgements) {
      const inValue = judgement.kind === 'empty-env' || judgement.kind === 'value';
      refuse(where, judgement, spanOf(where, inValue ? valueOrKey(placed, key) : key), key.text);
    }
    const refused = judgements.length > 0;
    const { isPlain } = where;
    add({ name: key.text, value, refused, isPlain }, where, key, offset, placed);
  }

  function add(said: Said, where: Place, key: Label, offset: Placed | undefined, placed: Placed): void {
    const line = new FpmLine(said, where.start, key, offset, placed);
    if (!said.refused && said.value === placed.value) where.shareable = line;
    written.add([line], open, where.source, where.line);
  }

  /** A global entry below an include is one of a pool only because of what the included file leaves open. */
  function afterInclude(judgement: Judgement, where: Place): Judgement {
    if (judgement.kind !== 'global-entry-in-pool' || openedIn === where.source) return judgement;
    return { ...judgement, kind: 'global-entry-after-include' };
  }

  function refuse(where: Place, judgement: Judgement, span: Span, name: string): void {
    where.refused = true;
    const place = `[${where.source.path}:${where.counter}]`;
    report(judgement.kind, `${place} ${judgement.message}`, span, {
      name,
      ...(judgement.help === undefined ? {} : { help: judgement.help }),
    });
  }

  function include(placed: Placed, source: Source, depth: number): void {
    const span = { source, start: placed.start, end: placed.end };
    if (placed.value.kind === 'unknown') {
      gaps.push(`${placed.value.why}, so what ${placed.value.text} includes is not known`);
      open = { kind: 'lost' };
      return;
    }
    const pattern = fullPath(placed.value.text, options.prefix) ?? placed.value.text;
    const found = includer(pattern, source);
    const included: Source[] = [];
    includes.push({ span, pattern, files: included });
    const from = `from ${source.path} at line ${counter}`;
    switch (found.kind) {
      case 'unknown':
        gaps.push(found.why);
        // Whatever it holds, its last section stays open for the lines below.
        open = { kind: 'lost' };
        return;
      case 'no-match':
        report('include-unmatched', `Nothing matches the include pattern '${pattern}' ${from}.`, span, {
          fatal: false,
        });
        return;
      case 'glob-error':
        report('include-glob', `Unable to globalize '${pattern}' (ret=${found.ret}) ${from}.`, span);
        return;
      case 'unreadable': {
        const message = `failed to open configuration file '${found.path}': ${found.message} (${found.errno})`;
        report('include-unreadable', message, span);
        gaps.push(`${found.path} cannot be read`);
        return;
      }
      case 'files':
        for (const file of found.sources) {
          if (tooDeep) return;
          if (length + file.text.length > LENGTH_MAX || written.count > ENTRIES_MAX) {
            isCutShort = true;
            open = { kind: 'lost' };
            return;
          }
          if (depth === deepest) {
            tooDeep = true;
            report('include-depth', 'failed to include more than 5 files recursively', span);
            return;
          }
          included.push(file);
          readFile(file, depth + 1);
        }
        return;
      default:
        found satisfies never;
    }
  }

  readFile(main, 1);
  const config = new ReadConfig(
    main,
    files,
    written.finish(),
    includes,
    Array.from(pools.values(), ({ name }) => name),
  );
  if (isCutShort) gaps.push(TOO_MUCH);
  return { config, problems, gaps, ...(isCutShort ? { cutShort: TOO_MUCH } : {}) };
}

/** The line that is read, and what came of it so far. */
interface Place {
  readonly source: Source;
  /** Where the line begins. */
  readonly start: number;
  readonly line: number;
  /** True where it was read without the parser. */
  readonly isPlain: boolean;
  /** How many statements stand in it. */
  statements: number;
  /** What it says, if any pool that says so means the same. */
  shareable: FpmLine | undefined;
  /** The line as php-fpm counts it, which is what its messages name. */
  readonly counter: number;
  /** php-fpm skips the rest of a line once something in it is wrong. */
  refused: boolean;
  /** An `include` waits for the end of its line. */
  include: Placed | undefined;
}

function spanOf(where: Place, at: { readonly start: number; readonly end: number }): Span {
  return { source: where.source, start: at.start, end: at.end };
}

/** A value that is not there is shown at its key. */
function valueOrKey(value: Placed, key: Label): Placed | Label {
  return value.end > value.start ? value : key;
}

/** True where the text at the offset is a section header, not the brackets of an array. */
function isHeader(text: string, offset: number): boolean {
  return text.charAt(offset) === '[';
}

function syntaxHelp(span: Span): string {
  const character = span.source.text.slice(span.start, span.end).trim();
  return character === '"' || character === '' || character.length > 1
    ? 'quote the whole value: "..."'
    : `put the value in double quotes: outside of them php-fpm reads ${character} as part of an expression`;
}

/** `$pool` stands for the pool's name in strings and arrays. */
function expandPool(value: ZendValue, open: FpmSection): ZendValue {
  if (open.kind !== 'pool' || !value.text.includes('$pool')) return value;
  const { name } = open;
  const pieces = value.text.split('$pool');
  if (value.text.length + (pieces.length - 1) * name.length > LONGEST_VALUE) {
    return { kind: 'unknown', why: TOO_LONG, text: value.text };
  }
  const text = pieces.join(name);
  return value.kind === 'known' ? known(text) : { ...value, text };
}
