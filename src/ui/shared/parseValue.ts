/**
 * The number in a typed text, or null: "16,000", "4 GB" (in MB), "2.5". Units are looked up in `units`; a bare number
 * has the unit of `shown`, the text it replaces.
 */
export function parseValue(
  text: string,
  units: Readonly<Record<string, number>>,
  shown: string,
): number | null {
  const match = /^\s*(\d[\d,\s]*(?:\.\d+)?|\.\d+)\s*([a-z/]*)\s*$/i.exec(text);
  if (match === null) return null;
  const [, figure = '', unit = ''] = match;
  const factor = unit === '' ? (units[unitOf(shown)] ?? 1) : units[unit.toLowerCase()];
  const value = Number(figure.replace(/[,\s]/g, ''));
  return factor === undefined || !Number.isFinite(value) ? null : value * factor;
}

function unitOf(text: string): string {
  return /[a-z/]*$/i.exec(text.trim())?.[0].toLowerCase() ?? '';
}
