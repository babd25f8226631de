import { posix } from 'node:path';
import type { Tree, TreeEntry } from '../../plan.ts';
import { ScenarioError } from '../../scenario.ts';
import { withEntry } from '../../tree.ts';
import type { Image } from '../images.ts';
import { textOf } from './file.ts';
import { pairs, words } from './values.ts';

/** Builds the image of a Dockerfile that does nothing but copy: the lab runs no `RUN`. */
export function buildImage(
  repository: Tree,
  context: string,
  dockerfile: string,
  imageOf: (name: string) => Image | undefined,
): Image | undefined {
  const content = textOf(repository, posix.join(context, dockerfile));
  if (content === undefined) throw new ScenarioError(`the repository has no ${dockerfile}`);
  let image: Image | undefined;
  for (const line of content.replaceAll('\\\n', ' ').split('\n')) {
    const [, word = '', rest = ''] = /^\s*([A-Za-z]+)\s+(.*\S)/.exec(line) ?? [];
    if (word === '' || word === 'EXPOSE' || word === 'LABEL') continue;
    if (word === 'FROM') {
      image = imageOf(rest.split(' ')[0] ?? '');
      if (!image) return undefined;
      continue;
    }
    if (!image) throw new ScenarioError(`${dockerfile} does not begin with FROM`);
    image = withInstruction(image, word, rest, repository, context);
  }
  return image;
}

function withInstruction(image: Image, word: string, rest: string, repository: Tree, context: string): Image {
  switch (word) {
    case 'COPY': {
      const paths = rest.split(/\s+/).filter((path) => !path.startsWith('--'));
      const target = posix.resolve(image.directory, paths.at(-1) ?? '/');
      const into = (paths.at(-1) ?? '').endsWith('/');
      const tree = paths.slice(0, -1).reduce((copied, path) => {
        const from = posix.join('/', context, path).replace(/(?<=.)\/$/, '');
        return copy(repository, from, copied, into ? `${target}/` : target);
      }, image.tree);
      return { ...image, tree };
    }
    case 'ENV':
      return {
        ...image,
        environment: {
          ...image.environment,
          ...Object.fromEntries(pairs(words(rest)).map(([name, value]) => [name, value ?? ''])),
        },
      };
    case 'WORKDIR':
      return { ...image, directory: posix.resolve(image.directory, rest) };
    case 'USER':
      return { ...image, user: rest };
    case 'CMD':
      return { ...image, command: rest.startsWith('[') ? JSON.parse(rest) : ['/bin/sh', '-c', rest] };
    default:
      throw new ScenarioError(`the lab cannot do what ${word} of a Dockerfile does`);
  }
}

/** A file, or what is in a directory, copied into a tree. */
function copy(from: Tree, source: string, into: Tree, target: string): Tree {
  const entry: TreeEntry | undefined = from.get(source);
  if (entry && entry.kind !== 'directory') {
    return withEntry(into, target.endsWith('/') ? posix.join(target, posix.basename(source)) : target, entry);
  }
  const below = source === '/' ? '/' : `${source}/`;
  return [...from]
    .filter(([path]) => path.startsWith(below))
    .reduce(
      (tree, [path, inside]) => withEntry(tree, posix.join(target, path.slice(below.length)), inside),
      into,
    );
}
