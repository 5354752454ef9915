import type { History } from '../kernel/history.js';
import type { ConsultationEvent } from './events.js';

export const consultationHistory: History<ConsultationEvent> = {
  'consultation-drafted': [],
  'draft-revised': [],
  'consultation-submitted': [],
  'consultation-received': [],
  'consultation-returned': [],
  'overlap-screened': [],
  'overlap-confirmed': [],
  'overlap-dismissed': [],
  'correction-requested': [],
  'response-submitted': [],
  'decision-proposed': [],
  'decision-sent-back': [],
  'decision-approved': [],
  'result-notified': [],
  'consultation-withdrawn': [],
};
