import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Json } from '../../generator/fhir/json.js';
import type { Fault } from './verdict.js';

/** The result of the reference validator for one value. */
export type Answer =
  { readonly errors: readonly Fault[]; readonly remarks: readonly Fault[] } | { readonly failure: string };

/** HL7's validator in a separate process. */
export interface Reference {
  /** The errors of a resource as an instance of a profile, and its notes, including what it could not decide. */
  ask(profile: string, resource: Json): Promise<Answer>;
  close(): void;
}

/**
 * Starts the reference validator.
 *
 * @param classPath of the jars
 * @param folders FHIR's core package and the packages on top of it
 * @throws if it does not start, with the end of its output
 */
export async function openReference(classPath: string, folders: readonly string[]): Promise<Reference> {
  const child = spawn('nice', ['-n', '10', 'java', '-Xmx1500m', '-cp', classPath, 'Reference', ...folders]);
  const printed: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => printed.push(text));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const line = await lines.next();
    if (line.done === true) throw new Error(`HL7's validator ended: ${printed.join('').slice(-2000)}`);
    return line.value;
  };
  await next();
  return {
    ask: async (profile, resource) => {
      if (!child.stdin.write(`${JSON.stringify({ profile, resource })}\n`)) await once(child.stdin, 'drain');
      return JSON.parse(await next()) as Answer;
    },
    close: () => child.stdin.end(),
  };
}
