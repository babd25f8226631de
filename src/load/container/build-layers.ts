import type { BuildStep, BuiltImage, CopyStep } from '../compose/built-image.ts';
import { normalPath } from '../compose/reading.ts';
import { scriptEffects } from '../compose/script-effects.ts';
import { isInside, joinPath } from '../path-resolver.ts';
import type { Root } from '../root.ts';
import { dockerIgnore } from './dockerignore.ts';
import type { Layer } from './layer.ts';

/** From where a build copies. */
export interface BuildContext {
  readonly root: Root;
  /** Absolute path of the context on the machine; undefined where it is not known. */
  readonly directory: string | undefined;
  /** True where a path of the container is a directory before the step. */
  isDirectory(path: string, layers: readonly Layer[]): boolean;
}

/** So many are kept: each path of the container is looked for in all of them. */
const MAX_LAYERS = 1000;

/** What the steps of a build put over the base image, in order. */
export function buildLayers({ steps, source }: BuiltImage, context: BuildContext): readonly Layer[] {
  const layers: Layer[] = [];
  const isIgnored = ignoredIn(context, source.path);
  for (const step of steps) {
    for (const layer of layersOf(step, context, isIgnored, layers)) layers.push(layer);
    if (layers.length > MAX_LAYERS) return [anything(`its build copies more than ${MAX_LAYERS} files`)];
  }
  return layers;
}

/** `Dockerfile.dockerignore` beside the Dockerfile counts before `.dockerignore` of the context. */
function ignoredIn({ root, directory }: BuildContext, dockerfile: string): (host: string) => boolean {
  if (directory === undefined) return () => false;
  const files = [`${dockerfile}.dockerignore`, joinPath(directory, '.dockerignore')];
  for (const file of files) {
    const read = root.read(file);
    if (read.kind !== 'read') continue;
    const ignore = dockerIgnore(read.source.text);
    return (host) => isInside(host, directory) && host !== directory && ignore(host.slice(directory.length));
  }
  return () => false;
}

function layersOf(
  step: BuildStep,
  context: BuildContext,
  isIgnored: (host: string) => boolean,
  before: readonly Layer[],
): readonly Layer[] {
  if (step.kind === 'run') {
    const directory = step.workingDirectory?.kind === 'known' ? step.workingDirectory.value : undefined;
    const effects = scriptEffects(
      step.text,
      directory ?? (step.workingDirectory ? undefined : '/'),
      step.values,
    );
    return [{ kind: 'script', effects, why: 'a command of the build may have changed it' }];
  }
  const { target, from } = step;
  if (target.kind === 'unknown') return [anything(`it is not known to where a build copies: ${target.why}`)];
  if (from.kind === 'elsewhere') return [{ kind: 'unknown', target: target.value, why: from.why }];
  const isDirectory = step.intoDirectory || context.isDirectory(target.value, before);
  if (from.kind === 'text') {
    const at = isDirectory ? joinPath(target.value, from.name) : target.value;
    if (from.text.kind === 'unknown') return [{ kind: 'unknown', target: at, why: from.text.why }];
    return [{ kind: 'text', target: at, text: from.text.value, shown: from.text.span.source.file }];
  }
  if (context.directory === undefined) {
    return [{ kind: 'unknown', target: target.value, why: 'the context of the build is not known' }];
  }
  return copied(step, from.path, target.value, isDirectory, context, context.directory, isIgnored);
}

function copied(
  { span }: CopyStep,
  path: string,
  target: string,
  isDirectory: boolean,
  { root }: BuildContext,
  directory: string,
  isIgnored: (host: string) => boolean,
): readonly Layer[] {
  const pattern = normalPath(`${directory}/${path}`);
  const isPattern = /[*?[]/.test(path);
  const matches = isPattern ? root.glob(pattern).paths : [pattern];
  const layers = matches.flatMap((match): readonly Layer[] => {
    const found = root.resolve(match);
    if (found.kind !== 'found' || (match !== directory && isIgnored(match))) {
      return [{ kind: 'unknown', target, why: `"${path.slice(1)}" is not among the files given` }];
    }
    if (found.status.kind === 'directory') return [{ kind: 'tree', target, host: found.path, isIgnored }];
    const name = match.slice(match.lastIndexOf('/') + 1);
    const at = isDirectory || isPattern ? joinPath(target, name) : target;
    return [{ kind: 'file', target: at, host: found.path }];
  });
  const nothing = `nothing is at "${span.source.file}" for it`;
  return layers.length > 0 ? layers : [{ kind: 'unknown', target, why: nothing }];
}

function anything(why: string): Layer {
  return { kind: 'script', effects: { paths: [], removed: [], anything: why }, why };
}
