import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

// What ARCHITECTURE.md says, held against the tree and its imports.

const root = fileURLToPath(new URL('..', import.meta.url));
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
const architecture = textOf('ARCHITECTURE.md');

/** Each may import what stands before it. Those between `report` and `commands` are no part of the pipeline. */
const order = [
  'about',
  'syntax',
  'values',
  'load',
  'model',
  'engine',
  'fix',
  'findings',
  'rules',
  'report',
  'config',
  'baseline',
  'map',
  'upgrade',
  'lint',
  'commands',
  'main',
];

/** The files directly in `src` that are called from a room. All others are `main`. */
const roomOfFile: ReadonlyMap<string, string> = new Map([
  ['about.ts', 'about'],
  ['lint.ts', 'lint'],
  ['lint-request.ts', 'lint'],
  ['io.ts', 'lint'],
  ['watch-files.ts', 'lint'],
]);

const sources = [...filesBelow('src'), ...filesBelow('rules')].filter((path) => path.endsWith('.ts'));

interface Import {
  readonly from: string;
  readonly to: string;
  /** True where nothing of it is left when the types are gone. */
  readonly isType: boolean;
}

const imports = sources.flatMap((from): readonly Import[] =>
  [
    ...textOf(from).matchAll(
      /(?:^(?:import|export)(?<type> type)?\b(?:[^;]*?from)? |\bimport\()'(?<path>\.[^']+\.ts)'/gm,
    ),
  ].map(({ groups }) => ({
    from,
    to: normalize(join(dirname(from), groups?.['path'] ?? '')),
    isType: groups?.['type'] !== undefined,
  })),
);

function roomOf(path: string): string {
  const [top = '', name = '', ...below] = path.split('/');
  if (top === 'rules') return 'rules';
  return below.length > 0 ? name : (roomOfFile.get(name) ?? 'main');
}

const isTooEarly = ({ from, to }: Import): boolean => order.indexOf(roomOf(from)) < order.indexOf(roomOf(to));
const shown = ({ from, to }: Import): string => `${from} -> ${to}`;

describe('imports', () => {
  it('are seen at all, and lead to files that are there', () => {
    expect(imports.length).toBeGreaterThan(1000);
    expect(imports.filter(({ to }) => !existsSync(join(root, to))).map(shown)).toEqual([]);
  });

  it('lead in one direction from room to room', () => {
    expect(sources.map(roomOf).filter((room) => !order.includes(room))).toEqual([]);
    expect(imports.filter(isTooEarly).map(shown)).toEqual([]);
  });

  it('have the direction that is drawn', () => {
    const drawn = /^One direction, no way back: (.*)\.$/m.exec(architecture)?.[1] ?? '';
    const rooms = [...drawn.matchAll(/`(\w+)`/g)].map(([, room = '']) => room);
    expect(rooms.length).toBeGreaterThan(9);
    expect(order.filter((room) => rooms.includes(room))).toEqual(rooms);
  });

  it('of a rule lead neither to the disk nor to another rule', () => {
    const ofRules = imports.filter(({ from }) => roomOf(from) === 'rules' && from !== 'rules/index.ts');
    expect(ofRules.filter(({ to }) => ['rules', 'load'].includes(roomOf(to))).map(shown)).toEqual([]);
  });

  it('make no circle of modules that wait for each other', () => {
    expect(circles(imports.filter(({ isType }) => !isType)).map(shown)).toEqual([]);
  });
});

describe('ARCHITECTURE.md', () => {
  it('has every room in its table', () => {
    const rooms = ['src', 'src/syntax', 'src/load', 'src/model'].flatMap((parent) =>
      readdirSync(join(root, parent), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => (parent === 'src' ? `\`src/${name}/\`` : `\`${name}/\``)),
    );
    expect(rooms.filter((room) => !architecture.includes(room))).toEqual([]);
  });

  it('names no file that is not there', () => {
    const paths = [...architecture.matchAll(/`((?:src|test|scripts|rules)\/[\w./-]+)`/g)].map(
      ([, path = '']) => path,
    );
    expect(paths.length).toBeGreaterThan(15);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('has a reason for every dependency, and for no other', () => {
    const table = architecture.slice(architecture.indexOf('## Dependencies'));
    const rows = [...table.matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, names = '']) =>
      names.toLowerCase().split(', '),
    );
    const packages = ['package.json', 'test/cli/hook-tools/package.json']
      .map((path) => JSON.parse(textOf(path)))
      .flatMap(({ dependencies, devDependencies }) => Object.keys({ ...dependencies, ...devDependencies }))
      .filter((name) => !name.startsWith('@types/'))
      .map((name) => (name === '@biomejs/biome' ? 'biome' : name));
    expect(rows.slice(1).sort()).toEqual(packages.sort());
  });
});

/** Imports that stand in a circle, or lead from one to another: those that are left where nothing else can go first or last. */
function circles(all: readonly Import[]): readonly Import[] {
  const importing = new Set(all.map(({ from }) => from));
  const imported = new Set(all.map(({ to }) => to));
  const left = all.filter(({ from, to }) => importing.has(to) && imported.has(from));
  return left.length === all.length ? left : circles(left);
}

function filesBelow(directory: string): readonly string[] {
  return readdirSync(join(root, directory), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)));
}
