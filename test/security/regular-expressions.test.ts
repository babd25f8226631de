import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type Node, parse } from 'acorn';
import { transform } from 'esbuild';
import type { checkSync as CheckSync } from 'recheck';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

// The build for browsers is JavaScript alone: the other one starts a program.
const { checkSync }: { checkSync: typeof CheckSync } = createRequire(import.meta.url)(
  'recheck/lib/browser.js',
);

/** A regular expression as it stands in our code. */
interface Expression {
  readonly pattern: string;
  readonly flags: string;
  readonly places: readonly string[];
}

/**
 * What recheck cannot judge, or judges for texts of any length, and why it takes no time all the same. Looked at one by one.
 */
const lookedAt: Readonly<Record<string, string>> = {
  '^(?:[\\w.-]+[._-])?(?:docker-)?compose(?:[._-][\\w.-]+)?\\.ya?ml$': 'a name of a file, 255 bytes at most',
  '^(?:Procfile|.+\\.(?:service|socket)|(?:ecosystem|pm2|process).*\\.(?:c?js|mjs|json|ya?ml)|.*supervisor.*\\.(?:conf|ini)|.*uwsgi.*\\.ini)$':
    'a name of a file, 255 bytes at most',
  '^(["\']?)unix:\\/*(?=\\/)': 'anchored, one run',
  '^[a-z][\\w.]{0,60}[ \\t]*=[ \\t]*(\\$(?!pool\\b|prefix\\b)[A-Za-z_]\\w{0,60})[ \\t]*$':
    'anchored, no run meets another',
  'php(?!.*php)[\\w./@-]*$': 'a word of our own making',
  '^[ \\t]*(?!#|exit\\b|set\\b|\\[|fi\\b|if\\b)\\S.*$': 'each line is looked at once',
  '@.*(?=\\.)': 'a name of a unit, 255 bytes at most',
  'ngx\\.var(?:\\.(\\w+)|\\[[^\\]\\n]{0,200}\\])\\s{0,20}=(?!=)': 'each run has an end or a bound',
  '[ \\t]*(?:export[ \\t]+)?([\\p{L}\\p{N}_.[\\]-]+)[ \\t]*([=:]|\\r?(?=\\n)|$)[ \\t]*':
    'sticky: tried at one place',
  '(?<=\\s)<<(-?)(["\']?)([A-Za-z_][\\w.]*)\\2(?=\\s|$)': 'begins with two signs that the rest has not',
  '^unix:(?:\\/\\/(?=\\/))?([^?]*)': 'anchored, one run',
  '(?<=^php(?:-cgi)?)[\\d.]+$': 'anchored',
  '^[ \\t\\n\\v\\f\\r]*([+-]?[0-9]{1,400})': 'anchored, no run meets another',
  '^(?:ssh|cron|mysql|mariadb|postgresql|redis|ufw|fail2ban|apparmor|networking|network-manager|NetworkManager.*|keyboard-setup|console-setup|rsyslog|chrony|ntp|ntpsec|dbus(?:-.*)?|e2scrub.*|fstrim|getty|serial-getty|systemd-.*|php.*-fpm|unattended-upgrades|apt-.*|dpkg-.*|lvm2-.*|blk-availability|open-vm-tools|vgauth|qemu-guest-agent|cloud-.*|snapd.*|multipathd|rpcbind|iscsid?|open-iscsi|udisks2|ModemManager|polkit|thermald|secureboot-db|grub-.*|pollinate|ubuntu-.*|ua-.*|motd-news|finalrd|lm-sensors|smartd|smartmontools|sysstat.*|atd|auditd|firewalld|tuned|irqbalance|microcode|mdmonitor|nis-domainname|rngd|sssd|kdump|remote-fs.*|dm-event|postfix|exim4|memcached)$':
    'anchored, and each run is the end of its branch',
  '\\$(?:\\$|([A-Za-z_]\\w*)|\\{([A-Za-z_]\\w*)(:?-([^}]{0,500}))?\\})':
    'no run is longer than 500, but those that end where they could begin',
  '\\$\\(|`|\\$\\{[^}]{0,500}[#%/^,@]': 'no run is longer than 500',
  '([A-Za-z_][\\w.]{0,100})\\s{0,20}=\\s{0,20}(?:"([^"]*)"|\'([^\']*)\'|([^,\\s"\']+))':
    'no run is longer than 100, but those to the next quote or comma',
  '\\$\\{\\w+(?::?-[^}]{0,500})?\\}': 'no run is longer than 500, but names behind a sign that is in none',
  '(?:^|\\/)\\.next\\/standalone\\/(?:[^/]+\\/){0,8}server\\.js$': 'eight names at most',
  '^httpd_can_network_connect[ \\t]*=[ \\t]*(1|on|true)\\b': 'anchored, no run meets another',
};

async function expressions(): Promise<readonly Expression[]> {
  const found = new Map<string, { pattern: string; flags: string; places: string[] }>();
  for (const directory of ['src', 'rules']) {
    for (const name of readdirSync(`${root}${directory}`, { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts')) continue;
      const text = readFileSync(`${root}${directory}/${name}`, 'utf8');
      const { code } = await transform(text, { loader: 'ts', target: 'es2023' });
      visit(parse(code, { ecmaVersion: 2023, sourceType: 'module' }), ({ pattern, flags }) => {
        const key = `/${pattern}/${flags}`;
        const known = found.get(key) ?? { pattern, flags, places: [] };
        found.set(key, known);
        known.places.push(`${directory}/${name}`);
      });
    }
  }
  return [...found.values()];
}

function visit(node: unknown, take: (regex: { pattern: string; flags: string }) => void): void {
  if (Array.isArray(node)) for (const each of node) visit(each, take);
  else if (isNode(node)) {
    if ('regex' in node && isRegex(node.regex)) take(node.regex);
    for (const value of Object.values(node)) visit(value, take);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

function isRegex(value: unknown): value is { pattern: string; flags: string } {
  return typeof value === 'object' && value !== null && 'pattern' in value && 'flags' in value;
}

/** `safe`, else what recheck has against it. */
function verdictOn(pattern: string, flags: string): string {
  try {
    const { status, ...more } = checkSync(pattern, flags, { checker: 'automaton', timeout: 20_000 });
    if (status === 'safe') return status;
    return JSON.stringify('complexity' in more ? more.complexity : more);
  } catch (error) {
    return String(error);
  }
}

describe('regular expressions', () => {
  it('of ours take time in proportion to the text', async () => {
    const all = await expressions();
    expect(all.length).toBeGreaterThan(200);
    const judged = all.filter(({ pattern }) => !Object.hasOwn(lookedAt, pattern));
    const slow = judged.flatMap(({ pattern, flags, places }) => {
      const verdict = verdictOn(pattern, flags);
      return verdict === 'safe' ? [] : [`${places.join(', ')}: /${pattern}/${flags} ${verdict}`];
    });
    expect(slow).toEqual([]);
    const used = new Set(all.map(({ pattern }) => pattern));
    expect(Object.keys(lookedAt).filter((pattern) => !used.has(pattern))).toEqual([]);
  }, 300_000);

  it.each(['^(a+)+$', '^(a|a)*$', '\\s+$', '^[^,]*,?[^,]*$', '=.*$'])(
    'like %s would be noticed',
    (pattern) => {
      expect(verdictOn(pattern, '')).not.toBe('safe');
    },
  );

  it('are not made of what is read, but at places that are known', () => {
    const made = ['src', 'rules'].flatMap((directory) =>
      readdirSync(`${root}${directory}`, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .filter((name) => readFileSync(`${root}${directory}/${name}`, 'utf8').includes('new RegExp('))
        .map((name) => `${directory}/${name}`),
    );
    expect(made.sort()).toEqual(
      [
        'src/baseline/read-baseline.ts',
        'src/commands/settings.ts',
        'src/config/validate.ts',
        // A name of ours, with its signs escaped.
        // Words and bars between them, and nothing else.
        'src/load/container/templates.ts',
        // Patterns of ours that stand there, to find all places of a line.
        'src/load/template.ts',
        // Digits of two versions.
        'src/upgrade/version-text.ts',
      ].sort(),
    );
  });
});
