/** The store of the Compare screen. Apart from the screen, so that a link can be put into it or read from it. */
import { createCompareStore } from '../../state/compareStore.ts';
import { storeOf } from './storeOf.ts';

export const compareStoreOf = storeOf(createCompareStore);
