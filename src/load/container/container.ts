import { type Given, known } from '../../syntax/compose/given.ts';
import type { ComposeProject } from '../compose/project.ts';
import type { ComposeService } from '../compose/service.ts';
import { imageFor } from '../images/image-for.ts';
import type { KnownImage } from '../images/known-image.ts';
import { memoryFileSystem } from '../memory-file-system.ts';
import { pathResolver } from '../path-resolver.ts';
import { openRoot, type Root } from '../root.ts';
import { baseReference, type ImageOrigin, imageOrigin } from './build.ts';
import { buildLayers } from './build-layers.ts';
import { hostPathsBelow } from './host-paths.ts';
import type { Layer, Mount } from './layer.ts';
import type { MachineFiles } from './machine-files.ts';
import { serviceMounts } from './mounts.ts';
import type { ImageFiles, Place } from './places.ts';
import { type ContainerStart, containerStart, startEffects } from './start.ts';
import { renderedTemplates } from './templates.ts';
import { type ContainerView, containerView } from './view.ts';

/** One service of a compose project as the machine that its container is. */
export interface Container {
  readonly service: ComposeService;
  readonly origin: ImageOrigin;
  /** What is known of the image, or of the one that it is built from; undefined where nothing is. */
  readonly image?: KnownImage;
  /** The files, as the programs in the container see them. */
  readonly root: Root;
  /** The same, with what is known of each path. */
  readonly files: ContainerFiles;
  readonly start: ContainerStart;
  /** Of image, build and service, the last one counts; what the image sets and is not known here is missing. */
  readonly environment: ReadonlyMap<string, Given<string>>;
  /** The user that it runs as; absent where the image's own counts and is not known. */
  readonly user?: Given<string>;
  readonly workingDirectory?: Given<string>;
}

/** What is known of the paths of a container. All paths are the container's. */
export interface ContainerFiles {
  /** What is at a path, links followed. */
  find(path: string): Place;
  /** Why nothing is known of a path; undefined where it is known, missing or not. */
  unknownAt(path: string): string | undefined;
  /** True where all names in a directory are known. */
  isListed(directory: string): boolean;
  /** The paths of the machine that are seen at or below one of the container. */
  hostPathsBelow(path: string): readonly string[];
  /** True where the path is a file of the project's, to the letter: only there a fix may be made. */
  isEditable(path: string): boolean;
}

/** What is needed to open a container. */
export interface ContainerOptions {
  /** The machine, unbounded: it is asked only for what `root` has resolved. */
  readonly fileSystem: MachineFiles;
  /** The machine's own paths, bounded by what was given. */
  readonly root: Root;
  readonly project: ComposeProject;
  readonly service: ComposeService;
  /** True for the container that an older build of the same image makes. */
  readonly isBefore2026?: boolean;
}

/**
 * Lays out the files of a service's container: those of its image, those that its build copies, mounts, configs, and what is known of what its
 * start writes. Nothing is built or run; what cannot be told from the files is unknown.
 */
export function openContainer({
  fileSystem,
  root,
  project,
  service,
  isBefore2026 = false,
}: ContainerOptions): Container {
  const origin = imageOrigin(root, project, service);
  const reference = baseReference(origin);
  const newest =
    reference && (reference.kind === 'known' ? imageFor(reference.value) : imageFor(reference.text ?? ''));
  const image =
    newest && isBefore2026 ? { ...newest, tree: { ...newest.tree, ...newest.fpm?.before2026 } } : newest;
  const built = origin.kind === 'build' ? origin.built : undefined;
  const start = containerStart(service, built, image);
  const environment = environmentOf(service, built?.environment, image);
  const imageFiles: ImageFiles | undefined = image && {
    fileSystem: memoryFileSystem(image.tree),
    complete: image.complete,
    uncertain: image.uncertain,
  };
  const parts = { host: fileSystem, image: imageFiles };

  const isDirectory = (path: string, layers: readonly Layer[]): boolean => {
    const resolved = resolverOf(containerView({ ...parts, layers, mounts: [], top: [] })).resolve(path);
    return resolved.kind === 'found' && resolved.status.kind === 'directory';
  };
  const context = origin.kind === 'build' ? origin.context : undefined;
  const layers = built ? buildLayers(built, { root, directory: context, isDirectory }) : [];

  const below = resolverOf(containerView({ ...parts, layers, mounts: [], top: [] }));
  const { mounts, texts, anywhere } = serviceMounts(
    root,
    project,
    service,
    image?.volumes ?? [],
    (target) => below.resolve(target).path,
  );
  const lost: readonly Layer[] = [...anywhere, ...service.doubts.map(({ message }) => message)].map(
    (why) => ({
      kind: 'script',
      effects: { paths: [], removed: [], anything: why },
      why: 'something may be mounted there',
    }),
  );
  const top = [...lost, ...texts, ...startLayers()];
  const view = containerView({ ...parts, layers, mounts, top });
  const resolver = resolverOf(view);

  function startLayers(): readonly Layer[] {
    const before = containerView({ ...parts, layers, mounts, top: texts });
    const effects = startEffects(start, environment, before);
    const ran: Layer = { kind: 'script', effects, why: 'its start may change it' };
    return [ran, ...templates(before, mounts)];
  }

  function templates(before: ContainerView, over: readonly Mount[]): readonly Layer[] {
    const rules = image?.templates;
    if (!rules || !start.isImagesEntrypoint) return [];
    const { command } = start;
    const [first] = command?.kind === 'known' ? command.value : [];
    if (first?.kind !== 'known' || !rules.commands.includes(first.value)) return [];
    const isReadOnly = over.some(
      (mount) => mount.kind === 'bind' && mount.target === rules.output && mount.isReadOnly,
    );
    if (isReadOnly) return [];
    return renderedTemplates(
      rules,
      {
        values: environment,
        names: image.variables,
        isComplete: service.environment.unread.length === 0,
      },
      before,
      resolverOf(before),
      (path) => shown(before.find(path), path),
    );
  }

  function shown(place: Place, path: string): string {
    switch (place.kind) {
      case 'host':
        return root.display(place.path);
      case 'text':
        return place.layer.shown;
      case 'image':
        return `${image?.reference ?? service.name}:${path}`;
      default:
        return `${service.name}:${path}`;
    }
  }

  const placeOf = (path: string): Place => {
    const found = resolver.resolve(path);
    return view.find(found.path);
  };
  const containerRoot = openRoot(view.fileSystem, '/', root.directory, {
    container: {
      display: (path) => shown(view.find(path), path),
      isUnknown: (path) => view.find(path).kind === 'unknown',
      isEditable: (path) => placeOf(path).kind === 'host',
    },
  });
  const user =
    service.user ?? built?.user ?? (image?.user === undefined ? undefined : known(image.user, service.span));
  const workingDirectory =
    service.workingDirectory ??
    built?.workingDirectory ??
    (image?.workingDirectory === undefined ? undefined : known(image.workingDirectory, service.span));
  return {
    service,
    origin,
    ...(image && { image }),
    root: containerRoot,
    files: {
      find: placeOf,
      unknownAt(path) {
        const place = placeOf(path);
        return place.kind === 'unknown' ? place.why : undefined;
      },
      isListed: (directory) => view.isListed(resolver.resolve(directory).path),
      hostPathsBelow: (path) => hostPathsBelow(path, { layers, mounts }),
      isEditable: (path) => placeOf(path).kind === 'host',
    },
    start,
    environment,
    ...(user && { user }),
    ...(workingDirectory && { workingDirectory }),
  };
}

function resolverOf(view: ContainerView): ReturnType<typeof pathResolver> {
  return pathResolver(view.fileSystem, {
    directory: '',
    mounts: new Map(),
    isUnknown: (path) => view.find(path).kind === 'unknown',
  });
}

function environmentOf(
  service: ComposeService,
  built: ReadonlyMap<string, Given<string>> | undefined,
  image: KnownImage | undefined,
): ReadonlyMap<string, Given<string>> {
  const environment = new Map<string, Given<string>>();
  for (const [name, value] of Object.entries(image?.environment ?? {})) {
    environment.set(name, known(value, service.span));
  }
  for (const [name, value] of built ?? []) environment.set(name, value);
  for (const { name, value } of service.environment.variables.values()) environment.set(name, value);
  return environment;
}

/** How a person names the image of a container: `nginx:1.25`, or the Dockerfile it is built with; `undefined` where it is not known. */
export function imageName({ origin }: Container): string | undefined {
  switch (origin.kind) {
    case 'image':
      return origin.reference;
    case 'build':
      return origin.built.source.file;
    default:
      return undefined;
  }
}
