import { CodegenError, UsageError } from '../errors.js';
import type { Context } from './context.js';
import { elementsOf, explainElement, explainProfile } from './explanation.js';
import { oneModel, type PackageFlags } from './one-package.js';
import { nearest } from '../pin/nearest.js';

/**
 * Explains the rules of a profile or one of its elements, what enforces them, and their sources.
 *
 * @param profile canonical, id or name
 * @param element path or id; the whole profile if absent
 * @param flags of the command line
 * @param context of the command
 * @returns exit code
 * @throws UsageError when the profile has no such element; what the stages throw
 */
export async function runExplain(
  profile: string,
  element: string | undefined,
  flags: PackageFlags,
  context: Context,
): Promise<number> {
  const { snapshot, model } = await oneModel([profile], flags, context);
  const found = model.profiles.find(({ url }) => url === snapshot.profiles[0]);
  if (found === undefined) throw new CodegenError(`${profile} could not be generated`);
  if (element === undefined) {
    const lines = explainProfile(found);
    await context.console.report({ command: 'explain', profile: found.url, lines }, lines);
    return 0;
  }
  const all = elementsOf(found);
  const wanted = element.replace(new RegExp(`^${found.type}\\.`), '');
  const one = all.find(({ name }) => name === wanted)?.element;
  if (one === undefined) {
    const near = nearest(
      wanted,
      all.map(({ name }) => name).filter((name) => name !== ''),
    );
    const hint = near.length === 0 ? 'explain without an element lists them' : `did you mean ${near.join(' or ')}?`;
    throw new UsageError(`${found.name} has no element ${element}; ${hint}`);
  }
  const lines = explainElement(found, one, model);
  await context.console.report({ command: 'explain', profile: found.url, element: one.id, lines }, lines);
  return 0;
}
