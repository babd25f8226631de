import { type Inherited, readDockerfile } from '../../../src/load/compose/dockerfile.ts';
import { readComposeProjects } from '../../../src/load/compose/find-projects.ts';
import { scriptEffects } from '../../../src/load/compose/script-effects.ts';
import { openBuilds } from '../../../src/load/container/builds.ts';
import { dockerIgnore } from '../../../src/load/container/dockerignore.ts';
import { imageFor } from '../../../src/load/images/image-for.ts';
import { openRoot } from '../../../src/load/root.ts';
import { parseDotenv } from '../../../src/syntax/compose/dotenv.ts';
import { interpolate } from '../../../src/syntax/compose/interpolate.ts';
import { parseShortPort } from '../../../src/syntax/compose/port.ts';
import { parseByteSize } from '../../../src/syntax/compose/size.ts';
import { parseShortVolume } from '../../../src/syntax/compose/volume.ts';
import { splitCommand } from '../../../src/syntax/compose/words.ts';
import { parseDockerfile } from '../../../src/syntax/dockerfile/parse.ts';
import { dockerfileText, envText } from '../container-files.ts';
import type { Corpus } from '../corpus.ts';
import { base, guardedBelow } from '../guarded.ts';
import { pieces } from '../pieces.ts';
import { mustLieIn } from '../places.ts';
import { projectTree } from '../projects.ts';
import { must, type Target } from '../target.ts';
import { anyText, orRepeated, soup, sourceFrom } from '../texts.ts';

const words = [...pieces.env, ...pieces.shell];
const instructions = [...pieces.dockerfile, ...pieces.shell];

/** The variables of an env file lie in it, and are filled in to an end. */
export function composeWords(corpus: Corpus): Target {
  return {
    name: 'compose-words',
    share: 40,
    make: (random) => ({
      text: orRepeated(random, random.once(2) ? envText(random, corpus) : soup(random, words, 16), words),
    }),
    check({ text }) {
      const source = sourceFrom(text, '/srv/host/.env');
      const { entries, problem } = parseDotenv(source);
      if (problem) mustLieIn(source, problem.span, 'a problem');
      for (const { name, value = '', span } of entries) {
        mustLieIn(source, span, name);
        interpolate(value, (asked) => (asked === name ? undefined : { kind: 'known', value: asked }));
      }
      for (const word of splitCommand(source.text) ?? [])
        mustLieIn(source, { start: word.start, end: word.end }, word.text);
      parseShortPort(text);
      parseShortVolume(text);
      parseByteSize(text);
      imageFor(text);
      dockerIgnore(text)('etc/nginx/x.conf');
    },
  };
}

/** Instructions lie in their Dockerfile in the order of the text, and scripts are read to an end. */
export function dockerfiles({ other }: Corpus): Target {
  return {
    name: 'dockerfile',
    share: 40,
    make: (random) => ({
      text: orRepeated(
        random,
        random.once(2) ? dockerfileText(random) : anyText(random, other, instructions),
        instructions,
      ),
    }),
    check({ text }) {
      const source = sourceFrom(text, '/srv/host/Dockerfile');
      let at = 0;
      for (const { keyword, span, heredocs } of parseDockerfile(source).instructions) {
        mustLieIn(source, span, keyword);
        must(span.start >= at, `${keyword} begins before the one in front of it`);
        at = span.start;
        for (const heredoc of heredocs) mustLieIn(source, heredoc.span, 'a here-document');
      }
      const inherited = (): Inherited => ({ environment: { A: '/a' }, workingDirectory: '/srv' });
      readDockerfile(source, { args: new Map(), contexts: new Set(['other']), inherited });
      for (const path of scriptEffects(text, '/srv', new Map()).paths)
        must(path !== '', 'a path without a name');
    },
  };
}

/** A project is read and its containers are opened, and nothing outside of it is asked for. */
export function composeProject(corpus: Corpus): Target {
  return {
    name: 'compose-project',
    share: 2,
    make: (random) => ({ text: '', files: projectTree(random, corpus) }),
    async check({ files }) {
      const fileSystem = guardedBelow(files);
      const root = openRoot(fileSystem, '/', '/srv', { within: [base] });
      const { projects } = await readComposeProjects(root, Object.keys(files ?? {}));
      for (const project of projects) {
        for (const { span } of [...project.problems, ...project.unread])
          mustLieIn(span.source, span, 'a problem');
        for (const service of project.services) {
          mustLieIn(service.span.source, service.span, service.name);
          const { container } = openBuilds({ fileSystem, root, project, service });
          container.root.read('/etc/nginx/nginx.conf');
          container.root.glob('/etc/nginx/conf.d/*.conf');
          container.files.isListed('/usr/local/etc/php-fpm.d');
          for (const path of container.files.hostPathsBelow('/etc'))
            must(path === base || path.startsWith(`${base}/`), `the container shows ${path}`);
        }
      }
    },
  };
}
