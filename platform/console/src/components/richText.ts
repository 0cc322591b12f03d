/** What the server keeps of rich text; anything else is shown as its text alone. */
const ELEMENTS = new Set([
  'p', 'br', 'h1', 'h2', 'h3', 'h4', 'b', 'strong', 'i', 'em', 'u', 's', 'ul', 'ol', 'li', 'blockquote', 'pre', 'code', 'hr', 'a',
]);
const DROPPED = new Set(['script', 'style', 'template', 'iframe', 'object', 'svg', 'math']);
const LINES = new Set(['p', 'br', 'h1', 'h2', 'h3', 'h4', 'ul', 'ol', 'li', 'blockquote', 'pre', 'hr', 'div']);

export const isLink = (address: string) => /^(https?:\/\/|mailto:|tel:)/i.test(address);

/**
 * The nodes of rich text, made anew from what is allowed. The server cleans every value that it stores; a value may be
 * older than its field's type, and pasted text comes from anywhere. A parsed document runs and loads nothing.
 */
export function cleanNodes(html: string): DocumentFragment {
  const clean = document.createDocumentFragment();
  copy(new DOMParser().parseFromString(html, 'text/html').body, clean);
  return clean;
}

function copy(from: Node, into: Node) {
  for (const node of from.childNodes) {
    if (node instanceof Text) {
      into.appendChild(document.createTextNode(node.data));
    } else if (node instanceof Element) {
      const name = node.localName === 'div' ? 'p' : node.localName;
      if (DROPPED.has(name)) continue;
      const target = ELEMENTS.has(name) ? into.appendChild(document.createElement(name)) : into;
      const address = node.getAttribute('href');
      if (target instanceof HTMLAnchorElement && address && isLink(address)) {
        target.href = address;
        target.target = '_blank';
        target.rel = 'noopener noreferrer nofollow';
      }
      copy(node, target);
    }
  }
}

export function cleanHtml(html: string): string {
  const holder = document.createElement('div');
  holder.append(cleanNodes(html));
  return holder.innerHTML;
}

/** The text in one line. */
export function plainText(html: string): string {
  const parts: string[] = [];
  const collect = (from: Node) => {
    for (const node of from.childNodes) {
      if (node instanceof Text) parts.push(node.data);
      else {
        const line = LINES.has((node as Element).localName);
        if (line) parts.push(' ');
        collect(node);
        if (line) parts.push(' ');
      }
    }
  };
  collect(cleanNodes(html));
  return parts.join('').replace(/\s+/g, ' ').trim();
}
