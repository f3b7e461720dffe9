import { createMemoryStore } from '../../../src/server/store';
import { describeStore } from './storeContract';

describeStore('memory', () => {
  const store = createMemoryStore();
  return Promise.resolve([store, store]);
});
