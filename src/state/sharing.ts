/** The whole state of the page as a link, and back: the recording, the shown moment, the look of the page. */
import { withThousands } from '../base/numberText.ts';
import { LONGEST_BRANCH_NAME } from '../scenario/limits.ts';
import type { ScreenView } from '../scenario/link/linkView.ts';
import {
  LONGEST_LINK,
  printLink,
  type LinkResult,
  type Shared,
} from '../scenario/link/shareLink.ts';
import { isWhole, presentBranch } from './branches.ts';
import { recordingOf, type RunState, type RunStore } from './runStore.ts';
import { sameValue } from './sameValue.ts';
import { timeNsOf } from './selectors.ts';
import type { ViewState, ViewStore } from './viewStore.ts';

/** What most programs pass on without cutting it off. Old browsers and mail programs stop soon after. */
const SAFE_CHARACTERS = 2000;

/** Where the run stands when the link is opened. */
export type OpensAt = 'moment' | 'start';

/** @param screen What the open screen is set to; the Lab has nothing of its own. */
export function printShown(
  run: RunState,
  view: ViewState,
  opensAt: OpensAt = 'moment',
  screen: ScreenView = {},
): Promise<string> {
  const { selectedVm: vm, mapMode, timeScale, pageScale, hidden } = view;
  return printLink({
    scenario: recordingOf(run),
    shownNs: opensAt === 'start' ? 0 : timeNsOf(run),
    branch: branchToShare(run),
    view: { vm, mapMode, timeScale, pageScale, hidden: [...hidden], screen },
  });
}

/**
 * What the shown branch is called, or else the change it begins with; null where there is only one, or a part of it is undone:
 * then it is not what its name says.
 */
export function branchToShare({ branches }: Pick<RunState, 'branches'>): string | null {
  const { name, note } = presentBranch(branches);
  const isOneOfSeveral = branches.list.length > 1 && isWhole(branches);
  return name ?? ((isOneOfSeveral && note.slice(0, LONGEST_BRANCH_NAME)) || null);
}

/**
 * Shows what a link says, paused; of a link that cannot be read the nearest preset, with the reason.
 *
 * @param screen As the address has it.
 */
export function openLink(
  runStore: RunStore,
  viewStore: ViewStore,
  screen: string,
  result: LinkResult,
): void {
  const { actions } = runStore;
  if (!result.ok) {
    const { title, scenario } = result.nearest;
    const rejection = { what: 'The link', problems: result.problems, instead: title };
    return actions.openInstead(scenario, rejection);
  }
  const { scenario, shownNs, branch, view } = result.shared;
  if (!isShown(runStore.getState(), scenario)) actions.loadScenario(scenario, branch);
  actions.seek(shownNs);
  viewStore.actions.openView(view, screen);
  if (result.repair !== null) actions.tellRepair('The link', result.repair);
}

function isShown(state: RunState, scenario: Shared['scenario']): boolean {
  return state.loads > 0 && sameValue(recordingOf(state), scenario);
}

/** What stands in the way of a link, and the way on; null for most. */
export function linkTrouble({ length }: string): string | null {
  if (length > LONGEST_LINK) {
    return `This run is too large for a link: at most ${withThousands(LONGEST_LINK)} characters are read. Save the scenario as a file.`;
  }
  return length > SAFE_CHARACTERS
    ? `Some programs cut links off after ${withThousands(SAFE_CHARACTERS)} characters. Save the scenario as a file to be sure.`
    : null;
}

/** The screen and the link of `#/lab?1.calm.eJx…`; null where there is none. */
export function partsOfHash(hash: string): {
  readonly screen: string;
  readonly link: string | null;
} {
  const [screen = '', link = ''] = hash.replace(/^#?\/?/, '/').split('?', 2);
  return { screen, link: link === '' ? null : link };
}

/** @param page Address of the page, with or without a hash. */
export function addressOf(page: string, screen: string, link: string): string {
  return `${page.replace(/#.*$/s, '')}#${screen}?${link}`;
}
