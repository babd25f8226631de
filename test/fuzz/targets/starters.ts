import { openRoot } from '../../../src/load/root.ts';
import { givenApps } from '../../../src/model/apps/given-files.ts';
import { readApps } from '../../../src/model/apps/read-apps.ts';
import { readEnvFile } from '../../../src/syntax/env-file/env-file.ts';
import { readExports } from '../../../src/syntax/javascript/exports.ts';
import type { Literal } from '../../../src/syntax/literal.ts';
import { readSupervisor } from '../../../src/syntax/supervisor/supervisor-conf.ts';
import { readUnit } from '../../../src/syntax/systemd/unit.ts';
import { readUwsgiIni } from '../../../src/syntax/uwsgi/uwsgi-ini.ts';
import type { Corpus } from '../corpus.ts';
import { base, guarded, guardedBelow } from '../guarded.ts';
import { pieces } from '../pieces.ts';
import { mustLieIn } from '../places.ts';
import { starterTree } from '../starter-files.ts';
import { must, type Target } from '../target.ts';
import { anyText, orRepeated, sourceFrom } from '../texts.ts';

/** What JavaScript exports lies in its file, whether it can be parsed or not. */
export function javascriptExports({ javascript }: Corpus): Target {
  return {
    name: 'javascript',
    share: 30,
    make: (random) => ({
      text: orRepeated(random, anyText(random, javascript, pieces.javascript), pieces.javascript),
    }),
    async check({ text }) {
      for (const path of ['/srv/ecosystem.config.js', '/srv/pm2.json']) {
        const exported = await readExports(sourceFrom(text, path));
        if (exported) mustLie(exported, new Set());
      }
    },
  };
}

function mustLie(literal: Literal, seen: Set<Literal>): void {
  if (seen.has(literal)) return;
  seen.add(literal);
  mustLieIn(literal.span.source, literal.span, literal.kind);
  if (literal.kind === 'list') for (const item of literal.items) mustLie(item, seen);
  if (literal.kind === 'map') for (const value of literal.entries.values()) mustLie(value, seen);
  if (literal.kind === 'fallback') mustLie(literal.value, seen);
}

/** Entries of units, of supervisor, of uWSGI and of env files are where they say they are. */
export function starterReaders({ starters }: Corpus): Target {
  return {
    name: 'starter-readers',
    share: 60,
    make: (random) => ({
      text: orRepeated(random, anyText(random, starters, pieces.starters), pieces.starters),
    }),
    check({ text }) {
      const source = sourceFrom(text, '/etc/uwsgi/a.ini');
      for (const { key, value, span } of readUnit(source)) {
        mustLieIn(source, span, key);
        must(span.end - span.start === value.length, `the value of ${key} has another length than its place`);
      }
      for (const { entries } of readSupervisor(source)) {
        for (const { key, value, span } of entries) {
          mustLieIn(source, span, key);
          must(
            span.end - span.start === value.length,
            `the value of ${key} has another length than its place`,
          );
        }
      }
      for (const { name, span } of readUwsgiIni(source)) mustLieIn(source, span, name);
      for (const dialect of ['systemd', 'dotenv'] as const)
        for (const { name, span } of readEnvFile(source, dialect)) mustLieIn(source, span, name);
    },
  };
}

/** The apps of a host, and the same files as those of a repository, lie where they say. */
export function appStarters(corpus: Corpus): Target {
  return {
    name: 'app-starters',
    share: 6,
    make: (random) => ({ text: '', files: starterTree(random, corpus, base) }),
    async check({ files = {} }) {
      const all = { ...files, [`${base}/etc/passwd`]: 'root:x:0:0::/root:/bin/sh\nb:x:1:1::/home/b:\n' };
      const root = openRoot(guarded(all), base, '/srv');
      const ofHost = await readApps({
        name: 'host',
        root,
        given: 'root',
        masters: [],
        poolFiles: [],
        iniFiles: [],
        complete: { nginx: false, fpm: false },
      });
      const paths = Object.keys(files);
      const around = openRoot(guardedBelow(all), '/', '/srv', { within: [base] });
      const ofFiles = await givenApps({ root: around, paths });
      for (const { name, span, address } of [...ofHost.apps, ...ofFiles.apps]) {
        if (span) mustLieIn(span.source, span, name);
        if (address.kind === 'tcp')
          must(Number.isInteger(address.port), `${name} listens on ${address.port}`);
      }
      for (const { name, span } of [...ofHost.unplaced, ...ofFiles.unplaced])
        if (span) mustLieIn(span.source, span, name);
    },
  };
}
