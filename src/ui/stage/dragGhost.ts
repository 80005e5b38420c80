/** A copy of a dragged card under the pointer. Decoration: it takes no part in hit tests or in the tree of names. */
export interface PointerPlace {
  readonly clientX: number;
  readonly clientY: number;
}

export interface Ghost {
  moveTo(place: PointerPlace): void;
  remove(): void;
}

export function createGhost(card: HTMLElement, grabbedAt: PointerPlace): Ghost {
  const { left, top, width, height } = card.getBoundingClientRect();
  const ghost = card.cloneNode(true) as HTMLElement;
  ghost.classList.add('drag-ghost');
  ghost.setAttribute('aria-hidden', 'true');
  ghost.removeAttribute('id');
  ghost.style.width = `${width}px`;
  ghost.style.height = `${height}px`;
  document.body.append(ghost);
  const [dx, dy] = [left - grabbedAt.clientX, top - grabbedAt.clientY];
  return {
    moveTo({ clientX, clientY }) {
      ghost.style.transform = `translate(${clientX + dx}px, ${clientY + dy}px)`;
    },
    remove: () => ghost.remove(),
  };
}
