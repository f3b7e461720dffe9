export { createSimulator, type Simulator } from './createSimulator';
export { BusyPortError, closeServer, listen, serveOn, type SimulatorPorts } from './listen';
export { type Scenario, scenarios } from './scenarios';
export { applicantIdFor, inquiryIdFor, userKeyOf } from './userKeys';
export type { LogEntry } from './World';
