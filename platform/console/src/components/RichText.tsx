import {
  BoldOutlined,
  ItalicOutlined,
  LinkOutlined,
  OrderedListOutlined,
  StrikethroughOutlined,
  UnderlineOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons';
import { Button, ConfigProvider, Input, Popover, Space } from 'antd';
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { cleanHtml, cleanNodes, isLink } from './richText';

/** Rich text as it is read. */
export function RichText({ html }: { html: string }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.replaceChildren(cleanNodes(html)), [html]);
  return <div ref={place} className="tn-rich-text" />;
}

interface Props {
  value: string | null;
  onChange: (html: string | null) => void;
  id?: string;
}

/** Edits rich text: the browser's own editing of a region, with the commands that the server keeps the elements of. */
export function RichTextInput({ value, onChange, id }: Props) {
  const { t } = useTranslation();
  const region = useRef<HTMLDivElement>(null);
  const given = useRef<string | null>(null);
  const disabled = ConfigProvider.useConfig().componentDisabled === true;

  useEffect(() => {
    // What was typed here is in the region already; writing it again would move the cursor.
    if (region.current && (value ?? '') !== (given.current ?? '')) {
      region.current.replaceChildren(cleanNodes(value ?? ''));
      given.current = value;
    }
  }, [value]);

  const tell = () => {
    const element = region.current;
    if (!element) return;
    const empty = element.textContent?.trim() === '' && !element.querySelector('hr');
    given.current = empty ? null : element.innerHTML;
    onChange(given.current);
  };
  const run = (command: string, argument?: string) => {
    region.current?.focus();
    document.execCommand(command, false, argument);
    tell();
  };
  const heading = () => {
    const now = document.queryCommandValue('formatBlock').toLowerCase();
    run('formatBlock', now === 'h3' ? 'p' : 'h3');
  };

  return (
    <div className="tn-rich-input">
      <Space size={2} wrap role="toolbar" aria-label={t('richText.toolbar')} style={{ padding: 2 }}>
        <Tool label={t('richText.bold')} icon={<BoldOutlined />} run={() => run('bold')} />
        <Tool label={t('richText.italic')} icon={<ItalicOutlined />} run={() => run('italic')} />
        <Tool label={t('richText.underline')} icon={<UnderlineOutlined />} run={() => run('underline')} />
        <Tool label={t('richText.strike')} icon={<StrikethroughOutlined />} run={() => run('strikeThrough')} />
        <Tool label={t('richText.heading')} icon={<strong>H</strong>} run={heading} />
        <Tool label={t('richText.bullets')} icon={<UnorderedListOutlined />} run={() => run('insertUnorderedList')} />
        <Tool label={t('richText.numbers')} icon={<OrderedListOutlined />} run={() => run('insertOrderedList')} />
        <LinkTool region={region} run={run} />
      </Space>
      <div
        ref={region}
        id={id}
        role="textbox"
        aria-multiline
        tabIndex={0}
        className="tn-rich-text"
        contentEditable={!disabled}
        suppressContentEditableWarning
        onFocus={() => document.execCommand('defaultParagraphSeparator', false, 'p')}
        onInput={tell}
        onPaste={(event) => {
          const html = event.clipboardData.getData('text/html');
          if (!html) return; // Plain text the browser inserts as it is.
          event.preventDefault();
          run('insertHTML', cleanHtml(html));
        }}
      />
    </div>
  );
}

function Tool({ label, icon, run }: { label: string; icon: ReactNode; run: () => void }) {
  return (
    <Button
      type="text"
      size="small"
      title={label}
      aria-label={label}
      icon={icon}
      // The selection in the text must not get lost.
      onMouseDown={(event) => event.preventDefault()}
      onClick={run}
    />
  );
}

function LinkTool({ region, run }: { region: RefObject<HTMLDivElement | null>; run: (command: string, argument?: string) => void }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [address, setAddress] = useState('');
  const selected = useRef<Range | null>(null);

  const begin = () => {
    const selection = getSelection();
    const range = selection && selection.rangeCount > 0 ? selection.getRangeAt(0) : null;
    selected.current = range && region.current?.contains(range.commonAncestorContainer) ? range.cloneRange() : null;
    setAddress('');
    setOpen(true);
  };
  const link = () => {
    setOpen(false);
    region.current?.focus();
    if (selected.current) {
      getSelection()?.removeAllRanges();
      getSelection()?.addRange(selected.current);
    }
    if (address === '') run('unlink');
    else if (getSelection()?.isCollapsed) run('insertHTML', anchor(address));
    else run('createLink', address);
  };
  return (
    <Popover
      open={open}
      trigger="click"
      onOpenChange={(next) => !next && setOpen(false)}
      content={
        <Space.Compact style={{ width: 320 }}>
          <Input
            autoFocus
            aria-label={t('richText.address')}
            placeholder="https://"
            value={address}
            status={address !== '' && !isLink(address) ? 'error' : undefined}
            onChange={(event) => setAddress(event.target.value.trim())}
          />
          <Button type="primary" disabled={address !== '' && !isLink(address)} onClick={link}>
            {address === '' ? t('richText.unlink') : t('richText.link')}
          </Button>
        </Space.Compact>
      }
    >
      <Tool label={t('richText.link')} icon={<LinkOutlined />} run={begin} />
    </Popover>
  );
}

function anchor(address: string): string {
  const element = document.createElement('a');
  element.href = address;
  element.textContent = address;
  return element.outerHTML;
}
