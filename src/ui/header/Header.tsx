/** The name of the product, the way to the Lab, and what concerns the whole page. */
import { lazy, Suspense, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { Button } from '../shared/Button.tsx';
import { FileIcon, HelpIcon, LogoIcon, SettingsIcon, ThemeIcon } from '../shared/icons.tsx';
import { KeyCap } from '../shared/KeyCap.tsx';
import { useView, useViewActions } from '../shared/lab.tsx';
import { nextTheme } from '../shared/themeChoice.ts';
import './header.css';

const ScenarioMenu = lazy(async () => {
  const { ScenarioMenu: component } = await import('./ScenarioMenu.tsx');
  return { default: component };
});

export interface HeaderProps {
  readonly theme: 'light' | 'dark';
  /** Shown where the inspector is a drawer. */
  readonly drawer: boolean;
}

export function Header({ theme, drawer }: HeaderProps) {
  const [location] = useLocation();
  const { setTheme, setKeysOpen } = useViewActions();
  return (
    <header className="header">
      <Link className="header__logo" href="/">
        <LogoIcon />
        Migrascope
      </Link>
      <nav aria-label="Places">
        <Link
          className="header__place"
          href="/lab"
          aria-current={location === '/lab' || location === '/' ? 'page' : undefined}
        >
          Lab
        </Link>
      </nav>
      <div className="header__tools">
        <ScenarioButton key={location} />
        {drawer && <DrawerButton />}
        <Button
          look="plain"
          keys="T"
          label={`Theme: ${theme}`}
          onPress={() => setTheme(nextTheme())}
        >
          <ThemeIcon />
          <span className="header__word">{theme === 'dark' ? 'Dark' : 'Light'}</span>
        </Button>
        <Button look="plain" keys="?" label="Keys" onPress={() => setKeysOpen(true)}>
          <HelpIcon />
          <span className="header__word">Keys</span>
          <KeyCap name="?" />
        </Button>
      </div>
    </header>
  );
}

function ScenarioButton() {
  const [open, setOpen] = useState(false);
  return (
    <div className="header__menu">
      <button
        type="button"
        className="button button--plain"
        aria-expanded={open}
        aria-label="Scenario"
        onClick={() => setOpen(!open)}
      >
        <FileIcon />
        <span className="header__word">Scenario</span>
      </button>
      {open && (
        <Suspense>
          <ScenarioMenu onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}

function DrawerButton() {
  const open = useView((view) => view.drawerOpen);
  const { setDrawerOpen } = useViewActions();
  return (
    <button
      type="button"
      className="button button--plain"
      aria-expanded={open}
      aria-label="Inspector"
      aria-keyshortcuts="I"
      onClick={() => setDrawerOpen(!open)}
    >
      <SettingsIcon />
      <span className="header__word">Inspector</span>
      <KeyCap name="I" />
    </button>
  );
}
