/** A canvas context that writes down what is drawn: one line of text for each stroke and fill. */
export function recordingContext(): { context: CanvasRenderingContext2D; log: string[] } {
  const log: string[] = [];
  let dash: number[] = [];
  let path: string[] = [];
  const pen = { strokeStyle: '', fillStyle: '', lineWidth: 1, globalAlpha: 1 };
  const stroke = (): string =>
    `${pen.strokeStyle} ${pen.lineWidth}${dash.length > 0 ? ' dashed' : ''}`;
  const drawing = {
    setLineDash: (segments: number[]) => (dash = segments),
    setTransform: () => undefined,
    translate: (x: number, y: number) => log.push(`translate ${x},${y}`),
    rotate: (angle: number) => log.push(`rotate ${angle.toFixed(3)}`),
    clearRect: () => log.push('clear'),
    beginPath: () => (path = []),
    closePath: () => path.push('z'),
    moveTo: (x: number, y: number) => path.push(`${x},${y}`),
    lineTo: (x: number, y: number) => path.push(`${x},${y}`),
    arc: (x: number, y: number, radius: number) => path.push(`circle ${x},${y} r${radius}`),
    stroke: () => log.push(`line ${stroke()}: ${path.join(' ')}`),
    fill: () => log.push(`area ${pen.fillStyle}: ${path.join(' ')}`),
    strokeRect: (x: number, y: number, width: number, height: number) =>
      log.push(`rect ${stroke()}: ${x},${y} ${width}x${height}`),
    fillRect: (x: number, y: number, width: number, height: number) =>
      log.push(`fill ${pen.fillStyle}: ${x},${y} ${width}x${height}`),
  };
  // Only what our painters call is there; anything else fails loudly.
  return { context: Object.assign(pen, drawing) as unknown as CanvasRenderingContext2D, log };
}
