import { type Given, known, writtenText } from '../../syntax/compose/given.ts';
import type { Source, Span } from '../../syntax/source.ts';
import type { BuiltImage } from '../compose/built-image.ts';
import { type Inherited, readDockerfile } from '../compose/dockerfile.ts';
import type { ComposeProject } from '../compose/project.ts';
import type { ComposeBuild, ComposeService } from '../compose/service.ts';
import { imageFor } from '../images/image-for.ts';
import type { Root } from '../root.ts';

/** Where a service's image comes from, as far as the files tell. */
export type ImageOrigin =
  /** It is fetched. */
  | { readonly kind: 'image'; readonly reference: string; readonly span: Span }
  /** It is built. `context` is absent where it is not known. */
  | { readonly kind: 'build'; readonly built: BuiltImage; readonly context?: string }
  | { readonly kind: 'unknown'; readonly why: string; readonly span: Span };

/**
 * Finds out what a service's image is made of. Where it is built, what `image` says is only the name of the result; and what another service
 * of the project builds under that name is not fetched.
 */
export function imageOrigin(root: Root, project: ComposeProject, service: ComposeService): ImageOrigin {
  const { build, image, span } = service;
  if (build?.kind === 'unknown') return { kind: 'unknown', why: build.why, span: build.span };
  if (build) return builtFrom(root, build.value, build.span);
  if (!image) return { kind: 'unknown', why: 'it has neither image nor build', span };
  const reference = writtenText(image);
  const builder = project.services.find(
    (other) => other.build?.kind === 'known' && other.image && writtenText(other.image) === reference,
  );
  if (builder?.build?.kind === 'known') return builtFrom(root, builder.build.value, builder.build.span);
  return { kind: 'image', reference, span: image.span };
}

function builtFrom(root: Root, build: ComposeBuild, span: Span): ImageOrigin {
  const source = dockerfileOf(root, build);
  if (typeof source === 'string')
    return { kind: 'unknown', why: source, span: build.dockerfile?.span ?? span };
  const built = readDockerfile(source, {
    args: build.args,
    contexts: new Set(build.additionalContexts.keys()),
    inherited: inheritedFrom,
    ...(build.target && { target: build.target }),
  });
  if (typeof built === 'string') return { kind: 'unknown', why: built, span: build.target?.span ?? span };
  const { context } = build;
  return { kind: 'build', built, ...(context.kind === 'known' && { context: context.value }) };
}

/** Images that are known with their files start in `/` unless they say otherwise; of all others it is not known. */
function inheritedFrom(reference: string): Inherited | undefined {
  const image = imageFor(reference);
  if (!image) return undefined;
  const { environment, complete, workingDirectory = complete.length > 0 ? '/' : undefined } = image;
  return { environment, ...(workingDirectory !== undefined && { workingDirectory }) };
}

function dockerfileOf(root: Root, { dockerfile, dockerfileInline }: ComposeBuild): Source | string {
  if (dockerfileInline) {
    if (dockerfileInline.kind === 'unknown') return dockerfileInline.why;
    const { path, file } = dockerfileInline.span.source;
    return { path, file, text: dockerfileInline.value, encoding: 'utf8' };
  }
  if (!dockerfile) return 'it has no Dockerfile';
  if (dockerfile.kind === 'unknown') return dockerfile.why;
  const read = root.read(dockerfile.value);
  return read.kind === 'read' ? read.source : `${read.file} is not read: ${read.message}`;
}

/** The base image of what is built, or the image itself, as a reference; undefined where it is not known. */
export function baseReference(origin: ImageOrigin): Given<string> | undefined {
  switch (origin.kind) {
    case 'image':
      return known(origin.reference, origin.span);
    case 'build':
      return origin.built.base;
    default:
      return undefined;
  }
}
