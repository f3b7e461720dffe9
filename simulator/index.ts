export { createSimulator, type Service, type Simulator } from './createSimulator';
export { BusyPortError, closeServer, listen, serveOn, type SimulatorPorts } from './listen';
export { type Scenario, scenarios } from './scenarios';
export { applicantIdFor, inquiryIdFor, userKeyOf } from './userKeys';
export { sendWebhooks, type WebhookOptions } from './webhooks';
export type { LogEntry } from './World';
