import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isComposeName } from '../../../src/load/compose/file-names.ts';
import { readComposeProjects } from '../../../src/load/compose/find-projects.ts';
import type { ComposeProject } from '../../../src/load/compose/project.ts';
import { openContainer } from '../../../src/load/container/container.ts';
import { disk } from '../../../src/load/disk.ts';
import { openRoot, type Root } from '../../../src/load/root.ts';
import type { Span } from '../../../src/syntax/source.ts';

const given = resolve(import.meta.dirname, '../../../../shared/corpus/projects');
const hasCorpus = existsSync(given);
const projects = hasCorpus ? realpathSync(given) : given;

function composeFiles(directory: string): string[] {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  return names.filter(isComposeName).map((name) => join(directory, name));
}

function* spansIn(value: unknown, seen = new Set<unknown>()): Generator<Span> {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  if ('source' in value && 'start' in value) yield value as Span;
  else if (value instanceof Map) for (const each of value.values()) yield* spansIn(each, seen);
  else for (const each of Object.values(value)) yield* spansIn(each, seen);
}

/** Opens what is in the containers of a project; the words for what could not be read are looked at by hand. */
function openAll(root: Root, project: ComposeProject): void {
  for (const service of project.services) {
    const container = openContainer({ fileSystem: disk, root, project, service });
    for (const path of ['/etc/nginx/nginx.conf', '/usr/local/etc/php-fpm.conf', '/etc/passwd', '/']) {
      const read = container.root.read(path);
      const why = container.files.unknownAt(path);
      if (read.kind === 'outside') expect(why).toBeDefined();
      expect(why).not.toBe('');
    }
    container.root.glob('/etc/nginx/conf.d/*.conf');
    container.files.isListed('/etc/nginx/conf.d');
  }
}

describe.skipIf(!hasCorpus)('public compose projects (left out: ../shared/corpus is not there)', () => {
  it('are read as a whole, with nothing wrong where nothing is', async () => {
    const wrong = new Set<string>();
    let services = 0;
    let files = 0;
    for (const name of hasCorpus ? readdirSync(projects) : []) {
      const directory = join(projects, name);
      const root = openRoot(disk, '/', directory, { within: [directory] });
      const paths = composeFiles(directory);
      files += paths.length;
      const found = await readComposeProjects(root, paths);
      for (const project of found.projects) {
        services += project.services.length;
        for (const { span } of project.problems) wrong.add(`${name}/${span.source.file}`);
        for (const { source, start, end } of spansIn(project.services)) {
          expect(start <= end && end <= source.text.length).toBe(true);
        }
        openAll(root, project);
      }
    }
    expect(files).toBeGreaterThan(250);
    expect(services).toBeGreaterThan(1200);
    // A list of maps for `environment`, and a file with ellipses in it.
    expect([...wrong]).toEqual([
      'AlexandreAv+Docker-Nginx-Wordpress-MariaDB-/docker-compose.yml',
      'bunkerity+bunkerweb/examples/bigbluebutton/docker-compose.yml',
    ]);
  });
});
