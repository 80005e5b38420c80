/** A text in which names like "web-01" stay on one line. */
export function Unbroken({ text }: { readonly text: string }) {
  // Odd places are the words with a hyphen.
  return text.split(/(\S+-\S+)/).map((part, place) =>
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
