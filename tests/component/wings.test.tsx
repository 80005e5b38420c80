/** What goes wrong in a wing of the page is told in its place, and the rest of the page goes on. */
import { act, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useLab } from '../../src/ui/shared/lab.tsx';
import { createPart, fetchPartsWhileIdle } from '../../src/ui/shared/parts.ts';
import { PageBoundary } from '../../src/ui/PageFault.tsx';
import { Wing } from '../../src/ui/shared/Wing.tsx';
import { presets } from '../../src/scenario/presets.ts';
import { at } from '../../src/base/assert.ts';
import { fakeLab } from '../support/fakeLab.tsx';
import { openLab } from '../support/labPage.tsx';

/** The wing that breaks in its next rendering. */
const broken = vi.hoisted(() => ({ name: '' }));

const breakable = vi.hoisted(() => async (name: string, load: () => Promise<object>) => {
  const { createElement } = await import('react');
  const module = (await load()) as Record<string, () => null>;
  const whole = module[name]!;
  return {
    ...module,
    [name]: (props: object) => {
      if (broken.name === name) throw new Error('planted');
      return createElement(whole, props);
    },
  };
});

vi.mock('../../src/ui/StartScreen.tsx', (load) => breakable('StartScreen', load));
vi.mock('../../src/ui/Lab.tsx', (load) => breakable('Lab', load));
vi.mock('../../src/ui/compare/CompareScreen.tsx', (load) => breakable('CompareScreen', load));
vi.mock('../../src/ui/storage/StorageScreen.tsx', (load) => breakable('StorageScreen', load));
vi.mock('../../src/ui/map/MapScreen.tsx', (load) => breakable('MapScreen', load));
vi.mock('../../src/ui/header/Header.tsx', (load) => breakable('Header', load));
vi.mock('../../src/ui/header/ScenarioMenu.tsx', (load) => breakable('ScenarioMenu', load));
vi.mock('../../src/ui/editor/EditorDialog.tsx', (load) => breakable('EditorDialog', load));
vi.mock('../../src/ui/share/ShareDialog.tsx', (load) => breakable('ShareDialog', load));
vi.mock('../../src/ui/keyboard/KeysDialog.tsx', (load) => breakable('KeysDialog', load));

beforeEach(() => {
  window.localStorage.clear();
  // React tells the console of each error that a boundary has caught.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

afterEach(() => {
  broken.name = '';
  vi.restoreAllMocks();
});

/** What is saved as a file from now on: its name, and its text. */
function savedFiles() {
  const saved: { name: string; content: Blob }[] = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((content) => {
    saved.push({ name: '', content: content as Blob });
    return 'blob:saved';
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(
    this: HTMLAnchorElement,
  ) {
    saved.at(-1)!.name = this.download;
  });
  return saved;
}

async function expectWaysOn(title: string): Promise<HTMLElement> {
  const alert = await screen.findByRole('alert');
  expect(within(alert).getByText(`${title} has stopped`)).toBeTruthy();
  expect(alert.textContent).toContain('Error: planted');
  expect(within(alert).getByRole('button', { name: 'Reload' })).toBeTruthy();
  const saved = savedFiles();
  within(alert).getByRole('button', { name: 'Save the recording' }).click();
  expect(saved.map(({ name }) => name)).toEqual(['calm-web-server-scenario.json']);
  expect(await saved[0]!.content.text()).toContain('"migrascope": 1');
  return alert;
}

describe('a screen that breaks', () => {
  const screens = [
    { component: 'StartScreen', title: 'The first page', hash: '#/' },
    { component: 'Lab', title: 'The Lab', hash: '#/lab' },
    { component: 'CompareScreen', title: 'Compare', hash: '#/compare' },
    { component: 'StorageScreen', title: 'LUNs and CSV', hash: '#/storage' },
    { component: 'MapScreen', title: 'Map', hash: '#/map' },
  ] as const;
  for (const { component, title, hash } of screens) {
    it(`says so in its place (${title}), and the other screens go on`, async () => {
      broken.name = component;
      const { user } = openLab({ hash });
      await expectWaysOn(title);
      const other = hash === '#/storage' ? 'Compare' : 'LUNs and CSV';
      await user.click(screen.getByRole('link', { name: other }));
      await screen.findByRole('heading', { level: 1 });
      expect(screen.queryByRole('alert')).toBeNull();
    });
  }

  it('is tried again on demand, and stays told where that does not help', async () => {
    broken.name = 'Lab';
    const { press } = openLab();
    await screen.findByText('The Lab has stopped');
    await press('Try again');
    await screen.findByText('The Lab has stopped');
    broken.name = '';
    await press('Try again');
    expect(await screen.findByRole('region', { name: 'Transport' })).toBeTruthy();
  });

  it('is tried again with another run', async () => {
    broken.name = 'Lab';
    const { runStore } = openLab();
    await screen.findByText('The Lab has stopped');
    broken.name = '';
    act(() => runStore.actions.loadScenario(at(presets, 1).scenario));
    expect(await screen.findByRole('region', { name: 'Transport' })).toBeTruthy();
  });
});

describe('what opens over the page and breaks', () => {
  const dialogs = [
    { component: 'ScenarioMenu', title: 'The menu of scenarios', button: 'Scenario' },
    { component: 'EditorDialog', title: 'The editor', button: 'Edit the cluster' },
    { component: 'ShareDialog', title: 'Share and save', button: 'Share and save' },
    { component: 'KeysDialog', title: 'The list of keys', button: 'Keys' },
  ] as const;
  for (const { component, title, button } of dialogs) {
    it(`says so (${title}), the Lab stays, and it can be closed`, async () => {
      broken.name = component;
      const { press, user } = openLab();
      await press(button);
      const alert = await expectWaysOn(title);
      expect(screen.getByRole('region', { name: 'Transport' })).toBeTruthy();
      await user.click(within(alert).getByRole('button', { name: 'Close' }));
      expect(screen.queryByRole('alert')).toBeNull();
    });
  }

  it('is the header too: the screen below it goes on', async () => {
    broken.name = 'Header';
    openLab();
    await expectWaysOn('The header');
    expect(screen.getByRole('region', { name: 'Transport' })).toBeTruthy();
  });
});

describe('the page itself', () => {
  it('says that it has stopped, and another run is another try', async () => {
    let isBroken = true;
    function Page() {
      useLab();
      if (isBroken) throw new Error('planted');
      return <p>the page</p>;
    }
    const { show, session } = fakeLab(at(presets, 0).scenario, { presets });
    show(
      <PageBoundary>
        <Page />
      </PageBoundary>,
    );
    await expectWaysOn('The page');
    isBroken = false;
    screen.getByRole('button', { name: 'Open the first scenario' }).click();
    await screen.findByText('the page');
    expect(session.loaded.map(({ scenario }) => scenario.title)).toEqual(['Calm web server']);
  });
});

describe('a part whose file does not come', () => {
  function setup() {
    let asked = 0;
    let comes = false;
    const Part = createPart<object>(async () => {
      asked += 1;
      if (!comes) throw new TypeError('Failed to fetch dynamically imported module');
      return () => <p>the part</p>;
    });
    const { show } = fakeLab(at(presets, 0).scenario);
    return {
      open: () =>
        show(
          <Wing name="The part" place="notice">
            <Part />
          </Wing>,
        ),
      asked: () => asked,
      comes: () => {
        comes = true;
      },
    };
  }

  it('says so once, without asking again and again', async () => {
    const { open, asked } = setup();
    open();
    await screen.findByText('The part did not arrive');
    expect(asked()).toBe(1);
    expect(screen.getByRole('button', { name: 'Reload' })).toBeTruthy();
    expect(screen.getByRole('alert').textContent).toContain('your run is kept');
  });

  it('comes on demand, and when the connection is there again', async () => {
    const { open, comes } = setup();
    open();
    await screen.findByText('The part did not arrive');
    comes();
    window.dispatchEvent(new Event('online'));
    expect(await screen.findByText('the part')).toBeTruthy();
  });

  it('is asked for again when it is opened, where it did not come ahead', async () => {
    const { open, asked, comes } = setup();
    const end = fetchPartsWhileIdle();
    await vi.waitFor(() => expect(asked()).toBe(1), { timeout: 10_000 });
    end();
    comes();
    open();
    await screen.findByText('the part');
  });
});

describe('what goes wrong in no particular place', () => {
  const thrown = (error: unknown): void => {
    act(() => void window.dispatchEvent(new ErrorEvent('error', { error })));
  };
  const rejected = (reason: unknown): void => {
    const event = Object.assign(new Event('unhandledrejection'), { reason });
    act(() => void window.dispatchEvent(event));
  };

  it('is told once, with ways on, and the page stays as it is', async () => {
    const { press } = openLab();
    thrown(new Error('planted'));
    thrown(new Error('another'));
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain('Something in the page went wrong');
    expect(alert.textContent).toContain('Error: planted');
    expect(within(alert).getByRole('button', { name: 'Reload' })).toBeTruthy();
    expect(within(alert).getByRole('button', { name: 'Save the recording' })).toBeTruthy();
    expect(screen.getByRole('region', { name: 'Transport' })).toBeTruthy();
    await press('Go on');
    expect(screen.queryByRole('alert')).toBeNull();
    rejected(new TypeError('nobody waited'));
    expect(screen.getByRole('alert').textContent).toContain('TypeError: nobody waited');
  });

  it('is not told of notes of the browser, of scripts of others, and of what was given up', () => {
    openLab();
    thrown(null);
    rejected(undefined);
    rejected(new DOMException('given up', 'AbortError'));
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('a worker that does not answer', () => {
  it('is told of until it answers, and can be started again from the recording', async () => {
    const { session, press } = openLab();
    const silent = (is: boolean) => act(() => session.emit({ type: 'silent', silent: is }));
    silent(true);
    expect(screen.getByRole('alert').textContent).toContain('The simulation does not answer');
    silent(false);
    expect(screen.queryByRole('alert')).toBeNull();
    silent(true);
    const loaded = session.loaded.length;
    await press('Start the worker again');
    expect(session.loaded).toHaveLength(loaded + 1);
    expect(session.loaded.at(-1)?.showNs).toBe(0);
  });
});
