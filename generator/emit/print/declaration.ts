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
import { specifierOf, type Imports } from '../imports.js';
import type { ReferenceType } from '../type.js';
import { aliasLayout, assignmentDoc, valueLayout } from './assignment.js';
import { commentDoc } from './comment.js';
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
 * @param imports that it adds to
 * @param file of the module: path below the output folder, without extension
 */
export function declarationDoc(declaration: Declaration, imports: Imports, file: string): Doc {
  if (declaration.kind === 're-export') return reExportDoc(declaration, file);
  const exported = declaration.exported === false ? '' : 'export ';
  return [commentDoc(declaration.doc), exported, declaredDoc(declaration, imports)];
}

function declaredDoc(declaration: Exclude<Declaration, ReExport>, imports: Imports): Doc {
  switch (declaration.kind) {
    case 'interface':
      return interfaceDoc(declaration, imports);
    case 'alias':
      return aliasDoc(declaration, imports);
    case 'constant':
      return constantDoc(declaration, imports);
    case 'function':
      return [
        'function ',
        declaration.name,
        signatureDoc(declaration, imports),
        ' ',
        blockDoc(declaration.body, imports),
      ];
    case 'class':
      return classDoc(declaration, imports);
  }
}

function interfaceDoc(declaration: InterfaceDeclaration, imports: Imports): Doc {
  const name = [declaration.name, typeParametersDoc(declaration.typeParameters ?? [], imports)];
  const members = declaration.members.map((member): Doc => [hardline, memberDoc(member, imports), ';']);
  const body: Doc = members.length === 0 ? '{}' : ['{', indent(members), hardline, '}'];
  return ['interface ', headDoc(name, declaration.extends ?? [], imports), ' ', body];
}

/** The name of an interface, and what it extends. */
function headDoc(name: Doc, bases: readonly ReferenceType[], imports: Imports): Doc {
  const [first, ...more] = bases;
  if (first === undefined) return name;
  const docs = bases.map((base) => referenceDoc(base, imports));
  if (more.length > 0) {
    return group([name, indent([line, 'extends', group(indent([line, join([',', line], docs)]))])]);
  }
  // A name of two parts may move to the next line.
  return isPath(first) ? group([name, indent([line, group(['extends ', ...docs])])]) : [name, ' extends ', ...docs];
}

function isPath(base: ReferenceType): boolean {
  return base.namespace !== undefined && base.typeArguments.length === 0;
}

function aliasDoc(declaration: TypeAlias, imports: Imports): Doc {
  const { type, typeParameters = [] } = declaration;
  const layout = aliasLayout(type, typeParameters);
  const isUnion = layout === 'after-operator' && type.kind === 'union';
  const right = isUnion ? unionDoc(type, imports) : typeDoc(type, imports);
  const left = ['type ', declaration.name, typeParametersDoc(typeParameters, imports)];
  return [assignmentDoc(left, ' =', right, layout), ';'];
}

function constantDoc(declaration: Constant, imports: Imports): Doc {
  const { name, type, value } = declaration;
  const left: Doc = type === undefined ? name : [name, ': ', typeDoc(type, imports)];
  const layout = valueLayout({ doc: left, isShortKey: false, ...(type === undefined ? {} : { type }) }, value, imports);
  return group(['const ', assignmentDoc(left, ' =', valueDoc(value, imports), layout), ';']);
}

function blockDoc(statements: readonly Statement[], imports: Imports): Doc {
  if (statements.length === 0) return '{}';
  return ['{', indent(statements.map((one): Doc => [hardline, statementDoc(one, imports)])), hardline, '}'];
}

function statementDoc(statement: Statement, imports: Imports): Doc {
  return [statement.kind === 'return' ? 'return ' : '', valueDoc(statement.value, imports), ';'];
}

function classDoc(declaration: ClassDeclaration, imports: Imports): Doc {
  const name = [declaration.name, typeParametersDoc(declaration.typeParameters ?? [], imports)];
  const body = classBodyDoc(declaration, imports);
  const base = declaration.extends;
  if (base === undefined) return ['class ', name, ' ', body];
  const extended: Doc = [
    'extends ',
    referenceName(base, imports, 'value'),
    typeArgumentsDoc(base.typeArguments, imports),
  ];
  if (!isPath(base)) return ['class ', name, ' ', extended, ' ', body];
  const id = Symbol('head');
  const head = group([name, indent([line, group(extended)])], { id });
  const space = declaration.members.length === 0 ? ' ' : ifBreak(hardline, ' ', { groupId: id });
  return ['class ', head, space, body];
}

/** Methods stand apart from each other; fields do not. */
function classBodyDoc(declaration: ClassDeclaration, imports: Imports): Doc {
  if (declaration.members.length === 0) return '{}';
  const docs = declaration.members.map((member, index): Doc => {
    const before = declaration.members[index - 1];
    const isApart = before !== undefined && (before.kind === 'method' || member.kind === 'method');
    return [isApart ? [hardline, hardline] : hardline, classMemberDoc(member, imports)];
  });
  return ['{', indent(docs), hardline, '}'];
}

function classMemberDoc(member: Method | Field, imports: Imports): Doc {
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
    return [comment, ...modifiers, member.optional === true ? '?: ' : ': ', typeDoc(member.type, imports), ';'];
  return [comment, ...modifiers, signatureDoc(member, imports), ' ', blockDoc(member.body, imports)];
}

function reExportDoc(declaration: ReExport, file: string): Doc {
  const from = stringText(specifierOf(declaration.from, file));
  const names = declaration.names === undefined ? '*' : namesDoc(declaration.names);
  return ['export ', declaration.typeOnly === true ? 'type ' : '', names, ' from ', from, ';'];
}
