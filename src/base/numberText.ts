/** Numbers as the product writes them, without the platform's locale data, so texts are the same everywhere. */

const NO_BREAK_SPACE = '\u00a0';

/** 1048576 -> "1,048,576". */
export function withThousands(value: number): string {
  const digits = String(Math.round(Math.abs(value)));
  const grouped = digits.replace(/\B(?=(\d{3})+$)/g, ',');
  return value < 0 ? `-${grouped}` : grouped;
}

/** Seconds: two decimals under 1 s, one above. 283 ms -> "0.28 s", 45.31 s -> "45.3 s", 2 ms -> "under 0.01 s". */
export function secondsText(seconds: number): string {
  if (seconds > 0 && seconds < 0.005) return `under${NO_BREAK_SPACE}0.01${NO_BREAK_SPACE}s`;
  return `${secondsFigure(seconds)}${NO_BREAK_SPACE}s`;
}

/** The figure of `secondsText` without its unit: "0.28", "45.3", "12,800.0". */
export function secondsFigure(seconds: number): string {
  const figure = Math.abs(seconds) < 0.995 ? seconds.toFixed(2) : seconds.toFixed(1);
  return figure.replace(/\B(?=(\d{3})+\.)/g, ',');
}

/** Memory in powers of two: "512 MB", "4 GB", "1.5 GB", "1 TB". */
export function memoryText(mib: number): string {
  if (mib < 1024) return `${trimmed(mib)}${NO_BREAK_SPACE}MB`;
  if (mib < 1_048_576) return `${trimmed(mib / 1024)}${NO_BREAK_SPACE}GB`;
  return `${trimmed(mib / 1_048_576)}${NO_BREAK_SPACE}TB`;
}

/** A rate in 10^6 bytes a second: "117 MB/s", "115.3 MB/s", "1,100 MB/s", "0.25 MB/s". */
export function transferRateText(MBps: number): string {
  return `${rateFigure(MBps)}${NO_BREAK_SPACE}MB/s`;
}

/** The figure of `transferRateText` without its unit. */
export function rateFigure(MBps: number): string {
  return rounded(MBps, MBps < 10 ? 2 : 1);
}

/** A number that somebody gave, with as many decimals as can be read: 33.333333 -> "33.33", 1100 -> "1,100". */
export function rounded(value: number, decimals: number): string {
  const [whole = '', rest] = String(Number(value.toFixed(decimals))).split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return rest === undefined ? grouped : `${grouped}.${rest}`;
}

/** "4,100 MB". */
export function megabytesText(mib: number): string {
  return `${withThousands(mib)}${NO_BREAK_SPACE}MB`;
}

/** "1 page", "64,414 pages". */
export function pagesText(pages: number): string {
  return `${withThousands(pages)} ${pages === 1 ? 'page' : 'pages'}`;
}

function trimmed(value: number): string {
  return String(Math.round(value * 10) / 10);
}
