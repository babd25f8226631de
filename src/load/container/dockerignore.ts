/**
 * What a `.dockerignore` keeps out of a build: asks for paths relative to the context. The last pattern that matches decides.
 *
 * https://docs.docker.com/build/concepts/context/#dockerignore-files
 */
export function dockerIgnore(text: string): (path: string) => boolean {
  const rules = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(ruleOf);
  return (path) => {
    const relative = path.replace(/^\/+/, '');
    let isIgnored = false;
    for (const { pattern, keeps } of rules) if (pattern.test(relative)) isIgnored = !keeps;
    return isIgnored;
  };
}

function ruleOf(line: string): { readonly pattern: RegExp; readonly keeps: boolean } {
  const keeps = line.startsWith('!');
  const cleaned = line
    .slice(keeps ? 1 : 0)
    .trim()
    .replace(/^(?:\.?\/)+|\/+$/g, '');
  const names = cleaned.split('/').filter((name) => name !== '.');
  const parts = names.map((name, index) => {
    const isLast = index === names.length - 1;
    if (name === '**') return isLast ? '.*' : '(?:[^/]+/)*';
    return nameOf(name) + (isLast ? '' : '/');
  });
  // A directory that is kept out takes all below with it.
  return { pattern: new RegExp(`^${parts.join('')}(?:/.*)?$`, 's'), keeps };
}

function nameOf(name: string): string {
  return name.replace(/\*\*|[*?]|[.+^${}()|[\]\\]/g, (found) => {
    if (found === '**' || found === '*') return '[^/]*';
    return found === '?' ? '[^/]' : `\\${found}`;
  });
}
