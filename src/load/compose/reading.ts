import { type Given, known, mapGiven, partOf, unknown, writtenText } from '../../syntax/compose/given.ts';
import type { Lookup } from '../../syntax/compose/interpolate.ts';
import type { ComposeNode, ComposeScalar } from '../../syntax/compose/node.ts';
import type { Span } from '../../syntax/source.ts';
import type { Root } from '../root.ts';
import { type Layer, type Layers, last, under } from './layers.ts';

/** What the readers of a service share. */
export interface Reading {
  readonly root: Root;
  /** The variables of the project, for what compose fills in late: env files, `environment` without a value. */
  readonly lookup: Lookup;
  /** Compose would refuse this. */
  complain(message: string, span: Span): void;
  /** This is not understood or not read, while compose may well understand it. */
  doubt(message: string, span: Span): void;
}

/** The value of a scalar; a complaint where there is none. */
function scalarOf(reading: Reading, layer: Layer, what: string): ComposeScalar | undefined {
  if (layer.node.kind === 'scalar') return layer.node;
  reading.complain(`${what} must be a single value`, layer.node.span);
  return undefined;
}

/** The text that counts below a key: the last one given. */
export function textUnder(reading: Reading, layers: Layers, key: string): Given<string> | undefined {
  const layer = last(under(layers, key));
  const scalar = layer && scalarOf(reading, layer, key);
  return scalar && !scalar.isNull ? scalar.text : undefined;
}

/** As `textUnder`, for a path of the machine: absolute, relative ones below the directory of the file that says so. */
export function pathUnder(reading: Reading, layers: Layers, key: string): Given<string> | undefined {
  const text = textUnder(reading, layers, key);
  const layer = last(under(layers, key));
  return text && layer && absolutePath(text, layer.directory);
}

/** Makes a path of the machine absolute. A home directory and a drive of Windows are unknown. */
export function absolutePath(path: Given<string>, directory: string): Given<string> {
  if (path.kind === 'unknown') return path;
  const { value, span } = path;
  if (value.startsWith('~')) return unknown('it is in the home directory of whoever starts it', span, value);
  if (/^[A-Za-z]:|\\/.test(value)) return unknown('it is a path of Windows', span, value);
  return known(normalPath(value.startsWith('/') ? value : `${directory}/${value}`), span);
}

/** A path in normal form: no `.`, no `..`, no slash twice or at the end. */
export function normalPath(path: string): string {
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return `/${names.join('/')}`;
}

/** A number that counts below a key. */
export function numberUnder(reading: Reading, layers: Layers, key: string): Given<number> | undefined {
  const text = textUnder(reading, layers, key);
  return text && mapGiven(text, numberOf, 'it is not a number');
}

function numberOf(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** True where a switch is on. Compose takes YAML's own words and those of YAML 1.1. */
export function isOn(text: Given<string> | undefined): boolean {
  return text?.kind === 'known' && /^(?:true|yes|on|y)$/i.test(text.value);
}

/** One `NAME=VALUE` of a list, or one entry of a map. */
export interface Pair {
  readonly name: string;
  /** Absent where only the name stands there. */
  readonly value?: Given<string>;
  readonly span: Span;
  readonly directory: string;
}

/** The pairs of something that may be a map or a list of `NAME<separator>VALUE`, of all files in order; later ones of one name count. */
export function pairsOf(
  reading: Reading,
  layers: Layers,
  what: string,
  separators: readonly string[] = ['='],
): readonly Pair[] {
  let pairs: Pair[] = [];
  for (const layer of layers) {
    // `NAME: !reset null` takes away what the files before say of one name.
    const reset = resetNames(layer.node);
    pairs = [...pairs, ...layerPairs(layer)].filter(({ name }) => !reset.has(name));
  }
  return pairs;

  function layerPairs({ node, directory }: Layer): readonly Pair[] {
    switch (node.kind) {
      case 'map':
        return node.entries.flatMap(({ key, keySpan, value }) => {
          if (value.kind === 'list' && separators.length > 1) {
            return value.items.flatMap((item) => pair(key, keySpan, item));
          }
          return pair(key, keySpan, value);
        });
      case 'list':
        return node.items.flatMap((item) => {
          if (item.kind === 'scalar') return split(item);
          reading.complain(`${what} must be a list of words`, item.span);
          return [];
        });
      default:
        if (!node.isNull) reading.complain(`${what} must be a list or a map`, node.span);
        return [];
    }

    function pair(name: string, span: Span, value: ComposeNode): readonly Pair[] {
      if (value.kind !== 'scalar') {
        reading.complain(`${what}: ${name} must be a single value`, value.span);
        return [];
      }
      return [value.isNull ? { name, span, directory } : { name, value: value.text, span, directory }];
    }

    function split({ text, span }: ComposeScalar): readonly Pair[] {
      const written = writtenText(text);
      const at = separators.map((separator) => written.indexOf(separator)).find((index) => index > 0);
      if (at === undefined) {
        if (text.kind === 'known') return written === '' ? [] : [{ name: written, span, directory }];
        reading.doubt(`${what} has a name that is not known: ${text.why}`, span);
        return [];
      }
      const name = written.slice(0, at);
      if (!name.includes('${')) {
        return [{ name, value: partOf(written.slice(at + 1), text, span), span, directory }];
      }
      reading.doubt(`${what} has a name that is not known`, span);
      return [];
    }
  }
}

function resetNames(node: ComposeNode): ReadonlySet<string> {
  const entries = node.kind === 'map' ? node.entries : [];
  return new Set(entries.filter(({ value }) => value.tag === 'reset').map(({ key }) => key));
}
