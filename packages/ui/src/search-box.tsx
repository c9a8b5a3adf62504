import { SearchOutlined } from '@ant-design/icons';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useUiText } from './lib/i18n.ts';

/** Whether a key press belongs to a field the person is writing in. */
function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}

/** The search across services; `/` puts the cursor in it from anywhere outside a field, Escape leaves it. */
export function SearchBox({ phone, onSearch }: { readonly phone: boolean; readonly onSearch: (text: string) => void }) {
  const t = useUiText();
  const input = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState(false);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
      event.preventDefault();
      setOpen(true);
      input.current?.focus();
      input.current?.select();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const text = input.current?.value.trim();
    if (text) onSearch(text);
  };

  return (
    <div role="search" aria-label={t('shell.search')} className={open ? 'bf-search bf-search--open' : 'bf-search'}>
      {phone && (
        <button
          type="button"
          className="bf-top__icon"
          aria-label={t('shell.searchShort')}
          aria-expanded={open}
          onClick={() => {
            setOpen(!open);
            if (!open) requestAnimationFrame(() => input.current?.focus());
          }}
        >
          <SearchOutlined />
        </button>
      )}
      <form className="bf-search__form" onSubmit={submit}>
        <SearchOutlined className="bf-search__glass" aria-hidden="true" />
        <input
          ref={input}
          type="search"
          className="bf-search__input"
          placeholder={t('shell.search')}
          aria-label={t('shell.search')}
          aria-keyshortcuts="/"
          enterKeyHint="search"
          onKeyDown={(event) => {
            if (event.key === 'Escape') {
              event.currentTarget.blur();
              setOpen(false);
            }
          }}
        />
        <kbd className="bf-search__key" aria-hidden="true">
          /
        </kbd>
      </form>
    </div>
  );
}
