import type { Given } from '../../syntax/compose/given.ts';
import type { ImageTemplates } from '../images/known-image.ts';
import { joinPath, type PathResolver } from '../path-resolver.ts';
import type { Layer } from './layer.ts';
import type { ContainerView } from './view.ts';

/** The environment as envsubst sees it: values where they are known. */
export interface TemplateEnvironment {
  readonly values: ReadonlyMap<string, Given<string>>;
  /** Names that are set to something that is not known. */
  readonly names: readonly string[];
  /** False where there may be more variables. */
  readonly isComplete: boolean;
}

/** Directories of templates are shallow. */
const MAX_DEPTH = 5;
const MAX_FILES = 500;

/**
 * Renders templates as the entrypoint of the official nginx image does: `$NAME` and `${NAME}` of variables that are defined, and nothing else.
 * A file in which one of unknown value stands is not known.
 *
 * https://github.com/nginx/docker-nginx/blob/master/entrypoint/20-envsubst-on-templates.sh
 */
export function renderedTemplates(
  templates: ImageTemplates,
  environment: TemplateEnvironment,
  view: ContainerView,
  resolver: PathResolver,
  display: (path: string) => string,
): readonly Layer[] {
  const setting = (name: string, otherwise: string): string | undefined => {
    const given = environment.values.get(name);
    if (!given) return otherwise;
    if (given.kind === 'unknown') return undefined;
    return given.value === '' ? otherwise : given.value;
  };
  const directory = setting('NGINX_ENVSUBST_TEMPLATE_DIR', templates.directory);
  const suffix = setting('NGINX_ENVSUBST_TEMPLATE_SUFFIX', templates.suffix);
  const output = setting('NGINX_ENVSUBST_OUTPUT_DIR', templates.output);
  const filter = setting('NGINX_ENVSUBST_FILTER', '');
  if (directory === undefined || suffix === undefined || output === undefined || filter === undefined) {
    return [
      { kind: 'unknown', target: templates.output, why: 'how its templates are rendered is not known' },
    ];
  }
  const isNamed = nameFilter(filter);
  if (!isNamed) {
    return [{ kind: 'unknown', target: output, why: 'which variables its templates may use is not known' }];
  }
  const layers: Layer[] = [];
  const pending = [{ path: directory, relative: '', depth: 0 }];
  for (let next = pending.pop(); next && layers.length < MAX_FILES; next = pending.pop()) {
    for (const name of namesIn(view, resolver, next.path)) {
      const path = joinPath(next.path, name);
      const relative = next.relative === '' ? name : `${next.relative}/${name}`;
      const found = resolver.resolve(path);
      if (found.kind === 'found' && found.status.kind === 'directory' && next.depth < MAX_DEPTH) {
        pending.push({ path, relative, depth: next.depth + 1 });
      } else if (name.endsWith(suffix)) {
        const target = joinPath(output, relative.slice(0, -suffix.length));
        if (found.kind !== 'found')
          layers.push({ kind: 'unknown', target, why: 'its template is not known' });
        else layers.push(rendered(view, found.path, target, environment, isNamed, display(found.path)));
      }
    }
  }
  if (!isDirectoryKnown(view, resolver, directory)) {
    layers.unshift({
      kind: 'script',
      effects: { paths: [output], removed: [] },
      why: 'there may be templates that are rendered into it',
    });
  }
  return layers;
}

function isDirectoryKnown(view: ContainerView, resolver: PathResolver, directory: string): boolean {
  const found = resolver.resolve(directory);
  if (found.kind !== 'found') return view.find(found.path).kind === 'missing';
  return view.isListed(found.path);
}

function namesIn(view: ContainerView, resolver: PathResolver, path: string): readonly string[] {
  const found = resolver.resolve(path);
  if (found.kind !== 'found' || found.status.kind !== 'directory') return [];
  return [...view.fileSystem.readDirectory(found.path)].sort();
}

function rendered(
  view: ContainerView,
  path: string,
  target: string,
  environment: TemplateEnvironment,
  isNamed: (name: string) => boolean,
  shown: string,
): Layer {
  const template = Buffer.from(view.fileSystem.readFile(path)).toString('utf8');
  let why: string | undefined;
  const text = template.replace(/\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g, (written, braced, bare) => {
    const name: string = braced ?? bare;
    if (!isNamed(name)) return written;
    const given = environment.values.get(name);
    if (given?.kind === 'known') return given.value;
    // nginx's own variables are small letters, those of an environment capitals, by custom.
    const mayBeSet = !environment.isComplete && /[A-Z]/.test(name);
    if (given || mayBeSet || environment.names.includes(name)) why ??= `the variable ${name} is not known`;
    return written;
  });
  return why === undefined ? { kind: 'text', target, text, shown } : { kind: 'unknown', target, why };
}

function nameFilter(filter: string): ((name: string) => boolean) | undefined {
  if (filter === '') return () => true;
  // A filter is a regular expression of awk's; of the ones people write, a list of names or a prefix, both understand the same.
  // Groups behind each other are none of them, and `(a|a)(a|a)(a|a)` takes twice the time for each.
  if (!/^\^?(?:\([\w|]{1,200}\)|[\w|]{1,200})\$?$/.test(filter)) return undefined;
  const pattern = new RegExp(filter);
  return (name) => pattern.test(name);
}
