/** The clients above the LAN: what is said of them beside their strips. */
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { STRIP_KINDS, STRIP_MARKS } from '../../src/protocol/frameColumns.ts';
import type { ClientRow } from '../../src/protocol/frameSummary.ts';
import type { ClientSpec } from '../../src/engine/scenario.ts';
import { ClientStrip } from '../../src/ui/shared/charts/ClientStrip.tsx';
import { ClientsLine } from '../../src/ui/stage/ClientsLine.tsx';
import { frameOf, manualFrames } from '../support/chartRows.ts';
import { clients, cluster } from '../support/clusterBuilder.ts';
import { fakeLab } from '../support/fakeLab.tsx';
import { runOf, summaryOf } from '../support/fakeSession.ts';

const plain = (text: string | null): string => (text ?? '').replaceAll('\u00a0', ' ');
const nobody = { answered: 0, asking: 0, waiting: 0, lost: 0, reconnected: 0 };

afterEach(cleanup);

function standing(
  { kind, count }: ClientSpec,
  now: Partial<ClientRow['now']>,
  kept = count,
): ClientRow {
  return { kind, count, kept, now: { ...nobody, ...now }, longestSilenceNs: 0 };
}

describe('ClientStrip', () => {
  const windows = clients('windows-lan', 12);
  const pings = clients('ping', 3);

  it('says how long the newest ping took', () => {
    const rows = [standing(pings, { answered: 3 })];
    const frame = frameOf({ clients: rows }, ({ stripKinds, stripRoundTrips }) => {
      stripKinds[0] = STRIP_KINDS.answered;
      stripRoundTrips[0] = 840;
    });
    render(<ClientStrip frames={manualFrames(frame)} row={0} label="3 pings" readout />);
    expect(plain(screen.getByRole('img').getAttribute('aria-label'))).toBe('3 pings: ping 0.8 ms');
    expect(screen.getByText(/^ping/)).toBeTruthy();
  });

  it('says when there was none, and of TCP clients what became of them', () => {
    const rows = [standing(windows, { lost: 4, asking: 8 }, 8), standing(pings, { asking: 3 })];
    const frame = frameOf({ clients: rows }, ({ stripKinds }) => {
      stripKinds[STRIP_MARKS] = STRIP_KINDS.unanswered;
    });
    const frames = manualFrames(frame);
    render(
      <>
        <ClientStrip frames={frames} row={0} label="12 Windows clients" readout />
        <ClientStrip frames={frames} row={1} label="3 pings" />
        <ClientStrip frames={frames} row={2} label="Others" />
      </>,
    );
    expect(screen.getAllByRole('img').map((strip) => strip.getAttribute('aria-label'))).toEqual([
      '12 Windows clients: 4 lost; 8 connections kept, 4 lost',
      '3 pings: no answer',
      'Others: no request yet',
    ]);
    expect(screen.getByText('4 lost').dataset['unanswered']).toBe('true');
  });
});

describe('ClientsLine', () => {
  function setup(groups: readonly ClientSpec[], summed = false) {
    const scenario = cluster({ vms: [{ clients: groups }], commands: [] });
    const { session, show } = fakeLab(scenario);
    const { container } = show(<ClientsLine summed={summed} />);
    return {
      container,
      show: (rows: readonly ClientRow[]) =>
        act(() => {
          session.emit({ type: 'run', run: runOf(scenario) });
          session.paint(summaryOf(scenario, { clients: [...rows] }));
        }),
    };
  }

  const windows = clients('windows-lan', 12);
  const linux = clients('linux-lan', 1);
  const pings = clients('ping', 3);

  it('names groups by what they are, and says in a title what became of their connections', () => {
    const { show } = setup([windows, linux]);
    show([standing(windows, { reconnected: 2, answered: 10 }, 10), standing(linux, { asking: 1 })]);
    const items = screen.getAllByRole('listitem');
    expect(items.map((item) => plain(item.textContent))).toEqual([
      '12 Windows clients2 reconnected',
      '1 Linux client1 asks again',
    ]);
    expect(items.map((item) => item.title)).toEqual([
      '12 Windows clients: 10 connections kept, 2 lost',
      '1 Linux client: 1 connection kept, 0 lost',
    ]);
  });

  it('is short where there are many, with letters for groups of the same name', () => {
    const { container } = setup([windows, linux, pings, pings, pings]);
    expect([...container.querySelectorAll('b')].map(({ textContent }) => textContent)).toEqual([
      '12 Windows',
      '1 Linux',
      '3 pings C',
      '3 pings D',
    ]);
    expect(screen.getByRole('img', { name: /^12 Windows clients: / })).toBeTruthy();
  });

  it('says of one group how it fares', () => {
    const { container, show } = setup([windows]);
    show([standing(windows, { lost: 12 }, 0)]);
    expect(plain(container.textContent)).toBe('12 Windows clients, 12 lost');
    expect(container.querySelector('div')!.title).toBe(
      '12 Windows clients: 0 connections kept, 12 lost',
    );
  });

  it('sums all groups up on narrow screens', () => {
    const { container, show } = setup([windows, linux, pings], true);
    show([
      standing(windows, { asking: 12 }),
      standing(linux, { asking: 1 }),
      standing(pings, { asking: 3 }),
    ]);
    expect(plain(container.textContent)).toBe('16 clients, 13 ask again');
  });

  it('says so when nobody uses the VM', () => {
    const { container } = setup([]);
    expect(container.textContent).toBe('No clients use vm-1.');
  });
});
