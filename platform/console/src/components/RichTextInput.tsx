import {
  BoldOutlined,
  ItalicOutlined,
  LinkOutlined,
  OrderedListOutlined,
  StrikethroughOutlined,
  UnderlineOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons';
import { EditorContent, useEditor, useEditorState, type Editor } from '@tiptap/react';
import { StarterKit } from '@tiptap/starter-kit';
import { Button, ConfigProvider, Input, Popover, Space } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { cleanHtml, isLink } from './richText';

/** The elements that the server keeps, and no more. */
const EXTENSIONS = [
  StarterKit.configure({
    heading: { levels: [1, 2, 3, 4] },
    trailingNode: false,
    link: { openOnClick: false, isAllowedUri: (address) => isLink(address), HTMLAttributes: { target: null, rel: null } },
  }),
];

/** Edits rich text. What is pasted is reduced to what the server keeps before it is seen. */
export default function RichTextInput({ value, onChange, id }: { value: string | null; onChange: (html: string | null) => void; id?: string }) {
  const given = useRef(value);
  const disabled = ConfigProvider.useConfig().componentDisabled === true;
  const editor = useEditor({
    extensions: EXTENSIONS,
    content: cleanHtml(value ?? ''),
    editorProps: {
      attributes: { class: 'tn-rich-text', role: 'textbox', 'aria-multiline': 'true', ...(id ? { id } : {}) },
      transformPastedHTML: cleanHtml,
    },
    onUpdate: ({ editor: changed }) => {
      given.current = changed.isEmpty ? null : changed.getHTML();
      onChange(given.current);
    },
  });

  useEffect(() => {
    // What was typed here is in the editor already; writing it again would move the cursor.
    if ((value ?? '') !== (given.current ?? '')) {
      editor.commands.setContent(cleanHtml(value ?? ''), { emitUpdate: false });
      given.current = value;
    }
  }, [editor, value]);
  useEffect(() => editor.setEditable(!disabled, false), [editor, disabled]);

  return (
    <div className="tn-rich-input">
      <Toolbar editor={editor} />
      <EditorContent editor={editor} />
    </div>
  );
}

function Toolbar({ editor }: { editor: Editor }) {
  const { t } = useTranslation();
  const on = useEditorState({
    editor,
    selector: ({ editor: at }) => ({
      bold: at.isActive('bold'),
      italic: at.isActive('italic'),
      underline: at.isActive('underline'),
      strike: at.isActive('strike'),
      heading: at.isActive('heading'),
      bullets: at.isActive('bulletList'),
      numbers: at.isActive('orderedList'),
      link: at.isActive('link'),
    }),
  });
  const chain = () => editor.chain().focus();
  return (
    <Space size={2} wrap role="toolbar" aria-label={t('richText.toolbar')} style={{ padding: 2 }}>
      <Tool label={t('richText.bold')} on={on.bold} icon={<BoldOutlined />} run={() => chain().toggleBold().run()} />
      <Tool label={t('richText.italic')} on={on.italic} icon={<ItalicOutlined />} run={() => chain().toggleItalic().run()} />
      <Tool label={t('richText.underline')} on={on.underline} icon={<UnderlineOutlined />} run={() => chain().toggleUnderline().run()} />
      <Tool label={t('richText.strike')} on={on.strike} icon={<StrikethroughOutlined />} run={() => chain().toggleStrike().run()} />
      <Tool label={t('richText.heading')} on={on.heading} icon={<strong>H</strong>} run={() => chain().toggleHeading({ level: 3 }).run()} />
      <Tool label={t('richText.bullets')} on={on.bullets} icon={<UnorderedListOutlined />} run={() => chain().toggleBulletList().run()} />
      <Tool label={t('richText.numbers')} on={on.numbers} icon={<OrderedListOutlined />} run={() => chain().toggleOrderedList().run()} />
      <LinkTool editor={editor} on={on.link} />
    </Space>
  );
}

function Tool({ label, icon, on, run }: { label: string; icon: ReactNode; on: boolean; run: () => void }) {
  return (
    <Button
      color={on ? 'primary' : 'default'}
      variant={on ? 'filled' : 'text'}
      size="small"
      title={label}
      aria-label={label}
      aria-pressed={on}
      icon={icon}
      // The selection in the text must not get lost.
      onMouseDown={(event) => event.preventDefault()}
      onClick={run}
    />
  );
}

function LinkTool({ editor, on }: { editor: Editor; on: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [address, setAddress] = useState('');
  const begin = () => {
    setAddress(String(editor.getAttributes('link').href ?? ''));
    setOpen(true);
  };
  const link = () => {
    setOpen(false);
    const at = editor.chain().focus();
    if (address === '') at.extendMarkRange('link').unsetLink().run();
    else if (editor.state.selection.empty && !on) at.insertContent({ type: 'text', text: address, marks: [{ type: 'link', attrs: { href: address } }] }).run();
    else at.extendMarkRange('link').setLink({ href: address }).run();
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
      {/* The popover is placed by an element that it can hold on to. */}
      <span>
        <Tool label={t('richText.link')} on={on} icon={<LinkOutlined />} run={begin} />
      </span>
    </Popover>
  );
}
