import { capital } from './shape.js';

/** A step of a discriminator's path. */
export interface Step {
  readonly kind: 'name' | 'type' | 'extension' | 'resolve';
  /** The name, the type as in the name of a choice, or the url. */
  readonly text: string;
}

const STEP = /(?:^|\.)(?:(\$this)|ofType\((?:\w+\.)*(\w+)\)|extension\('([^']*)'\)|(resolve\(\))|([\w-]+)(?:\[x\])?)/y;

/** The steps of a discriminator's path (FHIR R4, Profiling FHIR, "Discriminator"); `undefined` for any other path. */
export function stepsOf(path: string): Step[] | undefined {
  const steps: Step[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < path.length) {
    const [all, self, type, url, resolve, name] = STEP.exec(path) ?? [];
    if (all === undefined) return undefined;
    const kind = type ? 'type' : url ? 'extension' : resolve ? 'resolve' : 'name';
    if (!self) steps.push({ kind, text: url ?? name ?? capital(type ?? '') });
  }
  return steps;
}
