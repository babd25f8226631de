import type { Finding } from '../engine/finding.ts';
import { consequenceOf } from './consequence.ts';
import { placeText } from './summary-lines.ts';
import { visible } from './visible.ts';

const mostAffected = 4;

/**
 * What a finding says beyond its message, a sentence a line: what will happen, the line in the log, what to do.
 * Nothing in it steers a terminal or breaks a line.
 */
export function detailsOf(finding: Finding): readonly string[] {
  const { predicts, help, fix } = finding;
  const consequence = consequenceOf(finding, mostAffected);
  return [
    ...(consequence === undefined ? [] : [`then: ${consequence}`]),
    ...(predicts?.log ? [`log: ${predicts.log}`] : []),
    ...(help === undefined ? [] : [`help: ${help}`]),
    ...(fix ? [`fix: ${fix.title}`] : []),
  ].map(visible);
}

/** The places that take part in a finding, a line each: `etc/php/8.2/fpm/pool.d/www.conf:4:10: PHP 8.2 listens here`. */
export function relatedLines({ related }: Finding): readonly string[] {
  return related.map(({ span, message }) => visible(`${placeText(span)}: ${message}`));
}
