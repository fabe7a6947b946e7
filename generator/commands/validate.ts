import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { existsSync } from 'node:fs';
import { messageOf, UsageError } from '../errors.js';
import { lastSegment } from '../fhir/canonical.js';
import { isObject } from '../fhir/json.js';
import { nearest } from '../pin/nearest.js';
import type { ManifestProfile } from '../render/manifest.js';
import { conforms, type Issue, type Models, modelsFrom, modelsIn, type Validate } from '../run/models.js';
import { many, type Context } from './context.js';
import { onePackage, type PackageFlags } from './one-package.js';

/** Flags of `validate`. */
export interface ValidateFlags extends PackageFlags {
  readonly profile?: string;
  /** Output folder with the models to validate with. */
  readonly models?: string;
  readonly language?: 'en' | 'fr';
}

/** A resource of a file, and its issues. */
interface Validated {
  /** `file.json`, `file.ndjson:3` */
  readonly place: string;
  readonly issues: readonly Issue[];
}

/**
 * Validates the resources in files: JSON, or NDJSON with one resource per line.
 *
 * @param files paths; `-` is standard input
 * @param flags of the command line
 * @param context of the command
 * @returns exit code: 1 when a resource does not conform, or a file cannot be read
 * @throws UsageError when there is no such profile; what the stages throw
 */
export async function runValidate(files: readonly string[], flags: ValidateFlags, context: Context): Promise<number> {
  const models = await modelsOf(flags, context);
  try {
    const validate = await validatorOf(models, flags);
    const validated: Validated[] = [];
    for (const file of files) {
      const text = await textOf(file, context.cwd);
      if (typeof text !== 'string') validated.push({ place: file, issues: [text] });
      else {
        for (const { place, read } of resourcesIn(file, text)) {
          validated.push({ place, issues: issuesOf(read, validate, flags) });
        }
      }
    }
    await report(validated, context);
    return validated.every(({ issues }) => conforms(issues)) ? 0 : 1;
  } finally {
    await models.close();
  }
}

/** Existing models, or those of the package, generated for this run. */
async function modelsOf(flags: ValidateFlags, context: Context): Promise<Models> {
  const { cwd, project, config } = context;
  if (flags.models !== undefined) return modelsIn(resolve(cwd, flags.models));
  const out = config?.config.out;
  const folder = config === undefined || out === undefined ? project.output : resolve(config.folder, out);
  if (flags.package === undefined && existsSync(join(folder, 'manifest.json'))) return modelsIn(folder);
  const { files, manifest } = await onePackage([], flags, context);
  return modelsFrom(files, manifest);
}

async function validatorOf(models: Models, { profile }: ValidateFlags): Promise<Validate> {
  if (profile === undefined) return models.byProfile();
  const entry = profileOf(models, profile);
  const validate = await models.validatorOf(entry);
  return entry.type === 'Bundle' ? validate : (value, options) => ofType(value, entry, validate, options);
}

function profileOf({ manifest }: Models, profile: string): ManifestProfile {
  const { profiles } = manifest;
  const found =
    profiles.find(({ url, name }) => url === profile || name === profile) ??
    // Manifests have no ids; the last segment of a canonical is the id in practice.
    profiles.find(({ url }) => lastSegment(url) === profile);
  if (found !== undefined) return found;
  const names = profiles.flatMap(({ url, name }) => (profile.includes('/') ? [url] : [name, lastSegment(url)]));
  const near = nearest(profile, [...new Set(names)]);
  const hint = near.length === 0 ? '; list shows all' : `; did you mean ${near.join(' or ')}?`;
  throw new UsageError(`there is no profile ${profile} in these models${hint}`);
}

/** A profile of another type than Bundle applies to the entries of a Bundle. */
function ofType(
  value: unknown,
  profile: ManifestProfile,
  validate: Validate,
  options: Parameters<Validate>[1],
): readonly Issue[] {
  if (!isObject(value) || value['resourceType'] !== 'Bundle') return validate(value, options);
  const entries: readonly unknown[] = Array.isArray(value['entry']) ? value['entry'] : [];
  const found = entries.flatMap((entry, index) => {
    const resource = isObject(entry) ? entry['resource'] : undefined;
    return isObject(resource) && resource['resourceType'] === profile.type ? [{ resource, index }] : [];
  });
  if (found.length === 0) {
    const diagnostics = `no entry is of type ${profile.type}`;
    return [{ severity: 'error', code: 'required', expression: 'Bundle.entry', diagnostics }];
  }
  return found.flatMap(({ resource, index }) =>
    validate(resource, options).map((issue) => ({
      ...issue,
      expression: issue.expression.replace(/^[A-Za-z]+/, `Bundle.entry[${index}].resource`),
    })),
  );
}

/** The text of a file, or the issue that it cannot be read: the other files are validated all the same. */
async function textOf(file: string, cwd: string): Promise<string | Issue> {
  const unread = (diagnostics: string): Issue => ({
    severity: 'error',
    code: 'not-found',
    expression: '$this',
    diagnostics,
  });
  try {
    const bytes = await bytesOf(file, cwd);
    // Other bytes would become U+FFFD, and be valid text. FHIR's JSON is always in UTF-8 (FHIR R4, 2.6.2, JSON).
    return isUtf8(bytes) ? bytes.toString('utf8') : unread('is not in UTF-8: convert it first');
  } catch (error) {
    return unread(`cannot be read: ${messageOf(error)}`);
  }
}

async function bytesOf(file: string, cwd: string): Promise<Buffer> {
  if (file !== '-') return readFile(resolve(cwd, file));
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

interface Found {
  readonly place: string;
  readonly read: () => unknown;
}

function resourcesIn(file: string, text: string): readonly Found[] {
  const content = text.replace(/^\uFEFF/, '');
  if (!/\.(?:ndjson|jsonl)$/i.test(file)) return [{ place: file, read: () => JSON.parse(content) as unknown }];
  return content.split('\n').flatMap((line, index): Found[] => {
    if (line.trim() === '') return [];
    return [{ place: `${file}:${index + 1}`, read: () => JSON.parse(line) as unknown }];
  });
}

function issuesOf(read: () => unknown, validate: Validate, { language }: ValidateFlags): readonly Issue[] {
  let value: unknown;
  try {
    value = read();
  } catch (error) {
    return [
      { severity: 'error', code: 'structure', expression: '$this', diagnostics: `not JSON: ${messageOf(error)}` },
    ];
  }
  return validate(value, language === undefined ? {} : { language });
}

/** The file that an issue is about (HL7 extension registry). */
const FILE_EXTENSION = 'http://hl7.org/fhir/StructureDefinition/operationoutcome-file';

async function report(validated: readonly Validated[], { console }: Context): Promise<void> {
  const issues = validated.flatMap(({ place, issues: own }) => own.map((issue) => ({ place, ...issue })));
  const count = (severity: Issue['severity']): number => issues.filter((issue) => issue.severity === severity).length;
  const good = validated.filter((one) => conforms(one.issues)).length;
  const outcome = {
    resourceType: 'OperationOutcome',
    issue: issues.map(({ place, severity, code, expression, diagnostics }) => ({
      extension: [{ url: FILE_EXTENSION, valueString: place }],
      severity,
      code,
      diagnostics,
      expression: [expression],
    })),
  };
  const none = {
    severity: 'information',
    code: 'informational',
    diagnostics: `${many(good, 'resource')} conform${good === 1 ? 's' : ''}`,
  };
  await console.report(issues.length === 0 ? { ...outcome, issue: [none] } : outcome, [
    ...issues.map((one) => `${one.place}: ${one.severity}: ${one.expression}: ${one.diagnostics}`),
    `${many(validated.length, 'resource')}: ${good} without errors, ${validated.length - good} with; ` +
      `${many(count('error'), 'error')}, ${many(count('warning'), 'warning')}, ${many(count('information'), 'remark')}`,
  ]);
}
