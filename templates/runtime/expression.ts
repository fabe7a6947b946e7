/** Longest name of an unknown member that a message shows. */
const NAME_LIMIT = 80;

/** A path of names and indexes from the root type, as FHIRPath. */
export function expressionOf(path: readonly (string | number)[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${identifier(step)}`))
    .join('')
    .slice(1);
}

/** A name as FHIRPath writes it: in backticks when it is a keyword or not a plain name (FHIRPath, "Identifiers"). */
function identifier(name: string): string {
  const short = name.slice(0, NAME_LIMIT);
  if (/^(?!(?:and|div|false|implies|mod|or|true|xor)$)[A-Za-z_]\w*$/.test(short)) return short;
  return `\`${JSON.stringify(short).slice(1, -1).replace(/`/g, '\\`')}\``;
}
