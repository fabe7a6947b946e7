/** Longest name of an unknown member that is shown. */
const NAME_LIMIT = 80;

/** A path from the root type, names and indexes, as FHIRPath. */
export function expressionOf(path: readonly (string | number)[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${identifier(step)}`))
    .join('')
    .slice(1);
}

/** A name as FHIRPath writes it: between backticks when it is a keyword or no plain name (FHIRPath, "Identifiers"). */
function identifier(name: string): string {
  const short = name.slice(0, NAME_LIMIT);
  if (/^(?!(?:and|div|false|implies|mod|or|true|xor)$)[A-Za-z_]\w*$/.test(short)) return short;
  return `\`${JSON.stringify(short).slice(1, -1).replace(/`/g, '\\`')}\``;
}
