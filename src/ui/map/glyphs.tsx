/** The two marks of the map: a ring for the VM as it is, a cross for what is pointed at. Drawn around 0, 0. */

export function RingMark() {
  return (
    <>
      <circle r={10} className="mark__halo" />
      <circle r={10} className="mark__ring" />
      <circle r={4} className="mark__dot" />
    </>
  );
}

export function CrossMark() {
  return (
    <>
      <path d="M-10 0H10M0-10V10" className="mark__halo" />
      <path d="M-9 0H9M0-9V9" className="mark__cross" />
    </>
  );
}

export function RingGlyph() {
  return (
    <svg className="mark" width={26} height={26} viewBox="-13 -13 26 26" aria-hidden="true">
      <RingMark />
    </svg>
  );
}

export function CrossGlyph() {
  return (
    <svg className="mark" width={26} height={26} viewBox="-13 -13 26 26" aria-hidden="true">
      <CrossMark />
    </svg>
  );
}
