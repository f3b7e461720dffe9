export { createSimulator, type Service, type Simulator } from './createSimulator';
export type { Fault } from './faults';
export { BusyPortError, closeServer, listen, type ListeningSimulator, serveOn } from './listen';
export { type Scenario, scenarios } from './scenarios';
export { applicantIdFor, inquiryIdFor, userKeyOf } from './userKeys';
export type { LogEntry } from './World';
