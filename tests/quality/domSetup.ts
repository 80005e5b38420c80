import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

// On a busy machine one look for a role can take longer than the second for which Testing Library looks by itself. What is
// waited for comes or it does not: only the time limit of the test ends the wait.
configure({ asyncUtilTimeout: 20_000 });

// Testing Library does this on its own only where `afterEach` is a global.
afterEach(cleanup);
