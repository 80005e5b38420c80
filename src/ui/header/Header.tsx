/** The name of the product, the way to the Lab, and what concerns the whole page. */
import { useCallback, useRef, useState, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { Button } from '../shared/Button.tsx';
import { FileIcon, HelpIcon, LogoIcon, SettingsIcon, ThemeIcon } from '../shared/icons.tsx';
import { KeyCap } from '../shared/KeyCap.tsx';
import { useView, useViewActions } from '../shared/lab.tsx';
import { useHidden } from '../shared/Panel.tsx';
import { createPart } from '../shared/parts.ts';
import { ShowAllPanels } from '../shared/ShowAllPanels.tsx';
import { nextTheme } from '../shared/themeChoice.ts';
import { Wing } from '../shared/Wing.tsx';
import { EditIcon } from './EditIcon.tsx';
import { ShareIcon } from './ShareIcon.tsx';
import './header.css';

const ScenarioMenu = createPart(async () => (await import('./ScenarioMenu.tsx')).ScenarioMenu);

const places: readonly { readonly href: string; readonly name: ReactNode }[] = [
  { href: '/lab', name: 'Lab' },
  { href: '/compare', name: 'Compare' },
  {
    href: '/storage',
    name: (
      <>
        LUNs<span className="header__word">&nbsp;and CSV</span>
      </>
    ),
  },
  { href: '/map', name: 'Map' },
];

function isLab(location: string): boolean {
  return location === '/lab' || location === '/';
}

export interface HeaderProps {
  readonly theme: 'light' | 'dark';
  /** Shown where the inspector is a drawer. */
  readonly drawer: boolean;
}

export function Header({ theme, drawer }: HeaderProps) {
  const [location] = useLocation();
  const inLab = isLab(location);
  const { setTheme, setKeysOpen } = useViewActions();
  return (
    <header className="header">
      <Link className="header__logo" href="/">
        <LogoIcon />
        <span className="header__name">Migrascope</span>
      </Link>
      <nav aria-label="Places">
        {places.map(({ href, name }) => (
          <Link
            key={href}
            className="header__place"
            href={href}
            aria-current={location === href || (href === '/lab' && inLab) ? 'page' : undefined}
          >
            {name}
          </Link>
        ))}
      </nav>
      <div className="header__tools">
        {inLab && <ShowAllPanels />}
        {inLab && <ClusterTools key={location} />}
        <ShareButton inMenu={inLab} />
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

/** What concerns the cluster of the Lab. */
function ClusterTools() {
  const { setEditorOpen } = useViewActions();
  return (
    <>
      <ScenarioButton />
      <Button
        look="plain"
        className="header__inmenu"
        keys="E"
        label="Edit the cluster"
        onPress={() => setEditorOpen(true)}
      >
        <EditIcon />
        <span className="header__word">Edit</span>
        <KeyCap name="E" />
      </Button>
    </>
  );
}

/** @param inMenu On phones the menu of scenarios has it. */
function ShareButton({ inMenu }: { readonly inMenu: boolean }) {
  const { setShareOpen } = useViewActions();
  return (
    <Button
      look="plain"
      className={inMenu ? 'header__inmenu' : ''}
      keys="K"
      label="Share and save"
      onPress={() => setShareOpen(true)}
    >
      <ShareIcon />
      <span className="header__word">Share</span>
      <KeyCap name="K" />
    </Button>
  );
}

function ScenarioButton() {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = useCallback((withFocus?: boolean) => {
    setOpen(false);
    if (withFocus === true) button.current?.focus();
  }, []);
  return (
    <div className="header__menu">
      <button
        ref={button}
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
        <Wing name="The menu of scenarios" place="menu" onClose={() => close(true)}>
          <ScenarioMenu onClose={close} />
        </Wing>
      )}
    </div>
  );
}

function DrawerButton() {
  const hidden = useHidden('inspector');
  const open = useView((view) => view.drawerOpen);
  const { setDrawerOpen } = useViewActions();
  if (hidden) return null;
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
