/** A fault in a narrative. */
export interface NarrativeFault {
  readonly rule: 'malformed' | 'txt-1' | 'txt-2';
  /** Ready to be shown. */
  readonly found: string;
}

/** Attributes of all elements, and elements with further attributes. */
const ANY =
  'title style class id lang xml:lang xmlns dir accesskey tabindex span width align valign char charoff abbr axis headers scope rowspan colspan';
const ELEMENTS =
  'p br h1 h2 h3 h4 h5 h6 div span b em i strong small big tt dfn var abbr acronym cite hr address bdo kbd sub sup ul ol li dl dt dd caption colgroup col thead tr tfoot tbody th code samp ' +
  'td=nowrap pre=space,xml:space blockquote=cite q=cite map=name area=shape,coords,href,nohref,alt ' +
  'a=charset,type,name,href,hreflang,rel,rev,shape,coords img=src,border,alt,longdesc,height,usemap,ismap ' +
  'table=summary,border,frame,rules,cellspacing,cellpadding';

/** Each element name with its attributes, built on first use. */
let allowed: ReadonlyMap<string, ReadonlySet<string>> | undefined;

function attributesOf(element: string): ReadonlySet<string> | undefined {
  allowed ??= new Map(
    ELEMENTS.split(' ').map((each) => {
      const [name = '', own = ''] = each.split('=');
      return [name, new Set([...ANY.split(' '), ...own.split(',')])];
    }),
  );
  return allowed.get(element);
}

/**
 * A comment, CDATA, a tag with its attributes, text, or a character reference. It is tried once at each place, and the
 * first failure ends the scan, so that the time is linear. Declarations and processing instructions are not accepted,
 * so no entity is ever declared.
 */
const TOKEN =
  /<!--[^]*?-->|<!\[CDATA\[([^]*?)\]\]>|<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<&]+)|(&(?:#\d+|#x[\da-fA-F]+|[A-Za-z]\w*);)/y;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** An address that runs a script. */
const SCRIPT = /^(?:javascript|vbscript|data:(?!image\/))/i;
const XHTML = 'http://www.w3.org/1999/xhtml';

/**
 * Checks a narrative (FHIR R4, Narrative, "The XHTML content", txt-1 and txt-2): one well-formed `<div>`, the
 * formatting elements of HTML 4 and their attributes, some text or an image; no scripts, forms, events, or external
 * styles.
 *
 * @param show quotes a part of the text
 * @returns the first fault; `undefined` when there is none
 */
export function narrativeFault(text: string, show: (text: string) => string = String): NarrativeFault | undefined {
  const open: string[] = [];
  let isEmpty = true;
  let isOver = false;
  let [at, next] = [0, 0];
  const malformed = (): NarrativeFault => ({ rule: 'malformed', found: show(text.slice(at, at + 30)) });
  for (; next < text.length; at = next) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (!match) return malformed();
    const [, data = '', isEnd, name, attributes = '', isClosed, plain = '', reference = ''] = match;
    next = TOKEN.lastIndex;
    if (name === undefined) {
      const isText = /\S/.test(data + plain) || (reference !== '' && !/^&(?:nbsp|#160|#xa0|#32);$/i.test(reference));
      if (!isText) continue;
      if (open.length === 0) return malformed();
      isEmpty = false;
    } else if (isEnd) {
      if (open.pop() !== name || attributes || isClosed) return malformed();
      isOver = open.length === 0;
    } else {
      if (isOver || (open.length === 0 && name !== 'div')) return malformed();
      const fault = tagFault(name, attributes, show);
      if (fault === 'twice') return malformed();
      if (fault) return { rule: 'txt-1', found: fault.length > 120 ? `${fault.slice(0, 120)}…` : fault };
      if (name === 'img') isEmpty = false;
      if (!isClosed) open.push(name);
      else isOver = open.length === 0;
    }
  }
  if (!isOver) return { rule: 'malformed', found: show(text.slice(-30)) };
  return isEmpty ? { rule: 'txt-2', found: '' } : undefined;
}

function tagFault(name: string, attributes: string, show: (text: string) => string): string | undefined {
  const known = attributesOf(name);
  if (!known) return `<${name}>`;
  if (attributes === '' || attributes === ` xmlns="${XHTML}"`) return undefined;
  const seen = new Set<string>();
  for (const [, attribute = '', double, single] of attributes.matchAll(ATTRIBUTE)) {
    if (seen.has(attribute)) return 'twice';
    seen.add(attribute);
    const value = double ?? single ?? '';
    if (!known.has(attribute) && !attribute.startsWith('data-')) return attribute;
    const isOther = attribute === 'xmlns' && value !== XHTML;
    if (isOther || (/^(?:href|src)$/.test(attribute) && SCRIPT.test(decoded(value)))) {
      return `${attribute}=${show(value)}`;
    }
  }
  return undefined;
}

/** An address as a browser reads it: character references decoded, whitespace and control characters removed. */
function decoded(value: string): string {
  return value
    .replace(/&#(x?)([\da-f]+);?|&(?:Tab|NewLine|colon);?/gi, (text, hex: string | undefined, code?: string) => {
      if (code === undefined) return /colon/i.test(text) ? ':' : '';
      const point = parseInt(code, hex ? 16 : 10);
      return point <= 0x10ffff ? String.fromCodePoint(point) : '';
    })
    .replace(/[\0-\x20]/g, '');
}
