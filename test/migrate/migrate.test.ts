import { describe, expect, it } from 'vitest';
import type { Library } from '../../generator/migrate/library.js';
import { migrated } from '../../generator/migrate/migrate.js';
import type { Renames } from '../../generator/migrate/renames.js';

const PATIENT = 'old.guide/patient';
const CODES = 'old.guide/value-sets/codes';

/** A guide that moves to another package: Patient becomes Person, Gone is removed, and two modules have moved. */
const RENAMES: Renames = {
  exports: new Map([
    [
      PATIENT,
      new Map([
        ['Patient', { file: 'new.guide/person', name: 'Person' }],
        ['createPatient', { file: 'new.guide/person', name: 'createPerson' }],
        ['PatientReference', { file: 'new.guide/references', name: 'PersonReference' }],
        ['Gone', undefined],
      ]),
    ],
    [CODES, new Map([['Codes', { file: 'new.guide/value-sets/codes', name: 'Codes' }]])],
  ]),
  modules: new Map([
    [PATIENT, 'new.guide/person'],
    [CODES, 'new.guide/value-sets/codes'],
  ]),
  listed: new Map([
    ['Patient', { file: 'new.guide/person', name: 'Person' }],
    ['createPatient', { file: 'new.guide/person', name: 'createPerson' }],
    ['Codes', { file: 'new.guide/value-sets/codes', name: 'Codes' }],
    ['Gone', undefined],
  ]),
  methods: new Map([
    [
      'PatientBuilder',
      new Map([
        ['setType', 'addType'],
        ['addGone', undefined],
      ]),
    ],
  ]),
  keys: new Map(
    ['createPatient', 'PatientInput'].map((name) => [
      name,
      new Map([
        ['extension.birthdate', 'birthDate'],
        ['contact.extension.role', 'function'],
      ]),
    ]),
  ),
  constants: new Map([
    [
      'Codes',
      new Map([
        ['First', 'Erste'],
        ['Last', undefined],
      ]),
    ],
  ]),
};

const LIBRARY: Library = { oldName: 'old-guide', newName: 'new-guide', folder: '/app/generated' };

function migrate(text: string) {
  return migrated('/app/src/program.ts', text, RENAMES, LIBRARY);
}

describe('migrate renames members', () => {
  const builder = "import { PatientBuilder } from 'old-guide';\n";
  const create = "import { createPatient } from 'old-guide';\n";
  const created = "import { createPerson } from 'new-guide';\n";
  it.each([
    [
      'of a builder created here',
      `${builder}new PatientBuilder().setName('x').setType('y').build();`,
      "new PatientBuilder().setName('x').addType('y').build();",
    ],
    [
      'of a variable, and of one assigned from it',
      `${builder}const a = new PatientBuilder();\nconst b = a.setName('x');\nb.setType('y');`,
      "const a = new PatientBuilder();\nconst b = a.setName('x');\nb.addType('y');",
    ],
    [
      'of a parameter, by its type',
      `${builder}const f = (a: PatientBuilder<never>) => a.setType('y');`,
      "const f = (a: PatientBuilder<never>) => a.addType('y');",
    ],
    [
      'of an import under another name',
      "import { PatientBuilder as B } from 'old-guide';\nnew B().setType('y');",
      "new B().addType('y');",
    ],
    [
      'of a namespace import',
      "import * as all from 'old-guide';\nnew all.PatientBuilder().setType('y');",
      "new all.PatientBuilder().addType('y');",
    ],
    [
      'but not those of other classes',
      `${builder}new Other().setType('y');\nfunction f(PatientBuilder) { new PatientBuilder().setType('y'); }`,
      "new Other().setType('y');\nfunction f(PatientBuilder) { new PatientBuilder().setType('y'); }",
    ],
    [
      'as keys of slices in inputs',
      `${create}createPatient({ birthdate: 1, extension: { birthdate, other: 1 }, contact: [{ extension: { 'role': 1 } }] });`,
      'createPerson({ birthdate: 1, extension: { birthDate: birthdate, other: 1 }, contact: [{ extension: { function: 1 } }] });',
    ],
    [
      'as keys of a variable with the type of an input',
      "import type { PatientInput } from 'old-guide';\nconst a: PatientInput = { extension: { birthdate: true } };",
      'const a: PatientInput = { extension: { birthDate: true } };',
    ],
  ])('%s', (_, before, after) => {
    const { text, left } = migrate(before);
    expect(text.split('\n').slice(1).join('\n')).toBe(after);
    expect(text.startsWith(created) || !before.startsWith(create)).toBe(true);
    expect(left).toEqual([]);
  });

  it('reports methods that were removed', () => {
    expect(migrate(`${builder}new PatientBuilder()\n  .addGone('x');`).left).toEqual([
      { line: 3, name: 'PatientBuilder.addGone' },
    ]);
  });
});

describe('migrate renames imports and their uses', () => {
  it.each([
    ["import { Patient } from 'old-guide';\nlet a: Patient;", "import { Person } from 'new-guide';\nlet a: Person;"],
    [
      'import { type Patient, createPatient } from "old-guide/old.guide/patient.js";\nexport const p = createPatient();',
      'import { type Person, createPerson } from "new-guide/new.guide/person.js";\nexport const p = createPerson();',
    ],
    ["import { Patient as P } from 'old-guide';\nlet a: P;", "import { Person as P } from 'new-guide';\nlet a: P;"],
    [
      "import type { Patient } from '../generated/old.guide/patient.js';\nlet a: Patient[];",
      "import type { Person } from '../generated/new.guide/person.js';\nlet a: Person[];",
    ],
    [
      "import * as all from 'old-guide';\nlet a: all.Patient = all.createPatient();",
      "import * as all from 'new-guide';\nlet a: all.Person = all.createPerson();",
    ],
    [
      "export { Patient, createPatient as make } from 'old-guide';",
      "export { Person as Patient, createPerson as make } from 'new-guide';",
    ],
    ["export * from 'old-guide/old.guide/patient.js';", "export * from 'new-guide/new.guide/person.js';"],
    ["let a: import('old-guide').Patient;", "let a: import('new-guide').Person;"],
    [
      "const { createPatient } = await import('old-guide/old.guide/patient.js');",
      "const { createPerson: createPatient } = await import('new-guide/new.guide/person.js');",
    ],
    [
      "const all = await import('old-guide');\nf(all.createPatient(), all.Codes.First);",
      "const all = await import('new-guide');\nf(all.createPerson(), all.Codes.Erste);",
    ],
    ["f((await import('old-guide')).createPatient());", "f((await import('new-guide')).createPerson());"],
    [
      "const { Codes: C, PatientBuilder } = await import('old-guide');\nf(C.First, new PatientBuilder().setType(1));",
      "const { Codes: C, PatientBuilder } = await import('new-guide');\nf(C.Erste, new PatientBuilder().addType(1));",
    ],
    // Exports of the program keep their names.
    [
      "import { createPatient } from 'old-guide';\nconst api = { createPatient };\nexport { createPatient };",
      "import { createPerson } from 'new-guide';\nconst api = { createPatient: createPerson };\nexport { createPerson as createPatient };",
    ],
    // A parameter of the same name is not renamed.
    [
      "import { createPatient } from 'old-guide';\nconst f = (createPatient: number) => createPatient;\ncreatePatient();",
      "import { createPerson } from 'new-guide';\nconst f = (createPatient: number) => createPatient;\ncreatePerson();",
    ],
    // The program already uses the new name.
    [
      "import { Patient } from 'old-guide';\ninterface Person { a: Patient }",
      "import { Person as Patient } from 'new-guide';\ninterface Person { a: Patient }",
    ],
    // Names of one module move to two modules.
    [
      "import type { Patient, PatientReference } from 'old-guide/old.guide/patient.js';",
      "import type { Person } from 'new-guide/new.guide/person.js';\nimport type { PersonReference } from 'new-guide/new.guide/references.js';",
    ],
    // Constants of codes.
    [
      "import { Codes } from 'old-guide';\nf(Codes.First, Codes.is('x'), other.First);",
      "import { Codes } from 'new-guide';\nf(Codes.Erste, Codes.is('x'), other.First);",
    ],
    [
      "import * as all from 'old-guide';\nf(all.Codes.First);",
      "import * as all from 'new-guide';\nf(all.Codes.Erste);",
    ],
  ])('%s', (before, after) => {
    expect(migrate(before)).toEqual({ text: after, left: [] });
    // A second run changes nothing.
    expect(migrate(after).text).toBe(after);
  });

  it.each([
    "import { Patient } from 'other-guide';",
    "const Patient = 'old-guide';",
    "import { Patient } from './old-guide.js';",
  ])('leaves other modules unchanged: %s', (text) => {
    expect(migrate(text)).toEqual({ text, left: [] });
  });
});

it('in a module that JavaScript requires', () => {
  const { text } = migrated(
    '/app/src/program.cjs',
    "const all = require('old-guide');\nf(all.createPatient, all.Codes.First, require('old-guide').createPatient);\n",
    RENAMES,
    LIBRARY,
  );
  expect(text).toBe(
    "const all = require('new-guide');\nf(all.createPerson, all.Codes.Erste, require('new-guide').createPerson);\n",
  );
});

it('keeps a byte order mark and line ends', () => {
  expect(migrate("\uFEFFimport { Patient } from 'old-guide';\r\nlet a: Patient;\r\n").text).toBe(
    "\uFEFFimport { Person } from 'new-guide';\r\nlet a: Person;\r\n",
  );
});

it('reports names without a replacement, with their lines', () => {
  const { text, left } = migrate("// models\nimport { Gone, Patient, Codes } from 'old-guide';\nf(Codes.Last);\n");
  expect(text).toBe("// models\nimport { Gone, Person, Codes } from 'new-guide';\nf(Codes.Last);\n");
  expect(left).toEqual([
    { line: 2, name: 'Gone' },
    { line: 3, name: 'Codes.Last' },
  ]);
});
