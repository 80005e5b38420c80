import { useEffect, useRef, useState } from 'react';
import type { FrameSource } from '../../../charts/frameSource.ts';
import type { FrameMessage } from '../../../protocol/messages.ts';
import { watchCalmly } from './calmFrames.ts';

/** A number, word or flag of the newest frame; renders only when it changes. */
export function useFrameValue<T extends string | number | boolean>(
  frames: FrameSource,
  read: (frame: FrameMessage) => T,
  beforeFirst: T,
): T {
  const reader = useRef(read);
  const [value, setValue] = useState<T>(() => {
    const frame = frames.latest();
    return frame === null ? beforeFirst : read(frame);
  });
  useEffect(() => {
    reader.current = read;
  });
  useEffect(() => watchCalmly(frames, (frame) => setValue(reader.current(frame))), [frames]);
  return value;
}
