import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

// Two cores, several workers: an assertion that waits is no measurement.
configure({ asyncUtilTimeout: 5_000 });
afterEach(cleanup);
