export { readInventory, type InventoryOptions, type InventoryRow } from './inventory.js';
export { readDocumentNumbers, type DocumentNumberRow } from './document-numbers.js';
export { readPlan, type PlanFile } from './plan.js';
export { markedPlanSheet, planTemplate, readPlanSheet, type SheetRow } from './plan-sheet.js';
export { sampleAgencies, sampleInventory, samplePlans, type SampleAgency, type SamplePlan, type SampleSystem } from './sample.js';
export type { TableFormat } from './table.js';
export type { FileSource } from './text-file.js';
export { UnreadableFile, type RowProblem } from './unreadable-file.js';
