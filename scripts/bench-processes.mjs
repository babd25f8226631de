// The processes that the benchmark compares.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// What reading alone costs: the files that no502 reads, nothing made of them.
const readAll = `
import { readdirSync, readFileSync } from 'node:fs';
for (const entry of readdirSync(process.argv[2], { recursive: true, withFileTypes: true })) {
  if (entry.isFile() && !entry.parentPath.endsWith('/ssl')) readFileSync(entry.parentPath + '/' + entry.name, 'utf8');
}
`;

// What merely parsing costs with the library for it: the nginx files alone, without includes and links.
const parseAll = `
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
const { NginxConfFile } = createRequire(process.argv[3])('nginx-conf');
for (const entry of readdirSync(process.argv[2], { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || entry.parentPath.endsWith('/ssl')) continue;
  NginxConfFile.createFromSource(readFileSync(entry.parentPath + '/' + entry.name, 'utf8'), (error) => {
    if (error) throw error;
  });
}
`;

/** A certificate that all sites get as their own; `undefined` where there is no openssl to make it. */
export function makeCertificate(directory) {
  const [certificate, key] = [join(directory, 'site.pem'), join(directory, 'site.key')];
  const { status } = spawnSync(
    'openssl',
    [
      ...[
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '1',
      ],
      ...['-subj', '/CN=*.example.com', '-keyout', key, '-out', certificate],
    ],
    { stdio: 'ignore' },
  );
  return status === 0 ? { certificate, key } : undefined;
}

/** All that can be run here. The first is what Node takes to do nothing. */
export function compared({ root, scratch, host, size, certificate }) {
  const node = process.execPath;
  const [reader, parser] = [join(scratch, 'read.mjs'), join(scratch, 'parse.mjs')];
  writeFileSync(reader, readAll);
  writeFileSync(parser, parseAll);
  const dist = join(scratch, 'dist');
  const lint = [join(dist, 'cli.js'), '--root', host, '--fail-on', 'never', '--memory', '640G'];
  const cases = [
    { name: 'no502', command: node, parameters: lint },
    { name: '`node -e 0`', command: node, parameters: ['-e', '0'] },
    { name: 'a Node script that reads the files', command: node, parameters: [reader, host] },
    {
      name: 'nginx-conf, parsing the nginx files',
      command: node,
      parameters: [parser, join(host, 'etc/nginx'), join(root, 'package.json')],
    },
  ];
  if (size === 1) {
    const name = 'no502, the first run after an installation';
    cases.push({ name, command: node, parameters: lint, before: () => forgetCompiled(dist) });
    // The run before leaves its code compiled, and the next of the others is to find it so.
  }
  if (certificate && starts('nginx', ['-v']) && process.getuid?.() === 0) {
    const prefix = join(scratch, 'prefix');
    mkdirSync(join(prefix, 'logs'), { recursive: true });
    const main = join(host, 'etc/nginx/nginx.conf');
    // Every site has a log of its own, which nginx opens.
    const call = 'ulimit -n $(ulimit -Hn) && exec nginx -q -t -p "$0" -c "$1" -e /dev/null';
    cases.push({ name: '`nginx -t`', command: 'sh', parameters: ['-c', call, prefix, main] });
  }
  const fpm = ['php-fpm8.4', 'php-fpm8.3', 'php-fpm8.2', 'php-fpm'].find((name) => starts(name, ['-v']));
  if (fpm && process.getuid?.() === 0) {
    const main = join(scratch, 'php-fpm.conf');
    writeFileSync(main, `[global]\nerror_log = /dev/null\ninclude=${host}/etc/php/8.2/fpm/pool.d/*.conf\n`);
    cases.push({ name: '`php-fpm -t`', command: fpm, parameters: ['-t', '-y', main] });
  }
  const linter = join(root, 'node_modules/nginx-linter/bin/nginx-linter.js');
  const files = ['--no-follow-includes', '--include', join(host, 'etc/nginx/sites-available/*')];
  // 1 where it does not like the style.
  cases.push({
    name: 'nginx-linter',
    command: node,
    parameters: [linter, ...files],
    statuses: [0, 1],
    cwd: scratch,
  });
  return cases;
}

function forgetCompiled(dist) {
  for (const name of readdirSync(dist)) if (name.endsWith('.cache')) rmSync(join(dist, name));
}

function starts(command, parameters) {
  return spawnSync(command, parameters, { stdio: 'ignore' }).status === 0;
}
