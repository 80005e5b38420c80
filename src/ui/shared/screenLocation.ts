/** The screen that the address names: what stands behind a "?" in its hash is a link, and no part of the name. */
import { useHashLocation } from 'wouter/use-hash-location';
import { partsOfHash } from '../../state/sharing.ts';

export function useScreenLocation(): ReturnType<typeof useHashLocation> {
  const [location, navigate] = useHashLocation();
  return [partsOfHash(location).screen, navigate];
}
useScreenLocation.hrefs = (href: string): string => `#${href}`;
