import type { ExportPlace, UnitPair } from './exports.js';
import type { Declaration, InterfaceDeclaration } from '../emit/declaration.js';
import type { Module } from '../emit/module.js';
import { printModule } from '../emit/print/module.js';

/** The types of a profile that changed. */
export interface DeclarationChange {
  /** Canonical of the profile in changes. */
  readonly canonical: string;
  /** Its name in programs, on the new side. */
  readonly name: string;
  /** TypeScript without comments and imports; without the members of an interface that stayed. */
  readonly before: string;
  readonly after: string;
}

/**
 * The types that changed, before and after, of profiles that are on both sides.
 *
 * @param units all profiles and value sets on both sides
 * @param old modules of the old side
 * @param next modules of the new side
 */
export function declarationChanges(
  units: readonly UnitPair[],
  old: readonly Module[],
  next: readonly Module[],
): readonly DeclarationChange[] {
  const [before, after] = [declarationsIn(old), declarationsIn(next)];
  return units
    .filter(({ about }) => about === 'profile')
    .flatMap((unit) => {
      const pairs = unit.exports.flatMap(({ role, before: was, after: is }) => {
        const [a, b] = [before(was), is && after(is)];
        return role === 'value' && a !== undefined && b !== undefined ? (changed(a, b) ?? []) : [];
      });
      return pairs.length === 0
        ? []
        : [
            {
              canonical: unit.canonical,
              name: (unit.after ?? unit.before).name,
              before: pairs.map((pair) => pair.before).join('\n'),
              after: pairs.map((pair) => pair.after).join('\n'),
            },
          ];
    });
}

type Find = (place: ExportPlace) => Declaration | undefined;

function declarationsIn(modules: readonly Module[]): Find {
  const types = new Map(
    modules.flatMap(({ file, declarations }) =>
      declarations.flatMap((one): [string, Declaration][] =>
        one.kind === 'interface' || one.kind === 'alias' ? [[`${file} ${one.name}`, one]] : [],
      ),
    ),
  );
  return ({ file, name }) => types.get(`${file} ${name}`);
}

function changed(was: Declaration, is: Declaration): { readonly before: string; readonly after: string } | undefined {
  const [a, b] = [bare(was), bare(is)];
  const [before, after] = [textOf(a), textOf(b)];
  if (before === after) return undefined;
  if (a.kind !== 'interface' || b.kind !== 'interface') return { before, after };
  return { before: textOf(without(a, b)), after: textOf(without(b, a)) };
}

/** An interface without the members that another one also has. */
function without(own: InterfaceDeclaration, other: InterfaceDeclaration): InterfaceDeclaration {
  const known = new Set(membersOf(other));
  const texts = membersOf(own);
  return { ...own, members: own.members.filter((_, index) => !known.has(texts[index] ?? '')) };
}

/** Each member as TypeScript, in an interface of the same name. */
function membersOf({ members }: InterfaceDeclaration): readonly string[] {
  return members.map((member) => textOf({ kind: 'interface', name: 'X', members: [member] }));
}

/** A declaration without its comments. */
function bare(declaration: Declaration): Declaration {
  if (declaration.kind === 're-export') return declaration;
  const { doc: _, ...rest } = declaration;
  if (rest.kind !== 'interface') return rest;
  return { ...rest, members: rest.members.map(({ doc: _doc, ...member }) => member) };
}

function textOf(declaration: Declaration): string {
  return printModule({ file: 'type', declarations: [declaration] }).body;
}
