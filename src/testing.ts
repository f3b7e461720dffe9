export { createFakeBackend, type FakeAnswer, type FakeBackend, type FakeScript } from './testing/createFakeBackend';
export { sampleRecord, sampleStates } from './testing/sampleStates';
