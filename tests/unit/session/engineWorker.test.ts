/** The engine in a worker, or in the page where there is none. */
import { describe, expect, it, vi } from 'vitest';
import { startEngine, type EngineWorker } from '../../../src/session/engineWorker.ts';

class FakeEngine implements EngineWorker {
  onmessage: EngineWorker['onmessage'] = null;
  onerror: EngineWorker['onerror'] = null;
  onmessageerror: EngineWorker['onmessageerror'] = null;
  readonly received: unknown[] = [];
  terminated = false;
  postMessage(message: unknown): void {
    this.received.push(message);
  }
  terminate(): void {
    this.terminated = true;
  }
  says(data: unknown): void {
    this.onmessage?.({ data } as MessageEvent<unknown>);
  }
  fails(message?: string): void {
    this.onerror?.({ preventDefault: () => undefined, ...(message !== undefined && { message }) });
  }
}

function setup(worker: FakeEngine | null, comes = true) {
  const inPage = new FakeEngine();
  let asked = 0;
  const engine = startEngine({
    inWorker: () => {
      if (worker === null) throw new Error('SecurityError');
      return worker;
    },
    inPage: async () => {
      asked += 1;
      if (!comes) throw new Error('the file did not come');
      return inPage;
    },
  });
  const heard: unknown[] = [];
  const errors: (string | undefined)[] = [];
  engine.onmessage = ({ data }) => heard.push(data);
  engine.onerror = ({ message }) => errors.push(message);
  return { engine, inPage, heard, errors, askedForPage: () => asked };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('the engine', () => {
  it('is a worker where there is one, and nothing else is fetched', async () => {
    const worker = new FakeEngine();
    const { engine, heard, askedForPage } = setup(worker);
    engine.postMessage('load');
    worker.says('ready');
    engine.postMessage('play');
    await settled();
    expect(worker.received).toEqual(['load', 'play']);
    expect(heard).toEqual(['ready']);
    expect(askedForPage()).toBe(0);
  });

  it('is in the page where no worker can be made, and hears all that was asked', async () => {
    const { engine, inPage, heard } = setup(null);
    engine.postMessage('load');
    await settled();
    engine.postMessage('play');
    inPage.says('frame');
    expect(inPage.received).toEqual(['load', 'play']);
    expect(heard).toEqual(['frame']);
  });

  it('is in the page when the file of the worker does not come', async () => {
    const worker = new FakeEngine();
    const { engine, inPage, errors } = setup(worker);
    engine.postMessage('load');
    worker.fails();
    engine.postMessage('play');
    await settled();
    expect(worker.terminated).toBe(true);
    expect(inPage.received).toEqual(['load', 'play']);
    expect(errors).toEqual([]);
  });

  it('stays the worker that has started: what breaks in it is told', async () => {
    const worker = new FakeEngine();
    const { engine, askedForPage, errors } = setup(worker);
    engine.postMessage('load');
    worker.fails('planted');
    worker.says('ready');
    worker.fails();
    await settled();
    expect(errors).toEqual(['planted', undefined]);
    expect(askedForPage()).toBe(0);
  });

  it('fails with the reason when it comes neither way', async () => {
    const { errors } = setup(null, false);
    await vi.waitFor(() => expect(errors).toEqual(['the file did not come']));
  });

  it('that was ended before it came is ended when it comes', async () => {
    const { engine, inPage } = setup(null);
    engine.terminate();
    await settled();
    expect(inPage.terminated).toBe(true);
  });
});
