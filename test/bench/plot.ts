import type { Plot, Point } from './section.js';

const WIDTH = 640;
const HEIGHT = 360;
const MARGIN = { left: 64, right: 150, top: 36, bottom: 48 };

/** Colours that are distinguishable in print and with colour blindness (Okabe and Ito). */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'];

/**
 * A chart with logarithmic axes.
 *
 * @param plot the data
 * @returns SVG, readable on light and dark pages
 */
export function svgOf(plot: Plot): string {
  const points = plot.lines.flatMap((line) => line.points);
  const x = axisOf(points.map(([value]) => value));
  const y = axisOf(points.map(([, value]) => value));
  const place = ([a, b]: Point): string => `${round(placeX(a))},${round(placeY(b))}`;
  const placeX = (value: number): number => MARGIN.left + x.share(value) * (WIDTH - MARGIN.left - MARGIN.right);
  const placeY = (value: number): number =>
    HEIGHT - MARGIN.bottom - y.share(value) * (HEIGHT - MARGIN.top - MARGIN.bottom);
  const right = WIDTH - MARGIN.right;
  const bottom = HEIGHT - MARGIN.bottom;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<title>${escaped(plot.title)}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    text(MARGIN.left, 20, plot.title, 'font-weight="bold"'),
    ...x.ticks.flatMap((tick) => [
      `<path d="M${round(placeX(tick))} ${MARGIN.top}V${bottom}" stroke="#ddd"/>`,
      text(placeX(tick), bottom + 16, label(tick), 'text-anchor="middle"'),
    ]),
    ...y.ticks.flatMap((tick) => [
      `<path d="M${MARGIN.left} ${round(placeY(tick))}H${right}" stroke="#ddd"/>`,
      text(MARGIN.left - 6, placeY(tick) + 4, label(tick), 'text-anchor="end"'),
    ]),
    text((MARGIN.left + right) / 2, HEIGHT - 12, plot.x, 'text-anchor="middle"'),
    text(
      14,
      (MARGIN.top + bottom) / 2,
      plot.y,
      `text-anchor="middle" transform="rotate(-90 14 ${(MARGIN.top + bottom) / 2})"`,
    ),
    ...plot.lines.flatMap((line, at) => {
      const colour = COLOURS[at % COLOURS.length] ?? '#000';
      const end = line.points.at(-1);
      return [
        `<polyline points="${line.points.map(place).join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>`,
        ...line.points.map(
          ([a, b]) => `<circle cx="${round(placeX(a))}" cy="${round(placeY(b))}" r="3" fill="${colour}"/>`,
        ),
        ...(end === undefined ? [] : [text(right + 8, placeY(end[1]) + 4, line.name, `fill="${colour}"`)]),
      ];
    }),
    '</svg>',
    '',
  ].join('\n');
}

/** The next power of ten above all values. */
function axisOf(values: readonly number[]): {
  readonly ticks: readonly number[];
  readonly share: (value: number) => number;
} {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
  return {
    ticks: Array.from({ length: high - low + 1 }, (_, at) => 10 ** (low + at)),
    share: (value) => (Math.log10(value) - low) / (high - low),
  };
}

function text(x: number, y: number, content: string, attributes: string): string {
  return `<text x="${round(x)}" y="${round(y)}" ${attributes}>${escaped(content)}</text>`;
}

function label(value: number): string {
  return value >= 1 ? value.toLocaleString('en') : String(Number(value.toPrecision(1)));
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
