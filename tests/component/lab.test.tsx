import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { printScenario } from '../../src/scenario/print.ts';
import { SECOND } from '../support/fakeSession.ts';
import { openLab } from '../support/labPage.tsx';
import { withUnknownKeys } from '../support/longFiles.ts';
import { smallScenario } from '../support/scenarios.ts';

beforeEach(() => window.localStorage.clear());

const started = [
  { type: 'operate', operation: { do: 'live-migrate', vm: 'web01', to: 'node2' } },
  { type: 'play', speed: 5 },
];

describe('the first page', () => {
  it('sends the first VM to the second node with one button, and goes to the Lab', async () => {
    const { press, session, showSecond } = openLab({ hash: '#/' });
    await press('Live-migrate web-01 to Node 2');
    expect(session.sent).toEqual(started);
    showSecond(0);
    expect(window.location.hash).toBe('#/lab');
  });

  it('does the same with Space', async () => {
    const { keys, session } = openLab({ hash: '#/' });
    await keys(' ');
    expect(session.sent).toEqual(started);
  });

  it('gives its command once, and pauses when Space comes again before the worker has answered', async () => {
    const { keys, press, session } = openLab({ hash: '#/' });
    await press('Live-migrate web-01 to Node 2');
    await keys(' ');
    expect(session.sent).toEqual([...started, { type: 'pause' }]);
  });

  it('has a title that says where somebody is', async () => {
    const { press, showSecond, user } = openLab({ hash: '#/' });
    expect(document.title).toBe('Migrascope');
    await press('Live-migrate web-01 to Node 2');
    showSecond(0);
    expect(document.title).toBe('Lab · Migrascope');
    await user.click(screen.getByRole('link', { name: 'Map' }));
    expect(document.title).toBe('Map · Migrascope');
  });

  it('lists the other scenarios to start from', async () => {
    const { press, session } = openLab({ hash: '#/' });
    await press(/^Hot cache/);
    expect(session.loaded.at(-1)?.scenario.title).toMatch(/^Hot cache/);
    expect(window.location.hash).toBe('#/lab');
  });

  it('is the Lab once something has happened', () => {
    const { showSecond, sentence } = openLab({ hash: '#/' });
    showSecond(45.3);
    expect(sentence()).toMatch(/^Round 3/);
  });
});

describe('the sentence and the readouts', () => {
  it('tell what happens at the shown time, politely', () => {
    const { showSecond, sentence } = openLab();
    showSecond(45.3);
    expect(sentence()).toBe(
      'Round 3 sends 64,414 pages: web-01 changed them during the 6.2\u00a0s of round 2. web-01 keeps running.',
    );
    const heading = screen.getByRole('heading', { level: 1 });
    expect(heading.getAttribute('aria-live')).toBe('polite');
    expect(screen.getByText('Elapsed').nextSibling?.textContent).toBe('45.3\u00a0s');
  });

  it('keep a sentence for three seconds while playing fast, but tell the blackout at once', () => {
    const { showSecond, sentence } = openLab();
    showSecond(40, { playing: true });
    showSecond(45.3, { playing: true });
    expect(sentence()).toMatch(/^Round 2/);
    showSecond(48.1, { playing: false });
    expect(sentence()).toMatch(/^web-01 is paused: its last 3,679 pages/);
  });
});

describe('the transport', () => {
  it('says why it cannot be used while nothing has happened', () => {
    const { button } = openLab();
    const end = button('End of the run');
    expect(end.getAttribute('aria-disabled')).toBe('true');
    const reason = document.getElementById(end.getAttribute('aria-describedby') ?? '');
    expect(reason?.textContent).toMatch(/move a VM or crash a node first/);
  });

  it.each([
    ['Play', { type: 'play', speed: 5 }],
    ['Back a step', { type: 'step', unit: 'batch', direction: -1 }],
    ['A step on', { type: 'step', unit: 'batch', direction: 1 }],
    ['Back a round', { type: 'step', unit: 'round', direction: -1 }],
    ['Next round', { type: 'step', unit: 'round', direction: 1 }],
    ['Start of the run', { type: 'seek', ns: 0 }],
    ['End of the run', { type: 'seek', ns: Number.MAX_SAFE_INTEGER }],
    ['Jump to switchover', { type: 'seek', ns: 48.06 * SECOND }],
  ])('%s', async (name, command) => {
    const { press, session, showSecond } = openLab();
    showSecond(45.3);
    await press(name);
    expect(session.sent).toEqual([command]);
  });

  it('changes the speed of a run that plays', async () => {
    const { keys, session, showSecond } = openLab();
    showSecond(45.3, { playing: true });
    await keys('9');
    expect(session.sent).toEqual([{ type: 'play', speed: 50 }]);
  });

  it('says how much a blackout is slowed down', () => {
    const { showSecond } = openLab();
    showSecond(48.1, { playing: true, speed: 0.12 });
    expect(screen.getByText('slowed 42 times')).toBeTruthy();
  });
});

describe('the keys', () => {
  it.each([
    ['{ArrowRight}', { type: 'step', unit: 'batch', direction: 1 }],
    ['{Shift>}{ArrowLeft}{/Shift}', { type: 'step', unit: 'round', direction: -1 }],
    ['{PageDown}', { type: 'seek', ns: 48.06 * SECOND }],
    ['{PageUp}', { type: 'seek', ns: 44.1 * SECOND }],
    ['{Home}', { type: 'seek', ns: 0 }],
    ['j', { type: 'seek', ns: 48.06 * SECOND }],
    [' ', { type: 'play', speed: 5 }],
  ])('%s', async (key, command) => {
    const { keys, session, showSecond } = openLab();
    showSecond(45.3);
    await keys(key);
    expect(session.sent).toEqual([command]);
  });

  it('do nothing while a number is typed', async () => {
    const { user, button, keys, session, showSecond } = openLab();
    showSecond(45.3);
    await user.click(button(/^Dirty rate:/));
    await keys('5j ');
    expect(session.sent).toEqual([]);
  });

  it('of a clicker turn pages of the run, whatever was clicked last', async () => {
    const { user, keys, session, showSecond } = openLab();
    showSecond(45.3);
    await user.click(screen.getByRole('radio', { name: 'Linear' }));
    await keys('{PageUp}');
    expect(session.sent).toEqual([{ type: 'seek', ns: 44.1 * SECOND }]);
  });

  it('mean the run after a click, and the focused button after Tab', async () => {
    const { press, user, keys, session, showSecond } = openLab();
    const played = { type: 'play', speed: 5 };
    const jumped = { type: 'seek', ns: 48.06 * SECOND };
    showSecond(45.3);
    await press('Jump to switchover');
    await keys(' ');
    expect(session.sent).toEqual([jumped, played]);
    await press('Jump to switchover');
    await user.tab({ shift: true });
    await user.tab();
    await keys(' ');
    expect(session.sent).toEqual([jumped, played, jumped, jumped]);
  });

  it('can be turned off where they are single letters', async () => {
    const { keys, press, user, session, showSecond } = openLab();
    showSecond(45.3);
    await press('Keys');
    await user.click(await screen.findByLabelText('Single letters and digits work as keys'));
    await press('Close');
    await keys('j');
    expect(session.sent).toEqual([]);
    await keys('{Home}');
    expect(session.sent).toEqual([{ type: 'seek', ns: 0 }]);
  });
});

describe('choosing a node', () => {
  const full = 'web-01 needs 4 GB, Node 3 has 1 GB free';

  it('shows which node can take the VM, and why another cannot', async () => {
    const { press, node, session, showRest } = openLab();
    showRest({ refusals: { live: ['web-01 runs on Node 1 already', null, full], quick: [] } });
    await press('Live migrate…');
    await press(full);
    expect(session.sent).toEqual([]);
    expect(node('Node 3').getByRole('button', { name: full }).getAttribute('aria-disabled')).toBe(
      'true',
    );
    await press('drop web-01 here');
    expect(session.sent).toEqual(started);
  });

  it('works with keys alone: L, arrows, Enter', async () => {
    const { keys, session, showRest } = openLab();
    showRest();
    await keys('l{ArrowRight}{Enter}');
    expect(session.sent[0]).toEqual({
      type: 'operate',
      operation: { do: 'live-migrate', vm: 'web01', to: 'node3' },
    });
  });

  it('is given up with Esc', async () => {
    const { keys, session, showRest } = openLab();
    showRest();
    await keys('l{Escape}');
    expect(screen.queryByRole('button', { name: 'drop web-01 here' })).toBeNull();
    expect(session.sent).toEqual([]);
  });

  it('is not possible while the VM is being moved', () => {
    const { button, showSecond } = openLab();
    showSecond(45.3);
    expect(button('Live migrate…').getAttribute('aria-disabled')).toBe('true');
    expect(button('Cancel this migration').getAttribute('aria-disabled')).toBeNull();
  });
});

describe('the inspector', () => {
  it('plans the run anew before the start', async () => {
    const { enter, session, showRest } = openLab();
    showRest();
    await enter('Memory', '2 GB');
    expect(session.loaded.at(-1)?.scenario.vms[0]).toMatchObject({
      memoryMiB: 2048,
      touchedMiB: 2048,
    });
    expect(session.sent).toEqual([]);
  });

  it('gives a command of the recording during the run', async () => {
    const { enter, session, showSecond } = openLab();
    showSecond(45.3);
    await enter('Migration network', '10 Gbit/s');
    await enter('or rounds reach', '3');
    expect(session.sent).toEqual([
      { type: 'operate', operation: { do: 'set-live-migration', migrationMBps: 1170 } },
      { type: 'operate', operation: { do: 'set-live-migration', maxRounds: 3 } },
    ]);
  });

  it.each(['-5', 'NaN', '1e9', 'many', '12 5', '1,2,3'])(
    'keeps "%s" as it was typed, names it and says what is allowed',
    async (text) => {
      const { user, button, keys, value, session, showRest } = openLab();
      showRest();
      await user.click(button(/^Dirty rate:/));
      const input = screen.getByRole('textbox', { name: 'Dirty rate' });
      await user.clear(input);
      await user.type(input, text);
      await user.click(screen.getByRole('heading', { level: 1 }));
      expect(input).toHaveProperty('value', text);
      expect(screen.getByRole('alert').textContent?.replaceAll('\u00a0', ' ')).toBe(
        `“${text}” is not understood. Allowed: 1 pages/s to 1,000,000 pages/s.`,
      );
      await user.click(input);
      await keys('{Escape}');
      expect(value('Dirty rate')).toBe('16,000 pages/s');
      expect(session.loaded).toHaveLength(1);
    },
  );

  it.each(['', '99999999', '0'])(
    'keeps the old value and says what is allowed after "%s"',
    async (text) => {
      const { user, button, value, session, showRest } = openLab();
      showRest();
      await user.click(button(/^Dirty rate:/));
      const input = screen.getByRole('textbox', { name: 'Dirty rate' });
      await user.clear(input);
      await user.type(input, `${text}{Enter}`);
      expect(value('Dirty rate')).toBe('16,000 pages/s');
      expect(screen.getByRole('alert').textContent).toMatch(
        /^Allowed: 1.pages\/s to 1,000,000.pages\/s/,
      );
      expect(session.loaded).toHaveLength(1);
    },
  );

  it('holds the memory fixed once the run has begun, and says why', async () => {
    const { user, button, showSecond } = openLab();
    showSecond(45.3);
    await user.click(button(/^Memory:/));
    expect(screen.queryByRole('textbox', { name: 'Memory' })).toBeNull();
    expect(screen.getByText('Fixed once the run has begun.')).toBeTruthy();
  });

  it('takes no limit of rounds as one', async () => {
    const { enter, session, showSecond } = openLab();
    showSecond(45.3);
    await enter('or rounds reach', '0');
    expect(session.sent).toEqual([
      { type: 'operate', operation: { do: 'set-live-migration', maxRounds: null } },
    ]);
  });
});

describe('the log', () => {
  it('tells what was seen, newest first, and leads to its moment', async () => {
    const { press, session, sentence, showSecond } = openLab();
    showSecond(40);
    expect(screen.queryByText(/^Round 3 sends/)).toBeNull();
    const lines = screen.getAllByRole('button', { name: /Round \d sends/ });
    expect(lines.map(({ textContent }) => textContent)).toEqual([
      '37.9\u00a0sRound 2 sends 178,867 pages: web-01 changed them during the 36.7\u00a0s of round 1.',
      '1.2\u00a0sRound 1 sends 1,048,576 pages: all that web-01 holds.',
    ]);
    expect(lines[0]?.getAttribute('aria-current')).toBe('step');
    // One wording: the heading begins with what the log says.
    expect(sentence()).toMatch(/^Round 2 sends 178,867 pages: web-01 changed them/);
    await press(/Round 1 sends/);
    expect(session.sent).toEqual([{ type: 'seek', ns: 1.2 * SECOND }]);
  });
});

describe('what goes wrong', () => {
  it('is shown with a way to restart from the recording', async () => {
    const { press, session, showSecond, fail } = openLab();
    showSecond(45.3);
    fail('ProtocolError', 'summary.timeNs: not a number');
    expect(screen.getByRole('alert').textContent).toMatch(/ProtocolError: summary\.timeNs/);
    await press('Restart from the recording');
    const again = session.loaded.at(-1);
    expect(again?.scenario.commands).toHaveLength(1);
    expect(again?.showNs).toBe(45.3 * SECOND);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('in a file is named with its path, and the run stays', async () => {
    const { user, session, sentence, showSecond, press } = openLab();
    showSecond(45.3);
    await press('Scenario');
    const file = new File(['{"migrascope": 1, "seed": -1}'], 'bad.json');
    await user.upload(await screen.findByLabelText('Scenario file'), file);
    expect((await screen.findByRole('alert')).textContent).toMatch(
      /bad\.json was not taken.*seed: /,
    );
    expect(session.loaded).toHaveLength(1);
    expect(sentence()).toMatch(/^Round 3/);
  });

  it('in a file of 60,000 faults is named 20 times, and the rest is counted', async () => {
    const { user, press } = openLab();
    await press('Scenario');
    const file = new File([withUnknownKeys(60_000)], 'keys.json');
    await user.upload(await screen.findByLabelText('Scenario file'), file);
    const list = within(await screen.findByRole('alert')).getAllByRole('listitem');
    expect(list).toHaveLength(21);
    expect(list.at(-1)?.textContent).toBe('59,980 more problems');
  });

  it('in a file of too many bytes is told before it is read', async () => {
    const { user, press } = openLab();
    await press('Scenario');
    const file = new File([new Uint8Array(4_000_000)], 'film.json');
    await user.upload(await screen.findByLabelText('Scenario file'), file);
    expect((await screen.findByRole('alert')).textContent).toMatch(
      /film\.json was not taken.*at most 1,048,576 characters/,
    );
  });

  it('of an earlier release is mended, and the change is told', async () => {
    const { user, press } = openLab();
    await press('Scenario');
    const file = new File(['{"migrascope": 1, "vms": [{ "name": "\u00a0" }]}'], 'old.json');
    await user.upload(await screen.findByLabelText('Scenario file'), file);
    const title = await screen.findByText('old.json was made by an earlier release');
    expect(title.parentElement?.textContent).toContain('1 blank name was replaced.');
    await press('Go on with this run');
    expect(screen.queryByText('old.json was made by an earlier release')).toBeNull();
  });

  it('is none in a file of UTF-16', async () => {
    const { user, session, press } = openLab();
    await press('Scenario');
    const text = printScenario(smallScenario({ title: 'Übung' }));
    const file = new File([new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'))], 'u.json');
    await user.upload(await screen.findByLabelText('Scenario file'), file);
    await waitFor(() => expect(session.loaded.at(-1)?.scenario.title).toBe('Übung'));
  });
});

describe('the sliders of the inspector', () => {
  /** What a slider says on its way, while a key is held down. */
  function hold(slider: HTMLElement, key: string): string[] {
    const said = [slider.getAttribute('aria-valuetext') ?? ''];
    for (;;) {
      fireEvent.keyDown(slider, { key });
      const text = slider.getAttribute('aria-valuetext') ?? '';
      if (text === said.at(-1)) break;
      said.push(text);
    }
    return said;
  }

  it.each([
    ['Memory', 270],
    ['Dirty rate', 450],
    ['Working set', 200],
    ['Migration network', 200],
  ])('%s: arrows lead from end to end, and back by the same values', (label, least) => {
    const { showRest, session } = openLab();
    showRest();
    const slider = screen.getByRole('slider', { name: label });
    const loads = session.loaded.length;
    fireEvent.keyDown(slider, { key: 'Home' });
    const up = hold(slider, 'ArrowRight');
    expect(up.length).toBeGreaterThan(least);
    expect(new Set(up).size).toBe(up.length);
    expect(hold(slider, 'ArrowLeft')).toEqual(up.toReversed());
    fireEvent.keyDown(slider, { key: 'End' });
    expect(slider.getAttribute('aria-valuetext')).toBe(up.at(-1));
    // A key held down is one change.
    expect(session.loaded).toHaveLength(loads);
    fireEvent.keyUp(slider, { key: 'End' });
    expect(session.loaded).toHaveLength(loads + 1);
  });

  it('go on from the value that was sent, before the run tells of it', () => {
    const { showRest } = openLab();
    showRest();
    const slider = screen.getByRole('slider', { name: 'Dirty rate' });
    for (let press = 0; press < 8; press++) {
      fireEvent.keyDown(slider, { key: 'ArrowRight' });
      fireEvent.keyUp(slider, { key: 'ArrowRight' });
    }
    expect(slider.getAttribute('aria-valuetext')).toBe('24,000\u00a0pages/s');
  });
});
