import { compileLiterals } from './compile.js';
import { type Example, examplesOf } from './examples.js';
import { normalise } from './normalise.js';
import type { Package } from './subject.js';
import { errorsOf, loadValidators } from './validators.js';

/** A known reason why an official example is rejected. */
interface ExampleException {
  readonly by: 'compiler' | 'validator';
  readonly reason: string;
  readonly message: RegExp;
  /** A property that such an example must contain. */
  readonly has?: (text: string) => boolean;
}

const EXCEPTIONS: readonly ExampleException[] = [
  {
    by: 'compiler',
    reason:
      'A required primitive may be absent when its `_field` has an extension (FHIR R4, Extensibility, data-absent-reason); its type wants the value.',
    message: /^Property '(\w+)' is missing in type .*\b_\1: \{ extension:/,
  },
  {
    by: 'compiler',
    reason:
      'Addresses that references state do not name the type of their target, as RESTful ones do (FHIR R4, References, "Literal References"): for the type of a literal, `referenceFrom` says it.',
    message: /is not assignable to type/,
    has: (text) =>
      [...text.matchAll(/"reference":"(https?:[^"]+)"/g)].some(
        ([, address = '']) => !/\/[A-Z]\w+\/[^/]+$/.test(address),
      ),
  },
  {
    by: 'validator',
    reason:
      'The required value set fr-core-vs-insee-code of FR Core 2.1.0 has the codes of TRE_R13-CommuneOM only, and the example one of TRE_R13-Commune (FHIR R4, Terminologies, "Binding Strengths").',
    message: /must be in https:\/\/hl7\.fr\/ig\/fhir\/core\/ValueSet\/fr-core-vs-insee-code/,
  },
];

/** The results for the official examples of a package. */
export interface ExampleJudgement {
  /** The number of examples, once for each profile that they claim. */
  readonly examples: number;
  /** Rejected by the compiler, with arrays in the order of literals; and the message. */
  readonly byCompiler: readonly string[];
  /** Rejected by the validators as published, and the first error. */
  readonly byValidator: readonly string[];
  /** Known reasons with the number of examples that each explains; other rejections are unexplained. */
  readonly reasons: ReadonlyMap<string, number>;
  readonly unexplained: readonly string[];
}

/**
 * Compiles and validates the official examples that claim a profile.
 *
 * @param opened the package with the profiles
 * @param places folders or archives with examples
 */
export async function judgeExamples(opened: Package, places: readonly string[]): Promise<ExampleJudgement> {
  const { context, subjects, workspace } = opened;
  const examples = (await Promise.all(places.map((place) => examplesOf(place, context)))).flat();
  const claims = subjects.map(({ manifest }) => {
    const profile = context.profiles.get(manifest.url);
    const own = examples.filter((example) => profile !== undefined && example.profiles.includes(profile));
    return { manifest, profile, own };
  });
  const messages = await compileLiterals(
    workspace,
    claims.map(({ manifest, profile, own }) => ({
      profile: manifest,
      values: own.map(({ json }) => (profile === undefined ? json : normalise(json, profile, context))),
    })),
  );
  const validatorOf = await loadValidators(workspace);
  const reasons = new Map<string, number>();
  const unexplained: string[] = [];
  const described = (by: ExampleException['by'], name: string, example: Example | undefined, text: string): string => {
    const line = `${name}, ${example?.name ?? ''}: ${text}`;
    // An invalid example need not compile.
    const isWrong = by === 'compiler' && byValidator.some((one) => one.startsWith(`${name}, ${example?.name ?? ''}: `));
    const reason = isWrong
      ? 'Rejected by the validator as well.'
      : EXCEPTIONS.find(
          (one) => one.by === by && one.message.test(text) && one.has?.(JSON.stringify(example?.json)) !== false,
        )?.reason;
    if (reason === undefined) unexplained.push(`${by}: ${line}`);
    else reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    return line;
  };
  const byValidator: string[] = [];
  for (const { manifest, own } of claims) {
    for (const example of own) {
      const errors = errorsOf(validatorOf(manifest)(example.json));
      const texts = errors.slice(0, 3).map((error) => error.diagnostics);
      if (errors.length > 0) byValidator.push(described('validator', manifest.name, example, texts.join('; ')));
    }
  }
  const byCompiler = claims.flatMap(({ manifest, own }, index) =>
    [...(messages[index] ?? [])].map(([at, text]) => described('compiler', manifest.name, own[at], text)),
  );
  const examplesTried = claims.reduce((sum, { own }) => sum + own.length, 0);
  return { examples: examplesTried, byCompiler, byValidator, reasons, unexplained };
}
