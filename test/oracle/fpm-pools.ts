/** A configuration of our own that asks the real php-fpm one question. */
export interface Case {
  readonly name: string;
  /** `main` is the main file; others are included by the names they have here. `DIR` stands for their directory. */
  readonly files: Readonly<Record<string, string>> & { readonly main: string };
  readonly env?: Readonly<Record<string, string>>;
}

/** What every pool below needs besides the line it is about. */
const rest = 'user = root\nlisten = 9000\npm = static\npm.max_children = 2\n';

/** One line in a pool that is otherwise whole. */
function inPool(name: string, lines: string): Case {
  return { name, files: { main: `[www]\n${rest}${lines}\n` } };
}

/** One line in `[global]` before a whole pool. */
function inGlobal(name: string, lines: string): Case {
  return { name, files: { main: `[global]\n${lines}\n[www]\n${rest}` } };
}

const values = [
  'a;b',
  'a # b',
  'a=b',
  'a(b',
  'a)b',
  'a!b',
  'a~b',
  '"a',
  "'a",
  "a 'b",
  "''",
  '""',
  'a&b',
  '6&3',
  '6|1',
  '6^3',
  '~5',
  '!5',
  '!0',
  '(1|2)&3',
  '(1|2',
  'E_ALL & ~E_NOTICE',
  'E_ALL',
  'M_PI',
  'PHP_VERSION',
  'PHP_SAPI',
  'PHP_OS',
  'LC_ALL',
  'on',
  'On ; comment',
  'on # not a comment',
  'off',
  'none',
  'null',
  'yes-no',
  '{a}[b]?<c>%@:,+*/.\\',
  '$a$',
  '$$',
  '$pool-$pool',
  '"$pool"',
  "'$pool'",
  '${NO502_SET}/x',
  '"a ${NO502_SET} b"',
  "'${NO502_SET}'",
  '"a\\"b"',
  '"a\\\\b"',
  '"a\\$b"',
  '"a\\\'b"',
  '"C:\\dir\\"',
  '"a" b "c"',
  "'a' b",
  'a  b',
  '  a  ',
  '1.5.3 -4',
  'a\tb',
  'ünïcödé',
  '[a]',
  'a\rb',
  '99999999999',
  '-99999999999|0',
];

const settings: readonly (readonly [name: string, values: readonly string[]])[] = [
  [
    'pm.max_children',
    ['5', '-1', '0', '5.5', '64k', '50%', '', '"5"', '99999999999', '4294967297', '-', 'a'],
  ],
  [
    'request_terminate_timeout',
    ['30', '30s', '30 s', '500ms', '1min', '2m', '1h', '1d', '-1', '', 'x', '99999999d', '30S'],
  ],
  [
    'clear_env',
    ['yes', 'no', '1', '0', '"yes"', '"no"', '"off"', '"Yes"', 'Disabled', '', '2', 'null', '"true"'],
  ],
  ['pm', ['static', 'STATIC', 'OnDemand', 'dynamo', '']],
  ['rlimit_core', ['unlimited', 'UNLIMITED', '0', '-1', '5']],
  ['listen.mode', ['0660', '660', '0', 'abc']],
  [
    'listen',
    ['9000', '/run/x.sock', 'x.sock', '127.0.0.1:9000', '"[::1]:9000"', ':9000', 'unix:/x', '', '0'],
  ],
  ['process.priority', ['-19', '20', '21', '-20', '64']],
  ['pm.status_path', ['/status', 'status', '/', '/st?x', '/a b', '""']],
  ['ping.path', ['/ping', 'ping', '/', '/p!x', '""']],
  ['request_slowlog_trace_depth', ['5', '0', '-1']],
  ['security.limit_extensions', ['.php .php5', '', '""']],
  ['listen.backlog', ['-1', '0', '511', '-2']],
  ['chroot', ['/', '$prefix', 'a$prefix']],
];

const globals: readonly (readonly [name: string, values: readonly string[]])[] = [
  ['log_limit', ['512', '511', '0', '-1', '8192']],
  ['process.max', ['0', '-1', '128']],
  ['process.priority', ['-20', '21', '5', '64']],
  ['events.mechanism', ['epoll', 'POLL', 'select', 'nosuch', '""']],
  ['syslog.facility', ['daemon', 'LOCAL7', 'nosuch', '24']],
  ['emergency_restart_interval', ['60s', '1m', '']],
  ['daemonize', ['yes', 'no', 'maybe']],
  ['pid', ['x.pid', '/run/x.pid', '$pool.pid', '']],
];

/** The field's traps, one by one: how php-fpm reads and what it refuses. */
export const cases: readonly Case[] = [
  { name: 'every value in env', files: { main: `[www]\n${rest}` } },
  ...values.map((value) => ({
    ...inPool(`env[X] = ${JSON.stringify(value)}`, `env[X] = ${value}`),
    env: { NO502_SET: 'set' },
  })),
  ...values.map((value) => ({
    ...inPool(`php_admin_value[x] = ${JSON.stringify(value)}`, `php_admin_value[x] = ${value}`),
    env: { NO502_SET: 'set' },
  })),
  ...settings.flatMap(([name, texts]) =>
    texts.map((text) => inPool(`${name} = ${JSON.stringify(text)}`, `${name} = ${text}`)),
  ),
  ...globals.flatMap(([name, texts]) =>
    texts.map((text) => inGlobal(`${name} = ${JSON.stringify(text)}`, `${name} = ${text}`)),
  ),
  ...[
    '# comment',
    '#listen = x',
    '<<<<<<< HEAD',
    '=======',
    'listen',
    '{% if x %}',
    'a b = c',
    '(',
    '[x',
    ']',
    ';',
  ].map((line) => inPool(`the line ${line}`, line)),
  ...[
    'memory_limit = 1',
    'PM = static',
    'Listen.Mode = 0600',
    'pid = x',
    'Include = x',
    'env = x',
    'on = x',
  ].map((line) => inPool(`the entry ${line}`, line)),
  ...[
    'env[] = x',
    'env[LC_ALL] = x',
    'env[true] = x',
    'env[null] = x',
    'env["A B"] = x',
    'ENV[a] = x',
    'env[a = x',
    'env[a] x',
    'php_foo[x] = y',
    'php_flag[x] = on',
    'php_flag[x] = maybe',
    'php_admin_flag[x] = off',
    'php_flag[x] = "yes"',
    'php_value[x] =',
    'php_value[error_log] = php.log',
    'php_admin_value[error_log] = syslog',
    'php_admin_value[error_log] = php.log',
    'php_admin_value[a] = 1\nphp_admin_value[a] = 2',
    'access.suppress_path[] = /a',
    'access.suppress_path[] = a',
    'access.suppress_path[x] = a',
    'access.suppress_path[] =',
    '#env[a] = x',
  ].map((line) => inPool(`the element ${JSON.stringify(line)}`, line)),
  inGlobal('an array in global', 'php_value[x] = y'),
  inGlobal('a pool entry in global', 'user = www-data'),
  inGlobal('an array without key in global', 'php_value[] = y'),
  { name: 'nothing at all', files: { main: '' } },
  { name: 'a global section alone', files: { main: '[global]\n' } },
  { name: 'entries before any section', files: { main: `${rest}` } },
  { name: 'a pool without anything', files: { main: '[www]\n' } },
  {
    name: 'a pool without listen',
    files: { main: '[www]\nuser = root\npm = static\npm.max_children = 1\n' },
  },
  { name: 'a pool without pm', files: { main: '[www]\nuser = root\nlisten = 9000\n' } },
  {
    name: 'a pool without max_children',
    files: { main: '[www]\nuser = root\nlisten = 9000\npm = static\n' },
  },
  ...dynamic('nothing', ''),
  ...dynamic('max missing', 'pm.min_spare_servers = 1'),
  ...dynamic('more spare than children', 'pm.min_spare_servers = 1\npm.max_spare_servers = 9'),
  ...dynamic('max below min', 'pm.min_spare_servers = 3\npm.max_spare_servers = 2'),
  ...dynamic('start not set', 'pm.min_spare_servers = 1\npm.max_spare_servers = 4'),
  ...dynamic('start outside', 'pm.start_servers = 5\npm.min_spare_servers = 1\npm.max_spare_servers = 4'),
  ...dynamic('start negative', 'pm.start_servers = -5\npm.min_spare_servers = 1\npm.max_spare_servers = 4'),
  ...dynamic(
    'no spawn rate',
    'pm.min_spare_servers = 1\npm.max_spare_servers = 4\npm.start_servers = 2\npm.max_spawn_rate = 0',
  ),
  inPool('on demand', 'pm = ondemand\npm.start_servers = 7\npm.min_spare_servers = 3'),
  inPool('on demand without time', 'pm = ondemand\npm.process_idle_timeout = 0'),
  inPool('on demand with a low backlog', 'pm = ondemand\nlisten.backlog = -5'),
  {
    name: 'on demand with poll',
    files: { main: `[global]\nevents.mechanism = poll\n[www]\n${rest}pm = ondemand\n` },
  },
  inPool('slowlog missing', 'request_slowlog_timeout = 5s'),
  inPool('slowlog empty', 'request_slowlog_timeout = 5s\nslowlog ='),
  inPool('trace depth without slowlog', 'request_slowlog_trace_depth = 5'),
  inPool(
    'slowlog later than the end',
    'slowlog = DIR/slow.log\nrequest_slowlog_timeout = 50s\nrequest_terminate_timeout = 5s',
  ),
  inPool('ping response empty', 'ping.path = /ping\nping.response = ""'),
  inPool('ping response given', 'ping.path = /ping\nping.response = hello'),
  inPool('a status listener', 'pm.status_listen = 127.0.0.1:9001'),
  inPool('a status listener on the root', 'pm.status_listen = 127.0.0.1:9001\npm.status_path = /'),
  inPool('a status listener nowhere', 'pm.status_listen ='),
  inPool('a status listener on its own pool', 'pm.status_listen = 9000'),
  inPool(
    'a good access.format',
    'access.log = DIR/access.log\naccess.format = "%R %{mega}M %{seconds}d %e %{X}o %%"',
  ),
  ...[
    '%z',
    '%{mega}M',
    '%{mega}d',
    '%e',
    '%{X}e',
    '%{X}',
    '%',
    '%{milli}d',
    '%{mili}d',
    '%{total}C',
    '%{x}R',
    '%Q%q%l',
    '%A',
    '%{%Y}t',
  ].map((format) =>
    inPool(`access.format ${format}`, `access.log = DIR/access.log\naccess.format = "${format} x"`),
  ),
  inPool('a wrong access.format without a log', 'access.format = "%z"'),
  {
    name: 'two pools at one address',
    files: { main: `[a]\n${rest}[b]\n${rest.replace('static', 'ondemand')}` },
  },
  { name: 'three pools at one address', files: { main: `[a]\n${rest}[b]\n${rest}[c]\n${rest}` } },
  { name: 'one pool twice', files: { main: `[www]\n${rest}[WWW]\npm.max_children = 7\n` } },
  { name: 'global in any case', files: { main: `[www]\n${rest}[GLOBAL]\nprocess.max = 7\n` } },
  {
    name: 'a section and an entry on one line',
    files: { main: `[www] user = root\nlisten = 9000\npm=static\npm.max_children=1` },
  },
  { name: 'old Mac line ends', files: { main: `[www]\n${rest}`.replaceAll('\n', '\r') } },
  { name: 'Windows line ends', files: { main: `[www]\n${rest}env[X] = a b\n`.replaceAll('\n', '\r\n') } },
  { name: 'a byte order mark', files: { main: `\ufeff[www]\n${rest}` } },
  { name: 'a byte order mark on every line', files: { main: `[www]\n${rest}`.replaceAll(/^/gm, '\ufeff') } },
  { name: 'a quoted section', files: { main: `["my pool"]\n${rest}` } },
  { name: 'a section with blanks', files: { main: `[ my pool ]\n${rest}` } },
  { name: 'a section with a dot', files: { main: `[shop.example.com]\n${rest}env[P] = $pool` } },
  { name: 'an empty section', files: { main: `[]\n${rest}` } },
  { name: 'a broken section', files: { main: `[a;b]\n${rest}` } },
  {
    name: 'quoted prefix and relative paths',
    files: { main: `[www]\n${rest}prefix = "DIR"\nlisten = a.sock\naccess.log = a.log\nslowlog = s.log\n` },
  },
  {
    name: 'an include in place',
    files: { main: `[global]\ninclude = DIR/a.conf\npm.max_children = 4\n`, 'a.conf': `[www]\n${rest}` },
  },
  {
    name: 'a global entry after an include',
    files: { main: `include = DIR/a.conf\nlog_level = notice\n`, 'a.conf': `[www]\n${rest}` },
  },
  {
    name: 'an error after an include',
    files: { main: `include = DIR/a.conf\n\n\nnosuch = 1\n`, 'a.conf': `[www]\n${rest}` },
  },
  { name: 'two includes on a line', files: { main: `include = a\rinclude = b\n` } },
  { name: 'an include of nothing', files: { main: `[www]\n${rest}include = DIR/nosuch.conf\n` } },
  {
    name: 'an include of a missing directory',
    files: { main: `[www]\n${rest}include = DIR/nosuch/*.conf\n` },
  },
  { name: 'an include of a directory', files: { main: `[www]\n${rest}include = DIR\n` } },
  { name: 'a relative include', files: { main: `[www]\n${rest}include = no502/nosuch.conf\n` } },
  { name: 'an include of an empty name', files: { main: `[www]\n${rest}include =\n` } },
  { name: 'a file that includes itself', files: { main: `[www]\n${rest}include = DIR/main\n` } },
  {
    name: 'files in order',
    files: {
      main: 'include = DIR/*.pool\n',
      'b.pool': '[www]\npm.max_children = 9\nphp_admin_value[a] = b\n',
      'a.pool': `[www]\n${rest}php_admin_value[a] = a\n`,
    },
  },
  {
    name: 'an included file without a header',
    files: { main: 'include = DIR/*.pool\n', 'a.pool': `[www]\n${rest}`, 'b.pool': 'pm.max_children = 9\n' },
  },
];

function dynamic(name: string, lines: string): readonly Case[] {
  return [inPool(`dynamic: ${name}`, `pm = dynamic\npm.max_children = 5\n${lines}`)];
}
