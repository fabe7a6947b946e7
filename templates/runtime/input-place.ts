import { ProfileError } from './error.js';
import { isObject } from './json.js';
import type { ProfileTable } from './table.js';

/** A step down an input: a member, the key of a slice, an index. */
type InputStep = string | number;

/** Where `create` is in its input. */
export class InputPlace {
  readonly table: ProfileTable;
  readonly root: unknown;
  readonly steps: InputStep[] = [];

  /**
   * @param table of the profile
   * @param root the input
   */
  constructor(table: ProfileTable, root: unknown) {
    this.table = table;
    this.root = root;
  }

  /**
   * Makes the error for the input at this place.
   *
   * @param text describes the fault
   */
  error(text: string): ProfileError {
    return this.errorAt(this.steps, text);
  }

  /**
   * Makes the error for an endless input, at the first part that contains itself.
   *
   * @param limit on the number of steps
   */
  tooDeep(limit: number): ProfileError {
    const seen = new Map<unknown, number>();
    let value = this.root;
    for (const [index, step] of this.steps.entries()) {
      const first = seen.get(value);
      const here = this.steps.slice(0, index);
      if (first !== undefined) {
        const whole = this.expression(this.steps.slice(0, first));
        return this.errorAt(here, `refers to itself: it is the same object as ${whole}, which contains it`);
      }
      seen.set(value, index);
      if (Array.isArray(value)) value = value[Number(step)];
      else value = isObject(value) && Object.hasOwn(value, step) ? value[step] : Symbol('none');
    }
    return this.errorAt(this.steps.slice(0, 8), `nested deeper than ${limit} levels`);
  }

  private errorAt(steps: readonly InputStep[], text: string): ProfileError {
    const expression = this.expression(steps);
    return new ProfileError(this.table.url, [{ severity: 'error', code: 'structure', expression, diagnostics: text }]);
  }

  private expression(steps: readonly InputStep[]): string {
    return this.table.type + steps.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  }
}
