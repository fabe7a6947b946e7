import type { RenderChoices } from './context.js';
import type { GeneratorIdentity } from './manifest.js';
import type { PackageJson } from './package-json.js';
import type { RenderTemplate } from './templates.js';

/** The input of the render stage besides the model. */
export interface RenderInput {
  readonly template: RenderTemplate;
  /** Files of the runtime, copied as they are: name (`validate.ts`) and text. */
  readonly runtime: ReadonlyMap<string, string>;
  readonly generator: GeneratorIdentity;
  /** npm name of the generated package. */
  readonly npmName: string;
  readonly npmVersion: string;
  /** Members of its package.json about who publishes it. */
  readonly packageJson?: PackageJson | undefined;
  /** A union has at most this many codes. */
  readonly codeLimit: number;
  /** Current folder by former folder, for import paths of older programs; none if absent. */
  readonly formerFolders?: ReadonlyMap<string, string>;
  /** The ledger of names as text, of those that some module declares. */
  readonly ledger: (declares: (file: string, identifier: string) => boolean) => string;
  readonly choices?: RenderChoices;
  /** Called after each module, with the number of finished modules and of all modules. */
  readonly onModule?: ((done: number, all: number) => void) | undefined;
}
