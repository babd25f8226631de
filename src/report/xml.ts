import { visible } from './visible.ts';

/** An element of an XML document. Children that are texts stand in it as they are, with their line breaks. */
export interface XmlElement {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string | number>>;
  readonly children?: readonly (XmlElement | string)[];
}

/**
 * An XML 1.0 document in UTF-8. Names must be names; attributes and texts may hold anything: what XML has no way to
 * write (control characters, lone surrogates) is shown as `visible` shows it.
 */
export function xmlDocument(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written(root, '')}`;
}

function written({ name, attributes = {}, children = [] }: XmlElement, indent: string): string {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  const start = `${indent}<${name}${list.join('')}`;
  if (children.length === 0) return `${start}/>\n`;
  // White space between texts counts, so an element with one is written in one piece.
  if (children.some((child) => typeof child === 'string')) {
    const content = children.map((child) => (typeof child === 'string' ? escapedLines(child) : ''));
    return `${start}>${content.join('')}</${name}>\n`;
  }
  const content = children.map((child) => (typeof child === 'string' ? '' : written(child, `${indent}  `)));
  return `${start}>\n${content.join('')}${indent}</${name}>\n`;
}

function escapedLines(text: string): string {
  return text.split('\n').map(escaped).join('\n');
}

function escaped(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
