// Builds dist/: the command in one file, the schema of no502.yaml, and the licences of what is bundled.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = process.argv[2] ?? join(root, 'dist');

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['src/cli.ts'],
  outfile: join(target, 'cli.js'),
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // Readable stack traces are worth more than a smaller file: minifying gains nothing measurable at the start.
  minify: false,
  alias: {
    'string-width': './scripts/bundled/string-width.mjs',
    y18n: './scripts/bundled/y18n.mjs',
  },
  banner: {
    // CommonJS packages in the bundle ask for Node's own modules with `require`. yargs has a `createRequire` already.
    js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
  },
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
});

cpSync(join(root, 'src/config/no502.schema.json'), join(target, 'no502.schema.json'));
writeFileSync(join(target, 'THIRD-PARTY-LICENSES'), licencesOf(Object.keys(metafile.inputs)));

/** The licence of every package that a file of the bundle comes from. */
function licencesOf(files) {
  const packages = new Set();
  for (const file of files) {
    const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file);
    if (found) packages.add(found[1]);
  }
  const texts = [...packages].sort().map((directory) => {
    const { name, version, license } = JSON.parse(
      readFileSync(join(root, directory, 'package.json'), 'utf8'),
    );
    const names = ['LICENSE', 'LICENSE.txt', 'LICENSE.md', 'license', 'LICENCE'];
    const file = names.map((each) => join(root, directory, each)).find(existsSync);
    if (!file) throw new Error(`${name} is bundled and has no licence file`);
    return `${name} ${version} (${license})\n\n${readFileSync(file, 'utf8').trim()}\n`;
  });
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}
