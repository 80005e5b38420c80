/** A text in which names like "web-01" and "Node 1" stay on one line. Longer ones break like any text. */
export function Unbroken({ text }: { readonly text: string }) {
  // Odd places are words with a hyphen, and a word with a capital and its number.
  return text.split(/((?<!\S)\S{1,20}-\S{1,20}(?!\S)|\b[A-Z]\w{0,20} \d+)/).map((part, place) =>
    place % 2 === 0 ? (
      part
    ) : (
      // oxlint-disable-next-line react/no-array-index-key -- the text changes as a whole, so the place is the identity
      <span key={place} className="nowrap">
        {part}
      </span>
    ),
  );
}
