/** Between the two maps of a quick migration on a phone: the volume, with the file that fills and is read back. */
import { countedText, countText, speedText, wayOf } from '../shared/charts/linkText.ts';
import { useFrameValue } from '../shared/charts/useFrameValue.ts';
import { SaveFileIcon } from '../shared/icons.tsx';
import { useLab, useRun, useView } from '../shared/lab.tsx';
import { percentOf } from './vmCondition.ts';

export function PhoneFile({ volumeName }: { readonly volumeName: string }) {
  const { frames } = useLab();
  const vm = useView((view) => view.selectedVm);
  const way = useFrameValue(frames, wayOf, 'none');
  const speed = useFrameValue(frames, speedText, '');
  const count = useFrameValue(frames, countText, '');
  const counted = useFrameValue(frames, countedText, '');
  const percent = useRun((state) => percentOf(state, vm));
  const share = way === 'down' && percent !== null ? percent / 100 : 1;
  return (
    <div className={`phone-file phone-file--${way}`}>
      <div className="volume phone-file__volume">
        <SaveFileIcon share={share} />
        <b>{volumeName}</b>
      </div>
      <p className="phone-file__count">
        <b>{speed}</b> {count} {counted}
      </p>
    </div>
  );
}
