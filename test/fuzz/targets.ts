import type { Corpus } from './corpus.ts';
import type { Target } from './target.ts';
import { fpmReader, phpIni, zendScanner } from './targets/ini.ts';
import { nginxLexer, nginxParser } from './targets/nginx.ts';
import { baselineFile, yamlSettings } from './targets/settings.ts';
import { globPattern, nginxDump, suppressions } from './targets/small.ts';
import { nginxLoader, pathResolver, systemdUnits, wholeCommand } from './targets/trees.ts';

/** Every target. Their shares need not add up to anything. */
export function allTargets(corpus: Corpus): readonly Target[] {
  return [
    nginxLexer(corpus),
    nginxParser(corpus),
    zendScanner(corpus),
    fpmReader(corpus),
    phpIni(corpus),
    suppressions(corpus),
    nginxDump(corpus),
    globPattern(),
    pathResolver(),
    nginxLoader(corpus),
    systemdUnits(corpus),
    baselineFile(),
    yamlSettings(corpus),
    wholeCommand(corpus),
  ];
}
