import { messageOf } from '../errors.js';
import type { ConformanceResource } from '../fhir/package.js';
import type { LoadLimits } from './limits.js';

/** The content of a JSON file of a package. */
export type FileContent =
  | { readonly kind: 'definition'; readonly resource: ConformanceResource; readonly values: number }
  /** An example, a SearchParameter, anything that no stage uses. */
  | { readonly kind: 'other' }
  /** JSON, but not usable, with the reason. */
  | { readonly kind: 'unusable'; readonly why: string }
  /** Not JSON. */
  | { readonly kind: 'broken'; readonly why: string }
  /** Beyond one of the {@link LoadLimits}. */
  | { readonly kind: 'excessive'; readonly why: string }
  /** Within the limits of one file, but not within the rest of those of the run. */
  | { readonly kind: 'beyond' };

const DEFINITION_TYPES: ReadonlySet<unknown> = new Set(['StructureDefinition', 'ValueSet', 'CodeSystem']);

/**
 * Reads one JSON file of a package.
 *
 * @param bytes the content of the file, with or without a byte order mark
 * @param limits the limits of one file
 * @param left the number of values that the run may still read
 * @returns the definition in it, or the reason why there is none; never throws
 */
export function readResource(bytes: Uint8Array, limits: LoadLimits, left = Infinity): FileContent {
  const size = measure(bytes);
  if (size.depth > limits.fileDepth) return excessive('fileDepth', `is nested ${size.depth} deep`, limits.fileDepth);
  if (size.values > limits.fileValues)
    return excessive('fileValues', `contains ${size.values} values`, limits.fileValues);
  if (size.values > left) return { kind: 'beyond' };
  let content: unknown;
  try {
    content = parseJson(bytes);
  } catch (error) {
    return { kind: 'broken', why: messageOf(error).slice(0, 160) };
  }
  if (!isDefinition(content)) return { kind: 'other' };
  if (typeof content.url !== 'string' || content.url === '') {
    return { kind: 'unusable', why: `the ${String(content.resourceType)} has no url, so nothing can refer to it` };
  }
  if (content.version !== undefined && typeof content.version !== 'string') {
    return { kind: 'unusable', why: `the version of ${content.url} is not a string` };
  }
  return { kind: 'definition', resource: content as ConformanceResource, values: size.values };
}

/**
 * Parses JSON from a file.
 *
 * @param bytes UTF-8; a byte order mark, which Windows tools write and JSON.parse rejects, is skipped
 * @returns the parsed JSON
 * @throws SyntaxError when it is not JSON
 */
export function parseJson(bytes: Uint8Array): unknown {
  // TextDecoder removes the mark (WHATWG Encoding, "decode").
  return JSON.parse(new TextDecoder().decode(bytes));
}

/**
 * The reason why a file is left out, with the name of the limit, so that the user can raise it.
 *
 * @param limit the name of the exceeded limit
 * @param finding the property of the file that exceeds it
 * @param allowed the value of the limit
 */
export function excessive(limit: keyof LoadLimits, finding: string, allowed: number): FileContent {
  return { kind: 'excessive', why: `it ${finding}, more than the limit "${limit}" of ${allowed}` };
}

function isDefinition(content: unknown): content is Record<string, unknown> {
  return (
    typeof content === 'object' &&
    content !== null &&
    'resourceType' in content &&
    DEFINITION_TYPES.has(content.resourceType)
  );
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;

/**
 * Depth and number of values, counted from brackets and commas only: parsing would already use the memory that the
 * limits protect.
 */
function measure(bytes: Uint8Array): { depth: number; values: number } {
  let depth = 0;
  let deepest = 0;
  let values = 1;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index];
    if (byte === QUOTE) {
      for (index++; index < bytes.length && bytes[index] !== QUOTE; index++) if (bytes[index] === BACKSLASH) index++;
    } else if (byte === 0x7b || byte === 0x5b) {
      values++;
      depth++;
      if (depth > deepest) deepest = depth;
    } else if (byte === 0x7d || byte === 0x5d) {
      depth--;
    } else if (byte === COMMA) {
      values++;
    }
  }
  return { depth: deepest, values };
}
