import type { Problem } from '../problem.ts';
import type { Source, Span } from '../source.ts';
import { namesIn, type Surroundings } from '../zend/names.ts';
import { type Placed, parseIni, type Statement } from '../zend/parser.ts';
import type { Names, ZendValue } from '../zend/value.ts';

/** One directive as php.ini and its scan directory leave it. */
export interface PhpDirective {
  /** As it is written: names are case-sensitive. */
  readonly name: string;
  readonly value: ZendValue;
  readonly nameSpan: Span;
  /** Where the value stands, quotes included; empty where there is none. */
  readonly span: Span;
}

/** What PHP reads at its start: php.ini, then `*.ini` of its scan directory. */
export interface PhpIni {
  readonly files: readonly Source[];
  /** By name; of several lines the last one counts. Sections mean nothing, but for `[PATH=]` and `[HOST=]`. */
  readonly directives: ReadonlyMap<string, PhpDirective>;
  /** `extension=` and `zend_extension=` lines, in loading order. */
  readonly extensions: readonly PhpDirective[];
  readonly problems: readonly PhpIniProblem[];
}

/** A syntax error never stops PHP: it keeps what stands above it and ignores the rest of that file. */
export interface PhpIniProblem extends Problem<'syntax'> {
  /** What is lost: from the error to the end of the file. */
  readonly lost: Span;
}

/**
 * Reads php.ini and the files of its scan directory, in the order PHP reads them. Never throws.
 *
 * https://www.php.net/manual/en/configuration.file.php and `php_ini_parser_cb` of
 * https://github.com/php/php-src/blob/PHP-8.2/main/php_ini.c
 */
export function readPhpIni(sources: readonly Source[], options: Surroundings = {}): PhpIni {
  const directives = new Map<string, PhpDirective>();
  const extensions: PhpDirective[] = [];
  const problems: PhpIniProblem[] = [];
  const names = namesOf(directives, options);
  for (const source of sources) readFile(source);
  return { files: sources, directives, extensions, problems };

  function readFile(source: Source): void {
    const { text } = source;
    const fallbacks = takesFallbacks(options.phpVersion);
    // Another section does not end one of these: only the end of the file does.
    let isSpecial = false;
    for (const statement of parseIni(
      { text, start: 0, end: text.length, appendNewline: false, fallbacks },
      names,
    )) {
      if (statement.kind === 'section') isSpecial ||= isPerDirectory(statement.name.value.text);
      else if (statement.kind === 'error') problems.push(problemOf(statement, source));
      else if (statement.kind === 'entry' && statement.value && !isSpecial) {
        keep(statement.key.text, statement.value, statement.key.start, statement.key.end, source);
      }
    }
  }

  function keep(name: string, placed: Placed, start: number, end: number, source: Source): void {
    const directive: PhpDirective = {
      name,
      value: placed.value,
      nameSpan: { source, start, end },
      span: { source, start: placed.start, end: placed.end },
    };
    const lower = name.toLowerCase();
    if (lower === 'extension' || lower === 'zend_extension') extensions.push(directive);
    else directives.set(name, directive);
  }
}

/** What follows `[PATH=/www/site]` and `[HOST=example.com]` holds only there: https://www.php.net/manual/en/ini.sections.php */
function isPerDirectory(section: string): boolean {
  return /^(?:path|host)./i.test(section);
}

function takesFallbacks(version: string | undefined): boolean {
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  return major > 8 || (major === 8 && minor >= 3);
}

function problemOf(error: Extract<Statement, { kind: 'error' }>, source: Source): PhpIniProblem {
  return {
    kind: 'syntax',
    message: `PHP:  ${error.message} in ${source.path} on line ${error.line}`,
    span: { source, start: error.start, end: error.end },
    reportedLine: error.line,
    fatal: false,
    lost: { source, start: error.end, end: source.text.length },
    help: 'quote the value: PHP ignores everything below this line',
  };
}

/** Only PHP's core has its constants when php.ini is read; those of extensions stay words. */
const coreConstant = /^(?:E_|ZEND_|DEBUG_|UPLOAD_ERR_|PHP_(?!URL_|QUERY_|ROUND_)|true$|false$|null$)/i;

function namesOf(directives: ReadonlyMap<string, PhpDirective>, options: Surroundings): Names {
  const around = namesIn(options);
  return {
    constant: (name) => (coreConstant.test(name) ? around.constant(name) : undefined),
    variable: (name) => directives.get(name)?.value ?? around.variable(name),
  };
}
