/** Edits of what a guest does to its memory, and of who asks it: writers and groups of clients. */
import { at } from '../base/assert.ts';
import { memoryText, withThousands } from '../base/numberText.ts';
import type { ClientKind, ClientSpec, Scenario, VmSpec } from '../engine/scenario.ts';
import type { WriterSpec } from '../engine/settings.ts';
import { listLimits, ranges } from '../scenario/limits.ts';
import {
  done,
  entryOf,
  numberFault,
  refused,
  replaced,
  unlessFault,
  type EditResult,
  type NumberRule,
} from './clusterEdits.ts';
import { asOneWriter } from './edits.ts';

/** Of a new VM or a new group. Source: the defaults of the file format. */
export const firstClients: ClientSpec = { kind: 'windows-lan', count: 12, requestEveryMs: 1000 };

export const clientNames: Readonly<Record<ClientKind, string>> = {
  'windows-lan': 'Windows, TCP',
  'linux-lan': 'Linux, TCP',
  ping: 'Ping',
};

export function addWriter(scenario: Scenario, id: string): EditResult {
  const { writers, memoryMiB } = entryOf(scenario.vms, id);
  if (writers.length >= listLimits.writers) {
    return refused(`A VM has at most ${listLimits.writers} writers.`);
  }
  return withWriters(scenario, id, [...writers, ...asOneWriter([], 'uniform', memoryMiB)]);
}

/** What only the new kind knows gets its default. */
export function setWriterKind(
  scenario: Scenario,
  id: string,
  place: number,
  kind: WriterSpec['kind'],
): EditResult {
  const { writers, memoryMiB } = entryOf(scenario.vms, id);
  const [writer] = asOneWriter([at(writers, place)], kind, memoryMiB);
  return writer === undefined
    ? done(scenario)
    : withWriters(scenario, id, writers.with(place, writer));
}

/** A region that begins later or a region that is smaller cuts off what no longer fits into it. */
export function setWriter(
  scenario: Scenario,
  id: string,
  place: number,
  writer: WriterSpec,
): EditResult {
  const { writers, memoryMiB } = entryOf(scenario.vms, id);
  const old = at(writers, place);
  const fitted = fit(writer, old, memoryMiB);
  return unlessFault(writerFault(fitted, memoryMiB), () =>
    withWriters(scenario, id, writers.with(place, fitted)),
  );
}

function fit(writer: WriterSpec, old: WriterSpec, memoryMiB: number): WriterSpec {
  const rest = Math.max(1, memoryMiB - writer.startMiB);
  const sizeMiB =
    writer.startMiB === old.startMiB ? writer.sizeMiB : Math.min(writer.sizeMiB, rest);
  if (writer.kind !== 'hot' || sizeMiB === old.sizeMiB) return { ...writer, sizeMiB };
  return { ...writer, sizeMiB, hotMiB: Math.min(writer.hotMiB, Math.max(1, sizeMiB)) };
}

function writerFault(writer: WriterSpec, memoryMiB: number): string | null {
  const { startMiB, sizeMiB } = writer;
  const region =
    numberFault(writer.pagesPerSecond, { ...ranges.pagesPerSecond, text: withThousands }) ??
    numberFault(startMiB, memoryRule(0, memoryMiB - 1)) ??
    numberFault(sizeMiB, memoryRule(1, memoryMiB - startMiB));
  return region ?? habitFault(writer) ?? periodFault(writer);
}

function memoryRule(min: number, max: number): NumberRule {
  return { min, max, whole: true, text: memoryText };
}

/** Of what only some kinds have. */
function habitFault(writer: WriterSpec): string | null {
  switch (writer.kind) {
    case 'hot':
      return (
        numberFault(writer.hotShare, { ...ranges.hotShare, text: percentText }) ??
        numberFault(writer.hotMiB, memoryRule(1, writer.sizeMiB))
      );
    case 'power-law':
      return numberFault(writer.exponent, { ...ranges.exponent, text: String });
    default:
      return null;
  }
}

function percentText(share: number): string {
  return `${share * 100}%`;
}

function periodFault({ fromMs = 0, toMs }: WriterSpec): string | null {
  const rule = { ...ranges.timeMs, text: clockText };
  const fault = numberFault(fromMs, rule);
  if (fault !== null || toMs === undefined) return fault;
  if (toMs <= fromMs) return `It begins at ${clockText(fromMs)}, so it stops later than that.`;
  return numberFault(toMs, rule);
}

function clockText(ms: number): string {
  return `${withThousands(ms / 1000)}\u00a0s`;
}

export function removeWriter(scenario: Scenario, id: string, place: number): EditResult {
  const { writers } = entryOf(scenario.vms, id);
  return withWriters(scenario, id, writers.toSpliced(place, 1));
}

export function addClients(scenario: Scenario, id: string): EditResult {
  const { clients } = entryOf(scenario.vms, id);
  return clients.length >= listLimits.clients
    ? refused(`A VM has at most ${listLimits.clients} groups of clients.`)
    : withClients(scenario, id, [...clients, firstClients]);
}

export function setClients(
  scenario: Scenario,
  id: string,
  place: number,
  group: ClientSpec,
): EditResult {
  const { clients } = entryOf(scenario.vms, id);
  const fault =
    numberFault(group.count, { ...ranges.clientCount, whole: true, text: withThousands }) ??
    numberFault(group.requestEveryMs, { ...ranges.requestEveryMs, text: millisecondsText });
  return unlessFault(fault, () => withClients(scenario, id, clients.with(place, group)));
}

function millisecondsText(ms: number): string {
  return `${withThousands(ms)}\u00a0ms`;
}

export function removeClients(scenario: Scenario, id: string, place: number): EditResult {
  const { clients } = entryOf(scenario.vms, id);
  return withClients(scenario, id, clients.toSpliced(place, 1));
}

function withWriters(scenario: Scenario, id: string, writers: readonly WriterSpec[]): EditResult {
  return withGuest(scenario, { ...entryOf(scenario.vms, id), writers });
}

function withClients(scenario: Scenario, id: string, clients: readonly ClientSpec[]): EditResult {
  return withGuest(scenario, { ...entryOf(scenario.vms, id), clients });
}

function withGuest(scenario: Scenario, vm: VmSpec): EditResult {
  return done({ ...scenario, vms: replaced(scenario.vms, vm) });
}
