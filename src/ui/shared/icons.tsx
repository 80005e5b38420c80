/** Line and shape icons, 16 px; they never stand alone without a name for those who cannot see them. */
import type { ReactNode } from 'react';

function Icon({ children, size = 16 }: { readonly children: ReactNode; readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.5 } as const;

export function PlayIcon() {
  return (
    <Icon>
      <path d="M3 2v12l11-6z" fill="currentColor" />
    </Icon>
  );
}

/** Points to the right; turned down where what it belongs to is open. */
export function UnfoldIcon() {
  return (
    <Icon size={10}>
      <path d="M4 1v14l9-7z" fill="currentColor" />
    </Icon>
  );
}

export function PauseIcon() {
  return (
    <Icon>
      <path d="M3 2h4v12H3zM9 2h4v12H9z" fill="currentColor" />
    </Icon>
  );
}

export function StartIcon() {
  return (
    <Icon>
      <path d="M1 3h2v10H1zM9 3v10L3.5 8zM15 3v10L9.5 8z" fill="currentColor" />
    </Icon>
  );
}

export function EndIcon() {
  return (
    <Icon>
      <path d="M13 3h2v10h-2zM7 3v10l5.5-5zM1 3v10l5.5-5z" fill="currentColor" />
    </Icon>
  );
}

export function BackIcon() {
  return (
    <Icon>
      <path d="M3 3h2v10H3zM13 3v10L6 8z" fill="currentColor" />
    </Icon>
  );
}

export function ForwardIcon() {
  return (
    <Icon>
      <path d="M11 3h2v10h-2zM3 3v10l7-5z" fill="currentColor" />
    </Icon>
  );
}

export function BackRoundIcon() {
  return (
    <Icon>
      <path d="M8 3v10L2 8zM15 3v10L9 8z" fill="currentColor" />
    </Icon>
  );
}

export function ForwardRoundIcon() {
  return (
    <Icon>
      <path d="M8 3v10l6-5zM1 3v10l6-5z" fill="currentColor" />
    </Icon>
  );
}

export function UndoIcon() {
  return (
    <Icon>
      <path d="M3 6h6a4 4 0 0 1 0 8H5" {...line} strokeWidth={2} />
      <path d="M0.5 6L5.5 1.5v9z" fill="currentColor" />
    </Icon>
  );
}

export function RedoIcon() {
  return (
    <Icon>
      <path d="M13 6H7a4 4 0 0 0 0 8h4" {...line} strokeWidth={2} />
      <path d="M15.5 6L10.5 1.5v9z" fill="currentColor" />
    </Icon>
  );
}

export function ShellIcon() {
  return (
    <Icon>
      <path d="M2.5 2.5h11v11h-11z" {...line} strokeWidth={2} strokeDasharray="2.4 1.6" />
    </Icon>
  );
}

export function WaitingIcon() {
  return (
    <Icon>
      <path d="M2 4h12M2 8h9M2 12h6" {...line} strokeWidth={2} />
    </Icon>
  );
}

/** Memory goes down to a file. */
export function SaveIcon() {
  return (
    <Icon>
      <path d="M8 1.5v8M4 6l4 4 4-4M2 13.5h12" {...line} strokeWidth={2} />
    </Icon>
  );
}

/** Memory comes up from a file. */
export function RestoreIcon() {
  return (
    <Icon>
      <path d="M8 10.5v-8M4 6l4-4 4 4M2 13.5h12" {...line} strokeWidth={2} />
    </Icon>
  );
}

/** None lost. */
export function CheckIcon() {
  return (
    <Icon>
      <path d="M2.5 8.5l3.5 4 7.5-9" {...line} strokeWidth={2.2} />
    </Icon>
  );
}

/** Lost. */
export function CrossIcon() {
  return (
    <Icon>
      <path d="M2.5 2.5l11 11M13.5 2.5l-11 11" {...line} strokeWidth={2.6} />
    </Icon>
  );
}

/** Starts anew. */
export function RestartIcon() {
  return (
    <Icon>
      <path d="M4.2 4.2A5.6 5.6 0 1 0 8 2.4" {...line} strokeWidth={2} />
      <path d="M3.2 0.8v5h5z" fill="currentColor" />
    </Icon>
  );
}

export function ClientIcon() {
  return (
    <Icon>
      <path d="M1.5 2.5h13v8h-13zM8 10.5v3M4.5 13.5h7" {...line} />
    </Icon>
  );
}

const SHEET = 'M1 1h8l4 4v12H1z';

export function DiskFileIcon({ filled }: { readonly filled: boolean }) {
  return (
    <svg width="14" height="18" viewBox="0 0 14 18" aria-hidden="true" focusable="false">
      <path
        d={SHEET}
        fill={filled ? 'currentColor' : 'none'}
        stroke="currentColor"
        strokeWidth="1.5"
      />
    </svg>
  );
}

/** The memory of a VM as a file, filled from below by `share`; dashed while nobody says how far it is. */
export function SaveFileIcon({ share }: { readonly share: number | null }) {
  const height = 16 * (share ?? 0);
  return (
    <svg width="14" height="18" viewBox="0 0 14 18" aria-hidden="true" focusable="false">
      <path
        className="save-file__fill"
        d={`M1 ${17 - height}H13V17H1z`}
        clipPath="path('M1 1h8l4 4v12H1z')"
      />
      <path
        d={SHEET}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeDasharray={share === null ? '2.4 1.6' : undefined}
      />
    </svg>
  );
}

export function ThemeIcon() {
  return (
    <Icon>
      <circle cx="8" cy="8" r="6" {...line} />
      <path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" />
    </Icon>
  );
}

export function HelpIcon() {
  return (
    <Icon>
      <circle cx="8" cy="8" r="6.5" {...line} />
      <path d="M6 6.2a2 2 0 1 1 2.8 1.9c-.6.3-.8.6-.8 1.3" {...line} />
      <path d="M7.2 11h1.6v1.4H7.2z" fill="currentColor" />
    </Icon>
  );
}

export function FileIcon() {
  return (
    <Icon>
      <path d="M3 1.5h6.5L13 5v9.5H3zM9 1.5V5.5h4" {...line} />
    </Icon>
  );
}

export function SettingsIcon() {
  return (
    <Icon>
      <path d="M1 4h14M1 12h14" {...line} />
      <path d="M4 1.5h3v5H4zM9 9.5h3v5H9z" fill="currentColor" />
    </Icon>
  );
}

export function ArrowIcon() {
  return (
    <svg width="24" height="16" viewBox="0 0 24 16" aria-hidden="true" focusable="false">
      <path d="M2 8h19M15 2l6 6-6 6" fill="none" stroke="currentColor" strokeWidth="2.2" />
    </svg>
  );
}

/** The mark of the product: a piece of memory, one page dirty, one not there yet. */
export function LogoIcon() {
  const cells = [0, 1, 2, 3, 5, 6, 7].map((cell) => [(cell % 3) * 8, Math.floor(cell / 3) * 8]);
  return (
    <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true" focusable="false">
      {cells.map(([x, y]) => (
        <rect key={`${x} ${y}`} x={x} y={y} width="6" height="6" fill="currentColor" />
      ))}
      <rect className="logo__dirty" x="8" y="8" width="6" height="6" />
      <rect
        x="16.6"
        y="16.6"
        width="4.8"
        height="4.8"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.2"
      />
    </svg>
  );
}
