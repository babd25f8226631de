/** The parts of an image's reference. */
export interface ImageReference {
  /** Without registry: `nginx`, `bitnami/nginx`. Copies in other registries that are known to be the same go by the same name. */
  readonly name: string;
  /** `latest` unless said; it may hold `${...}` where it is not known. */
  readonly tag: string;
  /** As a person writes it: without `docker.io/library/`. */
  readonly shown: string;
}

/** Registries that hold the images of Docker Hub under a prefix. */
const MIRRORS: readonly RegExp[] = [
  /^(?:docker\.io|index\.docker\.io|registry-1\.docker\.io|registry\.hub\.docker\.com)\//,
  /^public\.ecr\.aws\/docker\//,
  /^mirror\.gcr\.io\//,
];

/** Registries in which makers publish the same images as on Docker Hub, under the same names. */
const OWN_REGISTRIES: readonly RegExp[] = [
  /^(?:ghcr\.io|lscr\.io)\/(?=linuxserver\/)/,
  /^ghcr\.io\/(?=serversideup\/)/,
  /^quay\.io\/(?=nginx\/)/,
];

const ARCHITECTURES = /^(?:amd64|arm32v[567]|arm64v8|i386|ppc64le|riscv64|s390x)\//;

/**
 * Takes a reference apart: `docker.io/library/nginx:1.25@sha256:...`. Undefined where the name itself is not known, or is of a registry that
 * may hold anything.
 *
 * https://github.com/distribution/reference/blob/main/reference.go
 */
export function parseReference(reference: string): ImageReference | undefined {
  const at = reference.indexOf('@');
  const withoutDigest = at === -1 ? reference : reference.slice(0, at);
  const slash = withoutDigest.lastIndexOf('/');
  const colon = withoutDigest.indexOf(':', slash + 1);
  const path = colon === -1 ? withoutDigest : withoutDigest.slice(0, colon);
  const written = colon === -1 ? undefined : withoutDigest.slice(colon + 1);
  // A digest without a tag may be any version of the image.
  const tag = written ?? (at === -1 ? 'latest' : '${digest}');
  if (path.includes('$') || !/^[a-z0-9]/.test(path)) return undefined;
  const name = canonicalName(path);
  if (!/^[a-z0-9._/-]+$/.test(name) || hasRegistry(name)) return undefined;
  return { name, tag, shown: written === undefined ? name : `${name}:${written}` };
}

function canonicalName(path: string): string {
  let name = path;
  for (const pattern of [...MIRRORS, ...OWN_REGISTRIES]) name = name.replace(pattern, '');
  return name.replace(/^library\//, '').replace(ARCHITECTURES, '');
}

function hasRegistry(name: string): boolean {
  const [first = '', ...rest] = name.split('/');
  return rest.length > 0 && (first.includes('.') || first === 'localhost');
}
