import { styleText } from 'node:util';
import type { Paint, Screen, Style } from '../diff/layout.js';
import type { Terminal } from './console.js';

/** The number of columns when it is not known, as in a file or in the log of a CI server. */
const COLUMNS = 80;

/** The narrowest layout, in columns. */
const NARROWEST = 40;

/**
 * The terminal of standard output. `NO_COLOR` turns colours off, `FORCE_COLOR` turns them on where there is no terminal
 * (no-color.org, force-color.org).
 *
 * @param output standard output
 * @param env variables of the environment
 */
export function terminalOf(
  output: { readonly isTTY?: boolean; readonly columns?: number },
  env: Readonly<Record<string, string | undefined>>,
): Terminal {
  const isTerminal = output.isTTY === true;
  return {
    columns: Math.max(NARROWEST, isTerminal ? (output.columns ?? COLUMNS) : COLUMNS),
    hasColors: colorsOf(env) ?? (isTerminal && env['TERM'] !== 'dumb'),
  };
}

function colorsOf({ NO_COLOR, FORCE_COLOR }: Readonly<Record<string, string | undefined>>): boolean | undefined {
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR === undefined) return undefined;
  return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
}

const STYLES: Readonly<Record<Style, Parameters<typeof styleText>[0]>> = {
  title: 'bold',
  grave: 'red',
  warning: 'yellow',
  good: 'green',
  dim: 'dim',
};

/**
 * The terminal in the form that reports use.
 *
 * @param terminal the terminal; `undefined` for none
 */
export function screenOf(terminal: Terminal | undefined): Screen {
  const paint: Paint = (style, text) =>
    terminal?.hasColors === true && text !== '' ? styleText(STYLES[style], text, { validateStream: false }) : text;
  return { columns: terminal?.columns ?? COLUMNS, paint };
}
