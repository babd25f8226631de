// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is what is read
import type { Source } from '../../src/syntax/source.ts';
import type { Random } from './random.ts';

const nginxPieces: readonly string[] = [
  ...[
    'server',
    'location',
    'http',
    'events',
    'upstream',
    'map',
    'geo',
    'if',
    'include',
    'listen',
    'server_name',
  ],
  ...[
    'proxy_pass',
    'fastcgi_pass',
    'set',
    'return',
    'rewrite',
    'root',
    'content_by_lua_block',
    'types',
    'resolver',
  ],
  ...[
    'http://',
    'unix:',
    '/run/php/x.sock',
    '127.0.0.1:',
    '80',
    '9000',
    '443',
    'ssl',
    'default_server',
    '$host',
    '${host}',
  ],
  ...[
    ' ',
    ' ',
    ' ',
    '\n',
    '\r\n',
    '\t',
    ';',
    ';',
    ';\n',
    '{',
    '}',
    '{\n',
    '}\n',
    '"',
    "'",
    '\\',
    '\\"',
    '$',
    '#',
    '# x\n',
  ],
  ...[
    '{{ x }}',
    '{% if %}',
    '[[',
    ']]',
    '--',
    '(',
    ')',
    '~',
    '~*',
    '=',
    '*',
    '\0',
    '\ufeff',
    '\u00a0',
    'é',
    '\u202e',
    '\u001b[',
  ],
  ...[
    '# no502-disable',
    'no502-enable',
    'fastcgi-pass-not-listened',
    ' -- why',
    '..',
    '/',
    '*.conf',
    '[',
    ']',
    '-1',
    '60s',
    '4k',
  ],
];

const iniPieces: readonly string[] = [
  ...[
    '[www]',
    '[global]',
    '[',
    ']',
    '=',
    '=',
    ' = ',
    'listen',
    'user',
    'pm',
    'pm.max_children',
    'include',
    'env[X]',
    'php_value[a]',
  ],
  ...[
    'static',
    'dynamic',
    'on',
    'off',
    'none',
    'null',
    'E_ALL',
    '~E_NOTICE',
    '|',
    '&',
    '^',
    '!',
    '~',
    '(',
    ')',
    '5',
    '-1',
    '1.5',
  ],
  ...[
    '"',
    "'",
    '\\',
    '\\"',
    '$',
    '${',
    '${A}',
    '${A:-',
    '}',
    '$pool',
    ';',
    '; no502-disable x -- y',
    '#',
    '\n',
    '\n',
    '\r\n',
    '\r',
  ],
  ...[
    ' ',
    '\t',
    '\0',
    '\ufeff',
    'é',
    '/run/php/x.sock',
    '127.0.0.1:9000',
    '9000',
    '0660',
    'www-data',
    '64M',
    '30s',
    'extension=x',
  ],
  ...[
    '[Service]',
    'ExecStart=',
    '/usr/sbin/php-fpm8.2',
    ' -y /etc/x.conf',
    '\\\n',
    '%i',
    'User=',
    '@',
    '-',
    'Environment=',
  ],
];

const yamlPieces: readonly string[] = [
  ...[
    'root',
    'memory',
    'apps',
    'rules',
    'exclude',
    'hosts',
    'failOn',
    'php',
    'port',
    'socket',
    'host',
    'api',
    'services',
    'image',
  ],
  ...[
    ': ',
    ':\n',
    '\n',
    '\n  ',
    '\n    ',
    '- ',
    '? ',
    '[',
    ']',
    '{',
    '}',
    ', ',
    '&a ',
    '*a',
    '&b ',
    '*b',
    '!!str ',
    '!',
    '|',
    '>',
  ],
  ...[
    '"',
    "'",
    '\\',
    '\\ud800',
    '#',
    '# x\n',
    '---\n',
    '...\n',
    '%',
    '~',
    'null',
    'true',
    '8.10',
    '0x1f',
    '4G',
    '3000',
    'off',
  ],
  ...[
    '\t',
    '\0',
    '\ufeff',
    'é',
    '\u2028',
    '<<',
    ': *a',
    '{a: 1}',
    '[1, 2]',
    '${X:-y}',
    '"a": 1',
    '..',
    '/',
    'a',
  ],
];

const jsonPieces: readonly string[] = [
  ...[
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '"',
    '"version"',
    '1',
    '2',
    '"findings"',
    '"rule"',
    '"file"',
    '"severity"',
    '"message"',
  ],
  ...[
    '"fingerprint"',
    '"error"',
    '"warning"',
    '"a"',
    '0123456789abcdef0123456789abcdef',
    '"',
    '\\u0000',
    '\\ud800',
    ' ',
    '\n',
    'null',
  ],
];

const dumpPieces: readonly string[] = [
  ...[
    '# configuration file /',
    '# configuration file ',
    'etc/nginx/nginx.conf',
    ':',
    ':\n',
    '\n',
    '\r\n',
    'nginx: ',
    '../',
    '/',
    'x',
  ],
  ...['nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\n', 'server { }\n', '\0', 'é', ' '],
];

const pathPieces: readonly string[] = [
  ...[
    'a',
    'b',
    'ab',
    'x.conf',
    '.',
    '..',
    '.h',
    '/',
    '/',
    '/',
    '*',
    '?',
    '[',
    ']',
    '[!a]',
    '[a-z]',
    '[[:alpha:]]',
    '\\',
    '-',
    '!',
    '^',
  ],
  ...['é', '\u{10348}', ']', '**', '{a,b}', ' ', '\n', ':]', '[:'],
];

/** Pieces that mean something, by language. */
export const pieces = {
  nginx: nginxPieces,
  ini: iniPieces,
  yaml: yamlPieces,
  json: jsonPieces,
  dump: dumpPieces,
  path: pathPieces,
} as const;

/** Pieces in any order. */
export function soup(random: Random, of: readonly string[], most: number): string {
  let text = '';
  for (let left = random.below(most + 1); left > 0; left--) text += random.pick(of);
  return text;
}

/** Bytes, as Latin-1 has them. */
export function bytes(random: Random, most: number): string {
  let text = '';
  for (let left = random.below(most + 1); left > 0; left--) text += String.fromCharCode(random.below(256));
  return text;
}

/** A stretch of a real text with something cut out, put in, doubled or moved. */
export function mutated(
  random: Random,
  texts: readonly string[],
  of: readonly string[],
  longest: number,
): string {
  if (texts.length === 0) return soup(random, of, 20);
  const whole = random.pick(texts);
  const from = whole.length <= longest || random.once(4) ? 0 : random.below(whole.length);
  let text = whole.slice(from, from + longest);
  for (let changes = 1 + random.below(4); changes > 0; changes--) {
    const at = random.below(text.length + 1);
    const length = random.below(random.once(3) ? 200 : 8);
    const before = text.slice(0, at);
    const behind = text.slice(at);
    switch (random.below(6)) {
      case 0:
        text = before + behind.slice(length);
        break;
      case 1:
        text = before + behind.slice(0, length) + behind;
        break;
      case 2:
        text = before + String.fromCharCode(random.below(256)) + behind.slice(1);
        break;
      case 3:
        text = before + soup(random, of, 4) + behind;
        break;
      case 4:
        text = before + random.pick(texts).slice(0, length) + behind;
        break;
      default:
        text = behind + before;
    }
  }
  return text;
}

/** Of the three kinds one. */
export function anyText(
  random: Random,
  texts: readonly string[],
  of: readonly string[],
  longest = 400,
): string {
  switch (random.below(5)) {
    case 0:
      return bytes(random, 40);
    case 1:
    case 2:
      return soup(random, of, 24);
    default:
      return mutated(random, texts, of, longest);
  }
}

/** A source as `decode` would make one: no lone surrogates, and Latin-1 where that is all it takes, every other time. */
export function sourceFrom(text: string, path = '/etc/x.conf'): Source {
  const whole = withoutLoneSurrogates(text);
  const isLatin = /[\x80-\xff]/.test(whole) && !/[^\x00-\xff]/.test(whole) && whole.length % 2 === 1;
  return { path, file: path.slice(1), text: whole, encoding: isLatin ? 'latin1' : 'utf8' };
}

/** What no file can hold. */
export function withoutLoneSurrogates(text: string): string {
  return /[\ud800-\udfff]/.test(text) ? Buffer.from(text).toString() : text;
}
