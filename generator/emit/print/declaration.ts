import type {
  ClassDeclaration,
  Constant,
  Declaration,
  Field,
  InterfaceDeclaration,
  Method,
  ReExport,
  Statement,
  TypeAlias,
} from '../declaration.js';
import { specifierOf } from '../imports.js';
import type { ReferenceType } from '../type.js';
import { aliasLayout, assignmentDoc, valueLayout } from './assignment.js';
import { commentText } from './comment.js';
import type { Context } from './context.js';
import {
  INDENTATION,
  LAYOUT,
  flatText,
  group,
  hardline,
  ifBreak,
  indent,
  join,
  line,
  textOf,
  type Doc,
} from './doc.js';
import { namesDoc } from './import.js';
import { linesOf } from './lines.js';
import { signatureDoc, typeParametersDoc } from './signature.js';
import { stringText } from './text.js';
import {
  functionConstantTypeDoc,
  memberDoc,
  referenceDoc,
  referenceName,
  typeArgumentsDoc,
  typeDoc,
  unionDoc,
} from './type.js';
import { valueDoc } from './value.js';

/**
 * The text of a declaration, with its comment.
 *
 * @param declaration any
 * @param context of the module
 * @param file of the module: path below the output folder, without extension
 */
export function declarationText(declaration: Declaration, context: Context, file: string): string {
  if (declaration.kind === 're-export') return textOf(reExportDoc(declaration, file));
  const exported = declaration.exported === false ? '' : 'export ';
  return `${commentText(declaration.doc, '')}${declaredText(declaration, exported, context)}`;
}

function declaredText(declaration: Exclude<Declaration, ReExport>, exported: string, context: Context): string {
  switch (declaration.kind) {
    case 'interface':
      return interfaceText(declaration, exported, context);
    case 'alias':
      return textOf([exported, aliasDoc(declaration, context)]);
    case 'constant':
      return constantText(declaration, exported, context);
    case 'function':
      return bodyText(
        [exported, 'function ', declaration.name, signatureDoc(declaration, context)],
        declaration,
        0,
        context,
      );
    case 'class':
      return classText(declaration, exported, context);
  }
}

/** Members are printed one by one: each is on a separate line, indented by two spaces. */
function interfaceText(declaration: InterfaceDeclaration, exported: string, context: Context): string {
  const name = [declaration.name, typeParametersDoc(declaration.typeParameters ?? [], context)];
  const head = [exported, 'interface ', headDoc(name, declaration.extends ?? [], context)];
  if (declaration.members.length === 0) return textOf([...head, ' {}']);
  const members = declaration.members.map(
    (member) => `${commentText(member.doc, INDENTATION)}${textOf([memberDoc(member, context), ';'], 1)}\n`,
  );
  return `${textOf([...head, ' {'])}\n${members.join('')}}`;
}

/** The name of an interface, and its base types. */
function headDoc(name: Doc, bases: readonly ReferenceType[], context: Context): Doc {
  const [first, ...more] = bases;
  if (first === undefined) return name;
  const docs = bases.map((base) => referenceDoc(base, context));
  if (more.length > 0) {
    return group([name, indent([line, 'extends', group(indent([line, join([',', line], docs)]))])]);
  }
  // A name of two parts may move to the next line.
  return isPath(first) ? group([name, indent([line, group(['extends ', ...docs])])]) : [name, ' extends ', ...docs];
}

function isPath(base: ReferenceType): boolean {
  return base.namespace !== undefined && base.typeArguments.length === 0;
}

function aliasDoc(declaration: TypeAlias, context: Context): Doc {
  const { type, typeParameters = [] } = declaration;
  const layout = aliasLayout(type, typeParameters);
  const isUnion = layout === 'after-operator' && type.kind === 'union';
  const right = isUnion ? unionDoc(type, context) : typeDoc(type, context);
  const left = ['type ', declaration.name, typeParametersDoc(typeParameters, context)];
  return [assignmentDoc(left, ' =', right, layout), ';'];
}

function constantText(declaration: Constant, exported: string, context: Context): string {
  const { name, type, value } = declaration;
  const ownType = value.kind === 'thunk' ? functionConstantTypeDoc : typeDoc;
  const left: Doc = type === undefined ? name : [name, ': ', ownType(type, context)];
  const start = typeof left === 'string' ? left : flatText(left, LAYOUT.printWidth);
  const isPlain = type?.kind !== 'reference' || type.typeArguments.length < 2;
  const lines = start !== undefined && isPlain && linesOf(`${exported}const ${start} = `, value, ';', 0, context);
  if (typeof lines === 'string') return lines;
  const layout = valueLayout({ doc: left, isShortKey: false, ...(type === undefined ? {} : { type }) }, value, context);
  return textOf([exported, group(['const ', assignmentDoc(left, ' =', valueDoc(value, context), layout), ';'])]);
}

/** The text of a function or method: signature and body. */
function bodyText(
  head: readonly Doc[],
  { body }: { readonly body: readonly Statement[] },
  level: number,
  context: Context,
): string {
  if (body.length === 0) return textOf([...head, ' {}'], level);
  const statements = body.map((one) => `${textOf(statementDoc(one, context), level + 1)}\n`);
  return `${textOf([...head, ' {'], level)}\n${statements.join('')}${INDENTATION.repeat(level)}}`;
}

function statementDoc(statement: Statement, context: Context): Doc {
  return [statement.kind === 'return' ? 'return ' : '', valueDoc(statement.value, context), ';'];
}

function classText(declaration: ClassDeclaration, exported: string, context: Context): string {
  const [head, space] = classHead(declaration, context);
  const start = [exported, 'class ', head, space];
  if (declaration.members.length === 0) return textOf([...start, '{}']);
  const members = declaration.members.map((member, index) => {
    const before = declaration.members[index - 1];
    // An empty line separates methods, but not fields.
    const needsGap = before !== undefined && (before.kind === 'method' || member.kind === 'method');
    const text = `${commentText(member.doc, INDENTATION)}${classMemberText(member, context)}`;
    return `${needsGap ? '\n' : ''}${text}\n`;
  });
  return `${textOf([...start, '{'])}\n${members.join('')}}`;
}

/** The name of a class with its base class, and the space before its brace. */
function classHead(declaration: ClassDeclaration, context: Context): readonly [head: Doc, space: Doc] {
  const name = [declaration.name, typeParametersDoc(declaration.typeParameters ?? [], context)];
  const base = declaration.extends;
  if (base === undefined) return [name, ' '];
  const typeArguments = typeArgumentsDoc(base.typeArguments, context);
  const extended: Doc = ['extends ', referenceName(base, context, 'value'), typeArguments];
  if (!isPath(base)) return [[name, ' ', extended], ' '];
  const id = Symbol('head');
  const head = group([name, indent([line, group(extended)])], { id });
  return [head, declaration.members.length === 0 ? ' ' : ifBreak(hardline, ' ', { groupId: id })];
}

function classMemberText(member: Method | Field, context: Context): string {
  const isField = member.kind === 'field';
  const modifiers = [
    isField && member.declare === true ? 'declare ' : '',
    member.access === undefined ? '' : `${member.access} `,
    member.static === true ? 'static ' : '',
    member.override === true ? 'override ' : '',
    isField && member.readonly === true ? 'readonly ' : '',
    !isField && member.getter === true ? 'get ' : '',
    member.name,
  ];
  if (isField) {
    return textOf([...modifiers, member.optional === true ? '?: ' : ': ', typeDoc(member.type, context), ';'], 1);
  }
  return bodyText([...modifiers, signatureDoc(member, context)], member, 1, context);
}

function reExportDoc(declaration: ReExport, file: string): Doc {
  const from = stringText(specifierOf(declaration.from, file));
  const names = declaration.names === undefined ? '*' : namesDoc(declaration.names);
  return ['export ', declaration.typeOnly === true ? 'type ' : '', names, ' from ', from, ';'];
}
