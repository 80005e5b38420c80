/** What the layers above use of the engine. */
export { createReport, type Report } from './report.ts';
export { simulate } from './recording/simulate.ts';
