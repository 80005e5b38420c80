/**
 * Translators and extensions put elements of their own where React left text. React goes on with the text that it knows:
 * to take it away, or to put something before it, then throws and ends the page, and to change it changes nothing that
 * anybody sees (facebook/react#11538).
 *
 * index.html asks translators to leave the page alone: its figures change ten times a second, and a translation that is late
 * shows figures that are no more. Not all of them listen. So whatever was put in the place of a text is remembered as its
 * stand-in: it goes when the text would go, what belongs before the text comes before it, and as soon as the text
 * changes, the text comes back.
 */

/** @param root All that React draws is in it, or in dialogs within it. */
export function tolerateForeignNodes(root: Node): void {
  const standIns = new WeakMap<Node, readonly ChildNode[]>();
  const texts = new MutationObserver((records) => {
    for (const { target } of records) putBack(target as Text);
  });
  const places = new MutationObserver(noteAll);
  places.observe(root, { childList: true, subtree: true });
  guardNodes(placeOf);

  function noteAll(records: readonly MutationRecord[]): void {
    const added = new Set<Node>();
    for (const record of records) {
      for (const node of record.addedNodes) {
        added.add(node);
        // React has placed the text again.
        if (standIns.has(node) && node.isConnected) dropStandIns(node);
      }
      for (const node of record.removedNodes) {
        if (node instanceof Text && !node.isConnected) note(node, record, added);
      }
    }
  }

  /** What React takes away itself is noted too where something new stands beside it; React never asks for that again. */
  function note(text: Text, record: MutationRecord, added: ReadonlySet<Node>): void {
    const beside = [record.previousSibling, record.nextSibling].filter(
      (node) => node !== null && added.has(node),
    );
    const instead = record.addedNodes.length > 0 ? [...record.addedNodes] : beside;
    if (instead.length === 0) return;
    standIns.set(text, instead as ChildNode[]);
    texts.observe(text, { characterData: true });
  }

  function putBack(text: Text): void {
    const first = standIns.get(text)?.find(({ parentNode }) => parentNode !== null);
    if (text.isConnected || first === undefined) return;
    first.before(text);
    dropStandIns(text);
  }

  function dropStandIns(node: Node): void {
    for (const standIn of standIns.get(node) ?? []) standIn.remove();
    standIns.delete(node);
  }

  /** What stands in `parent` for the node that React believes to be in it: what was put around it, or in its place. */
  function placeOf(parent: Node, node: Node): ChildNode | null {
    noteAll(places.takeRecords());
    const around = ancestorIn(parent, node);
    if (around !== null) return around;
    for (const standIn of standIns.get(node) ?? []) {
      const place = ancestorIn(parent, standIn);
      if (place !== null) return place;
    }
    return null;
  }
}

/** The node itself or what holds it, as a child of `parent`. */
function ancestorIn(parent: Node, node: Node): ChildNode | null {
  let place: Node | null = node;
  while (place !== null && place.parentNode !== parent) place = place.parentNode;
  return place as ChildNode | null;
}

/** React calls these two on the element itself, so there is no nearer place to stand in for it. */
function guardNodes(placeOf: (parent: Node, node: Node) => ChildNode | null): void {
  // oxlint-disable-next-line typescript/unbound-method -- each is called with the `this` of its caller
  const { removeChild, insertBefore } = Node.prototype;
  Node.prototype.removeChild = function removeWhereverItIs<T extends Node>(child: T): T {
    if (child.parentNode === this) return removeChild.call(this, child) as T;
    const place = placeOf(this, child);
    if (place?.contains(child) !== true) {
      place?.remove();
      return child;
    }
    child.parentNode?.removeChild(child);
    // What was put around a text goes with it, unless it holds more.
    if (child instanceof Text && place.textContent === '') place.remove();
    return child;
  };
  Node.prototype.insertBefore = function insertBeforeItsPlace<T extends Node>(
    node: T,
    before: Node | null,
  ): T {
    const isElsewhere = before !== null && before.parentNode !== this;
    return insertBefore.call(this, node, isElsewhere ? placeOf(this, before) : before) as T;
  };
}
