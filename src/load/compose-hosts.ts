import { directoryOf } from '../syntax/path-parts.ts';
import type { Span } from '../syntax/source.ts';
import { readComposeProjects } from './compose/find-projects.ts';
import { composePlaces } from './compose/network-places.ts';
import type { ComposeProject } from './compose/project.ts';
import type { ComposeService } from './compose/service.ts';
import { type OpenedContainer, openBuilds } from './container/builds.ts';
import { type Container, imageName } from './container/container.ts';
import { measured } from './container/machine-files.ts';
import type { RunningContainer } from './container/program.ts';
import type { Started } from './container/started.ts';
import type { FileSystem } from './file-system.ts';
import type { HostInput } from './host-input.ts';
import type { NetworkPlace } from './network-place.ts';
import { isInside } from './path-resolver.ts';
import type { MasterLayout } from './php.ts';
import { sourceAt } from './readable.ts';
import type { Root } from './root.ts';

/** The hosts that compose projects are: one for each service that is started. */
export interface ComposeHosts {
  readonly hosts: readonly HostInput[];
  /** True for a file that one of them reads as configuration, so that it is no host of its own. */
  isTaken(path: string): boolean;
}

/** Reads the compose projects among some files. `root` shows no more than what was given; nothing is built, pulled or run. */
export async function composeHosts(
  fileSystem: FileSystem,
  root: Root,
  paths: readonly string[],
): Promise<ComposeHosts> {
  const machine = measured(fileSystem);
  const { projects, variants } = await readComposeProjects(root, paths);
  const hosts: HostInput[] = [];
  const taken: string[] = [];
  for (const project of projects) {
    const started = project.services
      .filter(({ isStarted }) => isStarted)
      .map(
        (service): Opened => ({ service, ...openBuilds({ fileSystem: machine, root, project, service }) }),
      );
    const own = new Set(project.files.map(({ path }) => path));
    // Any other compose file may be laid over a project, or bring a container into its network.
    const texts = paths.filter((path) => !own.has(path)).flatMap((path) => sourceAt(root, path)?.text ?? []);
    const byService = new Map(started.map((opened) => [opened.service, opened]));
    const places = composePlaces(project, texts, {
      isClosed: (service) => isClosed(byService.get(service)),
      imageOf(service) {
        const opened = byService.get(service);
        return opened && imageName(opened.container);
      },
      closedUnless: (service) => byService.get(service)?.listensUnless,
    });
    const made = started.map((opened) => ({
      opened,
      host: hostOf(opened, project, places.get(opened.service)),
    }));
    const configured = made.filter(({ host }) => host.nginx || host.masters.length > 0);
    // A project without a web server that is known has nothing to be judged.
    if (configured.length === 0) continue;
    const told = toldBy(
      project,
      variants.filter((path) => isInside(path, project.directory)),
      root,
    );
    hosts.push(
      ...made.map(({ host }, at) => (at === 0 ? { ...host, told: [...told, ...(host.told ?? [])] } : host)),
    );
    taken.push(...configured.flatMap(({ opened }) => configurationOf(opened)));
  }
  return { hosts, isTaken: (path) => taken.some((directory) => isInside(path, directory)) };
}

/** The files of a project, and those beside it that are laid over it only with `-f`, so that they were not judged. */
function toldBy(
  project: ComposeProject,
  variants: readonly string[],
  root: Root,
): NonNullable<HostInput['told']> {
  return [
    ...project.files.map(({ file }) => ({ file, as: 'compose' })),
    ...project.environmentFiles.map(({ file }) => ({ file, as: 'env file' })),
    ...variants.map((path) => ({ file: root.display(path), as: 'not used' })),
  ];
}

interface Opened extends OpenedContainer {
  readonly service: ComposeService;
}

/** Nobody listens in a container but the one program that it starts, where that and its configuration are known. */
function isClosed(opened: Opened | undefined): boolean {
  if (!opened || opened.service.doubts.length > 0 || !isConfigurationKnown(opened)) return false;
  const { program } = opened.started;
  if (program.kind === 'unknown') return false;
  return program.kind !== 'image' || program.ports.length > 0;
}

/** What a build or a start may have added to the directories of configuration could change everything. */
function isConfigurationKnown({ container, started: { nginxMain, fpm } }: Opened): boolean {
  const ofNginx = nginxMain === undefined ? [] : [directoryOf(nginxMain), `${directoryOf(nginxMain)}/conf.d`];
  const ofFpm = fpm ? [poolDirectoryOf(fpm.mainFile)] : [];
  return [...ofNginx, ...ofFpm].every((directory) => container.files.isListed(directory));
}

function hostOf(
  { service, container, started }: Opened,
  project: ComposeProject,
  place: NetworkPlace | undefined,
): HostInput {
  const { root } = container;
  const { nginxMain, fpm } = started;
  const hasNginx = nginxMain !== undefined && isGiven(root, nginxMain);
  const hasFpm = fpm !== undefined && isGiven(root, fpm.mainFile);
  return {
    name: `${service.name} of ${project.files[0]?.file ?? project.directory}`,
    root,
    ...(place && { place }),
    ...(project.files[0] && { project: project.files[0].file }),
    container: runningContainer(container, started),
    told: [
      ...(container.origin.kind === 'build'
        ? [{ file: container.origin.built.source.file, as: 'image' }]
        : []),
      ...service.environment.files.map(({ file }) => ({ file, as: 'env file' })),
    ],
    given: 'root',
    ...(hasNginx && { nginx: { kind: 'main', path: nginxMain, others: [] } }),
    masters: hasFpm ? [masterOf(fpm, container, started)] : [],
    poolFiles: [],
    iniFiles: [],
    complete: {
      nginx: hasNginx,
      fpm:
        hasFpm && started.program.kind === 'server' && isConfigurationKnown({ service, container, started }),
    },
  };
}

/** True for a file that can be read, and for one that is there and cannot, which is to be told. */
function isGiven(root: Root, path: string): boolean {
  const { kind } = root.read(path);
  return kind === 'read' || kind === 'denied' || kind === 'binary' || kind === 'too-large';
}

function masterOf(
  fpm: NonNullable<Started['fpm']>,
  container: Container,
  { firstProcess }: Started,
): MasterLayout {
  return {
    configPath: fpm.mainFile,
    layout: 'docker',
    ...(fpm.version !== undefined && { phpVersion: fpm.version }),
    prefix: fpm.prefix,
    localstatedir: `${fpm.prefix}/var`,
    iniFile: fpm.iniFile,
    scanDir: fpm.scanDirectory,
    ...(firstProcess && { firstProcess: { ...firstProcess, span: whereConfigured(container, fpm) } }),
  };
}

/** Where a person gives a container its pools: the mount over their directory, or over the main file, or else the service. */
function whereConfigured({ service }: Container, { mainFile }: NonNullable<Started['fpm']>): Span {
  const mounts = service.volumes.flatMap((mount) =>
    mount.kind === 'known' && mount.value.target.kind === 'known'
      ? [{ target: mount.value.target.value, span: mount.span }]
      : [],
  );
  const over = [poolDirectoryOf(mainFile), mainFile].flatMap((path) =>
    mounts
      .filter(({ target }) => isInside(path, target))
      .toSorted((a, b) => b.target.length - a.target.length),
  );
  return over[0]?.span ?? service.span;
}

function poolDirectoryOf(mainFile: string): string {
  return `${directoryOf(mainFile)}/php-fpm.d`;
}

function runningContainer(
  { service, environment, workingDirectory, user }: Container,
  { program }: Started,
): RunningContainer {
  const { memoryLimit } = service;
  return {
    name: service.name,
    span: service.span,
    program,
    environment: { variables: environment, isWhole: false },
    ...(workingDirectory && { workingDirectory }),
    ...(user && { user }),
    ...(memoryLimit?.kind === 'known' && {
      memoryLimit: { bytes: memoryLimit.value, span: memoryLimit.span },
    }),
  };
}

/** Where images keep the configuration of nginx and of php-fpm. */
const CONFIGURATION = ['/etc/nginx', '/usr/local/etc', '/usr/local/openresty/nginx/conf'] as const;

/** The files and directories of the project that are the configuration of nginx or php-fpm in a container. */
function configurationOf({ container, started }: Opened): readonly string[] {
  const mains = [started.nginxMain ?? [], started.fpm?.mainFile ?? []].flat();
  const known = CONFIGURATION.filter((directory) => mains.some((main) => isInside(main, directory)));
  return [...known, ...mains].flatMap((path) => container.files.hostPathsBelow(path));
}
