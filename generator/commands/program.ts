import { Command, CommanderError, Option } from 'commander';
import { type Impact, IMPACTS } from '../diff/change.js';
import { loadConfig } from '../config/load-config.js';
import { serverUrl } from '../config/server-url.js';
import { UsageError } from '../errors.js';
import { Console, type Streams } from './console.js';
import type { Context, SourceOptions } from './context.js';
import type { BumpFlags } from './bump.js';
import type { DiffFlags } from './diff.js';
import type { GenerateFlags } from './generate.js';
import type { PackageFlags } from './one-package.js';
import type { MigrateFlags } from './migrate.js';
import type { PinFlags } from './pin.js';
import type { SampleFlags } from './sample.js';
import type { ValidateFlags } from './validate.js';

/** The environment of the command line. */
export interface ProgramOptions extends Omit<Context, 'console' | 'config'> {
  readonly streams: Streams;
}

/** Flags that every command has. */
interface CommonFlags extends SourceOptions {
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly json?: boolean;
  readonly config?: string;
}

const PACKAGE = 'name#version, name (installed by npm), npm:name@version, a package folder or a .tgz';
const SPEC = `${PACKAGE}, or a pinned file (.json)`;
const COMPARED = `${SPEC}, an output folder, or git:<revision>:<path> of a pinned file or an output folder`;

/** The help of the program and of each command. */
const EXAMPLES = {
  '': `  fhir-profile-codegen init hl7.fhir.us.core#7.0.0
  fhir-profile-codegen generate
  fhir-profile-codegen explain us-core-patient name`,
  init: `  fhir-profile-codegen init hl7.fhir.us.core#7.0.0`,
  generate: `  fhir-profile-codegen generate
  fhir-profile-codegen generate hl7.fhir.us.core#7.0.0 --profile us-core-patient --out src/models`,
  check: `  fhir-profile-codegen check`,
  pin: `  fhir-profile-codegen pin hl7.fhir.us.core#7.0.0`,
  diff: `  fhir-profile-codegen diff hl7.fhir.us.core#6.1.0 hl7.fhir.us.core#7.0.0 --format markdown
  fhir-profile-codegen diff src/models hl7.fhir.us.core#7.0.0 --profile us-core-patient --fail-on breaking`,
  bump: `  fhir-profile-codegen bump hl7.fhir.us.core#7.0.0 --dry-run`,
  migrate: `  fhir-profile-codegen migrate hl7.fhir.us.core#6.1.0 hl7.fhir.us.core#7.0.0 src`,
  list: `  fhir-profile-codegen list
  fhir-profile-codegen list hl7.fhir.us.core#7.0.0 --json`,
  explain: `  fhir-profile-codegen explain FRImagingStudyDocument
  fhir-profile-codegen explain FRImagingStudyDocument series.laterality`,
  sample: `  fhir-profile-codegen sample FRImagingStudyDocument --seed 7
  fhir-profile-codegen sample us-core-patient --package hl7.fhir.us.core#7.0.0 --full`,
  validate: `  fhir-profile-codegen validate study.json --profile FRImagingStudyDocument
  fhir-profile-codegen validate received/*.json export.ndjson --json
  fhir-profile-codegen sample FRImagingStudyDocument | fhir-profile-codegen validate -`,
} as const;

/**
 * Runs one command line.
 *
 * @param args the arguments, without the name of the program
 * @param options the environment
 * @returns exit code: 0 success, 1 the run failed or found differences or errors
 * @throws UsageError when the command line is not valid; whatever a command throws
 */
export async function runProgram(args: readonly string[], options: ProgramOptions): Promise<number> {
  let code = 0;
  const program = programOf(options, (result) => {
    code = result;
  });
  if (args.length === 0)
    throw new UsageError(
      'a command is missing: init, generate, check, pin, diff, bump, migrate, list, explain, sample or validate; see --help',
    );
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    throw new UsageError(`${error.message.replace(/^error: |\.$/g, '')}; see --help`);
  }
  return code;
}

function programOf(options: ProgramOptions, done: (code: number) => void): Command {
  const contextOf = async (
    { quiet = false, verbose = false, json = false, config }: CommonFlags,
    reads = true,
  ): Promise<Context> => ({
    ...options,
    console: new Console(options.streams, { quiet, verbose, json }),
    config: reads ? await loadConfig(options.cwd, config) : undefined,
  });
  const program = new Command('fhir-profile-codegen')
    .description('Typed TypeScript profile models from FHIR Implementation Guides.')
    .version(options.project.identity.version)
    .exitOverride()
    .configureOutput({
      writeOut: options.streams.out,
      // Errors arrive as one exception and are printed in one place.
      writeErr: () => undefined,
      outputError: () => undefined,
    })
    .showSuggestionAfterError();

  const generate = program
    .command('generate')
    .description('write the models of a package, or those of the configuration or the pinned snapshot')
    .argument('[spec]', SPEC);
  const check = program
    .command('check')
    .description('check that the output is what generate would write; write nothing')
    .argument('[spec]', SPEC);
  for (const command of [generate, check]) {
    addProfiles(command).addOption(filled('--out <dir>', 'output folder (default: generated)')).addOption(also());
  }
  const pin = addProfiles(
    program.command('pin').description('write the pinned snapshot of a package').argument('<spec>', PACKAGE),
  )
    .addOption(also())
    .addOption(
      filled(
        '--out <file>',
        'file to write (default: fhir-pinned.json, which generate reads if no package is named; in a checkout: generator/pinned.json)',
      ),
    );
  const diff = program
    .command('diff')
    .description('report what changed between two packages, and what breaks programs that use the models')
    .argument('<old>', COMPARED)
    .argument('<new>', 'as <old>')
    .addOption(
      new Option('--format <format>', 'format of the report')
        .choices(['text', 'json', 'markdown', 'html', 'github', 'junit'])
        .default('text'),
    )
    .addOption(
      new Option(
        '--profile <profile>',
        'only changes that affect this profile: canonical, id or name; may be repeated',
      ).argParser(added),
    )
    .addOption(
      new Option(
        '--impact <impact>',
        `list only changes of this impact: ${IMPACTS.join(', ')}; may be repeated`,
      ).argParser(impact),
    )
    .addOption(new Option('--all', 'list all changes as text, not a one-screen summary'))
    .addOption(new Option('--fail-on <impact>', 'exit with 1 if there is such a change').choices(['breaking']))
    .addOption(mapping())
    .addOption(new Option('--prove', 'check the verdicts with the compiler; exit with 1 if one is wrong'));
  const init = program
    .command('init')
    .description('write a configuration, and a script into package.json')
    .argument('[spec]', `package to generate: ${PACKAGE}`);
  const list = program
    .command('list')
    .description('list the profiles of a package')
    .argument('[spec]', SPEC)
    .addOption(new Option('--all', 'include the profiles that those of the package refer to'));
  const explain = addPackage(
    program
      .command('explain')
      .description('explain what a profile or an element requires, and what enforces it')
      .argument('<profile>', 'canonical, id or name')
      .argument('[element]', 'path or id: series.laterality, identifier:studyInstanceUid.system'),
  );
  const sample = addPackage(
    program
      .command('sample')
      .description('print an instance of a profile that its own guard accepts')
      .argument('<profile>', 'canonical, id or name')
      .addOption(new Option('--minimal', 'required elements only (default: must-support elements as well)'))
      .addOption(new Option('--full', 'all elements that the profile mentions').conflicts('minimal'))
      .addOption(new Option('--seed <number>', 'number that selects other codes and types').argParser(wholeNumber)),
  );
  const validate = addPackage(
    program
      .command('validate')
      .description('validate the resources in files; exit with 1 if one does not conform')
      .argument('<files...>', 'JSON, or NDJSON with one resource per line (.ndjson); - for standard input')
      .addOption(
        filled(
          '--profile <profile>',
          'canonical or name (default: the profiles in meta.profile); applies to entries of a Bundle too',
        ),
      )
      .addOption(filled('--models <dir>', 'generated models (default: the output folder, if it exists)'))
      .addOption(new Option('--language <language>', 'language of the messages').choices(['en', 'fr'])),
  );
  const bump = addProfiles(
    program
      .command('bump')
      .description('update the pinned snapshot and its models to a new version of the guide, with a changelog')
      .argument('<spec>', PACKAGE),
  )
    .addOption(filled('--out <dir>', 'output folder (default: generated)'))
    .addOption(filled('--pinned <file>', 'pinned file (default: the one that generate reads)'))
    .addOption(also())
    .addOption(mapping())
    .addOption(new Option('--force', 'run even if git has uncommitted changes'))
    .addOption(new Option('--dry-run', 'show what would be done; write nothing'));
  const migrate = program
    .command('migrate')
    .description('update programs to a new version of the guide: renamed exports and import paths')
    .argument('<old>', COMPARED)
    .argument('<new>', 'as <old>')
    .argument('[files...]', 'files and folders (default: the current folder)')
    .addOption(filled('--out <dir>', 'output folder that programs import by path (default: generated)'))
    .addOption(mapping())
    .addOption(filled('--npm-name <name>', 'npm name of the models (default: that of generate)'))
    .addOption(new Option('--dry-run', 'show what would be done; write nothing'));
  const commands = { generate, check, pin, diff, init, list, explain, sample, validate, bump, migrate };
  for (const command of Object.values(commands)) addCommon(command);
  for (const [name, text] of Object.entries(EXAMPLES)) {
    (name === '' ? program : commands[name as keyof typeof commands]).addHelpText('after', `\nExamples:\n${text}`);
  }

  generate.action(async (spec: string | undefined, flags: GenerateFlags & CommonFlags) => {
    done(await (await import('./generate.js')).runGenerate(spec, flags, await contextOf(flags)));
  });
  check.action(async (spec: string | undefined, flags: GenerateFlags & CommonFlags) => {
    done(await (await import('./check.js')).runCheck(spec, flags, await contextOf(flags)));
  });
  pin.action(async (spec: string, flags: PinFlags & CommonFlags) => {
    done(await (await import('./pin.js')).runPin(spec, flags, await contextOf(flags)));
  });
  diff.action(async (old: string, next: string, flags: DiffFlags & CommonFlags) => {
    const effective = flags.json === true ? { ...flags, format: 'json' as const } : flags;
    done(await (await import('./diff.js')).runDiff(old, next, effective, await contextOf(flags)));
  });
  init.action(async (spec: string | undefined, flags: CommonFlags) => {
    done(await (await import('./init.js')).runInit(spec, await contextOf(flags, false)));
  });
  list.action(async (spec: string | undefined, flags: PackageFlags & CommonFlags) => {
    done(await (await import('./list.js')).runList(spec, flags, await contextOf(flags)));
  });
  explain.action(async (profile: string, element: string | undefined, flags: PackageFlags & CommonFlags) => {
    done(await (await import('./explain.js')).runExplain(profile, element, flags, await contextOf(flags)));
  });
  sample.action(async (profile: string, flags: SampleFlags & CommonFlags) => {
    done(await (await import('./sample.js')).runSample(profile, flags, await contextOf(flags)));
  });
  validate.action(async (files: readonly string[], flags: ValidateFlags & CommonFlags) => {
    done(await (await import('./validate.js')).runValidate(files, flags, await contextOf(flags)));
  });
  bump.action(async (spec: string, flags: BumpFlags & CommonFlags) => {
    done(await (await import('./bump.js')).runBump(spec, flags, await contextOf(flags)));
  });
  migrate.action(async (old: string, next: string, files: string[], flags: MigrateFlags & CommonFlags) => {
    done(await (await import('./migrate.js')).runMigrate(old, next, files, flags, await contextOf(flags)));
  });
  return program;
}

function also(): Option {
  return new Option('--also <spec>', 'package to add to the same output; may be repeated').argParser(added);
}

function addPackage(command: Command): Command {
  return command.addOption(
    filled('--package <spec>', 'package (default: that of the configuration, or the pinned snapshot)'),
  );
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--seed ${text}: must be a whole number`);
  return Number(text);
}

function addProfiles(command: Command): Command {
  return command.addOption(
    new Option('--profile <profile>', 'canonical, id or name; may be repeated')
      .argParser(added)
      .default([], 'all profiles'),
  );
}

function mapping(): Option {
  return new Option(
    '--map <old=new>',
    'a profile, value set, slice (profile#id) or package, and its new name; may be repeated',
  ).argParser(mapped);
}

/** `old=new`, each a canonical, id or name. A canonical has no `=` except after a `?`. */
function mapped(
  value: string,
  all: readonly (readonly [string, string])[] = [],
): readonly (readonly [string, string])[] {
  const [, from, to] = /^([^=]+)=([^=]+)$/.exec(value) ?? [];
  if (from === undefined || to === undefined) throw new UsageError(`"${value}" is not a mapping: write old=new`);
  const other = all.find(([one]) => one === from)?.[1] ?? to;
  if (other !== to) throw new UsageError(`--map maps ${from} to ${other} and to ${to}: map it once`);
  return [...all, [from, to]];
}

function impact(value: string, all: readonly Impact[] = []): readonly Impact[] {
  const known = IMPACTS.find((one) => one === value);
  if (known === undefined) throw new UsageError(`--impact ${value}: must be one of ${IMPACTS.join(', ')}`);
  return [...all, known];
}

/** The values of an option that may be repeated. */
function added(value: string, all: readonly string[] | undefined): readonly string[] {
  return [...(all ?? []), value];
}

function addCommon(command: Command): Command {
  return command
    .addOption(filled('--fhir-cache <dir>', 'FHIR package cache (default: ~/.fhir/packages)'))
    .addOption(filled('--registry <url>', 'FHIR package registry').argParser((url) => serverUrl(url, 'registry')))
    .addOption(
      filled('--build-server <url>', 'server for name#current (default: https://build.fhir.org)').argParser((url) =>
        serverUrl(url, 'build server'),
      ),
    )
    .addOption(new Option('--offline', 'use no registry and no build server'))
    .addOption(
      new Option('--with <spec>', 'prefer this package when resolving dependencies; may be repeated').argParser(added),
    )
    .addOption(filled('--config <file>', 'configuration (default: fhir-codegen.config.ts, .mts, .js or .mjs)'))
    .addOption(new Option('--quiet', 'print errors and results only'))
    .addOption(new Option('--verbose', 'print each warning separately').conflicts('quiet'))
    .addOption(new Option('--json', 'print one JSON summary on standard output'));
}

/** An option whose value must not be empty: an empty path would be the current folder. */
function filled(flags: string, description: string): Option {
  return new Option(flags, description).argParser((value: string) => {
    if (value === '') throw new UsageError(`the value of ${flags.split(' ')[0] ?? flags} is empty`);
    return value;
  });
}
