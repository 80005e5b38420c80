/** What the monkey does, how often, and how each act reads in the list of the last ones. */
import type { BrowserContext, CDPSession, Page } from '@playwright/test';
import type { Chance } from './chance.ts';
import { chooseControl, dropFile, goTo, type Control } from './look.ts';
import { keys, someFile, someLink, texts } from './things.ts';

export interface Hand {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly cdp: CDPSession;
  readonly chance: Chance;
  isOffline: boolean;
  /** Since the page was loaded. */
  wasOffline: boolean;
}

export interface Act {
  readonly name: string;
  readonly weight: number;
  /** @returns What was done, for the list. */
  readonly do: (hand: Hand) => Promise<string>;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

export const acts: readonly Act[] = [
  { name: 'click', weight: 34, do: click },
  { name: 'key', weight: 18, do: pressKeys },
  { name: 'type', weight: 6, do: type },
  { name: 'point', weight: 5, do: pointSomewhere },
  { name: 'drag', weight: 7, do: drag },
  { name: 'touch', weight: 6, do: touch },
  { name: 'wheel', weight: 4, do: wheel },
  { name: 'wait', weight: 5, do: wait },
  { name: 'screen', weight: 5, do: changeScreen },
  { name: 'link', weight: 3, do: openLink },
  { name: 'file', weight: 2, do: dropSomeFile },
  { name: 'back', weight: 3, do: (hand) => goBackOrForward(hand) },
  { name: 'size', weight: 2, do: resize },
  { name: 'looks', weight: 1, do: changeLooks },
  { name: 'network', weight: 1, do: changeNetwork },
  { name: 'reload', weight: 0.25, do: reload },
];

function control({ page, chance }: Hand): Promise<Control | null> {
  return page.evaluate(chooseControl, [chance.share(), chance.share()] as const);
}

function described({ role, name }: Control): string {
  return `${role} "${name}"`;
}

function anywhere({ page, chance }: Hand): Point {
  const { width, height } = page.viewportSize() ?? { width: 800, height: 600 };
  return { x: chance.below(width), y: chance.below(height) };
}

async function click(hand: Hand): Promise<string> {
  const found = await control(hand);
  if (found === null) return 'nothing to click';
  const clickCount = hand.chance.share() < 0.1 ? 2 : 1;
  await hand.page.mouse.click(found.x, found.y, { clickCount });
  return described(found);
}

async function pressKeys({ page, chance }: Hand): Promise<string> {
  const pressed = Array.from({ length: 1 + chance.below(4) }, () => chance.oneOf(keys));
  for (const key of pressed) await page.keyboard.press(key);
  return pressed.join(' ');
}

/** Into a field of the page, or to whatever has the focus. */
async function type(hand: Hand): Promise<string> {
  const { page, chance } = hand;
  const field = page.locator('input:not([type=file], [type=radio], [type=checkbox]):visible');
  const count = await field.count();
  if (count > 0) {
    const box = await field.nth(chance.below(count)).boundingBox();
    if (box !== null) await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.keyboard.press('Control+a');
  }
  const text = chance.oneOf(texts);
  await page.keyboard.insertText(text);
  const then = chance.oneOf(['Enter', 'Tab', 'Escape', 'ArrowUp']);
  await page.keyboard.press(then);
  return `"${text.slice(0, 20)}" ${then}`;
}

async function pointSomewhere(hand: Hand): Promise<string> {
  const { x, y } = anywhere(hand);
  const clicks = hand.chance.share() < 0.5;
  if (clicks) await hand.page.mouse.click(x, y);
  else await hand.page.mouse.move(x, y, { steps: 4 });
  return `${clicks ? 'click' : 'hover'} at ${x}, ${y}`;
}

/** From a control or from anywhere, to another one or to anywhere. */
async function drag(hand: Hand): Promise<string> {
  const { mouse } = hand.page;
  const from = (hand.chance.share() < 0.8 ? await control(hand) : null) ?? anywhere(hand);
  const to = (hand.chance.share() < 0.5 ? await control(hand) : null) ?? anywhere(hand);
  await mouse.move(from.x, from.y);
  await mouse.down();
  await mouse.move(from.x + 6, from.y + 4, { steps: 2 });
  await mouse.move(to.x, to.y, { steps: 6 });
  if (hand.chance.share() < 0.1) await hand.page.keyboard.press('Escape');
  await mouse.up();
  return `from ${placeText(from)} to ${placeText(to)}`;
}

function placeText(place: Point | Control): string {
  return 'role' in place ? described(place) : `${place.x}, ${place.y}`;
}

async function touch(hand: Hand): Promise<string> {
  const from = (await control(hand)) ?? anywhere(hand);
  const send = (name: 'touchStart' | 'touchMove' | 'touchEnd', points: Point[]) =>
    hand.cdp.send('Input.dispatchTouchEvent', { type: name, touchPoints: points });
  const moves = hand.chance.share() < 0.4;
  await send('touchStart', [{ x: from.x, y: from.y }]);
  if (moves) {
    const to = anywhere(hand);
    for (const share of [0.3, 0.6, 1]) {
      const x = from.x + share * (to.x - from.x);
      await send('touchMove', [{ x, y: from.y + share * (to.y - from.y) }]);
    }
  }
  await send('touchEnd', []);
  return `${moves ? 'swipe' : 'tap'} ${placeText(from)}`;
}

async function wheel(hand: Hand): Promise<string> {
  const { x, y } = anywhere(hand);
  await hand.page.mouse.move(x, y);
  const turn = hand.chance.oneOf([-800, -120, 120, 800]);
  await hand.page.mouse.wheel(0, turn);
  return `${turn} at ${x}, ${y}`;
}

async function wait({ page, chance }: Hand): Promise<string> {
  const milliseconds = 100 + chance.below(1200);
  await page.waitForTimeout(milliseconds);
  return `${milliseconds} ms`;
}

async function changeScreen({ page, chance }: Hand): Promise<string> {
  const hash = chance.oneOf(['#/', '#/lab', '#/compare', '#/storage', '#/map', '#/nowhere']);
  await page.evaluate((to) => void (window.location.hash = to), hash);
  return hash;
}

async function openLink({ page, chance }: Hand): Promise<string> {
  const link = await someLink(chance);
  await page.evaluate((to) => void (window.location.hash = to), link);
  return link;
}

async function dropSomeFile({ page, chance }: Hand): Promise<string> {
  const file = someFile(chance);
  await page.evaluate(dropFile, file);
  return file.name;
}

async function goBackOrForward({ page, chance }: Hand): Promise<string> {
  const direction = chance.oneOf(['back', 'back', 'forward'] as const);
  return (await page.evaluate(goTo, direction)) ? direction : `no way ${direction}`;
}

async function resize({ page, chance }: Hand): Promise<string> {
  const [width, height] = chance.oneOf([
    [320, 568],
    [390, 844],
    [844, 390],
    [768, 1024],
    [1024, 768],
    [1440, 900],
    [1920, 1080],
  ] as const);
  await page.setViewportSize({ width, height });
  return `${width} x ${height}`;
}

async function changeLooks({ page, chance }: Hand): Promise<string> {
  const looks = {
    colorScheme: chance.oneOf(['light', 'dark'] as const),
    forcedColors: chance.oneOf(['none', 'none', 'active'] as const),
    reducedMotion: chance.oneOf(['no-preference', 'reduce'] as const),
  };
  await page.emulateMedia(looks);
  return Object.values(looks).join(', ');
}

async function changeNetwork(hand: Hand): Promise<string> {
  hand.isOffline = !hand.isOffline;
  hand.wasOffline = true;
  await hand.context.setOffline(hand.isOffline);
  return hand.isOffline ? 'off' : 'on';
}

/** There is nobody to reload from while the network is off. */
async function reload(hand: Hand): Promise<string> {
  if (hand.isOffline) await changeNetwork(hand);
  await hand.page.reload();
  hand.wasOffline = false;
  return 'done';
}
