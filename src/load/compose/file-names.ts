/** Names that `docker compose` looks for, the first one counts. https://docs.docker.com/compose/intro/compose-application-model/#the-compose-file */
export const BASE_NAMES: readonly string[] = [
  'compose.yaml',
  'compose.yml',
  'docker-compose.yml',
  'docker-compose.yaml',
];

/** Names of the file that is laid over the base without being asked for, the first one counts. */
export const OVERRIDE_NAMES: readonly string[] = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
];

const COMPOSE_NAME = /^(?:[\w.-]+[._-])?(?:docker-)?compose(?:[._-][\w.-]+)?\.ya?ml$/i;

/** True where the name says that a file is of a compose project: `docker-compose.prod.yml`, `compose.yaml`. */
export function isComposeName(path: string): boolean {
  return COMPOSE_NAME.test(path.slice(path.lastIndexOf('/') + 1));
}
