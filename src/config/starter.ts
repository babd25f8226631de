import { configSchema } from './config-schema.ts';

/** An address that nginx hands requests to and at which nobody is known to listen. */
export interface OpenPort {
  readonly port: number;
  /** Where it is dialed, as a person reads it: `proxy_pass http://127.0.0.1:3000 at etc/nginx/sites-available/app:12:9`. */
  readonly dialedBy: string;
}

/** What is known when a no502.yaml is begun. */
export interface StarterFacts {
  /** The directory that plays `/`, relative to the file; absent where that is not known. */
  readonly root?: string;
  readonly openPorts: readonly OpenPort[];
}

const order = [
  'root',
  'memory',
  'workerMemory',
  'nginxUser',
  'php',
  'nginxVersion',
  'apps',
  'hosts',
  'rules',
  'failOn',
  'exclude',
];

/**
 * A no502.yaml to begin with: every key with what the schema says about it, commented out where nothing is known. A port
 * is never declared for anybody: only a person knows whether somebody listens there.
 */
export function starterConfig({ root, openPorts }: StarterFacts): string {
  const { properties = {}, $id } = configSchema;
  const rank = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  const keys = Object.keys(properties).sort((a, b) => rank(a) - rank(b));
  const parts = keys.map((key) => {
    const { description = '', examples, default: standard } = properties[key] ?? {};
    const says = `# ${description}`;
    if (key === 'root' && root !== undefined) return [says, ...yamlLines({ root })];
    if (key === 'apps' && openPorts.length > 0) return [says, ...appLines(openPorts)];
    return [says, ...yamlLines({ [key]: examples?.[0] ?? standard }).map((line) => `# ${line}`)];
  });
  return `${[[`# yaml-language-server: $schema=${$id}`, `# ${configSchema.description}`], ...parts]
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n')}`;
}

function appLines(ports: readonly OpenPort[]): readonly string[] {
  const known = new Map<number, string>();
  for (const { port, dialedBy } of ports) if (!known.has(port)) known.set(port, dialedBy);
  return [
    '# Nobody is known to listen at these. Give the app its name and take the # away where it does.',
    '# apps:',
    ...[...known].flatMap(([port, dialedBy]) => [`#   # ${dialedBy}`, `#   app-${port}: ${port}`]),
  ];
}

/** Small values as YAML, in blocks. */
function yamlLines(value: object): readonly string[] {
  return Object.entries(value).flatMap(([key, held]: [string, unknown]) => {
    if (Array.isArray(held)) return [`${key}:`, ...held.map((item) => `  - ${scalar(item)}`)];
    if (typeof held === 'object' && held !== null)
      return [`${key}:`, ...yamlLines(held).map((line) => `  ${line}`)];
    return [`${key}: ${scalar(held)}`];
  });
}

/** Quoted, as JSON quotes, where YAML could take it for something else: 8.3, a pattern, off. */
function scalar(value: unknown): string {
  const text = String(value);
  const isPlain = /^[a-zA-Z./][\w./-]*$/.test(text) && !/^(?:y|n|yes|no|on|true|false|null)$/i.test(text);
  return isPlain || typeof value === 'number' || /^\d+[KMGT]$/.test(text) ? text : JSON.stringify(text);
}
