/** The page as a person uses it. Waits for what is drawn, never for time; errors and foreign requests fail the test. */
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Locator, type Page } from '@playwright/test';

export class LabPage {
  readonly page: Page;
  readonly sentence: Locator;
  readonly timeline: Locator;
  readonly transport: Locator;
  readonly inspector: Locator;

  constructor(page: Page) {
    this.page = page;
    this.sentence = page.getByRole('heading', { level: 1 });
    this.timeline = page.getByRole('slider', { name: 'Timeline' });
    this.transport = page.getByRole('region', { name: 'Transport' });
    this.inspector = page.getByRole('complementary', { name: 'Inspector' });
  }

  async open(path = './'): Promise<void> {
    await this.page.goto(path);
    await this.drawn();
  }

  /**
   * Paused, everything asked for is drawn, the run is worked out, and the file of the screen has come. Looks at every frame: an
   * assertion looks every tenth of a second.
   */
  async drawn(): Promise<void> {
    await this.page.waitForFunction(
      () => {
        const { idle, complete } = document.querySelector<HTMLElement>('#root')?.dataset ?? {};
        return idle === 'true' && complete === 'true' && document.querySelector('main') !== null;
      },
      null,
      { polling: 'raf' },
    );
  }

  /** Presses the landing button and stops at once, somewhere in the run. */
  async start(): Promise<void> {
    await this.page.getByRole('button', { name: /^Live-migrate web-01 to Node 2/ }).click();
    await this.transport.getByRole('button', { name: 'Pause' }).click();
    await this.drawn();
  }

  /** Opens one of the set-ups listed at the start. */
  async choosePreset(name: RegExp): Promise<void> {
    await this.page
      .getByRole('navigation', { name: 'Scenarios to start from' })
      .getByRole('button', { name })
      .click();
    await this.drawn();
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      await this.page.keyboard.press(key);
      await this.drawn();
    }
  }

  /** Keys that give a command while the run stands; the last of them carries it out. */
  async pressAndDraw(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
    await this.drawn();
  }

  /** Keys that give the first command: the run plays from its start, and is stopped at once. */
  async pressAndStop(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
    await this.transport.getByRole('button', { name: 'Pause' }).click();
    await this.drawn();
  }

  /** The part of the inspector with what can be done to nodes and volumes. */
  async openClusterPanel(): Promise<void> {
    await this.inspector.getByText('Nodes and storage').click();
  }

  async click(name: string): Promise<void> {
    await this.transport.getByRole('button', { name, exact: true }).click();
    await this.drawn();
  }

  /** Opens a scenario file by the menu. */
  async openFile(name: string, buffer: Buffer): Promise<void> {
    await this.page.getByRole('button', { name: 'Scenario', exact: true }).click();
    const [chooser] = await Promise.all([
      this.page.waitForEvent('filechooser'),
      this.page.getByText('Open a scenario file…').last().click(),
    ]);
    await chooser.setFiles({ name, mimeType: 'application/json', buffer });
  }

  node(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true });
  }

  vm(name: string): Locator {
    return this.page.getByRole('button', { name: new RegExp(`^${name}`) });
  }

  readout(name: string): Locator {
    return this.page.getByRole('term').filter({ hasText: name }).locator('xpath=following::dd[1]');
  }

  log(): Locator {
    return this.page.getByRole('list', { name: 'Log' }).getByRole('button');
  }

  async timeNs(): Promise<number> {
    return Number(await this.page.locator('#root').getAttribute('data-time-ns'));
  }

  async runDigest(): Promise<string | null> {
    return this.page.locator('#root').getAttribute('data-run-digest');
  }

  /** Pixels of a memory map as the app painted them, cell by cell: one value per cell, row by row. */
  async mapColours(side: 'source' | 'target'): Promise<number[]> {
    return this.page
      .locator(`[data-map-stage="${side}"] canvas`)
      .first()
      .evaluate((canvas: HTMLCanvasElement) => {
        const context = canvas.getContext('2d');
        if (context === null) return [];
        const { width, height } = canvas;
        const { data } = context.getImageData(0, 0, width, height);
        const size = Math.floor(width / 128);
        const colours: number[] = [];
        for (let y = 0; y + size <= height; y += size) {
          for (let x = 0; x < 128; x++) {
            const at = (y * width + x * size) * 4;
            colours.push((data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!);
          }
        }
        return colours;
      });
  }

  /** Cells of a memory map under the veil: their middle is washed on the upper canvas. */
  async veil(side: 'source' | 'target'): Promise<number> {
    return this.page.locator(`[data-map-stage="${side}"]`).evaluate((stage) => {
      const [cells, over] = [...stage.querySelectorAll('canvas')];
      const context = over?.getContext('2d');
      if (cells === undefined || over === undefined || !context) return -1;
      const margin = (over.width - cells.width) / 2;
      const { data } = context.getImageData(margin, margin, cells.width, cells.height);
      const size = Math.floor(cells.width / 128);
      let count = 0;
      for (let y = size >> 1; y < cells.height; y += size) {
        for (let x = size >> 1; x < cells.width; x += size) {
          const alpha = data[(y * cells.width + x) * 4 + 3]!;
          if (alpha > 180 && alpha < 220) count++;
        }
      }
      return count;
    });
  }

  /** What a person reads and sees of this moment. */
  async moment(): Promise<unknown> {
    return {
      sentence: await this.sentence.innerText(),
      elapsed: await this.readout('Elapsed').innerText(),
      dirty: await this.readout('Dirty pages now').innerText(),
      timeline: await this.timeline.getAttribute('aria-valuetext'),
      source: await this.mapColours('source'),
      target: await this.mapColours('target'),
    };
  }

  /** Drags with a first small movement, as a hand does. */
  async drag(from: Locator, to: Locator, whileOver?: () => Promise<void>): Promise<void> {
    const start = await from.boundingBox();
    const end = await to.boundingBox();
    if (start === null || end === null) throw new Error('nothing to drag, or nowhere to drop');
    const { mouse } = this.page;
    await mouse.move(start.x + start.width / 2, start.y + start.height / 2);
    await mouse.down();
    await mouse.move(start.x + start.width / 2 + 6, start.y + start.height / 2 + 6, { steps: 3 });
    await mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 12 });
    await whileOver?.();
    await mouse.up();
  }
}

/** What axe finds serious or critical, once nothing moves any more. @param within A selector; the whole page when absent. */
export async function seriousFindings(page: Page, within?: string): Promise<string[]> {
  await page.evaluate(() =>
    Promise.allSettled(document.getAnimations().map(({ finished }) => finished)),
  );
  const axe = new AxeBuilder({ page });
  const { violations } = await (within === undefined ? axe : axe.include(within)).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

interface Fixtures {
  readonly lab: LabPage;
}

export const test = base.extend<Fixtures>({
  lab: async ({ page, baseURL }, provide) => {
    const faults: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => faults.push(`page: ${error.message}`));
    page.on('request', (request) => {
      const url = request.url();
      const own = url.startsWith(baseURL ?? '') || /^(data|blob):/.test(url);
      if (!own) faults.push(`request to ${url}`);
    });
    await provide(new LabPage(page));
    expect(faults).toEqual([]);
  },
});

export { expect };
