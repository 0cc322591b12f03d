const SCALAR = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const NAME = /"(?:[^"\\\u0000-\u001f]|\\.)*"/y;

/** Where a text stops being JSON, from 0; null for JSON. Browsers tell it in many words, some of them not at all. */
export function jsonFault(text: string): { at: number; message: string } | null {
  if (text.trim() === '') return null;
  try {
    JSON.parse(text);
    return null;
  } catch (fault) {
    return { at: placeOf(text), message: fault instanceof Error ? fault.message : String(fault) };
  }
}

function placeOf(text: string): number {
  let at = 0;
  const space = () => {
    while (/\s/.test(text.charAt(at))) at++;
  };
  const takes = (pattern: RegExp) => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    at = pattern.lastIndex;
    return true;
  };
  const next = (sign: string) => {
    space();
    if (text.charAt(at) !== sign) return false;
    at++;
    return true;
  };
  const items = (end: string, item: () => boolean): boolean => {
    if (next(end)) return true;
    do {
      if (!item()) return false;
    } while (next(','));
    return next(end);
  };
  const member = () => {
    space();
    return takes(NAME) && next(':') && value();
  };
  const value = (): boolean => {
    if (next('{')) return items('}', member);
    if (next('[')) return items(']', value);
    return takes(SCALAR);
  };
  if (value()) space();
  return at;
}

/** JSON as people read it: the text stays as it is where a number would lose digits. */
export function formattedJson(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text ? JSON.stringify(value, null, 2) : text;
  } catch {
    return text;
  }
}
