/** Functions for the page: each may use nothing from outside itself, since its text goes into the browser. */

export interface Looks {
  /** First heading that can be seen, or what stands in the place of a screen that did not arrive; '' where there is none. */
  readonly heading: string;
  /** All that can be read. */
  readonly text: string;
  /** What tells that the page, a part of it or the simulation has stopped, or did not come. */
  readonly stopped: readonly string[];
  /** "/lab", "/map"; the names of open dialogs follow. */
  readonly place: string;
}

export function look(): Looks {
  const visible = (selector: string): HTMLElement[] =>
    [...document.querySelectorAll<HTMLElement>(selector)].filter((element) =>
      element.checkVisibility(),
    );
  const headings = visible('h1, h2, [role="heading"], .wing-fault').map(({ innerText }) =>
    innerText.trim(),
  );
  const dialogs = visible('dialog[open]').map((dialog) => {
    const title = document.getElementById(dialog.getAttribute('aria-labelledby') ?? '');
    return dialog.getAttribute('aria-label') ?? title?.innerText ?? 'dialog';
  });
  const screen = /^#(\/\w*)/.exec(window.location.hash)?.[1] ?? '/';
  return {
    heading: headings.find((text) => text !== '') ?? '',
    text: document.body.innerText.trim(),
    stopped: visible('.message, [role="alert"]')
      .map(({ innerText }) => innerText)
      .filter((text) => /has stopped|could not be worked out|did not arrive/.test(text)),
    place: [screen, ...dialogs].join(' '),
  };
}

export interface Control {
  readonly x: number;
  readonly y: number;
  readonly role: string;
  readonly name: string;
}

/**
 * A control that a person could use now, brought into view. First its role is chosen, so that a hundred lines of a log do
 * not hide one slider.
 *
 * @param chances Two shares: of the roles, and of the controls with that role.
 */
export function chooseControl([ofRoles, ofControls]: readonly [number, number]): Control | null {
  const scope = document.querySelector('dialog:modal') ?? document;
  const all = scope.querySelectorAll<HTMLElement>(
    'button, a[href], input, select, textarea, summary, [role="slider"], [role="application"], [role="tab"], [tabindex="0"]',
  );
  const usable = [...all].filter(
    (element) =>
      element.checkVisibility({ visibilityProperty: true }) &&
      !element.matches(':disabled, [aria-disabled="true"], [inert] *') &&
      element.getBoundingClientRect().width > 0,
  );
  const roleOf = (element: HTMLElement): string =>
    element.getAttribute('role') ??
    (element instanceof HTMLInputElement ? element.type : element.localName);
  const roles = [...new Set(usable.map(roleOf))];
  const role = roles[Math.floor(ofRoles * roles.length)];
  const peers = usable.filter((element) => roleOf(element) === role);
  const chosen = peers[Math.floor(ofControls * peers.length)];
  if (chosen === undefined || role === undefined) return null;
  chosen.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  const { left, top, width, height } = chosen.getBoundingClientRect();
  const labels = chosen instanceof HTMLInputElement ? chosen.labels : null;
  const name = chosen.getAttribute('aria-label') ?? labels?.[0]?.innerText ?? chosen.innerText;
  return {
    x: left + width / 2,
    y: top + height / 2,
    role,
    name: name.trim().replaceAll(/\s+/g, ' ').slice(0, 40),
  };
}

/** Lets a file fall onto the page. */
export function dropFile({ name, bytes }: { readonly name: string; readonly bytes: number[] }) {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([new Uint8Array(bytes)], name));
  const target = document.querySelector('main') ?? document.body;
  for (const type of ['dragenter', 'dragover', 'drop']) {
    const options = { bubbles: true, cancelable: true, dataTransfer };
    target.dispatchEvent(new DragEvent(type, options));
  }
}

/** Goes back or forward, but never out of the page. */
export function goTo(direction: 'back' | 'forward'): boolean {
  const { canGoBack, canGoForward } = window.navigation;
  const can = direction === 'back' ? canGoBack : canGoForward;
  if (can) window.history[direction]();
  return can;
}

/** Whether the shown run, without a command, is worked out and drawn. */
export function isWorkedOut(): boolean {
  const { idle, complete } = document.querySelector<HTMLElement>('#root')?.dataset ?? {};
  return idle === 'true' && complete === 'true' && document.querySelector('h1') !== null;
}
