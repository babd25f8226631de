// Builds dist/: cli.js, which starts no502.js through a compile cache; no502.js, the command in one file; beside it the
// libraries that few runs need, each in a file of its own that is loaded on demand; the schemas of no502.yaml and of what is
// printed as JSON; and the licences of what is bundled.
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = process.argv[2] ?? join(root, 'dist');

// Reading them takes longer than all else of a run: yaml alone 7 ms, in the same file even where it is not run.
const onDemand = ['yaml', 'globby', 'diff', 'acorn'];

const shared = {
  absWorkingDir: root,
  // Paths get into the bundle: the same bytes wherever node_modules really lies.
  preserveSymlinks: true,
  bundle: true,
  // CommonJS: Node starts it 8 ms faster than a module, and only a script can be kept compiled.
  format: 'cjs',
  platform: 'node',
  target: 'node20.19',
  // `import('yaml')` becomes a `require` in the place where it stands.
  supported: { 'dynamic-import': false },
  // A tenth of a small run goes into reading what this leaves out. Names stay: stack traces of users must be readable.
  minifyWhitespace: true,
  minifySyntax: true,
  define: { 'import.meta.url': '__moduleUrl' },
  banner: { js: "const __moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
};

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });

const bundles = await Promise.all([
  build({
    ...shared,
    entryPoints: ['src/command.ts'],
    outfile: join(target, 'no502.js'),
    // cli.js runs it as a script, which has no scope of a module around it.
    banner: { js: `(function (exports, require, module, __filename, __dirname) {${shared.banner.js}` },
    footer: { js: '})' },
    alias: Object.fromEntries(
      ['string-width', 'cliui', 'y18n', 'assert', 'util', 'escalade/sync'].map((name) => [
        name,
        `./scripts/bundled/${name.replace('/sync', '')}.mjs`,
      ]),
    ),
    plugins: [
      { name: 'on-demand', setup: loadOnDemand },
      { name: 'unchecked-yargs', setup: leaveOutChecks },
    ],
  }),
  ...onDemand.map(async (name) =>
    build({
      ...shared,
      stdin: { contents: await reexport(name), resolveDir: root },
      outfile: join(target, `${name}.js`),
    }),
  ),
]);

const { banner: _, ...plain } = shared;
const buildId = createHash('sha256')
  .update(readFileSync(join(target, 'no502.js')))
  .digest('hex')
  .slice(0, 16);
await build({
  ...plain,
  entryPoints: ['src/cli.ts'],
  outfile: join(target, 'cli.js'),
  define: { BUILD_ID: JSON.stringify(buildId) },
});
chmodSync(join(target, 'cli.js'), 0o755);
// The package is made of modules, what is built of it is not.
writeFileSync(join(target, 'package.json'), '{ "type": "commonjs" }\n');

cpSync(join(root, 'src/config/no502.schema.json'), join(target, 'no502.schema.json'));
cpSync(join(root, 'src/report/report.schema.json'), join(target, 'report.schema.json'));
cpSync(join(root, 'src/map/map.schema.json'), join(target, 'map.schema.json'));
const files = bundles.flatMap(({ metafile }) => Object.keys(metafile.inputs));
writeFileSync(join(target, 'THIRD-PARTY-LICENSES'), licencesOf(files));

/** `import('yaml')` becomes `import('./yaml.js')`. */
function loadOnDemand({ onResolve }) {
  onResolve({ filter: new RegExp(`^(${onDemand.join('|')})$`) }, ({ path, kind, importer }) => {
    if (kind !== 'dynamic-import') throw new Error(`${importer} loads ${path} at every start`);
    return { path: `./${path}.js`, external: true };
  });
}

/** yargs checks the types of what it is called with by small languages of its own: 4 ms for what TypeScript knows. */
function leaveOutChecks({ onLoad }) {
  onLoad({ filter: /yargs[\\/]build[\\/]lib[\\/]argsert\.js$/ }, () => ({
    contents: 'export function argsert() {}',
  }));
}

/** Names every export, as `export *` finds none in a CommonJS package. */
async function reexport(name) {
  const exported = Object.keys(await import(name)).filter(
    (each) => /^[a-z]\w*$/i.test(each) && each !== 'default',
  );
  return `export { ${exported.join(', ')} } from '${name}';`;
}

/** The licence of every package that a file of the bundles comes from. */
function licencesOf(inputs) {
  const packages = new Set();
  for (const input of inputs) {
    const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (found) packages.add(found[1]);
  }
  const texts = [...packages].sort().map((directory) => {
    const { name, version, license } = JSON.parse(
      readFileSync(join(root, directory, 'package.json'), 'utf8'),
    );
    const file = readdirSync(join(root, directory)).find((each) => /^licen[cs]e/i.test(each));
    if (!file) throw new Error(`${name} is bundled and has no licence file`);
    return `${name} ${version} (${license})\n\n${readFileSync(join(root, directory, file), 'utf8').trim()}\n`;
  });
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}
