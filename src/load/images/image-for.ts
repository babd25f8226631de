import { type ImageReference, parseReference } from './image-reference.ts';
import type { KnownImage } from './known-image.ts';
import { nginxImage, nginxUnprivilegedImage } from './nginx.ts';
import { openrestyImage } from './openresty.ts';
import { phpAppImage } from './php-apps.ts';
import { phpImage } from './php-fpm.ts';
import { serviceImage } from './services.ts';
import { webStackImage } from './web-stacks.ts';

/**
 * What is known of an image by its reference, as compose files and `FROM` write it; `${...}` may stand where a part of its tag is not known.
 * Undefined where nothing is known: then nothing may be concluded.
 */
export function imageFor(reference: string): KnownImage | undefined {
  const parsed = parseReference(reference);
  return (
    parsed && (ownFamily(parsed) ?? phpAppImage(parsed) ?? webStackImage(parsed) ?? serviceImage(parsed))
  );
}

function ownFamily(reference: ImageReference): KnownImage | undefined {
  switch (reference.name) {
    case 'nginx':
      return nginxImage(reference);
    case 'nginxinc/nginx-unprivileged':
    case 'nginx/nginx-unprivileged':
      return nginxUnprivilegedImage(reference);
    case 'openresty/openresty':
      return openrestyImage(reference);
    case 'php':
      return phpImage(reference);
    default:
      return undefined;
  }
}
