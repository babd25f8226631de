import { dirname } from 'node:path';
import { rules } from '../../rules/index.ts';
import type { Finding } from '../../src/engine/finding.ts';
import type { Example, Rule, Tree as Texts } from '../../src/engine/rule.ts';
import type { App as LintApp } from '../../src/model/apps/app.ts';
import { addressText } from '../../src/model/links/address.ts';
import { baseHost } from '../rules/base-host.ts';
import { judge } from './judge.ts';
import { inputOf, planFor } from './load.ts';
import type { Observation } from './observation.ts';
import type { App, AppProtocol, Plan, Tree } from './plan.ts';
import type { Change, Story } from './scenario.ts';
import { isBorneOut } from './score.ts';
import { applyChanges, resolveOwners } from './tree.ts';
import { visitsOf } from './visits.ts';

/** One side of an example of a rule, made a host that the real servers can run. */
export interface ExampleHost {
  /** `examples/zone-unknown/a-limit-copied-without-its-zone/bad`: where its record lies. */
  readonly id: string;
  readonly side: 'bad' | 'good';
  readonly plan: Plan;
  /** What the rule says of the bad side, errors only: the good side must not show it. */
  readonly errors: readonly Finding[];
}

/** What is not played, by the beginning of its id, and why the lab cannot make it true. */
const NOT_PLAYED: Readonly<Record<string, string>> = {
  'directive-newer-than-fpm/': 'every master of the lab is PHP 8.2',
  'numeric-user-without-group/an-older-PHP/': 'every master of the lab is PHP 8.2',
  'default-php-fpm-sock-without-www-conf/www-conf-was-renamed/good': 'the package of Debian makes the link',
  'listen-dir-missing/the-directory-of-another-distribution/good': 'the boot makes the directory',
  'duplicate-content-handler/a-proxy-behind-PHP/good': 'nobody says who is behind it',
  'upstream-all-down/all-servers-down/good': 'nobody says who is behind it',
  'tls-certificate-missing/a-certificate-that-was-deleted/good': 'the certificate is not among the files',
  'tls-certificate-undefined/the-default-of-the-address-has-none/': 'the certificate is not among the files',
  'app-socket-permission/': 'systemd opens the socket',
  'process-max-starves-pools/four-workers-in-front-of-a-pool-on-demand/bad': 'nginx gives up after a minute',
};

/** The program of the lab that speaks a protocol; it has none for SCGI. */
const PROGRAMS: Partial<Record<LintApp['protocol'], AppProtocol>> = {
  http: 'http',
  https: 'https',
  fastcgi: 'fastcgi',
  uwsgi: 'uwsgi',
  grpc: 'h2c',
};

/**
 * The examples of all rules that report an error on their bad side, laid over the host that the rules' tests use. The
 * requests are made from the configuration: one to every server and to every location that a path can be written for.
 */
export async function exampleHosts(): Promise<readonly ExampleHost[]> {
  const made: ExampleHost[] = [];
  for (const rule of rules) {
    for (const example of rule.examples) {
      // Repositories with a compose file are played as scenarios of their own.
      if (!example.isProject) made.push(...(await sidesOf(rule, example)));
    }
  }
  const isPlayed = ({ id }: ExampleHost): boolean =>
    !Object.keys(NOT_PLAYED).some((start) => id.startsWith(`examples/${start}`));
  return made.filter(isPlayed);
}

async function sidesOf(rule: Rule, example: Example): Promise<readonly ExampleHost[]> {
  const { apps: declared = [], nginxVersion, php, ...rest } = example.options ?? {};
  const apps = declared.map(appOf);
  const isOther = (nginxVersion !== undefined && !nginxVersion.startsWith('1.22')) || php !== undefined;
  if (isOther || apps.some((app) => app === undefined) || Object.keys(rest).length > 0) return [];
  const story = (tree: Tree): Story => ({
    title: example.name,
    changes: [],
    apps: apps.filter((app) => app !== undefined),
    stopped: [],
    masters: [],
    addresses: [],
    boot: apps.flatMap((app) => (app?.address.startsWith('unix:') ? [[dirname(app.address.slice(5))]] : [])),
    requests: visitsOf(tree),
    trees: [],
    ...(nginxVersion !== undefined && { nginxVersion }),
  });
  const bad = treeOf(example.bad);
  const findings = await judge(inputOf(bad, story(bad), story(bad)));
  const errors = findings.filter((finding) => finding.rule === rule.id && finding.severity === 'error');
  if (errors.length === 0) return [];
  const slug = example.name.replaceAll(/[^\w]+/g, '-');
  return (['bad', 'good'] as const).map((side) => {
    const tree = treeOf(example[side]);
    const id = `examples/${rule.id}/${slug}/${side}`;
    return { id, side, plan: planFor(tree, story(tree), story(tree)), errors };
  });
}

/**
 * Where the real servers do not bear an example out: one sentence each. Of several errors that keep a daemon from starting
 * it tells the first it meets.
 */
export function exampleProblems({ side, errors }: ExampleHost, observation: Observation): readonly string[] {
  const [seen, unseen] = [true, false].map((wanted) =>
    errors.filter((error) => isBorneOut(error, observation) === wanted),
  );
  const told = ({ predicts }: Finding): string => `${predicts?.status ?? 'no start'}: ${predicts?.log ?? ''}`;
  if (side === 'good') return (seen ?? []).map((error) => `the good side shows it as well: ${told(error)}`);
  const isDown = !observation.nginx.started || Object.values(observation.fpm).some(({ started }) => !started);
  if (isDown && seen && seen.length > 0) return [];
  return (unseen ?? []).map((error) => `not borne out: ${told(error)}`);
}

/** What every host of the lab has, and the base host of the rules, which is only read, does without. */
const MACHINE: Texts = {
  'etc/passwd': `${baseHost['etc/passwd']}nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n`,
  'etc/group': `${baseHost['etc/group']}nogroup:x:65534:\n`,
};

/** What the php.ini of every package says: errors are for the log. */
const PHP_INI = '[PHP]\ndisplay_errors = Off\nlog_errors = On\n';

/** A site for the visitors of examples that are about php-fpm alone. */
const SITE =
  'server {\n    listen 80;\n    root /var/www/html;\n    location / {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n';

/** The files of an example with what the lab needs to see what happens: a log, a site and scripts to ask for. */
function furnished(texts: Texts): Texts {
  const files: Record<string, string> = { ...baseHost, ...MACHINE, ...texts };
  const main = files['etc/nginx/nginx.conf'] ?? '';
  if (!main.includes('error_log'))
    files['etc/nginx/nginx.conf'] = `${main}error_log /var/log/nginx/error.log;\n`;
  const isAboutPhp = !Object.keys(texts).some((path) => path.startsWith('etc/nginx/'));
  if (isAboutPhp) files['etc/nginx/conf.d/lab.conf'] = SITE;
  const phpIni = files['etc/php/8.2/fpm/php.ini'] ?? '';
  if (!phpIni.includes('display_errors')) files['etc/php/8.2/fpm/php.ini'] = `${phpIni}${PHP_INI}`;
  for (const [path, text] of Object.entries(files)) {
    if (!path.startsWith('etc/nginx/')) continue;
    const extensions = [...text.matchAll(/location ~ \\\.(\w+)\$/g)].map(
      ([, extension]) => extension ?? 'php',
    );
    for (const [, root = ''] of text.matchAll(/^\s*root \/([\w/.-]+);/gm)) {
      for (const extension of ['php', ...extensions]) files[`${root}/index.${extension}`] ??= '<?php\n';
    }
  }
  return files;
}

function treeOf(texts: Texts): Tree {
  const changes = Object.entries(furnished(texts)).flatMap(([path, text]): readonly Change[] => {
    if (!path.endsWith('/')) return [{ kind: 'write', path: `/${path}`, text }];
    const [letters = '', uid = '0', gid = '0'] = text.trim().split(' ');
    const bits = [...letters.slice(1)].map((letter) => (letter === '-' ? '0' : '1')).join('');
    const directory = `/${path.slice(0, -1)}`;
    return [
      { kind: 'directory', path: directory },
      { kind: 'mode', path: directory, mode: Number.parseInt(bits, 2) },
      { kind: 'owner', path: directory, owner: `${uid}:${gid}` },
    ];
  });
  return resolveOwners(applyChanges(new Map(), changes));
}

function appOf({ name, address, protocol }: LintApp): App | undefined {
  const program = PROGRAMS[protocol];
  return program && { name, protocol: program, address: addressText(address), runs: true, declared: true };
}
