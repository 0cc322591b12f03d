import { useEffect, useRef } from 'react';
import { cleanNodes } from './richText';

/** Rich text as it is read. */
export function RichText({ html }: { html: string }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.replaceChildren(cleanNodes(html)), [html]);
  return <div ref={place} className="tn-rich-text" />;
}
