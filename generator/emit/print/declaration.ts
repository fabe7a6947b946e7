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
import { commentDoc } from './comment.js';
import type { Context } from './context.js';
import { group, hardline, ifBreak, indent, join, line, type Doc } from './doc.js';
import { namesDoc } from './import.js';
import { signatureDoc, typeParametersDoc } from './signature.js';
import { stringText } from './text.js';
import { memberDoc, referenceDoc, referenceName, typeArgumentsDoc, typeDoc, unionDoc } from './type.js';
import { valueDoc } from './value.js';

/**
 * The layout of a declaration, with its comment.
 *
 * @param declaration any
 * @param context of the module
 * @param file of the module: path below the output folder, without extension
 */
export function declarationDoc(declaration: Declaration, context: Context, file: string): Doc {
  if (declaration.kind === 're-export') return reExportDoc(declaration, file);
  const exported = declaration.exported === false ? '' : 'export ';
  return [commentDoc(declaration.doc), exported, declaredDoc(declaration, context)];
}

function declaredDoc(declaration: Exclude<Declaration, ReExport>, context: Context): Doc {
  switch (declaration.kind) {
    case 'interface':
      return interfaceDoc(declaration, context);
    case 'alias':
      return aliasDoc(declaration, context);
    case 'constant':
      return constantDoc(declaration, context);
    case 'function':
      return [
        'function ',
        declaration.name,
        signatureDoc(declaration, context),
        ' ',
        blockDoc(declaration.body, context),
      ];
    case 'class':
      return classDoc(declaration, context);
  }
}

function interfaceDoc(declaration: InterfaceDeclaration, context: Context): Doc {
  const name = [declaration.name, typeParametersDoc(declaration.typeParameters ?? [], context)];
  const members = declaration.members.map((member): Doc => [hardline, memberDoc(member, context), ';']);
  const body: Doc = members.length === 0 ? '{}' : ['{', indent(members), hardline, '}'];
  return ['interface ', headDoc(name, declaration.extends ?? [], context), ' ', body];
}

/** The name of an interface, and what it extends. */
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

function constantDoc(declaration: Constant, context: Context): Doc {
  const { name, type, value } = declaration;
  const left: Doc = type === undefined ? name : [name, ': ', typeDoc(type, context)];
  const layout = valueLayout({ doc: left, isShortKey: false, ...(type === undefined ? {} : { type }) }, value, context);
  return group(['const ', assignmentDoc(left, ' =', valueDoc(value, context), layout), ';']);
}

function blockDoc(statements: readonly Statement[], context: Context): Doc {
  if (statements.length === 0) return '{}';
  return ['{', indent(statements.map((one): Doc => [hardline, statementDoc(one, context)])), hardline, '}'];
}

function statementDoc(statement: Statement, context: Context): Doc {
  return [statement.kind === 'return' ? 'return ' : '', valueDoc(statement.value, context), ';'];
}

function classDoc(declaration: ClassDeclaration, context: Context): Doc {
  const name = [declaration.name, typeParametersDoc(declaration.typeParameters ?? [], context)];
  const body = classBodyDoc(declaration, context);
  const base = declaration.extends;
  if (base === undefined) return ['class ', name, ' ', body];
  const extended: Doc = [
    'extends ',
    referenceName(base, context, 'value'),
    typeArgumentsDoc(base.typeArguments, context),
  ];
  if (!isPath(base)) return ['class ', name, ' ', extended, ' ', body];
  const id = Symbol('head');
  const head = group([name, indent([line, group(extended)])], { id });
  const space = declaration.members.length === 0 ? ' ' : ifBreak(hardline, ' ', { groupId: id });
  return ['class ', head, space, body];
}

/** Methods stand apart from each other; fields do not. */
function classBodyDoc(declaration: ClassDeclaration, context: Context): Doc {
  if (declaration.members.length === 0) return '{}';
  const docs = declaration.members.map((member, index): Doc => {
    const before = declaration.members[index - 1];
    const isApart = before !== undefined && (before.kind === 'method' || member.kind === 'method');
    return [isApart ? [hardline, hardline] : hardline, classMemberDoc(member, context)];
  });
  return ['{', indent(docs), hardline, '}'];
}

function classMemberDoc(member: Method | Field, context: Context): Doc {
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
  const comment = commentDoc(member.doc);
  if (isField)
    return [comment, ...modifiers, member.optional === true ? '?: ' : ': ', typeDoc(member.type, context), ';'];
  return [comment, ...modifiers, signatureDoc(member, context), ' ', blockDoc(member.body, context)];
}

function reExportDoc(declaration: ReExport, file: string): Doc {
  const from = stringText(specifierOf(declaration.from, file));
  const names = declaration.names === undefined ? '*' : namesDoc(declaration.names);
  return ['export ', declaration.typeOnly === true ? 'type ' : '', names, ' from ', from, ';'];
}
