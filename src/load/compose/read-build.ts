import { type Given, known, unknown, writtenText } from '../../syntax/compose/given.ts';
import { type Layers, last, under } from './layers.ts';
import { absolutePath, pairsOf, type Reading, textUnder } from './reading.ts';
import type { ComposeBuild } from './service.ts';

/** Reads `build`: the context alone, or a map. https://github.com/compose-spec/compose-spec/blob/main/build.md */
export function readBuild(reading: Reading, service: Layers): Given<ComposeBuild> | undefined {
  const layers = under(service, 'build');
  const layer = last(layers);
  if (!layer) return undefined;
  const { node, directory } = layer;
  if (node.kind === 'list') {
    reading.complain('build must be a path or a map', node.span);
    return unknown('it is a list', node.span);
  }
  if (node.kind === 'scalar' && node.isNull) return undefined;
  const isShort = node.kind === 'scalar';
  const maps = layers.filter((each) => each.node.kind === 'map');
  const base = isShort ? node.text : (contextOf(reading, layers) ?? known('.', node.span));
  const context = isRemote(writtenText(base))
    ? unknown('it is fetched from elsewhere', base.span, writtenText(base))
    : absolutePath(base, directory);
  return known({ context, ...fileOf(reading, maps, context), ...detailsOf(reading, maps) }, node.span);
}

function contextOf(reading: Reading, layers: Layers): Given<string> | undefined {
  let context: Given<string> | undefined;
  for (const layer of layers) {
    const { node } = layer;
    if (node.kind === 'scalar' && !node.isNull) context = node.text;
    else context = textUnder(reading, [layer], 'context') ?? context;
  }
  return context;
}

/** The Dockerfile is below the context, unless its path is absolute. */
function fileOf(
  reading: Reading,
  layers: Layers,
  context: Given<string>,
): Pick<ComposeBuild, 'dockerfile' | 'dockerfileInline'> {
  const dockerfileInline = textUnder(reading, layers, 'dockerfile_inline');
  if (dockerfileInline) return { dockerfileInline };
  const dockerfile = textUnder(reading, layers, 'dockerfile') ?? known('Dockerfile', context.span);
  const isAbsolute = dockerfile.kind === 'known' && dockerfile.value.startsWith('/');
  if (context.kind === 'unknown' && !isAbsolute) return { dockerfile: context };
  return { dockerfile: absolutePath(dockerfile, context.kind === 'known' ? context.value : '/') };
}

function detailsOf(
  reading: Reading,
  layers: Layers,
): Pick<ComposeBuild, 'target' | 'args' | 'additionalContexts'> {
  const target = textUnder(reading, layers, 'target');
  const args = new Map<string, Given<string>>();
  for (const { name, value, span } of pairsOf(reading, under(layers, 'args'), 'args')) {
    const passed = reading.lookup(name);
    args.set(
      name,
      value ??
        (passed?.kind === 'known'
          ? known(passed.value, span)
          : unknown('it is passed on from the shell', span)),
    );
  }
  const contexts = pairsOf(reading, under(layers, 'additional_contexts'), 'additional_contexts');
  const additionalContexts = new Map(
    contexts.map(({ name, value, span, directory }) => [
      name,
      contextPath(value, directory) ?? unknown('it is empty', span),
    ]),
  );
  return { ...(target && { target }), args, additionalContexts };
}

function contextPath(value: Given<string> | undefined, directory: string): Given<string> | undefined {
  return value && (/^[a-z-]+:/.test(writtenText(value)) ? value : absolutePath(value, directory));
}

/** A context may be a repository or an archive somewhere. */
function isRemote(context: string): boolean {
  return /^(?:https?|git|ssh|docker-image|oci-layout|target|service):|^git@|^github\.com\//.test(context);
}
